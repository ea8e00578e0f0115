"""What lies in a folder of an IMAP server: each message's number, its place and when it came.

A number holds for one folder and one UIDVALIDITY; a place is a digest of what a message keeps
wherever it is moved to: its Message-ID, delivery, date, sender and the way it came.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from typing import Final

from imap_tools import BaseMailBox

from secretariat.adapters.mail.identity import place_of
from secretariat.adapters.mail.imap_line import Opened

AT_ONCE: Final = 200
NOT_DELETED: Final = "UNDELETED"
_PARTS: Final = (
    "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM RECEIVED)])"
)
_BEGINS: Final = re.compile(rb"^\d+ \(")
_UID: Final = re.compile(rb"\bUID (\d+)")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DELIVERED: Final = re.compile(rb'\bINTERNALDATE "([^"]*)"')
_MOMENT: Final = re.compile(
    r"\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$"
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


@dataclass(frozen=True, slots=True)
class Lying:
    """A message that lies in a folder; delivered_at: UTC, as the server's clock had it."""

    place: str
    delivered_at: datetime | None


@dataclass
class Index:
    """The messages of one folder, by number; kept between two looks, so that each is read once."""

    validity: int = 0
    highest: int = 0
    lying: dict[int, Lying] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def refresh(self, box: BaseMailBox, opened: Opened) -> None:
        """Learn what has come and what is gone; messages marked as deleted are gone."""
        if opened.validity != self.validity:
            self.lying, self._numbers, self.highest = {}, {}, 0
            self.validity = opened.validity
        there = {int(uid) for uid in box.uids(NOT_DELETED, charset=None)}
        for uid in self.lying.keys() - there:
            self.forget(uid)
        self.highest = max(self.highest, opened.next_uid - 1, *there, 0)
        new = sorted(there - self.lying.keys())
        for start in range(0, len(new), AT_ONCE):
            for uid, digest, moment in _read(box, new[start : start + AT_ONCE]):
                self._learn(uid, Lying(self._free(digest), moment))

    def number(self, place: str) -> int | None:
        """Return the message's number, None where it does not lie here."""
        return self._numbers.get(place)

    def forget(self, uid: int) -> None:
        """Take note that a message is gone."""
        if gone := self.lying.pop(uid, None):
            self._numbers.pop(gone.place, None)

    def receive(self, validity: int, uid: int, lying: Lying) -> None:
        """Take note of a message that was moved here, if the folder is known well enough."""
        if validity == self.validity and lying.place not in self._numbers:
            self._learn(uid, lying)

    def _learn(self, uid: int, lying: Lying) -> None:
        self.lying[uid] = lying
        self._numbers[lying.place] = uid

    def _free(self, digest: str) -> str:
        """Return a place that no other message here has: the later of two alike bears a 2."""
        place, number = digest, 1
        while place in self._numbers:
            number += 1
            place = f"{digest}-{number}"
        return place


def uids_where(box: BaseMailBox, criteria: str) -> frozenset[int]:
    """Return the numbers of the messages, not deleted, that meet the criteria."""
    return frozenset(map(int, box.uids(f"{NOT_DELETED} {criteria}", charset=None)))


def _read(box: BaseMailBox, uids: Sequence[int]) -> Iterator[tuple[int, str, datetime | None]]:
    """Return number, digest and delivery of these messages, in the order of their numbers."""
    status, answer = box.client.uid("FETCH", ",".join(map(str, uids)), _PARTS)
    found = {}
    for told, header in records(answer if status == "OK" else []):
        uid, delivered, size = _UID.search(told), _DELIVERED.search(told), _SIZE.search(told)
        if uid and delivered:
            moment = _moment(delivered[1].decode("ascii", "replace"))
            came = moment.isoformat() if moment else delivered[1].decode("latin-1")
            digest = _digest(header, came, size[1].decode() if size else "")
            found[int(uid[1])] = (digest, moment)
    for uid_read in sorted(found.keys() & set(uids)):
        yield uid_read, *found[uid_read]


def records(answer: Sequence[object]) -> Iterator[tuple[bytes, bytes]]:
    """Return each FETCH answer as (what stands around the literal, the literal)."""
    told, literal = b"", b""
    for part in answer:
        if isinstance(part, tuple):
            if told:
                yield told, literal
            told, literal = part[0], part[1]
        elif isinstance(part, bytes):
            if _BEGINS.match(part):
                if told:
                    yield told, literal
                told, literal = part, b""
            else:
                told += part
    if told:
        yield told, literal


def _digest(header: bytes, came: str, size: str) -> str:
    message = message_from_bytes(header)
    message_id = _joined(message.get_all("Message-ID"))
    parts = (message_id, came, _joined(message.get_all("Date")), _joined(message.get_all("From")))
    way = _joined(message.get_all("Received"))
    return place_of(*parts, way, "" if message_id else size)


def _joined(values: Sequence[object] | None) -> str:
    return "\n".join(" ".join(str(value).split()) for value in values or ())


def _moment(told: str) -> datetime | None:
    """Return an INTERNALDATE in UTC: the same moment, however the server writes it."""
    hit = _MOMENT.match(told)
    if not hit or hit[2].lower() not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(hit[number]) for number in (1, 3, 4, 5, 6))
    offset = timedelta(hours=int(hit[8]), minutes=int(hit[9])) * (-1 if hit[7] == "-" else 1)
    try:
        zone = timezone(offset)
        month = _MONTHS.index(hit[2].lower()) + 1
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
