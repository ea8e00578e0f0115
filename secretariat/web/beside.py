"""What the letter's page shows below the letter: the Panel's notes beside it, and help with words.

Advice changes nothing: a person presses the button that takes a piece of it, and is then an
editor of the letter like anybody who amends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import NotFound
from secretariat.domain.letter import AMENDABLE, Letter
from secretariat.domain.letter_content import LetterContent, Point
from secretariat.domain.letter_help import Help, Stock, evened
from secretariat.domain.letter_refs import Cited, Standing
from secretariat.domain.letter_sources import Beside, Row, Source, beside
from secretariat.domain.panel import Section
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.ports.register import Reading
from secretariat.stages.checking import References
from secretariat.web.asking import eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires

pages = Blueprint("beside", __name__)

AT: Final = "/register/<reference:reference>/letters/<int:number>"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of one letter.

    beside: None where no notes were kept; rows: (paragraph, references not found in it)
    unsure: references that cannot be told either way
    """

    beside: Beside | None
    rows: tuple[tuple[Row, tuple[Cited, ...]], ...]
    references: References
    unsure: tuple[Cited, ...]
    help: Help


@pages.app_template_global("beside_of")
def beside_of(letter: Letter) -> Shown:
    """Return what stands below a letter on its page."""
    with eyes() as register:
        section = _section(register, letter)
    content = letter.content
    references = office().checking.references(letter.reference, content)
    shown = beside(content, section or Section("", 0, letter.reference))
    gone = _by_place(references.cited, Standing.NOT_FOUND)
    noted = tuple(source.text for source in _noted(shown))
    return Shown(
        shown if section else None,
        tuple((row, gone.get(row.place, ())) for row in shown.rows),
        references,
        tuple(one for one in references.cited if one.standing is Standing.CANNOT_TELL),
        office().wording_help.help_with(content, noted),
    )


@pages.post(f"{AT}/endings")
@requires(Duty.WORK)
def make_even(reference: Reference, number: int) -> Response:
    """Make the endings of the points even, because a person said so."""
    letter = _letter(reference, number)
    points = evened(letter.content.points)
    return _amended(letter, replace(letter.content, points=points), "The points end evenly now.")


@pages.post(f"{AT}/stock")
@requires(Duty.WORK)
def take_stock(reference: Reference, number: int) -> Response:
    """Put a stock paragraph into the letter, at the end of the points or of the conclusion."""
    letter, name = _letter(reference, number), Form.sent()["stock"]
    one = next((each for each in office().wording_help.stock() if each.name == name), None)
    if one is None:
        raise NotFound("this stock paragraph")
    told = "The paragraph is in the letter. Change it as the case requires."
    return _amended(letter, _with_stock(letter.content, one), told)


def _with_stock(content: LetterContent, one: Stock) -> LetterContent:
    if one.point:
        return replace(content, points=(*content.points, Point(one.text)))
    return replace(content, conclusion=(*content.conclusion, one.text))


def _amended(letter: Letter, content: LetterContent, told: str) -> Response:
    version = Form.sent().whole("version")
    office().approval.amend(
        letter.reference, letter.number, content, version=version, by=person().email
    )
    flash(told)
    page = url_for("letters.letter_page", reference=letter.reference, number=letter.number)
    return redirect(page)


def _letter(reference: Reference, number: int) -> Letter:
    with eyes() as register:
        return register.letter(reference, number)


def _section(register: Reading, letter: Letter) -> Section | None:
    """Return the newest notes of the letter's meeting, or of any where it has none."""
    every = register.notes_of(letter.reference)
    meetings = (letter.meeting,) if letter.meeting else tuple(one.meeting for one in every)
    return next((one.section for one in every if one.meeting in meetings), None)


def _noted(shown: Beside) -> tuple[Source, ...]:
    return (*(row.source for row in shown.rows if row.source), *shown.unused)


def _by_place(cited: tuple[Cited, ...], standing: Standing) -> Mapping[str, tuple[Cited, ...]]:
    found: dict[str, tuple[Cited, ...]] = {}
    for one in cited:
        if one.standing is standing:
            found[one.place] = (*found.get(one.place, ()), one)
    return found


@pages.app_template_test("amendable")
def amendable(letter: Letter) -> bool:
    """Say whether anybody may still change the letter's words."""
    return letter.status in AMENDABLE
