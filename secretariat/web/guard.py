"""Who may come in: every page asks for a sign-in unless it says that it is open to all."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from secretariat.domain.staff import Account, Duty, may
from secretariat.office.office import Office
from secretariat.web.sessions import PERSON, rotate

P = ParamSpec("P")
R = TypeVar("R")

UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OPEN: Final = "open_to_all"
WITH_ONE_TIME_PASSWORD: Final = frozenset({"sign_in.change_password", "sign_in.sign_out"})


def open_to_all(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that nobody needs to sign in for."""
    setattr(view, OPEN, True)
    return view


def requires(duty: Duty) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Refuse the view (403) to a person whose roles do not allow `duty`."""

    def guarded(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def allowed(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may(person(), duty):
                abort(403, description=f"Your account may not {duty}")
            return view(*args, **kwargs)

        return allowed

    return guarded


def person() -> Account:
    """Return the account of whoever is signed in; only for views that are not open to all."""
    account: Account = g.person
    return account


def office() -> Office:
    """Return the office that answers this request."""
    ours: Office = current_app.extensions["office"]
    return ours


def safe_next(address: str) -> str:
    """Return `address` if it is a path of this service, else the home page's."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() and "\\" not in address else "/"


def keep_the_door(app: Flask) -> None:
    """Let `app` check, before each request, where it comes from and who sends it."""
    app.before_request(_refuse_other_sites)
    app.before_request(_ask_who_is_there)


def _refuse_other_sites() -> None:
    if request.method in UNSAFE and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403, description="This form was sent from another website")


def _ask_who_is_there() -> Response | None:
    g.person = None
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None
    g.person = _account_of_session()
    if getattr(view, OPEN, False):
        return None
    if g.person is None:
        if request.method in UNSAFE:
            abort(401)
        return redirect(url_for("sign_in.sign_in", next=request.full_path.rstrip("?")))
    if g.person.must_change and request.endpoint not in WITH_ONE_TIME_PASSWORD:
        return redirect(url_for("sign_in.change_password"))
    return None


def _account_of_session() -> Account | None:
    email = session.get(PERSON)
    if not email:
        return None
    account: Account | None = office().accounts.find(email)
    if account is None or not account.active:
        rotate()
        return None
    return account
