"""Mail of ours that needs a person: to be released, looked up in Sent, or tried again."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import SecretariatError
from secretariat.domain.post import Posting, PostingStatus
from secretariat.domain.staff import Duty
from secretariat.web.asking import eyes
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


@pages.get("/letters/post")
def post_list() -> str:
    """List the mail that waits, by where it stands."""
    with eyes() as register:
        postings = register.postings(*WAITING)
    groups = [
        (status, [one for one in postings if one.status is status])
        for status in WAITING
        if any(one.status is status for one in postings)
    ]
    return render_template("post/list.html", groups=groups)


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


def _show(number: int, form: Form, status: int) -> tuple[str, int]:
    with eyes() as register:
        posting: Posting = register.posting(number)
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
