"""A page where the notes of a meeting, or on one review, are typed or put right."""

from collections.abc import Collection
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import NotAReference, Refused
from secretariat.domain.letter import MEETING, Typed
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
CONFIRMED: Final = "confirmed"
UNCHECKED: Final = (
    "The notes cannot be checked for viruses now, so nothing of them was taken: try again in a few "
    "minutes. What you typed stands below"
)
FEWEST_ROWS: Final = 20
MOST_ROWS: Final = 40


@pages.get("/meetings/<int:number>/notes/type")
@requires(Duty.WORK)
def type_notes(number: int) -> Page:
    """Show the headings for the reviews that have no notes yet, or for the one asked for."""
    asked = request.args.get("review", "")
    kept = _kept(number)
    if kept is None or not request.args.get("typed"):
        return show(number, Form({FIELD: _headings(number, asked)}), 200, kept=kept)
    fields = dict(zip(kept.fields[::2], kept.fields[1::2], strict=True))
    confirmed = fields.get(CONFIRMED, "").splitlines()
    return show(number, Form({FIELD: fields.get(FIELD, "")}), 200, confirmed=confirmed)


@pages.post("/meetings/<int:number>/notes/type/typed")
@requires(Duty.WORK)
def keep(number: int) -> Response:
    """Keep what is typed; the page's script is answered with nothing, a person with the page."""
    form = Form.sent(FIELD)
    text = form[FIELD].replace("\r\n", "\n")
    fields = {FIELD: text, CONFIRMED: "\n".join(form.chosen(CONFIRMED))}
    office().unsaved.keep(MEETING, number, fields, by=person().email)
    if "keep" not in form.typed:
        return Response(status=204)
    flash("What you typed is kept for you. It is not taken as notes yet.")
    return redirect(url_for("typed_notes.type_notes", number=number, typed="yes"))


@pages.post("/meetings/<int:number>/notes/type/typed/forget")
@requires(Duty.WORK)
def forget(number: int) -> Response:
    """Forget what the person had typed."""
    office().unsaved.forget(MEETING, number, by=person().email)
    flash("What you had typed is forgotten.")
    return redirect(url_for("typed_notes.type_notes", number=number))


@pages.post("/meetings/<int:number>/notes/type")
@requires(Duty.WORK)
def take(number: int) -> Page:
    """Read what was typed; where something is unclear, all of it stands there again."""
    form = Form.sent(FIELD)
    form.typed[FIELD] = form[FIELD].replace("\r\n", "\n")
    if not form[FIELD].strip():
        form.fault(FIELD, "Type the notes")
        return show(number, form, 422)
    confirmed = form.chosen(CONFIRMED)
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
    answered = answer(number, form, taken, confirmed)
    if isinstance(answered, Response):
        office().unsaved.forget(MEETING, number, by=person().email)
    return answered


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
    kept: Typed | None = None,
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
        kept=kept,
        confirmed=tuple(dict.fromkeys(confirmed)),
        rows=min(MOST_ROWS, max(FEWEST_ROWS, len(rows) + 4)),
    )
    return body, status


def _kept(number: int) -> Typed | None:
    """Return what this person typed as notes of the meeting and did not have taken."""
    with eyes() as register:
        return register.typed(MEETING, number, person().email)


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
