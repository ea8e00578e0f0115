"""A page where the notes of a meeting, or on one review, are typed or put right."""

from collections.abc import Collection
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import NotAReference, Refused
from secretariat.domain.notes_text import blank_section, section_text
from secretariat.domain.panel import Fault
from secretariat.domain.papers import ScannerAway
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.stages.panel import NotesTaken
from secretariat.web.asking import eyes
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires

pages = Blueprint("typed_notes", __name__)

Page = str | tuple[str, int] | Response
FIELD: Final = "text"
UNCHECKED: Final = (
    "The notes cannot be checked for viruses now, so nothing of them was kept: try again in a few "
    "minutes. What you typed stands below"
)
FEWEST_ROWS: Final = 20
MOST_ROWS: Final = 40


@pages.get("/meetings/<int:number>/notes/type")
@requires(Duty.WORK)
def type_notes(number: int) -> Page:
    """Show the headings for the reviews that have no notes yet, or for the one asked for."""
    asked = request.args.get("review", "")
    form = Form({FIELD: _headings(number, asked)})
    return show(number, form, 200)


@pages.post("/meetings/<int:number>/notes/type")
@requires(Duty.WORK)
def take(number: int) -> Page:
    """Read what was typed; where something is unclear, all of it stands there again."""
    form = Form.sent(FIELD)
    form.typed[FIELD] = form[FIELD].replace("\r\n", "\n")
    if not form[FIELD].strip():
        form.fault(FIELD, "Type the notes")
        return show(number, form, 422)
    confirmed = form.chosen("confirmed")
    content = form[FIELD].encode("utf-8", errors="replace")
    try:
        taken = office().panel.take_notes(
            content, "notes.txt", meeting=number, by=person().email, confirmed=confirmed
        )
    except ScannerAway:
        form.fault(FIELD, UNCHECKED)
        return show(number, form, 503)
    except Refused as fault:
        form.fault(FIELD, as_sentence(fault))
        return show(number, form, 422)
    return answer(number, form, taken, confirmed)


def answer(number: int, form: Form, taken: NotesTaken, confirmed: Collection[str] = ()) -> Page:
    """Say what was taken; show the notes again where something in them is not clear."""
    if taken.taken:
        flash(f"Notes taken on {', '.join(map(str, taken.taken))}.")
    for fault in taken.faults:
        if not fault.line and not fault.bars:
            flash(f"{as_sentence(Refused(fault.why))}.")
    faults = tuple(fault for fault in taken.faults if fault.line or fault.bars)
    if not any(fault.bars for fault in faults) and taken.taken:
        for fault in faults:
            flash(f"{as_sentence(Refused(str(fault)))}.")
        return redirect(url_for("panel.meeting_page", number=number))
    return show(number, form, 422, faults=faults, confirmed=confirmed)


def show(
    number: int,
    form: Form,
    status: int,
    *,
    faults: tuple[Fault, ...] = (),
    confirmed: Collection[str] = (),
) -> tuple[str, int]:
    """Show the page with the notes and, beside them, what is not clear."""
    with eyes() as register:
        meeting = register.meeting(number)
    rows = form[FIELD].splitlines()
    if faults:
        form.fault(FIELD, "Put right or confirm what is not clear in the notes")
    shown = [(fault, rows[fault.line - 1].strip() if 0 < fault.line <= len(rows) else "")
             for fault in faults]  # fmt: skip
    asked = {fault.guess: fault for fault in faults if fault.guess}
    body = render_template(
        "panel/notes.html",
        meeting=meeting,
        form=form,
        shown=shown,
        asked=tuple(asked.values()),
        confirmed=tuple(dict.fromkeys(confirmed)),
        rows=min(MOST_ROWS, max(FEWEST_ROWS, len(rows) + 4)),
    )
    return body, status


def _headings(number: int, asked: str) -> str:
    """Return what is to be filled in: each review's headings, or what was noted of it."""
    with eyes() as register:
        meeting = register.meeting(number)
        noted = {one.reference: one.section for one in register.notes_at(number)}
        one = _reference(asked)
        wanted = [one] if one else [each for each in meeting.agenda if each not in noted]
        texts = [
            section_text(noted[each])
            if each in noted
            else blank_section(each, register.review(each).parties.csp)
            for each in wanted
        ]
    return "\n".join(texts)


def _reference(text: str) -> Reference | None:
    try:
        return Reference.parse(text)
    except NotAReference:
        return None
