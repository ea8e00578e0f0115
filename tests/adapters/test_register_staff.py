"""Accounts and sessions in the register, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from secretariat.adapters.register import Database
from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.staff import Account, Role
from secretariat.ports.sessions import IDLE, StoredSession
from tests.builders import CASEWORKER, NOW

SAM = Account(CASEWORKER, "Sam Caseworker", (Role.CASEWORKER, Role.APPROVER), "hashed")
OPENED = StoredSession("aa" * 32, CASEWORKER, '{"person": "sam"}', NOW, NOW)


def test_an_account_is_found_in_any_case_of_letters(database: Database) -> None:
    database.accounts.add(SAM)
    assert database.accounts.find("  SAM@homeoffice.example ") == SAM
    assert database.accounts.find("kim@homeoffice.example") is None


def test_an_address_has_one_account(database: Database) -> None:
    database.accounts.add(SAM)
    with pytest.raises(Refused):
        database.accounts.add(replace(SAM, email=SAM.email.upper()))


def test_accounts_are_listed_by_name_those_who_left_too(database: Database) -> None:
    kim = replace(SAM, email="kim@homeoffice.example", name="Kim", active=False)
    database.accounts.add(SAM)
    database.accounts.add(kim)
    assert database.accounts.everyone() == (kim, SAM)


def test_an_account_and_its_password_can_be_changed(database: Database) -> None:
    database.accounts.add(SAM)
    database.accounts.save(replace(SAM, roles=(Role.VIEWER,), active=False))
    database.accounts.save_password(SAM.email, "other", must_change=False)
    found = database.accounts.find(SAM.email)
    assert found == Account(SAM.email, SAM.name, (Role.VIEWER,), "other", False, False)


def test_an_unknown_account_cannot_be_changed(database: Database) -> None:
    with pytest.raises(NotFound):
        database.accounts.save(SAM)
    with pytest.raises(NotFound):
        database.accounts.save_password(SAM.email, "other", must_change=True)


def test_failed_attempts_count_by_account_or_by_address(database: Database) -> None:
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.1"):
        database.accounts.note_attempt(SAM.email, address, NOW)
    database.accounts.note_attempt("kim@homeoffice.example", "10.0.0.1", NOW)
    database.accounts.note_attempt(SAM.email, "10.0.0.9", NOW - timedelta(hours=1))
    since = NOW - timedelta(minutes=15)

    def attempts(email: str, address: str) -> int:
        return database.accounts.attempts_since(since, email=email, address=address)

    assert attempts(SAM.email.upper(), "10.0.0.9") == 3
    assert attempts("kim@homeoffice.example", "10.0.0.1") == 3
    assert attempts("kim@homeoffice.example", "10.0.0.2") == 1


def test_attempts_of_last_week_are_forgotten(database: Database) -> None:
    database.accounts.note_attempt(SAM.email, "10.0.0.1", NOW - timedelta(days=8))
    database.accounts.note_attempt(SAM.email, "10.0.0.1", NOW)
    long_ago = NOW - timedelta(days=30)
    assert database.accounts.attempts_since(long_ago, email=SAM.email, address="") == 1


def test_a_session_is_kept_replaced_and_ended(database: Database) -> None:
    database.sessions.save(OPENED)
    changed = replace(OPENED, content="{}", seen=NOW + timedelta(minutes=1))
    database.sessions.save(changed)
    assert database.sessions.open(OPENED.id_hash, NOW) == changed
    database.sessions.end(OPENED.id_hash)
    database.sessions.end(OPENED.id_hash)
    assert database.sessions.open(OPENED.id_hash, NOW) is None


def test_a_session_lapses_when_it_is_not_used(database: Database) -> None:
    database.sessions.save(OPENED)
    assert database.sessions.open(OPENED.id_hash, NOW + IDLE) is None
    assert database.sessions.end_lapsed(NOW + IDLE) == 1
    assert database.sessions.end_lapsed(NOW + IDLE) == 0


def test_a_person_is_signed_out_everywhere_and_nobody_else_is(database: Database) -> None:
    other = replace(OPENED, id_hash="bb" * 32, person="kim@homeoffice.example")
    for session in (OPENED, replace(OPENED, id_hash="cc" * 32), other):
        database.sessions.save(session)
    database.sessions.end_all_of(CASEWORKER)
    assert database.sessions.open(OPENED.id_hash, NOW) is None
    assert database.sessions.open("cc" * 32, NOW) is None
    assert database.sessions.open(other.id_hash, NOW) == other
