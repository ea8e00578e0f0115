"""Old mail: its words and bytes go by the rule, and what it led to stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.by_hand import WrittenByHand
from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.post_in import Attachment, MailPaper, MailState, ReceivedMail
from secretariat.stages.retention import Retention
from secretariat.stages.upkeep import Upkeep
from tests.builders import NOW, REFERENCE, a_mail, a_matter, a_paper, a_review, an_act

LONG_AGO = NOW - timedelta(days=400)
SETTLED = (MailState.REGISTERED, MailState.JOINED, MailState.NOTED, MailState.REFUSED)


@pytest.fixture
def retention(register: Database, vault: Vault, clock: StoppedClock) -> Retention:
    with register.register() as pen:
        pen.add_review(a_review(), an_act())
    return Retention(register.register, register.reading, vault, clock, 365)


def keep(retention: Retention, name: str, **said: Any) -> ReceivedMail:
    """Keep a mail of long ago with two files, one out of the other."""
    keep_file = retention.vault.keep
    attached = Attachment("Maria.zip", keep_file(f"{name}: a zip".encode()), 9)
    inner = keep_file(f"{name}: in the zip".encode())
    mail = a_mail(
        place=name,
        message_id=f"<{name}@anyshire.example>",
        raw=keep_file(f"{name}: as it came".encode()),
        attachments=(attached,),
        papers=(MailPaper("Maria.pdf", inner, "overview report", ReadingStatus.TEXT),),
        links=("https://anyshire.example/maria.pdf",),
        arrived_at=LONG_AGO,
    )
    with retention.open_register() as pen:
        return pen.add_mail(replace(mail, **said), an_act())


def again(retention: Retention, mail: ReceivedMail) -> ReceivedMail:
    with retention.open_reading() as reading:
        return reading.mail(mail.number)


@pytest.mark.parametrize("state", SETTLED)
def test_words_and_bytes_of_settled_mail_go_and_the_hash_and_the_ledger_stay(
    retention: Retention, state: MailState
) -> None:
    mail = keep(retention, "old", state=state)
    assert retention.work().done == 1
    bare = again(retention, mail)
    assert (bare.subject, bare.text, bare.papers, bare.links) == ("purged", "", (), ())
    assert "Maria" not in repr(bare)
    assert bare.purged
    assert (bare.raw, bare.message_id, bare.references, bare.state) == (
        mail.raw,
        mail.message_id,
        mail.references,
        state,
    )
    assert list(retention.vault.names()) == []
    with retention.open_reading() as reading:
        told = reading.ledger(str(REFERENCE))[-1]
    assert (told.what, told.why) == (
        Event.OLD_MAIL_PURGED,
        f"mail {mail.number} was kept for 365 days",
    )
    assert retention.work().done == 0


def test_the_audit_misses_nothing_of_what_was_purged(retention: Retention) -> None:
    keep(retention, "old")
    retention.work()
    audit = Upkeep(retention.open_register, retention.vault, retention.clock).audit()
    assert (audit.missing, audit.altered, audit.broken) == ((), (), ())


@pytest.mark.parametrize(
    "said",
    [
        {"state": MailState.HELD},
        {"unread_answer": True},
        {"arrived_at": NOW - timedelta(days=364)},
    ],
)
def test_held_unanswered_and_younger_mail_is_kept_whole(
    retention: Retention, said: dict[str, Any]
) -> None:
    mail = keep(retention, "old", **said)
    assert retention.work().done == 0
    assert again(retention, mail) == mail
    assert len(list(retention.vault.names())) == 3


def test_the_mail_of_an_open_matter_is_kept_whole(retention: Retention) -> None:
    mail = keep(retention, "old")
    with retention.open_register() as pen:
        pen.add_matter(a_matter(mail=mail.number), an_act())
    assert retention.work().done == 0


def test_nothing_goes_where_the_rule_is_for_ever(retention: Retention) -> None:
    keep(retention, "old")
    for_ever = replace(retention, raw_mail_days=0)
    assert (for_ever.work().done, len(for_ever.preview())) == (0, 0)


def test_a_file_that_is_a_paper_of_a_review_or_lies_in_a_held_mail_stays(
    retention: Retention,
) -> None:
    mail = keep(retention, "old")
    with retention.open_register() as pen:
        pen.add_paper(a_paper(sha256=mail.attachments[0].sha256, text=""), an_act())
    keep(retention, "held", state=MailState.HELD, papers=mail.papers)
    retention.work()
    assert retention.vault.has(mail.attachments[0].sha256)
    assert retention.vault.has(mail.papers[0].sha256)
    assert not retention.vault.has(mail.raw)


def test_the_words_of_a_mail_with_a_password_go_too(retention: Retention) -> None:
    mail = keep(retention, "old", secret=True, purged=True, subject="Password for Maria")
    assert retention.work().done == 1
    assert again(retention, mail).subject == "purged"


def test_what_staff_wrote_by_hand_goes_by_the_same_rule(retention: Retention) -> None:
    raw = retention.vault.keep(b"by hand")
    said = ("<hand@outlook.example>", LONG_AGO, ("jo@anyshire.example",), "Maria", raw, "Words")
    with retention.open_register() as pen:
        pen.add_by_hand(WrittenByHand(0, "place", *said, (REFERENCE,)), an_act())
    assert retention.work().done == 1
    with retention.open_reading() as reading:
        (bare,) = reading.by_hand_about(REFERENCE)
    assert (bare.subject, bare.text, bare.purged, bare.raw) == ("purged", "", True, raw)
    assert not retention.vault.has(raw)


def test_a_preview_tells_what_would_go_and_changes_nothing(retention: Retention) -> None:
    mail = keep(retention, "old", references=())
    assert [one.number for one in retention.preview().mails] == [mail.number]
    assert again(retention, mail) == mail
    assert retention.vault.has(mail.raw)
    with retention.open_reading() as reading:
        assert Event.OLD_MAIL_PURGED not in {one.what for one in reading.ledger(OFFICE)}
