"""A meeting's papers and letters: agenda and notes form, what each letter lacks, who approves."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import OutOfOrder, SecretariatError
from secretariat.domain.handing_out import approvers_for
from secretariat.domain.letter import Letter
from secretariat.domain.meeting_progress import Reached
from secretariat.domain.panel import Meeting
from secretariat.domain.staff import Duty
from secretariat.domain.written import counted
from secretariat.web.asking import as_file, eyes
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires

pages = Blueprint("meeting_letters", __name__)

Page = str | tuple[str, int] | Answered


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


@pages.get("/meetings/<int:number>/letters")
def letters(number: int) -> Page:
    """Show every review of a meeting with what is missing for its letter, and how far all are."""
    return _show(number, Form(), 200)


@pages.post("/meetings/<int:number>/letters/draft")
@requires(Duty.WORK)
def draft_all(number: int) -> Page:
    """Draft every letter of the meeting that can be; the others are listed with the reason."""
    _meeting(number)
    tally = office().drafting.draft_meeting(number)
    told = f"{counted(tally.done, 'letter')} drafted."
    if tally.stuck:
        several = counted(len(tally.stuck), "letter")
        told += f" {several} could not be drafted: the reasons are listed below."
    flash(told)
    return redirect(url_for("meeting_letters.letters", number=number))


@pages.post("/meetings/<int:number>/letters/hand-out")
@requires(Duty.WORK)
def hand_out(number: int) -> Page:
    """Hand the drafts to those chosen beside each; one that cannot be handed stops no other."""
    form = Form.sent()
    handed = sum(
        _handed(letter, form) for letter in office().meeting_letters.standing(number).to_hand_out
    )
    if handed:
        flash(f"It is saved who approves {counted(handed, 'letter')}.")
    if form.faults:
        return _show(number, form, 422)
    return redirect(url_for("meeting_letters.letters", number=number))


@pages.get("/letters/handed-to-me")
@requires(Duty.APPROVE)
def handed_to_me() -> str:
    """List the drafts that this person is to approve, each to be opened and read."""
    ours = office().meeting_letters
    waiting = [(letter, ours.lacks(letter)) for letter in ours.handed_to(person().email)]
    return render_template("letters/handed.html", waiting=waiting)


def _handed(letter: Letter, form: Form) -> bool:
    """Hand out one letter as the form says; note in the form why it cannot be."""
    field = chosen_in(letter)
    if field not in form.typed or form[field] == letter.handed_to:
        return False
    version = form.whole(f"version-{field}")
    try:
        office().meeting_letters.hand_out(
            letter.reference, letter.number, form[field], version=version, by=person().email
        )
    except OutOfOrder:
        raise
    except SecretariatError as fault:
        form.fault(field, as_sentence(fault))
        return False
    return True


def chosen_in(letter: Letter) -> str:
    """Return the name of the field that says who approves a letter."""
    return f"approver-{letter.reference}-{letter.number}"


def _meeting(number: int) -> Meeting:
    with eyes() as register:
        return register.meeting(number)


def _show(number: int, form: Form, status: int) -> tuple[str, int]:
    whole = office().meeting_letters.standing(number)
    everyone = office().accounts.everyone()
    body = render_template(
        "panel/letters.html",
        whole=whole,
        meeting=whole.meeting,
        progress=whole.progress,
        form=form,
        chosen_in=chosen_in,
        approvers={
            (letter.reference, letter.number): approvers_for(letter, everyone)
            for letter in whole.to_hand_out
        },
        names={account.email: account.name for account in everyone},
        to_draft=sum(each.reached is Reached.TO_BE_DRAFTED for each in whole.standings),
    )
    return body, status
