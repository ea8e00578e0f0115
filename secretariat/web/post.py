"""Mail of ours that needs a person: to be released, looked up in Sent, or tried again."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import SecretariatError, StaleVersion
from secretariat.domain.letter import Copy
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.staff import Duty
from secretariat.domain.undelivered import is_open
from secretariat.ports.register import Reading
from secretariat.stages.dispatch import copy_of, copy_to_send
from secretariat.web.asking import asked_number, eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires

pages = Blueprint("post", __name__)

Page = str | tuple[str, int] | Response
WAITING: Final = (
    PostingStatus.FOR_RELEASE,
    PostingStatus.SENDING,
    PostingStatus.REFUSED,
    PostingStatus.BOUNCED,
    PostingStatus.READY,
)
A_MONTH: Final = 30
FARTHEST_AHEAD: Final = 366
HAS_IT, NOT_WANTED = "has it", "not needed"


@pages.get("/letters/post")
def post_list() -> str:
    """List the mail that waits, by where it stands."""
    with eyes() as register:
        found = register.postings(*WAITING)
    postings = [one for one in found if one.status is not PostingStatus.BOUNCED or is_open(one)]
    groups = [
        (status, [one for one in postings if one.status is status])
        for status in WAITING
        if any(one.status is status for one in postings)
    ]
    return render_template("post/list.html", groups=groups)


@pages.get("/letters/post/ahead")
def ahead() -> str:
    """Show what will be sent today and up to the next working day, and what is kept from it.

    `?days=30` looks farther.
    """
    days = min(asked_number("days", otherwise=0), FARTHEST_AHEAD)
    with eyes() as register:
        released = register.switch().released
        limit_is_reached = office().outlook.limit_is_reached(register)
    return render_template(
        "post/ahead.html",
        days=office().outlook.ahead(days),
        far=days,
        released=released,
        most=office().outlook.most,
        limit_is_reached=limit_is_reached,
    )


@pages.get("/letters/post/ahead.ics")
def ahead_file() -> Response:
    """Give what will be sent in the next 30 days as a calendar file."""
    answer = make_response(office().calendar(A_MONTH))
    answer.mimetype = "text/calendar"
    answer.headers["Content-Disposition"] = 'attachment; filename="will-be-sent.ics"'
    return answer


@pages.get("/letters/post/<int:number>")
def posting_page(number: int) -> tuple[str, int]:
    """Show one mail of ours, word for word, with what may be done to it."""
    return _show(number, Form(), 200)


@pages.post("/letters/post/<int:number>/release")
@requires(Duty.WORK)
def release(number: int) -> Response:
    """Let it leave with the next round."""
    office().dispatch.release(number, by=person().email)
    flash("It leaves with the next round, unless sending is held.")
    return redirect(url_for("post.post_list"))


@pages.post("/letters/post/<int:number>/drop")
@requires(Duty.WORK)
def drop(number: int) -> Page:
    """Note that it will not be sent."""
    form = Form.sent()
    why = form.required("why_drop", "Say why it is not to be sent")
    if form.faults:
        return _show(number, form, 422)
    office().dispatch.drop(number, why, by=person().email)
    flash("It will not be sent.")
    return redirect(url_for("post.post_list"))


@pages.post("/letters/post/<int:number>/settle")
@requires(Duty.WORK)
def settle(number: int) -> Page:
    """Note what a person saw in the sent folder."""
    form = Form.sent()
    left = form["left"]
    if left not in ("yes", "no"):
        form.fault("left", "Choose whether it stands in the sent folder")
    why = form.required("why_settle", "Say where you looked")
    if form.faults:
        return _show(number, form, 422)
    office().dispatch.settle(number, left == "yes", by=person().email, why=why)
    flash("Noted.")
    return redirect(url_for("post.post_list"))


@pages.post("/letters/post/<int:number>/office")
@requires(Duty.WORK)
def confirm_office(number: int) -> Page:
    """Confirm another address of the office whose copy came back."""
    form = Form.sent()
    address = form.address("office", "Enter the address of the office")
    copy = _copy_of(number)
    if copy is None or not copy.pfa_code:
        form.fault("office", "It is not known any more to which office this copy went")
    if form.faults or copy is None:
        return _show(number, form, 422)
    office().casework.confirm_office(copy.pfa_code, address, by=person().email)
    flash("The address is confirmed. Somebody else can now send the copy there.")
    return redirect(url_for("post.posting_page", number=number))


@pages.post("/letters/post/<int:number>/copy-again")
@requires(Duty.APPROVE)
def copy_again(number: int) -> Page:
    """Send a copy that came back to the address that this person saw."""
    form = Form.sent()
    copy = _copy_of(number)
    if copy is None or copy.to != form["to"]:
        raise StaleVersion(f"Mail of ours {number}")
    office().dispatch.undelivered.send_copy(
        number, version=form.whole("version"), by=person().email
    )
    flash("The copy leaves with the next round, unless sending is held.")
    return redirect(url_for("post.post_list"))


@pages.post("/letters/post/<int:number>/note")
@requires(Duty.WORK)
def note_copy(number: int) -> Page:
    """Note that a copy that came back reached its office another way, or is not needed."""
    form = Form.sent()
    if form["became"] not in (HAS_IT, NOT_WANTED):
        form.fault("became", "Choose what became of it")
    why = form.required("why_note", "Say how you know")
    if form.faults:
        return _show(number, form, 422)
    office().dispatch.undelivered.note_copy(
        number,
        why,
        reached=form["became"] == HAS_IT,
        version=form.whole("version"),
        by=person().email,
    )
    flash("Noted.")
    return redirect(url_for("post.post_list"))


@dataclass(frozen=True, slots=True)
class CopyBack:
    """A copy that came back.

    office: its title, "" where it is not known any more; to: the address confirmed by now
    bar: why it cannot go there, as a sentence; "" when it can
    """

    office: str
    to: str
    bar: str


def _copy_back(register: Reading, posting: Posting) -> CopyBack | None:
    """Return what is to be told of a copy that came back; None of any other mail."""
    if posting.kind is not PostingKind.COPY or not is_open(posting):
        return None
    found = copy_to_send(register, posting)
    if isinstance(found, str):
        copy = copy_of(register, posting)
        return CopyBack(copy.office if copy else "", "", found)
    return CopyBack(found[1].office, found[1].to, "")


def _copy_of(number: int) -> Copy | None:
    """Return the copy that a mail is, to the confirmed address where it can go there."""
    with eyes() as register:
        posting = register.posting(number)
        found = copy_to_send(register, posting)
        return copy_of(register, posting) if isinstance(found, str) else found[1]


def _show(number: int, form: Form, status: int) -> tuple[str, int]:
    with eyes() as register:
        posting: Posting = register.posting(number)
        back = _copy_back(register, posting)
    body = render_template(
        "post/posting.html",
        posting=posting,
        text=_words(posting),
        in_sent=_in_sent(posting),
        form=form,
        may_release=posting.status in (PostingStatus.FOR_RELEASE, PostingStatus.REFUSED),
        may_drop=posting.status
        in (PostingStatus.FOR_RELEASE, PostingStatus.READY, PostingStatus.REFUSED),
        may_settle=posting.status is PostingStatus.SENDING,
        back=back,
        letter_back=posting.kind is PostingKind.LETTER and is_open(posting),
    )
    return body, status


def _in_sent(posting: Posting) -> str:
    """Return what a look into the sent folder found, as a sentence; "" where none is needed."""
    if posting.status is not PostingStatus.SENDING:
        return ""
    try:
        found = office().dispatch.found_in_sent(posting.number)
    except SecretariatError as fault:
        return f"The sent folder could not be looked into: {fault}"
    seen = "stands" if found else "does not stand"
    return f"A mail with its Message-ID {seen} in the sent folder now."


def _words(posting: Posting) -> str:
    try:
        text: str = office().mail.parse(office().vault.open(posting.raw)).text
    except SecretariatError as fault:
        return str(fault)
    return text
