"""Real names kept for the check of one review's letters: the only page that shows them.

It shows the list when a person asks for it, and the ledger says who did.
"""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import Refused, StaleVersion
from secretariat.domain.kept_names import LONGEST, MOST, mark_of
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.domain.written import counted
from secretariat.web.asking import eyes
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires

pages = Blueprint("names", __name__)

Page = str | tuple[str, int] | Answered
AT: Final = "/register/<reference:reference>/names"
CHANGED: Final = (
    "Somebody else changed this list in the meantime, and nothing of yours was saved. Open the"
    " page anew and show the names as they stand now"
)


@pages.get(AT)
@requires(Duty.WORK)
def names_page(reference: Reference) -> Page:
    """Say how many names are kept and by whom; ask for the first ones where none are."""
    return _answer(reference, Form(), 200)


@pages.post(f"{AT}/show")
@requires(Duty.WORK)
def show(reference: Reference) -> Page:
    """Show the names, to be changed; the ledger notes who looked."""
    shown = office().names.show(reference, by=person().email)
    typed = {"names": "\n".join(shown.names), "seen": shown.mark}
    return _answer(reference, Form(typed), 200, shown=True)


@pages.post(AT)
@requires(Duty.WORK)
def keep(reference: Reference) -> Page:
    """Keep the names that were typed, in place of those before."""
    form = Form.sent()
    try:
        count = office().names.keep(reference, form["names"], seen=form["seen"], by=person().email)
    except StaleVersion:
        form.fault("names", CHANGED)
        return _answer(reference, form, 409, shown=True)
    except Refused as refused:
        form.fault("names", as_sentence(refused))
        return _answer(reference, form, 422, shown=True)
    flash(f"{counted(count, 'name is', 'names are')} kept for the check.")
    return _back_to(reference)


@pages.post(f"{AT}/purge")
@requires(Duty.WORK)
def purge(reference: Reference) -> Page:
    """Forget the names for good, with the reason in the ledger."""
    form = Form.sent()
    try:
        office().names.purge(reference, form["why"], seen=form["seen"], by=person().email)
    except StaleVersion:
        form.fault("why", CHANGED)
        return _answer(reference, form, 409)
    except Refused as refused:
        form.fault("why", as_sentence(refused))
        return _answer(reference, form, 422)
    flash("The names are purged: letters are no longer checked for them.")
    return _back_to(reference)


def _answer(
    reference: Reference, form: Form, status: int, *, shown: bool = False
) -> tuple[str, int]:
    """Return the page; shown: the list stands in the form, as it is or as it was typed."""
    with eyes() as register:
        review = register.review(reference)
        kept = register.kept_names(reference)
    own = tuple(one for one in kept if one.reference == reference)
    body = render_template(
        "review/names.html",
        review=review,
        own=own,
        merged=[one for one in kept if one.reference != reference],
        can_keep=office().names.sealing is not None,
        opens=office().names.opens(own),
        shown=shown,
        seen=form["seen"] or mark_of(own),
        form=form,
        most=MOST,
        longest=LONGEST,
    )
    return body, status


def _back_to(reference: Reference) -> Answered:
    return redirect(url_for("names.names_page", reference=reference))
