"""The Panel's meetings: when they are, what they consider, and what they noted."""

from datetime import date
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import Refused
from secretariat.domain.panel import Fault, Meeting, MeetingMode
from secretariat.domain.papers import ScannerAway
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from secretariat.domain.staff import Duty
from secretariat.web import typed_notes
from secretariat.web.asking import day_of, eyes
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires

pages = Blueprint("panel", __name__)

Page = str | tuple[str, int] | Response
AS_A_DAY: Final = "Enter the day as 4/6/2026"
UNCHECKED: Final = (
    "The file cannot be checked for viruses now, so nothing of it was kept: try again in a few "
    "minutes"
)


@pages.get("/meetings")
def meeting_list() -> tuple[str, int]:
    """List the meetings, the latest first, and offer to add one."""
    return _list(Form(), 200)


@pages.post("/meetings")
@requires(Duty.WORK)
def add() -> Page:
    """Add a meeting."""
    form = Form.sent()
    held_on, mode = _day_and_mode(form)
    if form.faults or held_on is None:
        return _list(form, 422)
    meeting = office().panel.add_meeting(held_on, form["chair"], mode, by=person().email)
    flash("The meeting is added.")
    return redirect(url_for("panel.meeting_page", number=meeting.number))


@pages.get("/meetings/<int:number>")
def meeting_page(number: int) -> tuple[str, int]:
    """Show one meeting: its agenda, what may be put on it, and its notes."""
    return _show(number, Form(), 200)


@pages.post("/meetings/<int:number>/change")
@requires(Duty.WORK)
def change(number: int) -> Page:
    """Change the day, the chair or the way of a meeting."""
    form = Form.sent()
    held_on, mode = _day_and_mode(form)
    if form.faults or held_on is None:
        return _show(number, form, 422)
    agenda = _meeting(number).agenda
    version = form.whole("version")
    changed = Meeting(number, held_on, form["chair"], mode, agenda, version)
    office().panel.change_meeting(changed, by=person().email)
    flash("The meeting is changed.")
    return redirect(url_for("panel.meeting_page", number=number))


@pages.post("/meetings/<int:number>/agenda")
@requires(Duty.WORK)
def put_on(number: int) -> Page:
    """Put the chosen reviews on the agenda."""
    form = Form.sent()
    chosen = [Reference.parse(text) for text in form.chosen("reviews")]
    if not chosen:
        form.fault("reviews", "Choose at least one review")
        return _show(number, form, 422)
    for reference in chosen:
        office().panel.list_review(number, reference, by=person().email)
    flash("The agenda is changed.")
    return redirect(url_for("panel.meeting_page", number=number))


@pages.post("/meetings/<int:number>/agenda/<reference:reference>/off")
@requires(Duty.WORK)
def take_off(number: int, reference: Reference) -> Response:
    """Take one review off the agenda."""
    office().panel.unlist_review(number, reference, by=person().email)
    flash(f"{reference} is off the agenda.")
    return redirect(url_for("panel.meeting_page", number=number))


@pages.post("/meetings/<int:number>/notes")
@requires(Duty.WORK)
def upload_notes(number: int) -> Page:
    """Read the notes of the meeting, scanned first; what cannot be read is told with its line."""
    form = Form({"notes": "sent"})
    sent = request.files.get("notes")
    if sent is None or not sent.filename:
        form.fault("notes", "Choose the file with the notes")
        return _show(number, form, 422)
    content, name = sent.read(), sent.filename
    try:
        taken = office().panel.take_notes(content, name, meeting=number, by=person().email)
    except ScannerAway:
        form.fault("notes", UNCHECKED)
        return _show(number, form, 503)
    except Refused as fault:
        form.fault("notes", as_sentence(fault))
        return _show(number, form, 422)
    if taken.text:
        return typed_notes.answer(number, Form({typed_notes.FIELD: taken.text}), taken)
    if taken.taken:
        flash(f"Notes taken on {', '.join(map(str, taken.taken))}.")
    return _show(number, form, 422, faults=taken.faults)


def _day_and_mode(form: Form) -> tuple[date | None, MeetingMode]:
    held_on = day_of(form["held_on"])
    if held_on is None:
        form.fault("held_on", AS_A_DAY)
    known = {str(mode): mode for mode in MeetingMode}
    return held_on, known.get(form["mode"], MeetingMode.MEETING)


def _meeting(number: int) -> Meeting:
    with eyes() as register:
        return register.meeting(number)


def _list(form: Form, status: int) -> tuple[str, int]:
    with eyes() as register:
        meetings = register.meetings()
    body = render_template("panel/list.html", meetings=meetings, form=form, modes=list(MeetingMode))
    return body, status


def _show(
    number: int, form: Form, status: int, *, faults: tuple[Fault, ...] = ()
) -> tuple[str, int]:
    with eyes() as register:
        meeting = register.meeting(number)
        shown: dict[str, Any] = {
            "agenda": [register.review(reference) for reference in meeting.agenda],
            "received": register.reviews(Status.RECEIVED, limit=200),
            "notes": register.notes_at(number),
        }
    modes = list(MeetingMode)
    body = render_template(
        "panel/meeting.html", meeting=meeting, form=form, modes=modes, faults=faults, **shown
    )
    return body, status
