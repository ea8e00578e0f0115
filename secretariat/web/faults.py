"""What a person reads when something went wrong: what it is and what to try next.

Logs name the kind of fault and where it arose, never its text, which may hold names.
"""

import logging
import traceback
from dataclasses import dataclass
from typing import Final

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, Unauthorized

from secretariat.domain.errors import (
    NotAReference,
    NotFound,
    OutOfOrder,
    SecretariatError,
    StaleVersion,
)
from secretariat.domain.papers import ScannerAway

log = logging.getLogger(__name__)

SHORT: Final = 40
NEVER_GIVEN_BACK: Final = frozenset({"csrf_token", "password", "old", "new", "again", "names"})


@dataclass(frozen=True, slots=True)
class Told:
    """One page of a fault: its heading, and what to try, one paragraph each."""

    heading: str
    advice: tuple[str, ...]


TOLD: Final = {
    400: Told(
        "This form could not be read",
        (
            "You may have been signed out in the meantime, or the page was open for long.",
            "Nothing was saved. Go back, load the page again and send the form once more.",
        ),
    ),
    401: Told(
        "You were signed out",
        (
            "Nothing was sent for half an hour, or an administrator ended your session.",
            "Nothing was saved. Sign in again, in a new tab if you typed something that you need.",
        ),
    ),
    403: Told(
        "You cannot do this",
        ("Nothing was changed. If your work needs it, ask an administrator.",),
    ),
    404: Told(
        "Page not found",
        (
            "If you typed the web address, check that it is correct.",
            "If you followed a link, what it led to may have been merged or undone: look for it in "
            "the register.",
        ),
    ),
    405: Told("This page cannot be used in this way", ("Go back and use the buttons there.",)),
    409: Told(
        "Somebody else changed this first",
        ("Nothing was saved. Go back, load the page again and see what they changed.",),
    ),
    413: Told(
        "The file is too large",
        ("Nothing was saved. Make the file smaller, or split it, and send it again.",),
    ),
    422: Told(
        "This cannot be done now", ("Nothing was changed. Put right what it says and try again.",)
    ),
    429: Told("Too many attempts", ("Wait for 15 minutes and try again.",)),
    500: Told(
        "Sorry, there is a problem with the service",
        (
            "What you sent may not have been saved: look before you send it again.",
            "Try again in a few minutes. If it happens again, tell an administrator the time.",
        ),
    ),
    503: Told(
        "Sorry, a part of the service cannot be used now",
        ("Nothing was changed. Try again in a few minutes, or tell an administrator.",),
    ),
}

STATUS_OF: Final[tuple[tuple[type[SecretariatError], int], ...]] = (
    (NotFound, 404),
    (NotAReference, 404),
    (StaleVersion, 409),
    (OutOfOrder, 503),
    (ScannerAway, 503),
    (SecretariatError, 422),
)


def tell_faults(app: Flask) -> None:
    """Give `app` a readable page for every fault."""
    app.register_error_handler(CSRFError, _lapsed_form)
    app.register_error_handler(Unauthorized, _signed_out)
    app.register_error_handler(HTTPException, _http_fault)
    app.register_error_handler(SecretariatError, _our_fault)
    app.register_error_handler(Exception, _unforeseen)


def page(status: int, *reasons: str, typed: dict[str, str] | None = None) -> tuple[str, int]:
    """Return the page of a fault; `reasons` come first, `typed` is given back to be copied."""
    told = TOLD.get(status, TOLD[500 if status >= 500 else 400])
    return render_template("fault.html", told=told, reasons=reasons, typed=typed or {}), status


def _lapsed_form(_: CSRFError) -> tuple[str, int]:
    return page(400, typed=_what_was_typed())


def _signed_out(_: Unauthorized) -> tuple[str, int]:
    return page(401, typed=_what_was_typed())


def _what_was_typed() -> dict[str, str]:
    """Return the long texts of the form, so that nobody has to write them twice; no password."""
    return {
        name: text
        for name, text in request.form.items()
        if len(text) >= SHORT and name not in NEVER_GIVEN_BACK
    }


def _http_fault(fault: HTTPException) -> tuple[str, int] | HTTPException:
    status = fault.code or 500
    if status < 400:
        return fault
    ours = status == 403 and fault.description != type(fault).description
    return page(status, *((fault.description or "",) if ours else ()))


def _our_fault(fault: SecretariatError) -> tuple[str, int]:
    status = next(status for kind, status in STATUS_OF if isinstance(fault, kind))
    reasons: tuple[str, ...] = getattr(fault, "reasons", ()) or (str(fault),)
    typed = _what_was_typed() if request.method == "POST" else None
    return page(status, *reasons, typed=typed)


def _unforeseen(fault: Exception) -> tuple[str, int]:
    places = traceback.extract_tb(fault.__traceback__)
    where = " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places[-4:]))
    log.error("%s at %s answered with %s", request.endpoint, where, type(fault).__name__)
    return page(500)
