"""The ways on for a letter that was not delivered, taken from its own page."""

from typing import Final

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.letter import Letter
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.web.came_back import came_back
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires
from secretariat.web.letters import letter_now, show

pages = Blueprint("undelivered", __name__)

Page = str | tuple[str, int] | Answered
AT: Final = "/register/<reference:reference>/letters/<int:number>/undelivered"
SAME, CONTACT, ANOTHER = "same", "contact", "another"


@pages.post(f"{AT}/again")
@requires(Duty.WORK)
def again(reference: Reference, number: int) -> Page:
    """Make a draft of it again, to the address that this person chose."""
    letter, form = letter_now(reference, number), Form.sent()
    to = _chosen(letter, form)
    if form.faults:
        return show(letter, form, 422)
    office().dispatch.undelivered.send_anew(
        reference, number, to, version=form.whole("version"), by=person().email
    )
    flash("The letter is a draft again. Its recipients must be confirmed before it is approved.")
    return _back_to(reference, number)


@pages.post(f"{AT}/reached")
@requires(Duty.WORK)
def reached(reference: Reference, number: int) -> Page:
    """Note that it reached them another way, and how."""
    form = Form.sent()
    why = form.required("why_reached", "Say how it reached them and who told you")
    if form.faults:
        return show(letter_now(reference, number), form, 422)
    office().dispatch.undelivered.note_reached(
        reference, number, why, version=form.whole("version"), by=person().email
    )
    flash("It is noted that the letter reached them. It stands as sent.")
    return _back_to(reference, number)


@pages.post(f"{AT}/let-go")
@requires(Duty.WORK)
def let_go(reference: Reference, number: int) -> Page:
    """Note that a letter that must not go again goes to nobody any more."""
    form = Form.sent()
    why = form.required("why_let_go", "Say why it is not wanted any more")
    if form.faults:
        return show(letter_now(reference, number), form, 422)
    office().dispatch.undelivered.let_go(
        reference, number, why, version=form.whole("version"), by=person().email
    )
    flash("The letter goes to nobody any more.")
    return _back_to(reference, number)


def _chosen(letter: Letter, form: Form) -> str:
    """Return the address that was chosen; note what is missing or was changed meanwhile."""
    if form["where"] == ANOTHER:
        return form.address("address", "Enter the address to which it is to go")
    if form["where"] == SAME:
        return letter.to
    if form["where"] == CONTACT and form["contact"]:
        found = came_back(letter)
        if found is not None and found.contact != form["contact"]:
            form.fault("where", "Another contact was confirmed in the meantime: choose again")
        return form["contact"]
    form.fault("where", "Choose where the letter is to go")
    return ""


def _back_to(reference: Reference, number: int) -> Answered:
    return redirect(url_for("letters.letter_page", reference=reference, number=number))
