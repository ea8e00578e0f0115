"""What is due behind intake, locked papers, secrets, the count: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from secretariat.adapters.register import Database
from secretariat.domain.errors import NotFound
from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.post_in import (
    Attachment,
    Due,
    MailCount,
    MailPaper,
    MailState,
    Paper,
    ReceivedMail,
)
from secretariat.domain.reference import Reference
from tests.builders import (
    COUNCIL_ADDRESS,
    NOW,
    REFERENCE,
    SHA,
    TODAY,
    a_mail,
    a_paper,
    an_act,
    some_facts,
)
from tests.register_builders import with_review, with_reviews

FRONT = "fe" * 32
COUNT = MailCount(NOW, 9, 1, 1, 2, 3, 1, 0, gone=1, late=("b",), lost=("a",))


def add_paper(database: Database, **said: object) -> Paper:
    with database.register() as register:
        return register.add_paper(a_paper(**said), an_act())


def add_mail(database: Database, place: str, **said: object) -> ReceivedMail:
    with database.register() as register:
        return register.add_mail(a_mail(place=place, references=(), **said), an_act())


def numbers(papers: tuple[Paper, ...]) -> list[int]:
    return [paper.number for paper in papers]


def test_a_paper_comes_back_with_all_that_reading_found(database: Database) -> None:
    with_review(database)
    kept = add_paper(
        database,
        found=(Found("chair", "Jo", "Dr Jo", 1, 4, Sureness.LIKELY, "Dr", "MBE", ("Sam",)),),
        flags=(Flag(FlagKind.COMMENTS, "it has comments", 3, (1, 2)),),
        front=FRONT,
        due=Due.FRONT_RECOGNITION,
        tries=3,
        unlocked="cd" * 32,
    )
    with database.reading() as reading:
        assert reading.paper(kept.number) == kept
        assert reading.papers_fronted(FRONT) == (kept,)
        assert reading.papers_fronted("") == ()
        assert SHA in reading.kept_files()
        assert kept.unlocked in reading.kept_files()
        with pytest.raises(NotFound):
            reading.paper(kept.number + 1)


def test_whole_readings_come_first_then_first_pages_then_the_rest(database: Database) -> None:
    with_review(database)
    rest = add_paper(database, due=Due.RECOGNITION)
    add_paper(database)
    front = add_paper(database, due=Due.FRONT_RECOGNITION)
    first = add_paper(database, due=Due.READING)
    second = add_paper(database, due=Due.READING)
    add_paper(database, due=Due.READING, set_aside=True)
    with database.reading() as reading:
        ordered = [each.number for each in (first, second, front, rest)]
        assert numbers(reading.papers_due()) == ordered
        assert numbers(reading.papers_due(limit=2)) == ordered[:2]


def test_locked_papers_in_use_wait_and_their_reviews_are_counted_once(database: Database) -> None:
    with_reviews(database, [1, 2, 3])
    locked = {"reading": ReadingStatus.LOCKED.value}
    one = add_paper(database, **locked)
    two = add_paper(database, **locked, due=Due.READING)
    three = add_paper(database, **locked, reference=Reference(2026, 2))
    add_paper(database, **locked, reference=Reference(2026, 3), set_aside=True, due=Due.READING)
    with database.reading() as reading:
        assert numbers(reading.locked_papers()) == [one.number, two.number, three.number]
        counts = reading.counts(TODAY)
    assert (counts.locked, counts.due_behind) == (2, 1)


def test_mail_is_found_by_its_sender_since_a_moment(database: Database) -> None:
    old = add_mail(database, "old", arrived_at=NOW - timedelta(days=3))
    new = add_mail(database, "new", arrived_at=NOW)
    add_mail(database, "other", sender="other@othershire.example")
    with database.reading() as reading:
        assert reading.mails_from(COUNCIL_ADDRESS, NOW) == (new,)
        assert reading.mails_from(COUNCIL_ADDRESS, NOW - timedelta(days=3)) == (old, new)


def test_secrets_are_listed_until_they_are_purged_and_their_bytes_named_no_more(
    database: Database,
) -> None:
    raw, file = "aa" * 32, "bb" * 32
    attached = (Attachment("note.txt", file, 1),)
    secret = add_mail(database, "one", secret=True, raw=raw, attachments=attached, arrived_at=NOW)
    add_mail(database, "plain")
    with database.register() as register:
        assert register.secrets(before=NOW) == ()
        assert register.secrets(before=NOW + timedelta(seconds=1)) == (secret,)
        assert {raw, file} <= set(register.kept_files())
        register.save_mail(replace(secret, purged=True), an_act())
        assert register.secrets(before=NOW + timedelta(days=1)) == ()
        assert not {raw, file} & set(register.kept_files())
        assert SHA in register.kept_files()


def test_all_mail_is_tallied_and_every_place_is_gone_through(database: Database) -> None:
    states = (MailState.HELD, MailState.HELD, MailState.REFUSED)
    for number, state in enumerate(states):
        add_mail(database, f"place-{number}", state=state)
    with database.reading() as reading:
        assert sorted(reading.places()) == ["place-0", "place-1", "place-2"]
        tally = reading.tally_of_mail()
    assert tally == dict.fromkeys(MailState, 0) | {MailState.HELD: 2, MailState.REFUSED: 1}


def test_the_last_count_stands_in_place_of_the_one_before(database: Database) -> None:
    with database.reading() as reading:
        assert reading.mail_count() is None
    with database.register() as register:
        register.save_mail_count(COUNT)
        later = replace(COUNT, at=NOW + timedelta(minutes=5), lost=(), late=())
        register.save_mail_count(later)
        assert register.streams() == ()
    with database.reading() as reading:
        assert reading.mail_count() == later


def test_a_mail_comes_back_with_what_triage_saw_in_its_files(database: Database) -> None:
    with_review(database)
    seen = MailPaper("a.pdf", SHA, "overview report", "text", some_facts(), 64, ("w",), part=2)
    flagged = replace(seen, flags=(Flag(FlagKind.LARGE, "it is large"),))
    kept = add_mail(database, "one", papers=(flagged,), colleague="jo@x.example", returns_on=TODAY)
    with database.reading() as reading:
        assert reading.mail(kept.number) == kept
        assert reading.mails_of(REFERENCE) == ()


def test_pages_that_recognition_has_read_are_kept_until_they_are_forgotten(
    database: Database,
) -> None:
    with_review(database)
    paper, other = add_paper(database), add_paper(database, sha256="ab" * 32)
    with database.register() as register:
        register.keep_page(paper.number, 2, "two")
        register.keep_page(paper.number, 1, "one")
        register.keep_page(paper.number, 2, "two anew\0")
        register.keep_page(other.number, 1, "another")
    with database.reading() as reading:
        assert dict(reading.pages_read(paper.number)) == {1: "one", 2: "two anew"}
        assert dict(reading.pages_read(other.number + 1)) == {}
    with database.register() as register:
        register.forget_pages(paper.number)
        register.forget_pages(paper.number)
    with database.reading() as reading:
        assert dict(reading.pages_read(paper.number)) == {}
        assert dict(reading.pages_read(other.number)) == {1: "another"}
