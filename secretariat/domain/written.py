"""How days and counts are written in sentences for staff, as GOV.UK writes them."""

from datetime import date


def in_full(day: date) -> str:
    """Write a day without zeros: 4 June 2026."""
    return f"{day.day} {day:%B %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """Write how many there are: "1 point", "2 points"; `many` where an s is not enough."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
