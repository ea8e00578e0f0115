"""How days, moments and places are written on every page."""

from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from secretariat.domain.contacts import Switch
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.staff import Account, Duty, may
from secretariat.domain.written import counted, in_full
from secretariat.web.letter_form import CHOICES, boxes, further_addressees
from secretariat.web.shown import colour, mail_title

LONDON: Final = ZoneInfo("Europe/London")
SERVICE: Final = "Manage domestic homicide reviews"

TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

PLACES: Final = (
    ("/", "Home", Duty.LOOK),
    ("/held", "Held mail", Duty.LOOK),
    ("/register", "Register", Duty.LOOK),
    ("/meetings", "Meetings", Duty.LOOK),
    ("/letters", "Letters", Duty.LOOK),
    ("/publication", "Publication", Duty.LOOK),
    ("/administration", "Administration", Duty.ADMINISTER),
)


def moment(value: datetime) -> str:
    """Write a moment in London's time: 4 June 2026 at 9:32am; a naive one is taken as UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    local = aware.astimezone(LONDON)
    return f"{in_full(local.date())} at {_time(local)}"


def _time(local: datetime) -> str:
    """Write a time of day as GOV.UK does: midday, midnight, 11am, 9:32am."""
    if local.minute == 0 and local.hour % 12 == 0:
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def in_plain_order(value: object) -> object:
    """Return a text without the signs that turn its reading direction; all else as it is.

    A file called "report\u202efdp.exe" would be shown as "reportexe.pdf".
    """
    if isinstance(value, str) and TURNING.intersection(value):
        return value.translate(dict.fromkeys(map(ord, TURNING)))
    return value


def set_the_look(app: Flask) -> None:
    """Give the templates their components, filters and the parts that every page shows."""
    components = {"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}
    app.jinja_loader = ChoiceLoader([PackageLoader("secretariat.web"), PrefixLoader(components)])
    app.jinja_env.finalize = in_plain_order
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(day=in_full, moment=moment, colour=colour, title=mail_title)
    app.jinja_env.globals.update(service_name=SERVICE, Duty=Duty, boxes=boxes, counted=counted)
    app.jinja_env.globals.update(choices=CHOICES, further_addressees=further_addressees)
    app.context_processor(_shown_everywhere)


def _shown_everywhere() -> dict[str, Any]:
    who = g.get("person")

    def allowed(duty: Duty) -> bool:
        return who is not None and may(who, duty)

    places = [
        {"href": path, "text": name, "active": _is_here(path)}
        for path, name, duty in PLACES
        if allowed(duty)
    ]
    return {"who": who, "allowed": allowed, "places": places, "sending_is_held": _held(who)}


def _held(who: Account | None) -> bool:
    if who is None or who.must_change:
        return False
    try:
        with current_app.extensions["office"].open_reading() as register:
            switch: Switch = register.switch()
    except OutOfOrder:
        return False
    return not switch.released


def _is_here(path: str) -> bool:
    return request.path == path or (path != "/" and request.path.startswith(f"{path}/"))
