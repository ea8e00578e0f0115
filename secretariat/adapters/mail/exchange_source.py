"""A folder of a mailbox on an Exchange Server, looked through by SyncFolderItems.

Exchange gives a message another id when it moves.  What stays is its search key, its Message-ID,
when it was received and from whom: their digest is its place, and an index leads to its id.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

from exchangelib import ExtendedProperty, Message
from exchangelib.errors import (
    ErrorFolderNotFound,
    ErrorInvalidSyncStateData,
    ErrorItemNotFound,
    EWSError,
)
from exchangelib.fields import FieldPath
from exchangelib.services import SyncFolderItems

from secretariat.adapters.mail.exchange_line import ExchangeLine
from secretariat.adapters.mail.exchange_words import UNUSABLE, is_dropped, why_not
from secretariat.adapters.mail.identity import place_of
from secretariat.ports.mail import (
    Changes,
    MailboxUnusable,
    MessageGone,
    MessageUnreadable,
    Sink,
    Waiting,
)

MANY: Final = 500
PIECE: Final = 2**20
STUMBLES: Final = 3
PASSING: Final = ("ErrorServerBusy", "ErrorInternalServerTransientError", "ErrorTimeoutExpired")
MAIL: Final = ("IPM.NOTE", "REPORT.IPM.NOTE")
FIELDS: Final = (
    "item_class",
    "message_id",
    "datetime_received",
    "author",
    "categories",
    "search_key",
)


class SearchKey(ExtendedProperty):  # type: ignore[misc]
    """PidTagSearchKey: the same wherever a message is moved to."""

    property_tag = 0x300B
    property_type = "Binary"


Message.register("search_key", SearchKey)


@dataclass(frozen=True, slots=True)
class Lying:
    """A message where it lies now.

    id, version: Exchange's own for it, until it moves; categories: as they are spelled
    """

    place: str
    id: str
    version: str
    delivered_at: datetime | None
    categories: tuple[str, ...]

    @property
    def waiting(self) -> Waiting:
        """The message as one that waits."""
        return Waiting(self.place, self.delivered_at)


class _StateLost(Exception):
    """Exchange does not know the state any more."""


@dataclass
class Index:
    """Where messages were last seen, by their places; shared by all that look into one mailbox."""

    seen: dict[str, Lying] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, found: Iterable[Lying]) -> None:
        """Note messages as just seen."""
        with self._lock:
            self.seen.update((each.place, each) for each in found)

    def forget(self, place: str) -> None:
        """Forget where a message was."""
        with self._lock:
            self.seen.pop(place, None)

    def of(self, place: str) -> Lying | None:
        """Return where a message was last seen."""
        return self.seen.get(place)


@dataclass
class ExchangeSource:
    """One folder: `find` returns it of an account; told: how its name ends.

    passed_over: messages that bear one of these categories (lower case) are not told
    look_through: searches every folder that a message may lie in, for one that was not seen
    """

    line: ExchangeLine
    told: str
    find: Callable[[Any], Any]
    index: Index = field(default_factory=Index)
    passed_over: frozenset[str] = frozenset()
    look_through: Callable[[], Iterable[Lying]] | None = None
    _stumbles: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    @property
    def name(self) -> str:
        """The mailbox and the folder."""
        return f"{self.line.address} on Exchange, {self.told}"

    def changes(self, since: str) -> Changes:
        """Return what has come since; everything anew where that place is lost."""
        state = _state_in(since)
        if since and state:
            try:
                return self._changes(state, anew=False)
            except _StateLost:
                pass
        try:
            return self._changes("", anew=bool(since))
        except _StateLost:
            raise MailboxUnusable(f"{UNUSABLE}: it does not tell what has come") from None

    def fetch(self, place: str, into: Sink) -> None:
        """Write the raw message into a file; raise MessageGone or MessageUnreadable."""
        for lying in self._candidates(place):
            if (content := self._content(lying)) is not None:
                for start in range(0, len(content), PIECE):
                    into.write(content[start : start + PIECE])
                return
            self.index.forget(place)
        raise MessageGone

    def listed(self) -> Iterator[Lying]:
        """Go through the mails that lie in the folder now."""
        found = listed(self.line, self.find)
        self.index.note(found)
        return iter(found)

    def where(self, place: str) -> Iterator[Lying]:
        """Return where a message was seen, and then, if it is wanted still, where it lies now."""
        return self._candidates(place)

    def is_passed_over(self, lying: Lying) -> bool:
        """Say whether a message bears one of our categories."""
        return any(each.casefold() in self.passed_over for each in lying.categories)

    def _candidates(self, place: str) -> Iterator[Lying]:
        seen = self.index.of(place)
        if seen:
            yield seen
        found = self.look_through() if self.look_through else self.listed()
        yield from (each for each in found if each.place == place and each != seen)

    def _changes(self, state: str, *, anew: bool) -> Changes:
        found, reached, whole = self.line.ask(lambda account: self._synced(account, state))
        self.index.note(found)
        arrived = sorted((each for each in found if not self.is_passed_over(each)), key=_age)
        kept = json.dumps({"state": reached})
        return Changes(tuple(each.waiting for each in arrived), kept, more=not whole, anew=anew)

    def _synced(self, account: Any, state: str) -> tuple[list[Lying], str, bool]:
        service = SyncFolderItems(account=account)
        found: dict[str, Lying] = {}
        try:
            folder = self.find(account)
            told = service.call(
                folder=folder,
                shape="IdOnly",
                additional_fields=_paths(folder),
                sync_state=state or None,
                ignore=None,
                max_changes_returned=MANY,
                sync_scope=None,
            )
            for kind, item in told:
                found.pop(str(item[0].id if isinstance(item, tuple) else item.id), None)
                if kind in ("create", "update") and (lying := _lying(item)):
                    found[lying.id] = lying
        except ErrorInvalidSyncStateData:
            raise _StateLost from None
        except AttributeError:
            # exchangelib reads the new state before it looks whether there was an error.
            raise (_StateLost if state else MailboxUnusable(_UNTOLD)) from None
        except EWSError as fault:
            raise in_words(fault) from None
        if not service.sync_state:
            raise _StateLost
        whole = bool(service.includes_last_item_in_range)
        return list(found.values()), str(service.sync_state), whole

    def _raise(self, place: str, fault: Exception) -> NoReturn:
        """Raise what a fault means: of the mailbox, or, where it is well, of this message."""
        if is_dropped(fault) or type(fault).__name__ in PASSING:
            self._stumbles[place] = self._stumbles.get(place, 0) + 1
            if self._stumbles[place] < STUMBLES or not self._is_well():
                raise MailboxUnusable(f"{UNUSABLE}: {why_not(fault)}")
        raise MessageUnreadable(why_not(fault))

    def _is_well(self) -> bool:
        try:
            self.line.ask(lambda account: self.find(account).refresh())
        except (MailboxUnusable, EWSError):
            return False
        return True

    def _content(self, lying: Lying) -> bytes | None:
        """Return a message's bytes, None if it is not there under this id any more."""

        def fetched(account: Any) -> Any:
            wanted = [(lying.id, lying.version)]
            return next(iter(account.fetch(wanted, only_fields=["mime_content"])), None)

        try:
            item = self.line.ask(fetched)
        except EWSError as fault:
            item = fault
        if isinstance(item, ErrorItemNotFound) or item is None:
            return None
        if isinstance(item, Exception):
            self._raise(lying.place, item)
        self._stumbles.pop(lying.place, None)
        content = item.mime_content
        if not isinstance(content, bytes):
            raise MessageUnreadable("the Exchange Server gives no content for it")
        return content


_UNTOLD: Final = f"{UNUSABLE}: the Exchange Server does not tell what has come"


def listed(line: ExchangeLine, find: Callable[[Any], Any]) -> list[Lying]:
    """Return the mails that lie in a folder; none where the folder is not there."""

    def read(account: Any) -> list[Lying]:
        try:
            items = find(account).all().only(*FIELDS)
            items.page_size = MANY
            return [lying for item in items if (lying := _lying(item))]
        except ErrorFolderNotFound:
            return []
        except EWSError as fault:
            raise in_words(fault) from None

    return line.ask(read)


def _paths(folder: Any) -> set[Any]:
    return {
        path if isinstance(path, FieldPath) else FieldPath(field=path)
        for path in folder.normalize_fields(fields=FIELDS)
        if not path.field.is_attribute
    }


def _lying(item: Any) -> Lying | None:
    """Return a mail where it lies, None for what is no mail."""
    if not isinstance(item, Message):
        return None
    if not str(item.item_class or "IPM.Note").upper().startswith(MAIL):
        return None
    received = item.datetime_received
    at = datetime.fromisoformat(received.isoformat()).astimezone(UTC) if received else None
    sender = item.author.email_address if item.author else ""
    key = item.search_key.hex() if isinstance(item.search_key, bytes) else ""
    told = at.isoformat() if at else ""
    place = place_of(key, item.message_id or "", told, sender or "")
    return Lying(place, item.id, item.changekey, at, tuple(item.categories or ()))


def in_words(fault: Exception) -> Exception:
    """Return a fault of the mailbox as MailboxUnusable; one that may pass stays what it is."""
    if type(fault).__name__ in PASSING[:2]:
        return fault
    if type(fault).__name__ in ("UnauthorizedError", "Forbidden"):
        return fault
    return MailboxUnusable(f"{UNUSABLE}: {why_not(fault)}")


def _state_in(since: str) -> str:
    try:
        told = json.loads(since)
    except ValueError:
        return ""
    state = told.get("state") if isinstance(told, dict) else None
    return state if isinstance(state, str) else ""


def _age(lying: Lying) -> tuple[bool, datetime]:
    return lying.delivered_at is None, lying.delivered_at or datetime.max.replace(tzinfo=UTC)
