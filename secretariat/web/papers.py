"""One paper of a review: its file, its pages as pictures, what it is, the password that opens it.

Pictures are drawn in the reading process.  A paper in which a virus was found is neither handed
out nor drawn.
"""

from typing import Final

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.passwords_in import MOST_TRIES
from secretariat.domain.post_in import Due, Paper
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.web.asking import download, eyes
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires
from secretariat.web.mail_files import QUARANTINED, is_infected
from secretariat.web.shown_facts import read_on

pages = Blueprint("papers", __name__)

MOST_PAGES: Final = 10_000
HEAD: Final = 1_024
STILL_DUE: Final = {
    Due.NOTHING: "",
    Due.READING: "Its whole text is still to be read.",
    Due.FRONT_RECOGNITION: "Its first pages are scanned and still to be recognised.",
    Due.RECOGNITION: "Its other pages are scanned and still to be recognised.",
}


@pages.get("/register/<reference:reference>/papers/<int:number>")
def paper(reference: Reference, number: int) -> Response:
    """Hand out one paper of the review."""
    found = _to_show(reference, number)
    return download(found.sha256, found.name)


@pages.post("/register/<reference:reference>/papers/<int:number>")
@requires(Duty.WORK)
def name_paper(reference: Reference, number: int) -> Answered:
    """Say what kind a paper is."""
    kind = PaperKind(Form.sent()["kind"])
    office().casework.name_paper(reference, number, kind, by=person().email)
    flash(f"Noted: it is the {kind}.")
    return _back_to(reference)


@pages.get("/register/<reference:reference>/papers/<int:number>/pages/<int:page>")
def page_of(reference: Reference, number: int, page: int) -> str:
    """Show one page as a picture beside the facts that were read on it."""
    found = _to_show(reference, number)
    _check_page(found, page)
    is_pdf = b"%PDF-" in office().vault.open(found.sha256)[:HEAD]
    return render_template(
        "review/page.html",
        reference=reference,
        paper=found,
        page=page,
        facts=read_on([found], number, page),
        can_be_drawn=is_pdf and found.reading != ReadingStatus.LOCKED,
    )


@pages.get("/register/<reference:reference>/papers/<int:number>/pages/<int:page>.png")
def picture(reference: Reference, number: int, page: int) -> Response:
    """Draw one page of a PDF."""
    found = _to_show(reference, number)
    _check_page(found, page)
    drawn = office().reader.picture(office().vault.open(found.sha256), page)
    if not drawn:
        raise NotFound(f"a picture of page {page} of paper {number} of {reference}")
    return Response(drawn, mimetype="image/png")


@pages.get("/held/locked")
def locked_list() -> str:
    """List the papers that wait for a password, the oldest first."""
    with eyes() as register:
        papers = register.locked_papers()
    return render_template("held/locked.html", papers=papers, most=MOST_TRIES)


@pages.route("/register/<reference:reference>/papers/<int:number>/open", methods=["GET", "POST"])
@requires(Duty.WORK)
def unlock(reference: Reference, number: int) -> tuple[str, int] | Answered:
    """Ask for the password of a locked paper; it goes to the reading process and nowhere else."""
    form = Form.sent("password")
    if form.required("password", "Type the password") and form.typed:
        try:
            office().reading_room.unlock(reference, number, form["password"], by=person().email)
        except Refused as fault:
            form.fault("password", as_sentence(fault))
        else:
            flash("The paper is open: its copy without a password is with the review.")
            return _back_to(reference)
    if not form.typed:
        form.faults.clear()
    status = 422 if form.faults else 200
    found = _to_show(reference, number)
    locked = found.reading == ReadingStatus.LOCKED and not found.set_aside
    body = render_template(
        "review/open.html", paper=found, locked=locked, most=MOST_TRIES, form=form
    )
    return body, status


def _to_show(reference: Reference, number: int) -> Paper:
    """Return the paper; refuse one in which a virus was found."""
    with eyes() as register:
        there = (one for one in register.papers(reference) if one.number == number)
        found = next(there, None)
        if found is None:
            raise NotFound(f"paper {number} of {reference}")
        if is_infected(register, found.sha256):
            abort(403, description=QUARANTINED)
    return found


def _check_page(paper: Paper, page: int) -> None:
    if not 0 < page <= (paper.pages or MOST_PAGES):
        raise NotFound(f"page {page} of paper {paper.number} of {paper.reference}")


def _back_to(reference: Reference) -> Answered:
    return redirect(url_for("review.review_page", reference=reference))
