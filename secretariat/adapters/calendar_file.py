"""What will be sent, as a calendar file (RFC 5545) that Outlook and others subscribe to.

An entry names references and kinds alone: calendars are read over shoulders.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from secretariat.domain.outlook import DayAhead, Leaving


def calendar_file(days: Sequence[DayAhead], *, made_at: datetime, domain: str) -> bytes:
    """Return the mails of these days, one entry of a whole day each."""
    calendar = Calendar()
    calendar.add("prodid", "-//secretariat//what will be sent//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "What the secretariat will send")
    for day in days:
        for one in (*day.leaving, *day.kept):
            calendar.add_component(_entry(one, made_at, domain))
    return bytes(calendar.to_ical())


def _entry(one: Leaving, made_at: datetime, domain: str) -> Event:
    about = ", ".join(map(str, one.references))
    told = f"{one.day} {one.kind} {about} {one.number}"
    entry = Event()
    entry.add("uid", f"{sha256(told.encode()).hexdigest()[:32]}@{domain}")
    entry.add("dtstamp", made_at)
    entry.add("dtstart", one.day)
    entry.add("dtend", one.day + timedelta(days=1))
    entry.add("summary", f"{str(one.kind).capitalize()}: {about}" + (" (waits)" if one.bar else ""))
    if one.bar:
        entry.add("description", one.bar)
    entry.add("transp", "TRANSPARENT")
    return entry
