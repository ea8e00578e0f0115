"""A mailbox on an Exchange Server that the environment names, for the contract of all mailboxes.

EWS_TEST_URL, EWS_TEST_USER, EWS_TEST_PASSWORD and EWS_TEST_MAILBOX name a mailbox for tests alone.
What the tests put there is known by its Message-ID and deleted before and after each; nothing
else is touched, and nothing leaves for anywhere but the mailbox itself.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from exchangelib import BASIC, DELEGATE, UTC, Account, Configuration, Credentials, Message, PostItem
from exchangelib.errors import ErrorFolderExists, ErrorFolderNotFound, EWSError
from exchangelib.folders import Messages
from exchangelib.version import EXCHANGE_2016, Version

from secretariat.adapters.mail.exchange import FOLDERS, doors_on
from secretariat.adapters.mail.exchange_line import ExchangeLine, SignIn
from secretariat.ports.mail import Doors

OURS: Final = ("@anyshire.gov.uk>", "@homeoffice.example>")
NAMES: Final = {name: name for name in FOLDERS}
AT_ONCE: Final = 50
WITHIN: Final = 5.0


def is_named() -> bool:
    """Say whether the environment names a server."""
    return bool(os.environ.get("EWS_TEST_URL"))


class NamedWorld:
    """What people and councils do to the mailbox, all of it by Exchange Web Services."""

    rings = True
    keeps_place = True

    def __init__(self, *, by_category: bool = False) -> None:
        self.by_category = by_category
        self.outside = os.environ["EWS_TEST_MAILBOX"]
        self._user = os.environ["EWS_TEST_USER"]
        self._password = os.environ["EWS_TEST_PASSWORD"]
        self._url = os.environ["EWS_TEST_URL"]
        self._account = Account(
            self.outside,
            config=Configuration(
                service_endpoint=self._url,
                credentials=Credentials(self._user, self._password),
                auth_type=BASIC,
                version=Version(build=EXCHANGE_2016),
            ),
            autodiscover=False,
            access_type=DELEGATE,
            default_timezone=UTC,
        )
        self._by_hand: set[str] = set()
        self._waiting: list[bytes] = []
        self._opened: list[Doors] = []
        self.tidy()

    def doors(self) -> Doors:
        self._let_in()
        sign_in = SignIn("basic", self._user, self._password)
        line = ExchangeLine(self._url, self.outside, sign_in)
        opened = doors_on(line, NAMES, by_category=self.by_category)
        self._opened.append(opened)
        return opened

    def settings(self) -> tuple[str, dict[str, str]]:
        filing = "categories" if self.by_category else "folders"
        user = self._user.replace("\\", "\\\\")
        sections = (
            f'[office]\nmailbox_address = "{self.outside}"\n'
            f'[mailbox]\nkind = "exchange"\nfiling = "{filing}"\n'
            f'[exchange]\nendpoint = "{self._url}"\nuser = "{user}"\nsign_in = "basic"\n'
        )
        return sections, {"SECRETARIAT_MAIL_PASSWORD": self._password}

    def deliver(self, raw: bytes) -> None:
        """Let a mail arrive; before the first look many are brought at once."""
        self._waiting.append(raw)
        if self._opened:
            self._let_in()

    def deliver_no_mail(self) -> bool:
        post = PostItem(account=self._account, folder=self._account.inbox, subject="A notice")
        try:
            post.save()
        except EWSError:
            return False
        self._by_hand.add("A notice")
        return True

    def lying_in(self, folder: str) -> list[bytes]:
        self._let_in()
        found = [item for item in self._items(self._folder(folder)) if _is_ours(item)]
        if self.by_category and folder in (*FOLDERS, "Inbox"):
            wanted = [] if folder == "Inbox" else [folder]
            found = [item for item in found if list(item.categories or ()) == wanted]
        return [item.mime_content for item in found]

    def move_by_hand(self, subject: str, folder: str) -> None:
        item = self._find(subject)
        if self.by_category and folder in (*FOLDERS, "Inbox"):
            item.categories = None if folder == "Inbox" else [folder]
            item.save(update_fields=["categories"])
        else:
            item.move(to_folder=self._folder(folder))

    def delete_by_hand(self, subject: str) -> None:
        self._find(subject).delete()

    def send_by_hand(self, raw: bytes) -> None:
        item = Message(account=self._account, folder=self._account.sent, mime_content=raw)
        item.save()
        self._by_hand.add(_subject(raw))

    def lose_place(self, reached: str) -> str:
        told = json.loads(reached)
        return json.dumps({**told, "state": told["state"][::-1]})

    def left(self) -> list[bytes]:
        """Return what the server says that it sent."""
        sent = self._items(self._account.sent)
        return [
            each.mime_content
            for each in sent
            if _is_ours(each) and each.subject not in self._by_hand
        ]

    def close(self) -> None:
        for each in self._opened:
            each.mailbox.close()
        self.tidy()

    def tidy(self) -> None:
        """Delete what tests put here; raise RuntimeError where something else lies in the inbox."""
        until = time.monotonic() + (WITHIN if self._sent_to_itself() else 0)
        while time.monotonic() < until and not self._ours_in(self._account.inbox):
            time.sleep(0.2)
        for folder in self._folders():
            ids = [(each.id, each.changekey) for each in self._ours_in(folder)]
            for start in range(0, len(ids), AT_ONCE):
                self._account.bulk_delete(ids[start : start + AT_ONCE])
        if self._account.inbox.all().exists():
            raise RuntimeError("EWS_TEST_MAILBOX holds other mail: name one for tests alone")

    def _sent_to_itself(self) -> bool:
        return bool(self._opened) and bool(self.left())

    def _ours_in(self, folder: Any) -> list[Any]:
        fields = ("id", "changekey", "subject", "message_id")
        notices = "A notice" in self._by_hand
        return [
            each
            for each in folder.all().only(*fields)
            if _is_ours(each) or (notices and each.subject == "A notice")
        ]

    def _let_in(self) -> None:
        waiting, self._waiting = self._waiting, []
        for start in range(0, len(waiting), AT_ONCE):
            items = [
                Message(account=self._account, folder=self._account.inbox, mime_content=raw)
                for raw in waiting[start : start + AT_ONCE]
            ]
            self._account.bulk_create(folder=self._account.inbox, items=items)

    def _folder(self, name: str) -> Any:
        account = self._account
        plain = {"Inbox": account.inbox, "Sent": account.sent, "Drafts": account.drafts}
        if name in plain:
            return plain[name]
        if self.by_category and name in FOLDERS:
            return account.inbox
        parent = account.inbox if name in FOLDERS else account.msg_folder_root
        with suppress(ErrorFolderNotFound):
            return parent // name
        with suppress(ErrorFolderExists):
            Messages(parent=parent, name=name).save()
        return parent // name

    def _folders(self) -> list[Any]:
        account = self._account
        found = [account.inbox, account.sent, account.drafts]
        for parent, name in [
            *((account.inbox, each) for each in (*FOLDERS, "Nodwyd")),
            (account.msg_folder_root, "Archive"),
        ]:
            with suppress(ErrorFolderNotFound):
                found.append(parent // name)
        return found

    def _items(self, folder: Any) -> list[Any]:
        fields = ("subject", "message_id", "mime_content", "categories")
        return list(folder.all().only(*fields))

    def _find(self, subject: str) -> Any:
        self._let_in()
        for folder in self._folders():
            for item in folder.all().only("id", "changekey", "subject", "categories"):
                if item.subject == subject:
                    return item
        raise LookupError(subject)


def _is_ours(item: Any) -> bool:
    return str(getattr(item, "message_id", "") or "").strip().endswith(OURS)


def _subject(raw: bytes) -> str:
    for line in raw.splitlines():
        if line.lower().startswith(b"subject:"):
            return line[8:].decode().strip()
    return ""


@contextmanager
def named_folders(_: Path) -> Iterator[NamedWorld]:
    """Take the named mailbox, whose mail is filed into folders."""
    with _named(by_category=False) as world:
        yield world


@contextmanager
def named_categories(_: Path) -> Iterator[NamedWorld]:
    """Take the named mailbox, whose mail bears categories."""
    with _named(by_category=True) as world:
        yield world


@contextmanager
def _named(*, by_category: bool) -> Iterator[NamedWorld]:
    world = NamedWorld(by_category=by_category)
    try:
        yield world
    finally:
        world.close()
