"""A meeting's papers and letters: agenda and notes form, what each letter lacks, who approves."""

from flask import Blueprint, Response

from secretariat.domain.panel import Meeting
from secretariat.web.asking import as_file, eyes
from secretariat.web.guard import office

pages = Blueprint("meeting_letters", __name__)


@pages.get("/meetings/<int:number>/agenda.docx")
def agenda(number: int) -> Response:
    """Hand out the agenda as a Word file."""
    name = f"Agenda {_meeting(number).held_on}.docx"
    return as_file(office().meeting_letters.agenda(number), name)


@pages.get("/meetings/<int:number>/notes-form.docx")
def notes_form(number: int) -> Response:
    """Hand out the form for the notes as a Word file."""
    name = f"Notes form {_meeting(number).held_on}.docx"
    return as_file(office().meeting_letters.notes_form(number), name)


def _meeting(number: int) -> Meeting:
    with eyes() as register:
        return register.meeting(number)
