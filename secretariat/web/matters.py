"""Decisions not to review and requests to explain: who answers them, and that they are."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from secretariat.domain.review import Matter
from secretariat.domain.staff import Duty
from secretariat.web.asking import eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires

pages = Blueprint("matters", __name__)


@pages.get("/held/matters")
def matter_list() -> str:
    """List the open matters, the oldest first, with their age."""
    with eyes() as register:
        matters = register.matters()
    return render_template("held/matters.html", matters=matters, today=office().clock.today())


@pages.get("/held/matters/<int:number>")
def matter_page(number: int) -> tuple[str, int]:
    """Show one matter with its forms."""
    return _show(number, Form(), 200)


@pages.post("/held/matters/<int:number>/own")
@requires(Duty.WORK)
def own(number: int) -> Response:
    """Take the matter on."""
    version = Form.sent().whole("version")
    office().casework.own_matter(number, person().email, version=version, by=person().email)
    flash("The matter is yours.")
    return redirect(url_for("matters.matter_page", number=number))


@pages.post("/held/matters/<int:number>/answer")
@requires(Duty.WORK)
def answer(number: int) -> tuple[str, int] | Response:
    """Note what was answered, and close the matter."""
    form = Form.sent()
    why = form.required("why", "Say what was answered")
    if form.faults:
        return _show(number, form, 422)
    version = form.whole("version")
    office().casework.answer_matter(number, why, version=version, by=person().email)
    flash("The matter is answered.")
    return redirect(url_for("matters.matter_list"))


def _show(number: int, form: Form, status: int) -> tuple[str, int]:
    with eyes() as register:
        matter: Matter = register.matter(number)
        mail = register.mail(matter.mail) if matter.mail else None
    today = office().clock.today()
    body = render_template("held/matter.html", matter=matter, mail=mail, form=form, today=today)
    return body, status
