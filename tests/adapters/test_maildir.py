"""The Maildir mailbox and outbox: nothing lost, nothing twice, every fault a sentence."""

import os
import shutil
import time
from io import BytesIO
from pathlib import Path

import pytest

from secretariat.adapters.mail.maildir import Maildir, MessageUnreadable
from secretariat.adapters.mail.outbox import MaildirOutbox, OutboxUnwritable
from secretariat.domain.errors import OutOfOrder
from secretariat.ports.mail import LineDropped, MailboxUnusable, MessageGone, SendRefused
from tests.mail_builders import a_raw

ID = "<QA-2026-0001.acknowledgement.abc@homeoffice.example>"


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    return tmp_path / "mail"


def a_mailbox(mail: Path, *, later: float = 0.0) -> Maildir:
    return Maildir(mail / "in", mail / "drop", mail / "failed", now=lambda: time.time() + later)


def deliver(mail: Path, name: str, content: bytes = b"Subject: x\n\n") -> None:
    (mail / "in" / "new" / name).write_bytes(content)


def fetched(box: Maildir, place: str) -> bytes:
    into = BytesIO()
    box.fetch(place, into)
    return into.getvalue()


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_messages_wait_the_oldest_first_and_are_claimed(mail: Path) -> None:
    box = a_mailbox(mail)
    deliver(mail, "1700000200.b.host")
    deliver(mail, "1700000100.a.host")
    assert [each.place for each in box.changes("").arrived] == [
        "1700000100.a.host",
        "1700000200.b.host",
    ]
    assert names(mail / "in" / "new") == []
    assert names(mail / "in" / "cur") == ["1700000100.a.host:2,", "1700000200.b.host:2,"]


def test_a_message_keeps_its_place_when_a_person_reads_it(mail: Path) -> None:
    box = a_mailbox(mail)
    deliver(mail, "1700000100.a.host", b"as it came\r\n")
    (place,) = [each.place for each in box.changes("").arrived]
    cur = mail / "in" / "cur"
    (cur / "1700000100.a.host:2,").rename(cur / "1700000100.a.host:2,S")
    assert fetched(box, place) == b"as it came\r\n"
    box.file(place, "Held")
    assert names(mail / "in" / ".Held" / "cur") == ["1700000100.a.host:2,S"]
    assert box.changes("").arrived == ()


def test_filing_a_message_that_is_gone_is_no_fault(mail: Path) -> None:
    a_mailbox(mail).file("1700000100.gone.host", "Noted")


def test_a_held_message_can_be_filed_again_when_a_person_has_answered(mail: Path) -> None:
    box = a_mailbox(mail)
    deliver(mail, "1700000100.a.host")
    box.changes("")
    box.file("1700000100.a.host", "Held")
    a_mailbox(mail).file("1700000100.a.host", "Registered")
    assert names(mail / "in" / ".Registered" / "cur") == ["1700000100.a.host:2,"]


def test_what_is_no_ordinary_file_is_put_aside_with_the_reason(mail: Path) -> None:
    box = a_mailbox(mail)
    (mail / "in" / "new" / "1700000100.a.host").symlink_to("/etc/hostname")
    (place,) = [each.place for each in box.changes("").arrived]
    with pytest.raises(MessageUnreadable):
        fetched(box, place)
    assert "no ordinary file" in (mail / "failed" / f"{place}.reason.txt").read_text()
    assert box.changes("").arrived == ()


def test_a_saved_mail_is_taken_in_when_nobody_writes_it_any_more(mail: Path) -> None:
    box = a_mailbox(mail)
    (mail / "drop" / "From a colleague.eml").write_bytes(a_raw())
    assert box.changes("").arrived == ()
    later = a_mailbox(mail, later=3)
    (waiting,) = later.changes("").arrived
    assert fetched(later, waiting.place) == a_raw()
    assert names(mail / "drop") == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("Mail.msg", b"x", "end in .eml"),
        ("Empty.eml", b"", "it is empty"),
    ],
)
def test_what_cannot_be_a_saved_mail_is_put_aside_with_the_reason(
    mail: Path, name: str, content: bytes, why: str
) -> None:
    a_mailbox(mail)
    (mail / "drop" / name).write_bytes(content)
    assert a_mailbox(mail, later=3).changes("").arrived == ()
    assert names(mail / "drop") == []
    assert why in (mail / "failed" / f"{name}.reason.txt").read_text()


def test_a_link_in_the_drop_folder_shows_no_file_of_the_machine(mail: Path) -> None:
    a_mailbox(mail)
    (mail / "drop" / "hosts.eml").symlink_to("/etc/hosts")
    assert a_mailbox(mail, later=3).changes("").arrived == ()
    assert (mail / "failed" / "hosts.eml.reason.txt").exists()


def test_the_bell_rings_once_for_each_message(mail: Path) -> None:
    box = a_mailbox(mail)
    assert not box.wait(0)
    deliver(mail, "1700000100.a.host")
    assert box.wait(0)
    assert not box.wait(0)
    box.changes("")
    assert not box.wait(0)


def test_a_mailbox_that_is_gone_is_told_in_a_sentence(mail: Path) -> None:
    box = a_mailbox(mail)
    deliver(mail, "1700000100.a.host")
    shutil.rmtree(mail / "in" / "cur")
    with pytest.raises(MailboxUnusable):
        box.changes("")
    shutil.rmtree(mail / "in")
    with pytest.raises(MailboxUnusable, match="not there"):
        box.changes("")
    with pytest.raises(MailboxUnusable, match="not there"):
        fetched(box, "1700000100.a.host")


def test_a_message_that_somebody_took_away_is_told_apart_from_a_mailbox_that_is_gone(
    mail: Path,
) -> None:
    with pytest.raises(MessageGone, match="taken out"):
        fetched(a_mailbox(mail), "1700000100.other.host")


def test_folders_and_files_are_for_their_owner_alone(mail: Path) -> None:
    a_mailbox(mail)
    box = an_outbox(mail)
    box.send(a_raw(), ID)
    (left,) = (mail / "outbox" / "new").iterdir()
    assert os.stat(mail / "in").st_mode & 0o077 == 0
    assert left.stat().st_mode & 0o077 == 0


def an_outbox(mail: Path) -> MaildirOutbox:
    return MaildirOutbox(mail / "outbox", mail / "sent", mail / "drafts")


def test_a_mail_leaves_once_and_is_found_in_sent(mail: Path) -> None:
    box = an_outbox(mail)
    raw = a_raw(message_id=ID)
    assert not box.sent(ID)
    box.send(raw, ID)
    box.send(raw, ID)
    (left,) = (mail / "outbox" / "new").iterdir()
    (kept,) = (mail / "sent" / "cur").iterdir()
    assert left.read_bytes() == kept.read_bytes() == raw
    assert box.sent(ID)
    left.unlink()
    assert box.sent(ID)


def test_sent_is_searched_by_message_id_whatever_a_file_is_called(mail: Path) -> None:
    box = an_outbox(mail)
    long_id = "<" + "a" * 90 + "@homeoffice.example>"
    (mail / "sent" / "cur" / "restored:2,S").write_bytes(
        f"Subject: x\r\nMessage-ID:\r\n {long_id}\r\n\r\nMessage-ID: <quoted@x.example>".encode()
    )
    assert box.sent(long_id)
    assert not box.sent("<quoted@x.example>")


def test_an_outbox_that_cannot_be_written_sends_nothing_and_says_so(mail: Path) -> None:
    box = an_outbox(mail)
    shutil.rmtree(mail / "outbox" / "new")
    with pytest.raises(OutboxUnwritable, match="nothing was sent") as refused:
        box.send(a_raw(), ID)
    assert isinstance(refused.value, SendRefused)
    assert isinstance(refused.value, OutOfOrder)
    assert not box.sent(ID)


def test_after_a_refusal_the_next_try_leaves_once(mail: Path) -> None:
    box = an_outbox(mail)
    shutil.rmtree(mail / "outbox" / "new")
    with pytest.raises(SendRefused):
        box.send(a_raw(), ID)
    an_outbox(mail).send(a_raw(), ID)
    assert len(names(mail / "outbox" / "new")) == 1


def test_a_mail_that_left_without_its_copy_is_for_a_person_and_is_not_sent_again(
    mail: Path,
) -> None:
    box = an_outbox(mail)
    shutil.rmtree(mail / "sent" / "cur")
    with pytest.raises(LineDropped):
        box.send(a_raw(), ID)
    assert box.sent(ID)
    box.send(a_raw(), ID)
    assert len(names(mail / "outbox" / "new")) == 1
