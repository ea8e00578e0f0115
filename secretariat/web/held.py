"""Held mail: what the rules could not tell, and a person says; answers and matters beside it."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import NotAReference, NotFound, Refused, StaleVersion
from secretariat.domain.post_in import Answer, MailKind, MailState
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.web.asking import asked_number, eyes
from secretariat.web.candidates import candidates
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires
from secretariat.web.mail_files import bar_to_whole, files_of

pages = Blueprint("held", __name__)

Page = str | tuple[str, int] | Answered

A_PAGE: Final = 50
SEVERAL: Final = "several"
KINDS: Final[tuple[tuple[str, str, str], ...]] = (
    (MailKind.SUBMISSION, "A new submission", "It is registered as a review of its own."),
    (SEVERAL, "Papers of several reviews", "The next page asks which paper is of which review."),
    (MailKind.FURTHER_PAPERS, "Papers for a review", "They join the review chosen below."),
    (MailKind.PUBLICATION_NOTICE, "A publication link for a review", "The link is checked."),
    (MailKind.REQUEST_TO_EXPLAIN, "A request to explain feedback", "It waits for an answer."),
    (MailKind.CHALLENGE, "A challenge of feedback", "It waits for an answer."),
    (MailKind.WITHDRAWAL, "A council withdraws its report", "It is noted at the review."),
    (MailKind.DECISION_NOT_TO_REVIEW, "A decision not to review", "It waits for an answer."),
    (MailKind.NEW_CASE, "A notification of a new case", "No report has come yet: it is noted."),
    (
        MailKind.FROM_OUTSIDE,
        "From a family, the press or Parliament",
        "It is noted; a person answers it outside this service.",
    ),
    (MailKind.NOT_FOR_US, "Not for us", "It is noted and put away."),
)
ABOUT_A_REVIEW: Final = frozenset(
    {
        MailKind.FURTHER_PAPERS,
        MailKind.PUBLICATION_NOTICE,
        MailKind.REQUEST_TO_EXPLAIN,
        MailKind.CHALLENGE,
        MailKind.WITHDRAWAL,
    }
)


@pages.get("/held")
def held_list() -> str:
    """List the mails that wait for a person, the oldest first."""
    with eyes() as register:
        mails = register.mails(MailState.HELD)
    return render_template("held/list.html", mails=mails)


@pages.get("/held/all/<state>")
def by_state(state: str) -> str:
    """List the mails of which one thing became, the newest first, 50 a page."""
    known = {str(one): one for one in MailState}
    if state not in known:
        raise NotFound(f"mail that was {state}")
    with eyes() as register:
        mails = register.newest_mails(known[state], below=asked_number("below", 0), limit=A_PAGE)
    older = mails[-1].number if len(mails) == A_PAGE else 0
    return render_template("held/all.html", mails=mails, state=state, older=older)


@pages.route("/held/<int:number>", methods=["GET", "POST"])
def held_mail(number: int) -> Page:
    """Show one mail; where it is held, or noted in error, ask what it is."""
    form = Form.sent()
    if form.typed:
        return _say(number, form)
    return _show(number, form, 200)


@pages.get("/held/answers")
def answers() -> str:
    """List what councils answered and nobody has dealt with yet."""
    with eyes() as register:
        mails = register.unread_answers()
    return render_template("held/answers.html", mails=mails)


@pages.post("/held/<int:number>/read")
@requires(Duty.WORK)
def mark_read(number: int) -> Page:
    """Note that a council's answer has been dealt with."""
    form = Form.sent()
    why = form.required("why_read", "Say how it was dealt with")
    if form.faults:
        return _show(number, form, 422)
    office().casework.mark_read(number, why, by=person().email)
    flash("Noted. The chase goes on unless it is paused.")
    return redirect(url_for("held.answers"))


@requires(Duty.WORK)
def _say(number: int, form: Form) -> Page:
    if form["kind"] == SEVERAL:
        return redirect(url_for("several.ask_parts", number=number))
    known = {str(kind): MailKind(kind) for kind, _, _ in KINDS if kind != SEVERAL}
    kind = known.get(form["kind"])
    if kind is None:
        form.fault("kind", "Choose what this mail is")
    reference = _about(form) if kind in ABOUT_A_REVIEW else None
    why = form.required("why", "Say why, in a sentence")
    if kind is None or form.faults:
        return _show(number, form, 422)
    answer = Answer(kind, reference, why, form.whole("version"))
    try:
        office().intake.answer(number, answer, by=person().email)
    except StaleVersion:
        return _show(number, form, 409)
    except Refused as fault:
        form.fault("kind", as_sentence(fault))
        return _show(number, form, 422)
    flash("The mail is dealt with.")
    return redirect(url_for("held.held_list"))


def _about(form: Form) -> Reference | None:
    """Return the review that was typed, else the one that was chosen."""
    try:
        reference = Reference.parse(form["reference"] or form["candidate"])
        with eyes() as register:
            register.review(reference)
    except (NotAReference, NotFound):
        form.fault("reference", "Choose a review or enter its reference, like QA-2026-0042")
        return None
    return reference


def _show(number: int, form: Form, status: int) -> tuple[str, int]:
    with eyes() as register:
        mail = register.mail(number)
        open_to_answer = mail.state in (MailState.HELD, MailState.NOTED)
        may_be = candidates(register, office().directory, mail) if open_to_answer else ()
    form.typed["version"] = str(mail.version)
    body = render_template(
        "held/mail.html",
        mail=mail,
        files=files_of(mail),
        barred=bar_to_whole(mail),
        kinds=KINDS,
        form=form,
        may_be=may_be,
        reasons={one.reference: one.why for one in mail.candidates},
        open_to_answer=open_to_answer,
        stale=status == 409,
    )
    return body, status
