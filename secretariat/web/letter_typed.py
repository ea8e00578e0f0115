"""What a person typed into a letter and has not saved: kept, offered again, forgotten."""

from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from secretariat.domain.letter import Letter, Typed
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.web.asking import eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires

pages = Blueprint("letter_typed", __name__)

AT: Final = "/register/<reference:reference>/letters/<int:number>"
BESIDE: Final = frozenset({"csrf_token", "version", "keep"})


@pages.post(f"{AT}/typed")
@requires(Duty.WORK)
def keep(reference: Reference, number: int) -> Response:
    """Keep what is typed; the page's script is answered with nothing, a person with the page."""
    form = Form.sent()
    fields = {name: text for name, text in form.typed.items() if name not in BESIDE}
    version = form.whole("version")
    office().unsaved.keep(str(reference), number, fields, version=version, by=person().email)
    if "keep" not in form.typed:
        return Response(status=204)
    flash("What you typed is kept for you. It is not saved as a version yet.")
    return _to_the_form(reference, number, "yes")


@pages.post(f"{AT}/typed/forget")
@requires(Duty.WORK)
def forget(reference: Reference, number: int) -> Response:
    """Forget what the person had typed."""
    office().unsaved.forget(str(reference), number, by=person().email)
    flash("What you had typed is forgotten.")
    return _to_the_form(reference, number)


@pages.app_template_global()
def typed_into(letter: Letter) -> Typed | None:
    """Return what this person typed into the letter and has not saved, unless it is on the page."""
    if request.method != "GET" or request.args.get("typed"):
        return None
    return _typed(letter.reference, letter.number)


def form_of_typed(letter: Letter) -> Form | None:
    """Return the form as the person left it, None where they do not ask for it or left none."""
    kept = _typed(letter.reference, letter.number) if request.args.get("typed") else None
    if kept is None:
        return None
    fields = dict(zip(kept.fields[::2], kept.fields[1::2], strict=True))
    return Form(fields | {"version": str(kept.version)})


def _typed(reference: Reference, number: int) -> Typed | None:
    with eyes() as register:
        return register.typed(str(reference), number, person().email)


def _to_the_form(reference: Reference, number: int, typed: str | None = None) -> Response:
    return redirect(url_for("letters.amend", reference=reference, number=number, typed=typed))
