"""Putting a registration right: merged, split, undone, withdrawn, reopened; nothing is deleted."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import NotAReference
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status, Step, steps_open_to
from secretariat.domain.staff import Duty
from secretariat.web.asking import eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires

pages = Blueprint("right", __name__)

SPLIT: Final = "split"
CHOICES: Final[tuple[tuple[str, str, str], ...]] = (
    (Step.MERGE, "Merge it into another review", "Its papers go over; this reference stays."),
    (SPLIT, "Split papers off into a review of their own", "Choose the papers below."),
    (Step.UNDO, "Undo the registration", "It was no submission; its papers stay with it."),
    (Step.WITHDRAW, "Note that the council withdrew it", ""),
    (Step.REOPEN, "Reopen it", "It goes back to where work on it goes on."),
)


@pages.route("/register/<reference:reference>/put-right", methods=["GET", "POST"])
@requires(Duty.WORK)
def put_right(reference: Reference) -> str | tuple[str, int] | Response:
    """Ask what is to be put right, and why; then let casework do it."""
    with eyes() as register:
        review = register.review(reference)
        papers = [one for one in register.papers(reference) if not one.set_aside]
    lawful: set[str] = set(steps_open_to(review))
    if len(papers) > 1 and review.status not in (Status.MERGED, Status.UNDONE):
        lawful.add(SPLIT)
    choices = [choice for choice in CHOICES if choice[0] in lawful]
    form = Form.sent()
    if form.typed:
        step = form.required("step", "Choose what is to be put right")
        why = form.required("why", "Say why, in a sentence")
        into = _into(form) if step == Step.MERGE else None
        if step == SPLIT and not form.chosen("papers"):
            form.fault("papers", "Choose at least one paper")
        if not form.faults:
            return _put(reference, step, why, into)
    body = render_template(
        "review/put_right.html", review=review, papers=papers, choices=choices, form=form
    )
    return body, 422 if form.faults else 200


def _into(form: Form) -> Reference | None:
    try:
        return Reference.parse(form["into"])
    except NotAReference:
        form.fault("into", "Enter the reference of the other review, like QA-2026-0042")
        return None


def _put(reference: Reference, step: str, why: str, into: Reference | None) -> Response:
    casework, by = office().casework, person().email
    plain: dict[str, Any] = {
        Step.UNDO: casework.undo,
        Step.WITHDRAW: casework.withdraw,
        Step.REOPEN: casework.reopen if _is_casework(reference) else office().publication.reopen,
    }
    if step == Step.MERGE and into:
        casework.merge(reference, into, why, by=by)
        shown = into
    elif step == SPLIT:
        numbers = [int(text) for text in Form.sent().chosen("papers") if text.isdecimal()]
        shown = casework.split(reference, numbers, why, by=by).reference
    else:
        plain[step](reference, why, by=by)
        shown = reference
    flash("It is put right. Look whether everything is where it belongs.")
    return redirect(url_for("review.review_page", reference=shown))


def _is_casework(reference: Reference) -> bool:
    with eyes() as register:
        return register.review(reference).status in (Status.MERGED, Status.UNDONE)
