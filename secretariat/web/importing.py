"""A list of cases: uploaded, previewed row by row, and taken in once a person confirms it.

The file is sent twice, for the preview and for the confirmation: between the two nothing of it
is kept, because it may hold real names.
"""

from datetime import date
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import Refused
from secretariat.domain.import_columns import HEADINGS, Column
from secretariat.domain.import_plan import Fate, Preview
from secretariat.domain.import_sheet import SheetUnreadable
from secretariat.domain.papers import ScannerAway
from secretariat.domain.review import Status
from secretariat.domain.staff import Duty, may
from secretariat.domain.written import counted
from secretariat.web.asking import day_of
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person

pages = Blueprint("importing", __name__)

Page = str | tuple[str, int] | Answered
AT: Final = "/register/import"
SHOWN: Final = 5
UNCHECKED: Final = "The virus scanner does not answer: the list was not opened. Try in a minute"


@pages.get(AT)
def import_page() -> Page:
    """Ask for the list, and say which columns are understood."""
    _allowed()
    return _ask(Form(), 200)


@pages.post(AT)
def preview() -> Page:
    """Show what taking the list in would do; nothing is written."""
    _allowed()
    form = Form.sent()
    content, chase_from = _sent(form), _chase_from(form)
    if form.faults:
        return _ask(form, 422)
    try:
        found = office().importing.preview(content, chase_from=chase_from)
    except ScannerAway:
        form.fault("list", UNCHECKED)
        return _ask(form, 503)
    except (Refused, SheetUnreadable) as fault:
        form.fault("list", as_sentence(fault))
        return _ask(form, 422)
    return _show(found, Form({"chase_from": form["chase_from"]}), 200)


@pages.post(f"{AT}/confirm")
def confirm() -> Page:
    """Take in what was previewed: the same bytes, with the same plan."""
    _allowed()
    form = Form.sent()
    content, chase_from = _sent(form), _chase_from(form)
    if form.faults:
        return _ask(form, 422)
    try:
        taken = office().importing.confirm(
            content,
            sha256=form["sha256"],
            mark=form["mark"],
            by=person().email,
            chase_from=chase_from,
        )
    except ScannerAway:
        form.fault("list", UNCHECKED)
        return _ask(form, 503)
    except (Refused, SheetUnreadable) as fault:
        form.fault("list", as_sentence(fault))
        return _ask(form, 422)
    told = f"{counted(len(taken.references), 'review')} registered from the list."
    if taken.left:
        rows = counted(taken.left, "row was", "rows were")
        told += f" {rows} registered in some other way meanwhile."
    flash(told)
    return redirect(url_for("register.register_page"))


def _allowed() -> None:
    who = person()
    if not (may(who, Duty.WORK) or may(who, Duty.ADMINISTER)):
        abort(403, description="Your account may not take in cases from a list")


def _sent(form: Form) -> bytes:
    sent = request.files.get("list")
    content = sent.read() if sent is not None and sent.filename else b""
    if not content:
        form.fault("list", "Choose the file with the list")
    return content


def _chase_from(form: Form) -> date | None:
    typed = form["chase_from"]
    day = day_of(typed) if typed else None
    if typed and (day is None or day <= office().clock.today()):
        form.fault("chase_from", "Enter a day that is still to come, like 4/6/2026")
    return day


def _ask(form: Form, status: int) -> tuple[str, int]:
    columns = [(column, HEADINGS[column].split("|")[:SHOWN]) for column in Column]
    return render_template("register/import.html", form=form, columns=columns), status


def _show(found: Preview, form: Form, status: int) -> tuple[str, int]:
    body = render_template(
        "register/import_preview.html",
        preview=found,
        totals={fate: len(found.of(fate)) for fate in Fate},
        form=form,
        Fate=Fate,
        awaited=Status.PUBLICATION_AWAITED,
    )
    return body, status
