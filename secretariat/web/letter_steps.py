"""What happens to a letter beside its words: agreed to, stopped, corrected after it left."""

from typing import Final

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires
from secretariat.web.letters import letter_now, show

pages = Blueprint("letter_steps", __name__)

Page = str | tuple[str, int] | Answered
AT: Final = "/register/<reference:reference>/letters/<int:number>"


@pages.post(f"{AT}/agree")
@requires(Duty.WORK)
def agree(reference: Reference, number: int) -> Page:
    """Note that the signatory agrees to the very version that this person read."""
    version = Form.sent().whole("version")
    office().approval.agree(reference, number, version=version, by=person().email)
    flash("The signatory's agreement is noted.")
    return _back_to(reference, number)


@pages.post(f"{AT}/confirm-address")
@requires(Duty.APPROVE)
def confirm_address(reference: Reference, number: int) -> Page:
    """Confirm the address that the letter gives, where it is not our mailbox."""
    address = Form.sent()["address"]
    office().approval.confirm_reply_address(reference, number, address, by=person().email)
    flash("The address is confirmed.")
    return _back_to(reference, number)


@pages.post(f"{AT}/stop")
@requires(Duty.WORK)
def stop(reference: Reference, number: int) -> Page:
    """Stop an approved letter before it leaves, with a reason."""
    form = Form.sent()
    why = form.required("why_stop", "Say why it is stopped")
    if form.faults:
        return show(letter_now(reference, number), form, 422)
    office().approval.stop(reference, number, why, version=form.whole("version"), by=person().email)
    flash("Sending is stopped. The letter is a draft again.")
    return _back_to(reference, number)


@pages.post(f"{AT}/correct")
@requires(Duty.WORK)
def correct(reference: Reference, number: int) -> Page:
    """Begin the letter that is to replace one that has left, with a reason."""
    form = Form.sent()
    why = form.required("why_correct", "Say what is wrong with the letter")
    if form.faults:
        return show(letter_now(reference, number), form, 422)
    draft = office().correction.begin(
        reference, number, why, version=form.whole("version"), by=person().email
    )
    flash("The correction is a draft. The letter that was sent stands until it is replaced.")
    return _back_to(reference, draft.number)


def _back_to(reference: Reference, number: int) -> Answered:
    return redirect(url_for("letters.letter_page", reference=reference, number=number))
