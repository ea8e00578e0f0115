"""What administrators look after: whether mail may leave, and who may sign in.

After a restore they have what was underway looked up in Sent before they release anything.
"""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.ledger import Tally
from secretariat.domain.staff import Account, Duty, Role
from secretariat.web.asking import eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires

pages = Blueprint("administration", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/administration")
@requires(Duty.ADMINISTER)
def administration() -> tuple[str, int]:
    """Show the switch, what would leave, and the accounts."""
    return _show(Form(), 200)


@pages.post("/administration/sending")
@requires(Duty.ADMINISTER)
def switch() -> Page:
    """Hold or release all sending."""
    form = Form.sent()
    if form["released"] not in ("yes", "no"):
        form.fault("released", "Choose whether mail may leave")
    why = form.required("why", "Say why, in a sentence")
    if form.faults:
        return _show(form, 422)
    released = form["released"] == "yes"
    office().dispatch.switch(released, by=person().email, why=why)
    flash("Sending is released." if released else "Sending is held.")
    return redirect(url_for("administration.administration"))


@pages.post("/administration/reconcile")
@requires(Duty.ADMINISTER)
def reconcile() -> tuple[str, int]:
    """After a restore, look up in Sent what was underway, and tell what was found."""
    return _show(Form(), 200, looked_up=office().reconcile(by=person().email))


@pages.post("/administration/accounts")
@requires(Duty.ADMINISTER)
def add_account() -> Page:
    """Add a colleague; the one-time password is shown once, here."""
    form = Form.sent()
    email = form.address("email", "Enter the email address").lower()
    name = form.required("name", "Enter the name")
    roles = _roles(form)
    if email and office().accounts.find(email):
        form.fault("email", "There is an account with this email address already")
    if form.faults:
        return _show(form, 422)
    return _given(email, office().staff.add(email, name, roles, by=person().email))


@pages.route("/administration/accounts/<email>", methods=["GET", "POST"])
@requires(Duty.ADMINISTER)
def account(email: str) -> Page:
    """Change the name and the roles of a colleague."""
    found = _account(email)
    form = Form.sent()
    if not form.typed:
        return _ask_roles(found, Form({"name": found.name}), found.roles)
    name = form.required("name", "Enter the name")
    roles = _roles(form)
    if form.faults:
        return _ask_roles(found, form, roles)
    office().staff.change(found.email, name, roles, by=person().email)
    flash("The account is changed.")
    return redirect(url_for("administration.administration"))


@pages.post("/administration/accounts/<email>/reopen")
@requires(Duty.ADMINISTER)
def reopen_account(email: str) -> tuple[str, int]:
    """Let a colleague in again; the one-time password is shown once, here."""
    return _given(email, office().staff.reopen(email, by=person().email))


@pages.post("/administration/accounts/<email>/password")
@requires(Duty.ADMINISTER)
def new_password(email: str) -> tuple[str, int]:
    """Give out a new one-time password; it is shown once, here."""
    return _given(email, office().staff.reset(email, by=person().email))


@pages.post("/administration/accounts/<email>/close")
@requires(Duty.ADMINISTER)
def close_account(email: str) -> Page:
    """Let a colleague who left in no more; nobody locks themselves out."""
    if email == person().email:
        raise Refused("another administrator must close your own account")
    office().staff.close(email, by=person().email)
    flash("The account is closed; its sessions are ended.")
    return redirect(url_for("administration.administration"))


def _roles(form: Form) -> tuple[Role, ...]:
    roles = tuple(role for role in Role if role in form.chosen("roles"))
    if not roles:
        form.fault("roles", "Choose at least one role")
    return roles


def _given(email: str, given: str) -> tuple[str, int]:
    return render_template("administration/given.html", email=email, given=given), 200


def _account(email: str) -> Account:
    found = office().accounts.find(email)
    if found is None:
        raise NotFound("that account")
    return found


def _ask_roles(found: Account, form: Form, chosen: tuple[Role, ...]) -> tuple[str, int]:
    body = render_template(
        "administration/account.html", account=found, form=form, roles=list(Role), chosen=chosen
    )
    return body, 422 if form.faults else 200


def _show(form: Form, status: int, *, looked_up: Tally | None = None) -> tuple[str, int]:
    with eyes() as register:
        switch = register.switch()
    body = render_template(
        "administration/administration.html",
        switch=switch,
        leaving=office().dispatch.would_leave(),
        accounts=office().accounts.everyone(),
        roles=list(Role),
        form=form,
        looked_up=looked_up,
    )
    return body, status
