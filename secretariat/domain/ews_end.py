"""The end of Exchange Web Services in Microsoft 365; an Exchange Server of one's own keeps them."""

from datetime import date
from typing import Final
from urllib.parse import urlsplit

OFF_BY_DEFAULT: Final = date(2026, 10, 1)
ENDED: Final = date(2027, 4, 1)
HOSTS: Final = ("outlook.office365.com", "outlook.office.com", "outlook.office365.us")


def days_left(endpoint: str, today: date) -> int | None:
    """Return the days until the services end at this address, 0 when they have; None if never."""
    host = (urlsplit(endpoint).hostname or "").casefold()
    if not any(host == each or host.endswith(f".{each}") for each in HOSTS):
        return None
    return max(0, (ENDED - today).days)


def told_of_the_end(endpoint: str, today: date) -> str:
    """Return a sentence on the end at this address, "" where there is none to tell of."""
    left = days_left(endpoint, today)
    if left is None:
        return ""
    if left == 0:
        return "Exchange Web Services have ended in Microsoft 365"
    return f"Exchange Web Services end in Microsoft 365 on 1 April 2027: {left} days are left"
