"""A folder of a mailbox in Microsoft 365, looked through by Graph's delta query.

What is kept as the place reached is the link that Graph gave for the next time.  It is asked
only where it leads to Graph itself; a link that Graph has forgotten means: everything anew.
"""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from secretariat.adapters.mail.graph_line import GraphLine, NoAnswer, PauseWanted, Request
from secretariat.adapters.mail.graph_words import Answer
from secretariat.ports.mail import (
    Changes,
    MailboxUnusable,
    MessageGone,
    MessageUnreadable,
    Sink,
    Waiting,
)

MANY: Final = 500
MOST_PAGES: Final = 20
LARGEST: Final = 256 * 2**20
LISTED: Final = 500
STUMBLES: Final = 3
MAIL: Final = "#microsoft.graph.message"
UNUSABLE: Final = "the mailbox cannot be used"
NOT_OF_GRAPH: Final = f"{UNUSABLE}: what was answered is not of Microsoft Graph"
FIELDS: Final = "id,receivedDateTime,categories"
_PLACE: Final = re.compile(r"[A-Za-z0-9_=+/-]{1,500}")
_OF_THE_MESSAGE: Final = frozenset({400, 403, 406, 409, 413, 422, 500, 501, 502})
TRIED_AGAIN: Final = (0.5, 1.0, 2.0)
"""Pauses (seconds) before a message that is not there, or cannot be had, is asked for again:
Graph tells of some before it can hand them out."""


class _PlaceLost(Exception):
    """Graph does not know the link any more."""


@dataclass
class GraphSource:
    """One folder of the mailbox by its well-known name, such as "inbox" or "sentitems".

    passed_over: messages that bear one of these categories (lower case) are not told
    largest: bytes of a message beyond which it is not read
    """

    line: GraphLine
    folder: str
    passed_over: frozenset[str] = frozenset()
    largest: int = LARGEST
    tried_again: tuple[float, ...] = TRIED_AGAIN
    _stumbles: dict[str, int] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @property
    def name(self) -> str:
        """The mailbox and the folder."""
        return f"{self.line.address} in Microsoft 365, {self.folder}"

    def changes(self, since: str) -> Changes:
        """Return what has come since; everything anew where that place is lost."""
        link = _link_in(since)
        if link and self.line.own(link):
            try:
                return self._changes(link, anew=False)
            except _PlaceLost:
                pass
        try:
            return self._changes("", anew=bool(since))
        except _PlaceLost:
            raise MailboxUnusable(f"{UNUSABLE}: it changes faster than it can be read") from None

    def fetch(self, place: str, into: Sink) -> None:
        """Write the raw message into a file.

        Raise MessageGone, or MessageUnreadable where the mailbox is well and the message is not.
        """
        if not may_be_ours(place):
            raise MessageGone
        request = Request("GET", f"{path_of(place)}/$value")
        try:
            answer = self._fetched(request, into)
        except (NoAnswer, PauseWanted):
            if self._stumbled(place):
                raise MessageUnreadable("the mail server dropped it each time") from None
            raise
        with self._lock:
            self._stumbles.pop(place, None)
        if answer.gone:
            raise MessageGone
        if answer.broken or (answer.status in _OF_THE_MESSAGE and self._is_well()):
            raise MessageUnreadable(answer.why)
        unless_good(answer)

    def listed(self) -> Iterator[Mapping[str, Any]]:
        """Go through the mails that lie in the folder now."""
        path = f"/mailFolders/{self.folder}/messages?$select={FIELDS}&$top={LISTED}"
        return (each for each in go_through(self.line, path) if _is_mail(each))

    def waiting(self, each: Mapping[str, Any]) -> Waiting:
        """Return a message as one that waits."""
        return Waiting(each["id"], _time(each.get("receivedDateTime")))

    def is_passed_over(self, each: Mapping[str, Any]) -> bool:
        """Say whether a message bears one of our categories."""
        return any(str(one).casefold() in self.passed_over for one in each.get("categories") or ())

    def _changes(self, link: str, *, anew: bool) -> Changes:
        found: dict[str, Mapping[str, Any]] = {}
        path = link or f"/mailFolders/{self.folder}/messages/delta?$select={FIELDS}"
        more = True
        for _ in range(MOST_PAGES):
            answer = self.line.ask(Request("GET", path))
            if link and answer.place_lost:
                raise _PlaceLost
            told = unless_good(answer).told
            for each in _values(told):
                found.pop(each["id"], None)
                if "@removed" not in each and _is_mail(each) and not self.is_passed_over(each):
                    found[each["id"]] = each
            more = "@odata.deltaLink" not in told
            path = link = _next(told)
            if not more or len(found) >= MANY:
                break
        arrived = sorted(map(self.waiting, found.values()), key=_age)
        return Changes(tuple(arrived), json.dumps({"link": path}), more=more, anew=anew)

    def _fetched(self, request: Request, into: Sink) -> Answer:
        """Return the answer that stays the same when it is asked for again."""
        measured = _Measured(into, self.largest)
        for pause in self.tried_again:
            answer = self.line.ask(request, measured)
            if not (answer.gone or answer.status in (500, 502)):
                return answer
            if self.line.wait(pause):
                raise MailboxUnusable("the mailbox is closed")
        return self.line.ask(request, measured)

    def _stumbled(self, place: str) -> bool:
        """Count a fault; say whether it is the message's own, and not the mailbox's."""
        with self._lock:
            self._stumbles[place] = self._stumbles.get(place, 0) + 1
            often = self._stumbles[place] >= STUMBLES
        return often and self._is_well()

    def _is_well(self) -> bool:
        try:
            return self.line.ask(Request("GET", f"/mailFolders/{self.folder}?$select=id")).good
        except MailboxUnusable:
            return False


@dataclass
class _Measured:
    """Lets no message grow beyond all bounds."""

    into: Sink
    largest: int
    size: int = 0

    def write(self, content: bytes, /) -> None:
        self.size += len(content)
        if self.size > self.largest:
            raise MessageUnreadable(f"it is larger than {self.largest // 2**20} MB")
        self.into.write(content)


def go_through(line: GraphLine, path: str) -> Iterator[Mapping[str, Any]]:
    """Go through a list of Graph's, page by page."""
    while path:
        told = unless_good(line.ask(Request("GET", path))).told
        yield from _values(told)
        path = str(told.get("@odata.nextLink") or "")


def unless_good(answer: Answer) -> Answer:
    """Return a good answer; raise MailboxUnusable for any other."""
    if not answer.good:
        raise MailboxUnusable(f"{UNUSABLE}: {answer.why}")
    return answer


def id_in(answer: Answer) -> str:
    """Return the id of what a good answer tells of; raise MailboxUnusable."""
    found = unless_good(answer).told.get("id")
    if not isinstance(found, str):
        raise MailboxUnusable(NOT_OF_GRAPH)
    return found


def may_be_ours(place: str) -> bool:
    """Say whether a place is one of Graph's, not one of a mailbox that was there before it."""
    return _PLACE.fullmatch(place) is not None


def path_of(place: str) -> str:
    """Return the path of a message."""
    return f"/messages/{quote(place, safe='')}"


def _values(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    values = told.get("value")
    if not isinstance(values, list):
        raise MailboxUnusable(NOT_OF_GRAPH)
    return values


def _next(told: Mapping[str, Any]) -> str:
    link = told.get("@odata.deltaLink") or told.get("@odata.nextLink")
    if not isinstance(link, str):
        raise MailboxUnusable(NOT_OF_GRAPH)
    return link


def _link_in(since: str) -> str:
    try:
        told = json.loads(since)
    except ValueError:
        return ""
    link = told.get("link") if isinstance(told, dict) else None
    return link if isinstance(link, str) else ""


def _is_mail(each: Mapping[str, Any]) -> bool:
    return bool(each.get("@odata.type", MAIL) == MAIL)


def _time(told: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(told)).astimezone(UTC)
    except ValueError:
        return None


def _age(waiting: Waiting) -> tuple[bool, datetime]:
    return waiting.delivered_at is None, waiting.delivered_at or datetime.max.replace(tzinfo=UTC)
