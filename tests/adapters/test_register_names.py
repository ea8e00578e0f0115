"""Real names kept for the check: the register's contract, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database, open_database
from secretariat.adapters.register.faults import RefusedByRegister
from secretariat.domain.errors import StaleVersion
from secretariat.domain.kept_names import mark_of
from secretariat.domain.ledger import Event
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from tests.builders import NOW, REFERENCE, an_act, some_kept_names
from tests.register_builders import with_reviews

OTHER, THIRD = Reference(2026, 2), Reference(2026, 3)
KEPT = some_kept_names()
ACT = an_act(what=Event.NAMES_KEPT, why="2 names kept for the check")


@pytest.fixture
def reviews(database: Database) -> Database:
    with_reviews(database, (1, 2, 3))
    return database


def sealed(database: Database, reference: Reference = REFERENCE) -> list[str]:
    with database.reading() as reading:
        return [one.sealed for one in reading.kept_names(reference)]


def test_names_come_back_as_they_were_kept_and_the_ledger_tells_of_it(reviews: Database) -> None:
    with reviews.register() as register:
        register.keep_names(REFERENCE, (KEPT,), ACT)
    with reviews.reading() as reading:
        (found,) = reading.kept_names(REFERENCE)
        assert replace(found, number=0) == KEPT
        assert tuple(reading.all_kept_names()) == (found,)
        assert reading.kept_names(OTHER) == ()
        assert reading.ledger(str(REFERENCE))[-1].why == "2 names kept for the check"


def test_a_newer_list_takes_the_place_of_the_one_before_and_none_purges_it(
    reviews: Database,
) -> None:
    newer = some_kept_names(sealed="newer", at=NOW + timedelta(days=1))
    with reviews.register() as register:
        register.keep_names(REFERENCE, (KEPT,), ACT)
        register.keep_names(REFERENCE, (newer,), ACT, seen=mark_of((KEPT,)))
    assert sealed(reviews) == ["newer"]
    with reviews.register() as register:
        register.keep_names(REFERENCE, (), an_act(what=Event.NAMES_PURGED), seen=mark_of((newer,)))
    assert sealed(reviews) == []


@pytest.mark.parametrize("seen", ["", "another"])
def test_a_list_that_somebody_changed_meanwhile_stays(reviews: Database, seen: str) -> None:
    with reviews.register() as register:
        register.keep_names(REFERENCE, (KEPT,), ACT)
    before = len(told(reviews))
    with pytest.raises(StaleVersion), reviews.register() as register:
        register.keep_names(REFERENCE, (), an_act(), seen=seen)
    assert sealed(reviews) == [KEPT.sealed]
    assert len(told(reviews)) == before


def told(database: Database) -> list[str]:
    with database.reading() as reading:
        return [entry.why for entry in reading.ledger(str(REFERENCE))]


def test_of_three_who_keep_a_first_list_at_once_one_does(
    open_another: Callable[[], Database],
) -> None:
    offices = [open_another() for _ in range(3)]
    with_reviews(offices[0], (1,))

    def keep(office: Database) -> bool:
        try:
            with office.register() as register:
                register.keep_names(REFERENCE, (KEPT,), ACT)
        except StaleVersion:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(keep, offices)) == [False, False, True]
    assert sealed(offices[0]) == [KEPT.sealed]


def test_names_of_what_was_merged_into_a_review_are_its_own_too(reviews: Database) -> None:
    with reviews.register() as register:
        for reference in (REFERENCE, OTHER, THIRD):
            one = some_kept_names(reference=reference, sealed=str(reference))
            register.keep_names(reference, (one,), ACT)
        for reference, into in ((OTHER, REFERENCE), (THIRD, OTHER)):
            moved = replace(register.review(reference), status=Status.MERGED, merged_into=into)
            register.save_review(moved, an_act())
    assert sealed(reviews) == [str(REFERENCE), str(OTHER), str(THIRD)]
    assert sealed(reviews, OTHER) == [str(OTHER), str(THIRD)]
    assert sealed(reviews, THIRD) == [str(THIRD)]


def test_names_of_a_review_that_is_not_there_are_refused(reviews: Database) -> None:
    stranger = some_kept_names(reference=Reference(2026, 9))
    with pytest.raises(RefusedByRegister), reviews.register() as register:
        register.keep_names(stranger.reference, (stranger,), ACT)


def test_nothing_of_a_purged_list_is_left_in_the_file(
    empty_register: Path, tmp_path: Path, clock: StoppedClock
) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(empty_register.read_bytes())
    database = open_database(f"sqlite:///{path}", clock=clock)
    with_reviews(database, (1,))
    kept = some_kept_names(sealed="sealed-and-found-nowhere-else" * 40)
    with database.register() as register:
        register.keep_names(REFERENCE, (kept,), ACT)
    with database.register() as register:
        register.keep_names(REFERENCE, (), ACT, seen=mark_of((kept,)))
    database.close()
    assert all(b"found-nowhere-else" not in one.read_bytes() for one in tmp_path.iterdir())
