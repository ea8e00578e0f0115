"""Publication: what is awaited, the links councils gave, what checks found, the chase."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from secretariat.domain.awaited import Awaited
from secretariat.domain.publication import proposal, seen_in_words
from secretariat.domain.reference import Reference
from secretariat.domain.review import Cause, Review, Status
from secretariat.domain.staff import Duty
from secretariat.web.asking import asked_number, day_of, eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires
from secretariat.web.shown import pagination

pages = Blueprint("publication", __name__)

Page = str | tuple[str, int] | Response
AT: Final = "/publication/<reference:reference>"
CAUSES: Final = tuple(each for each in Cause if each is not Cause.SAID_PUBLISHED)
OVER: Final = (Status.PUBLISHED, Status.NOT_FOR_PUBLICATION, Status.TAKEN_DOWN)
SAY_WHY: Final = "Say why, in a sentence"
SHOWN: Final = {
    Awaited.EVERY: "All that are awaited",
    Awaited.TO_LOOK_AT: "With a link to look at",
    Awaited.SPENT: "With chasers spent",
}


@pages.get("/publication")
def awaited() -> str:
    """List the reviews whose publication is awaited, the longest first, with their chase."""
    asked = request.args.get("show", "")
    which = next((each for each in Awaited if each == asked), Awaited.EVERY)
    with eyes() as register:
        page = register.awaited(which, page=asked_number("page"))
    return render_template(
        "publication/list.html",
        page=page,
        which=which,
        shown=SHOWN,
        followed=office().chase.followed(page.reviews),
        today=office().clock.today(),
        pagination=pagination(
            page.page, page.pages, lambda to: f"/publication?show={which}&page={to}"
        ),
    )


@pages.get(AT)
def review_page(reference: Reference) -> tuple[str, int]:
    """Show one review's links, checks and chase, with their forms."""
    return _show(reference, Form(), 200)


@pages.post(f"{AT}/link")
@requires(Duty.WORK)
def give_link(reference: Reference) -> Page:
    """Note a link that somebody found or was told; it is checked in the next round."""
    form = Form.sent()
    url = form.required("url", "Enter the link")
    if url and not url.lower().startswith(("https://", "http://")):
        form.fault("url", "Enter the whole link, beginning with https://")
    if form.faults:
        return _show(reference, form, 422)
    office().publication.give_link(reference, url, by=person().email)
    flash("The link is noted and will be checked.")
    return _back_to(reference)


@pages.post(f"{AT}/links/<int:number>/again")
@requires(Duty.WORK)
def look_again(reference: Reference, number: int) -> Response:
    """Let one link be checked again in the next round."""
    office().publication.look_again(number, by=person().email)
    flash("The link will be checked again.")
    return _back_to(reference)


@pages.post(f"{AT}/links/<int:number>/aside")
@requires(Duty.WORK)
def set_aside(reference: Reference, number: int) -> Page:
    """Note that a link does not lead to this review's report."""
    form = Form.sent()
    why = form.required(f"why_link_{number}", SAY_WHY)
    if form.faults:
        return _show(reference, form, 422)
    office().publication.set_link_aside(number, why, by=person().email)
    flash("The link is set aside.")
    return _back_to(reference)


@pages.post(f"{AT}/as-found")
@requires(Duty.WORK)
def confirm_as_found(reference: Reference) -> Response:
    """Confirm that it is published, as the newest check proposes."""
    office().publication.confirm_as_found(reference, by=person().email)
    flash("The review is closed as published.")
    return _back_to(reference)


@pages.post(f"{AT}/<any(confirm, agree, reopen, resume, stop):step>")
@requires(Duty.WORK)
def step(reference: Reference, step: str) -> Page:
    """Say that it is published, that it will not be, that it is reopened, or chased again."""
    form = Form.sent()
    field = f"why_{step}"
    why = form.required(field, SAY_WHY)
    if form.faults:
        return _show(reference, form, 422)
    stage = office().publication
    doing = {
        "resume": office().chase.resume,
        "stop": office().chase.stop,
        "confirm": stage.confirm_published,
        "agree": stage.agree_not_to_publish,
        "reopen": stage.reopen,
    }
    doing[step](reference, why, by=person().email)
    flash("Noted.")
    return _back_to(reference)


@pages.post(f"{AT}/pause")
@requires(Duty.WORK)
def pause(reference: Reference) -> Page:
    """Let the chase wait, until a day or until a person says so."""
    form = Form.sent()
    why = form.required("why_pause", SAY_WHY)
    until = day_of(form["until"]) if form["until"] else None
    cause = next((each for each in CAUSES if each.name == form["cause"]), Cause.OTHER)
    if cause is not Cause.OTHER:
        form.required("said_by", "Say who said so, such as the council's mail of 3 March")
    if form["until"] and until is None:
        form.fault("until", "Enter the day as 4/6/2026, or leave it empty")
    if form.faults:
        return _show(reference, form, 422)
    said_by, by = form["said_by"], person().email
    office().chase.pause(reference, why, until, by=by, cause=cause, said_by=said_by)
    flash("The chase waits.")
    return _back_to(reference)


@pages.post(f"{AT}/send-now")
@requires(Duty.WORK)
def send_now(reference: Reference) -> Page:
    """Write the next reminder today."""
    form = Form.sent()
    why = form.required("why_send", SAY_WHY)
    if form.faults:
        return _show(reference, form, 422)
    office().chase.send_now(reference, why, by=person().email)
    flash("The reminder leaves with the next round, unless sending is held.")
    return _back_to(reference)


@pages.post(f"{AT}/step-up")
@requires(Duty.WORK)
def step_up(reference: Reference) -> Page:
    """Draft a mail to somebody above the contact; a person releases it."""
    form = Form.sent()
    role = form.required("role", "Say who it is, such as the chief executive")
    to = form.address("step_to", "Enter their address")
    copy_to = form.address("step_copy")
    why = form.required("why_step", SAY_WHY)
    if form.faults:
        return _show(reference, form, 422)
    stage = office().chase
    stage.step_up(reference, to, role, why, copy_to=copy_to, by=person().email)
    flash("The draft waits to be released under Mail that leaves.")
    return _back_to(reference)


def _show(reference: Reference, form: Form, status: int) -> tuple[str, int]:
    with eyes() as register:
        review: Review = register.review(reference)
        shown: dict[str, Any] = {
            "links": register.links_of(reference),
            "checks": register.checks_of(reference),
            "postings": register.postings_of(reference),
        }
    standing = office().chase.standing(reference)
    found = proposal(shown["links"], shown["checks"])
    body = render_template(
        "publication/review.html",
        review=review,
        standing=standing,
        proposed=seen_in_words(found) if found else "",
        form=form,
        causes=[(each.name, str(each).capitalize()) for each in CAUSES],
        is_awaited=review.status is Status.PUBLICATION_AWAITED,
        is_over=review.status in OVER,
        **shown,
    )
    return body, status


def _back_to(reference: Reference) -> Response:
    return redirect(url_for("publication.review_page", reference=reference))
