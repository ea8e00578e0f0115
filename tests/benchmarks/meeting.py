"""A whole meeting, its letters drafted, checked and shown with what each lacks: our own time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Final

from secretariat.adapters.letterpress.packs import Packs
from secretariat.adapters.register import migrate
from secretariat.config import defaults
from secretariat.domain.letter_content import Point
from secretariat.domain.letter_wording import values_of
from secretariat.domain.meeting_progress import Reached
from secretariat.domain.papers import Facts
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from secretariat.office.office import Office
from tests.benchmarks.letters import a_usual_letter, bare
from tests.benchmarks.measuring import Figure, seconds
from tests.benchmarks.offices import an_office
from tests.builders import (
    a_meeting,
    a_parties,
    a_review,
    a_section,
    an_act,
    some_facts,
    some_notes,
)

LETTERS: Final = 12
ALLOWED: Final = 0.5
REVIEWS: Final = 2_000
SYLLABLES: Final = (
    "ba",
    "de",
    "fi",
    "go",
    "hu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "wu",
)
POINTS: Final = tuple(
    Point(
        f"Paragraph {number}.4 says little on how the agencies were asked.", ("Name the school.",)
    )
    for number in range(1, 7)
)


def figures(*, quick: bool) -> list[Figure]:
    """Return the meeting against the half second it may take, and against bare docxtpl."""
    times = 5 if quick else 20
    bare_letters = _bare_letters()
    bare_letters()
    taken, beside = [], []
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder))
        numbers = count(1)
        _add_published(office, numbers)
        for turn in range(times + 1):
            ours = seconds(partial(_draft_and_show, office, _add_meeting(office, numbers)))
            if turn:
                taken.append((ours, ALLOWED))
                beside.append((ours, seconds(bare_letters)))
        office.close()
    name = f"meeting of {LETTERS}, drafted, checked, shown"
    among = f"among {REVIEWS:,} reviews"
    return [
        Figure(name, f"the half second that it may take, {among}", tuple(taken), 1.0),
        Figure(name, f"docxtpl: {LETTERS} letters rendered, nothing else", tuple(beside)),
    ]


def _office(folder: Path) -> Office:
    url = f"sqlite:///{folder / 'register.db'}"
    migrate(url)
    return an_office(folder, url)


def _add_published(office: Office, numbers: Iterator[int]) -> None:
    """Fill the register with reviews of earlier years, each with a pseudonym of its own."""
    with office.database.register() as pen:
        for number in islice(numbers, REVIEWS):
            review = a_review(reference=Reference(2026, number), facts=_facts(number))
            pen.add_review(replace(review, status=Status.PUBLISHED), an_act())


def _add_meeting(office: Office, numbers: Iterator[int]) -> int:
    """Return the number of a new meeting, with notes on twelve new reviews."""
    references = tuple(Reference(2026, number) for number in islice(numbers, LETTERS))
    considered = {"status": Status.CONSIDERED, "outcome": Outcome.PUBLISH_AFTER_CHANGES}
    with office.database.register() as pen:
        meeting = pen.add_meeting(a_meeting(agenda=references), an_act()).number
        for reference in references:
            parties = a_parties(pfa_codes=("E23000032",))
            facts = _facts(reference.number)
            review = a_review(reference=reference, parties=parties, facts=facts, meeting=meeting)
            pen.add_review(replace(review, **considered), an_act())
            section = a_section(reference=reference, heading=str(reference), points=POINTS)
            notes = some_notes(reference=reference, meeting=meeting, section=section)
            pen.add_notes(notes, an_act())
    return meeting


def _facts(number: int) -> Facts:
    many = len(SYLLABLES)
    name = "".join(SYLLABLES[number // many**step % many] for step in range(3)).title()
    return some_facts(local_reference=f"DHR{number}", pseudonyms=(name,))


def _draft_and_show(office: Office, meeting: int) -> None:
    drafted = office.drafting.draft_meeting(meeting)
    shown = office.meeting_letters.standing(meeting).standings
    assert drafted.done == len(shown) == LETTERS, drafted
    assert {each.reached for each in shown} == {Reached.TO_BE_CHECKED}


def _bare_letters() -> Callable[[], None]:
    templates = defaults() / "templates" / "letters"
    path = str(templates / "2017" / "letter.docx")
    values = values_of(a_usual_letter(), Packs(templates).pack("2017").wording)

    def work() -> None:
        for _ in range(LETTERS):
            bare(path, values)

    return work
