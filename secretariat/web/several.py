"""One mail with papers of several reviews: a person says in one screen which is of which."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import NotAReference, NotFound, Refused, StaleVersion
from secretariat.domain.post_in import Group, MailPaper, MailState, Parts, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from secretariat.domain.staff import Duty
from secretariat.web.asking import eyes
from secretariat.web.candidates import candidates
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires

pages = Blueprint("several", __name__)

NEW: Final = "new-"
NAMED: Final = "named"
OUT: Final = "out"
MOST_NEW: Final = 20
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sorting:
    """A mail, its papers, each once, and the reviews to which they may belong."""

    mail: ReceivedMail
    papers: tuple[MailPaper, ...]
    may_be: tuple[Review, ...]

    @property
    def choices(self) -> list[Choice]:
        """Return what may be chosen for a paper: value and words."""
        most = max([2, len(self.papers), *(paper.part for paper in self.papers)])
        new = range(1, min(most, MOST_NEW) + 1)
        return [
            *((f"{NEW}{number}", f"New review {number}") for number in new),
            *((str(one.reference), f"Joins {one.reference}") for one in self.may_be),
            (NAMED, "Joins the review named below"),
            (OUT, "Leave it out"),
        ]


@pages.route("/held/<int:number>/parts", methods=["GET", "POST"])
@requires(Duty.WORK)
def ask_parts(number: int) -> tuple[str, int] | Response:
    """Show every paper with the review that it seems to be of; register all of them in one go."""
    sorting = _sorting(number)
    form = Form.sent()
    if not form.typed:
        return _show(sorting, _prefilled(sorting), 200)
    parts = _typed(sorting, form)
    if form.faults:
        return _show(sorting, form, 422)
    try:
        office().intake.answer_parts(number, parts, by=person().email)
    except StaleVersion:
        sorting = _sorting(number)
        form.typed["version"] = str(sorting.mail.version)
        return _show(sorting, form, 409)
    except Refused as fault:
        form.fault("paper-1", as_sentence(fault))
        return _show(sorting, form, 422)
    flash("The mail is dealt with: every paper is with its review.")
    return redirect(url_for("held.held_mail", number=number))


def _sorting(number: int) -> Sorting:
    with eyes() as register:
        mail = register.mail(number)
        return Sorting(mail, _papers(mail), candidates(register, office().directory, mail))


def _papers(mail: ReceivedMail) -> tuple[MailPaper, ...]:
    """Return what triage saw, each file once; of a mail kept without that, its attachments."""
    bare = (MailPaper(one.name, one.sha256, "file", "not read") for one in mail.attachments)
    listed = mail.papers or tuple(bare)
    return tuple({paper.sha256: paper for paper in reversed(listed)}.values())[::-1]


def _prefilled(sorting: Sorting) -> Form:
    chosen = {
        f"paper-{place}": f"{NEW}{paper.part}" if paper.part else ""
        for place, paper in enumerate(sorting.papers, start=1)
    }
    return Form({**chosen, "version": str(sorting.mail.version)})


def _typed(sorting: Sorting, form: Form) -> Parts:
    """Return what was chosen, the groups in the order of their first papers."""
    known = {value for value, _ in sorting.choices}
    groups: dict[str, list[str]] = {}
    for place, paper in enumerate(sorting.papers, start=1):
        value = form[f"paper-{place}"]
        if value not in known:
            form.fault(f"paper-{place}", f"Say of which review {paper.name} is, or leave it out")
        elif value != OUT:
            groups.setdefault(value, []).append(paper.sha256)
    if not groups and not form.faults:
        form.fault("paper-1", "Choose a review for at least one paper")
    named = _named(form) if NAMED in groups else None
    why = form.required("why", "Say why, in a sentence")
    listed = tuple(Group(tuple(of_it), _joins(value, named)) for value, of_it in groups.items())
    return Parts(listed, why, form.whole("version"))


def _joins(value: str, named: Reference | None) -> Reference | None:
    if value == NAMED:
        return named
    return None if value.startswith(NEW) else Reference.parse(value)


def _named(form: Form) -> Reference | None:
    try:
        reference = Reference.parse(form["reference"])
        with eyes() as register:
            register.review(reference)
    except (NotAReference, NotFound):
        form.fault("reference", "Enter the reference of the review, like QA-2026-0042")
        return None
    return reference


def _show(sorting: Sorting, form: Form, status: int) -> tuple[str, int]:
    body = render_template(
        "held/parts.html",
        mail=sorting.mail,
        papers=sorting.papers,
        may_be=sorting.may_be,
        choices=sorting.choices,
        form=form,
        open_to_answer=sorting.mail.state in (MailState.HELD, MailState.NOTED),
        stale=status == 409,
    )
    return body, status
