"""Names kept for the check: kept, shown and purged, and what the ledger and others see of them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database
from secretariat.adapters.secrecy import FernetSealing
from secretariat.domain.errors import NotFound, Refused, StaleVersion
from secretariat.domain.kept_names import mark_of
from secretariat.domain.ledger import SYSTEM, Event
from secretariat.domain.letter import LetterStatus, approve
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from secretariat.ports.secrecy import NotOpened
from secretariat.stages.names import Names
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOW,
    REFERENCE,
    a_letter_to_approve,
    a_review,
    an_act,
    some_facts,
)

OTHER = Reference(2026, 7)
KEY, NEWER = "A" * 43 + "=", "B" * 43 + "="
TYPED = "Jane Invented\nSam Madeup"


@pytest.fixture
def names(register: Database, clock: StoppedClock) -> Names:
    with register.register() as pen:
        pen.add_review(a_review(facts=some_facts(pseudonyms=("Maria",))), an_act())
        pen.add_review(a_review(reference=OTHER), an_act())
    return Names(register.reading, register.register, FernetSealing((KEY,)), clock)


def keep(names: Names, typed: str = TYPED) -> str:
    """Keep names and return the mark of the list."""
    names.keep(REFERENCE, typed, seen=mark(names), by=CASEWORKER)
    return mark(names)


def mark(names: Names, reference: Reference = REFERENCE) -> str:
    with names.open_reading() as register:
        return mark_of(register.kept_names(reference))


def told(names: Names) -> list[str]:
    with names.open_reading() as register:
        return [f"{one.who}: {one.what}: {one.why}" for one in register.ledger(str(REFERENCE))]


def test_names_are_kept_and_shown_and_the_ledger_says_by_whom_and_how_many(names: Names) -> None:
    kept = keep(names)
    shown = names.show(REFERENCE, by=APPROVER)
    assert (shown.names, shown.mark) == (("Jane Invented", "Sam Madeup"), kept)
    assert told(names)[-2:] == [
        f"{CASEWORKER}: names kept for the check: 2 names kept for the check",
        f"{APPROVER}: names kept were read: 2 names kept for the check, looked at by a person",
    ]
    assert "Jane" not in repr(shown)


def test_a_new_list_takes_the_place_of_the_old_one(names: Names) -> None:
    keep(names)
    keep(names, "Pat Madeup")
    assert names.show(REFERENCE, by=CASEWORKER).names == ("Pat Madeup",)


def test_two_who_change_the_list_at_once_do_not_undo_each_other(names: Names) -> None:
    seen = keep(names)
    keep(names, "Pat Madeup")
    with pytest.raises(StaleVersion):
        names.keep(REFERENCE, TYPED, seen=seen, by=APPROVER)
    with pytest.raises(StaleVersion):
        names.purge(REFERENCE, "they are public", seen=seen, by=APPROVER)
    assert names.show(REFERENCE, by=CASEWORKER).names == ("Pat Madeup",)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "type a name, or purge"),
        (" \n ", "type a name, or purge"),
        ("Maria", "line 1 is a pseudonym of this review"),
        ("Jane\0", "line 1 holds signs"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(
    names: Names, typed: str, why: str
) -> None:
    seen, before = keep(names), len(told(names))
    with pytest.raises(Refused, match=why):
        names.keep(REFERENCE, typed, seen=seen, by=CASEWORKER)
    assert (mark(names), len(told(names))) == (seen, before)


def test_names_of_a_review_that_is_not_there_are_refused(names: Names) -> None:
    with pytest.raises(NotFound):
        names.keep(Reference(2026, 99), TYPED, seen="", by=CASEWORKER)


@pytest.mark.parametrize(("typed", "is_new"), [(TYPED, True), ("Jane Invented", False)])
def test_a_letter_approved_before_a_name_was_kept_is_a_draft_again(
    names: Names, typed: str, is_new: bool
) -> None:
    keep(names, "Jane Invented")
    merged = {"status": Status.MERGED, "merged_into": OTHER}
    with names.open_register() as pen:
        pen.save_review(replace(pen.review(REFERENCE), **merged), an_act())
        for reference in (REFERENCE, OTHER):
            draft = a_letter_to_approve(reference=reference, meeting=None)
            pen.add_letter(approve(draft, by=APPROVER, at=NOW), an_act())
    keep(names, typed)
    with names.open_reading() as register:
        found = {register.letter(reference, 1).status for reference in (REFERENCE, OTHER)}
    assert found == {LetterStatus.DRAFT if is_new else LetterStatus.APPROVED}


def test_purged_names_are_gone_and_the_reason_stays(names: Names) -> None:
    names.purge(REFERENCE, "the report is published", seen=keep(names), by=CASEWORKER)
    assert mark(names) == ""
    assert names.show(REFERENCE, by=CASEWORKER).names == ()
    with names.open_reading() as register:
        purged = register.ledger(str(REFERENCE))[-2]
    assert (purged.what, purged.why) == (Event.NAMES_PURGED, "2 names kept for the check")
    assert purged.wording == "the report is published"


@pytest.mark.parametrize(
    ("reason", "why"),
    [("  ", "say why"), ("SAM MADEUP’s mother asked for it", "holds a name that is kept")],
)
def test_a_purge_wants_a_reason_that_repeats_no_name(names: Names, reason: str, why: str) -> None:
    seen = keep(names)
    with pytest.raises(Refused, match=why) as refused:
        names.purge(REFERENCE, reason, seen=seen, by=CASEWORKER)
    assert "adeup" not in str(refused.value)
    assert mark(names) == seen


def test_where_nothing_is_kept_nothing_is_purged(names: Names) -> None:
    with pytest.raises(Refused, match="no names are kept"):
        names.purge(REFERENCE, "a reason", seen="", by=CASEWORKER)


def test_without_a_key_nothing_is_kept_or_shown_and_what_is_kept_can_still_be_purged(
    names: Names,
) -> None:
    seen, keyless = keep(names), replace(names, sealing=None)
    for refused in (
        lambda: keyless.keep(REFERENCE, TYPED, seen=seen, by=CASEWORKER),
        lambda: keyless.show(REFERENCE, by=CASEWORKER),
    ):
        with pytest.raises(Refused, match="SECRETARIAT_NAMES_KEY"):
            refused()
    assert (keyless.counts(), names.counts()) == ((1, 1), (1, 0))
    assert keyless.renew() == 0
    keyless.purge(REFERENCE, "Jane Invented is public", seen=seen, by=CASEWORKER)
    assert keyless.counts() == (0, 0)


def test_another_key_opens_nothing_and_tells_so_until_the_old_one_is_named_too(
    names: Names,
) -> None:
    seen = keep(names)
    other = replace(names, sealing=FernetSealing((NEWER,)))
    before = len(told(names))
    with pytest.raises(NotOpened, match="sealed with a key that SECRETARIAT_NAMES_KEY"):
        other.show(REFERENCE, by=CASEWORKER)
    assert len(told(names)) == before
    assert other.counts() == (1, 1)
    assert other.renew() == 0
    assert mark(names) == seen
    both = replace(names, sealing=FernetSealing((NEWER, KEY)))
    assert both.show(REFERENCE, by=CASEWORKER).names == ("Jane Invented", "Sam Madeup")


def test_a_list_is_sealed_with_the_newest_key_once_and_the_old_one_is_needed_no_more(
    names: Names,
) -> None:
    keep(names)
    both = replace(names, sealing=FernetSealing((NEWER, KEY)))
    assert (both.renew(), both.renew()) == (1, 0)
    why = "2 names kept for the check, sealed with the newest key"
    assert told(names)[-1] == f"{SYSTEM}: names kept for the check: {why}"
    newest = replace(names, sealing=FernetSealing((NEWER,)))
    shown = newest.show(REFERENCE, by=CASEWORKER)
    assert shown.names == ("Jane Invented", "Sam Madeup")
    with names.open_reading() as register:
        assert {one.by for one in register.kept_names(REFERENCE)} == {CASEWORKER}


def test_no_file_of_the_register_holds_a_name(names: Names, tmp_path: Path) -> None:
    seen = keep(names)
    names.show(REFERENCE, by=CASEWORKER)
    assert nowhere(tmp_path, b"Invented", b"Madeup")
    names.purge(REFERENCE, "the report is published", seen=seen, by=CASEWORKER)
    assert nowhere(tmp_path, b"Invented", b"Madeup")
    with sqlite3.connect(tmp_path / "register.db") as file:
        every = "\n".join(file.iterdump())
    assert "names kept were purged" in every
    assert "Invented" not in every


def nowhere(folder: Path, *words: bytes) -> bool:
    files = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    assert files
    return not any(word in content for word in words for content in files)
