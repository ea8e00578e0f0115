"""Signing in with a local account, changing the password, signing out.

An unknown address costs the same work and earns the same sentence as a wrong password.
"""

import logging
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from secretariat.domain.staff import ATTEMPTS, ATTEMPTS_WITHIN, Account, weakness
from secretariat.web.forms import Form
from secretariat.web.guard import office, open_to_all, person, safe_next
from secretariat.web.sessions import PERSON, rotate

log = logging.getLogger(__name__)

pages = Blueprint("sign_in", __name__)

NOT_RIGHT: Final = "The email address or the password is not right"
TOO_MANY: Final = "Too many attempts: wait for 15 minutes and try again"

Page = str | tuple[str, int] | Response


@pages.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> Page:
    """Ask who it is; go on to `next`, or to the change of a one-time password."""
    onward = safe_next(request.values.get("next", "/"))
    if request.method == "GET":
        return _ask_to_sign_in(Form(), onward, 200)
    form = Form.sent("password")
    email = form.required("email", "Enter your email address").lower()
    password = form.required("password", "Enter your password")
    if form.faults:
        return _ask_to_sign_in(form, onward, 422)
    if _too_many(email):
        form.fault("email", TOO_MANY)
        return _ask_to_sign_in(form, onward, 429)
    account = _checked(email, password)
    if account is None:
        log.warning("a sign-in failed")
        office().accounts.note_attempt(email, _address(), office().clock.now())
        form.fault("email", NOT_RIGHT)
        return _ask_to_sign_in(form, onward, 422)
    _begin(account)
    return redirect(onward)


@pages.route("/change-password", methods=["GET", "POST"])
def change_password() -> Page:
    """Replace the password; end every other session of the account."""
    if request.method == "GET":
        return render_template("sign_in/change_password.html", form=Form())
    account = person()
    form = Form.sent("old", "new", "again")
    if _too_many(account.email):
        form.fault("old", TOO_MANY)
    elif not office().passwords.verify(account.password_hash, form["old"]):
        office().accounts.note_attempt(account.email, _address(), office().clock.now())
        form.fault("old", "The current password is not right")
    fault = weakness(form["new"], account)
    if fault is None and form["new"] == form["old"]:
        fault = "Your new password must differ from the current one"
    if fault:
        form.fault("new", fault)
    if form["again"] != form["new"]:
        form.fault("again", "Type the same new password twice")
    if form.faults:
        return render_template("sign_in/change_password.html", form=form), 422
    _replace_password(account, form["new"])
    flash("Your password is changed.")
    return redirect("/")


@pages.post("/sign-out")
def sign_out() -> Response:
    """End this session here and in the register."""
    session.clear()
    return redirect(url_for("sign_in.sign_in", left="yes"))


def _ask_to_sign_in(form: Form, onward: str, status: int) -> tuple[str, int]:
    left = request.args.get("left") == "yes"
    return render_template("sign_in/sign_in.html", form=form, next=onward, left=left), status


def _checked(email: str, password: str) -> Account | None:
    account: Account | None = office().accounts.find(email)
    right = office().passwords.verify(account.password_hash if account else None, password)
    return account if right and account and account.active else None


def _too_many(email: str) -> bool:
    since = office().clock.now() - ATTEMPTS_WITHIN
    found: int = office().accounts.attempts_since(since, email=email, address=_address())
    return found >= ATTEMPTS


def _begin(account: Account) -> None:
    rotate()
    session[PERSON] = account.email


def _replace_password(account: Account, password: str) -> None:
    hashed = office().passwords.hash(password)
    office().accounts.save_password(account.email, hashed, must_change=False)
    office().sessions.end_all_of(account.email)
    _begin(account)


def _address() -> str:
    return request.remote_addr or ""
