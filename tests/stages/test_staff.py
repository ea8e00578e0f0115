"""Accounts opened, reset and closed, each told in the office's ledger."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from secretariat.adapters.passwords import Argon2Passwords
from secretariat.adapters.register import Database
from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.ledger import OFFICE, SYSTEM
from secretariat.domain.staff import Role
from secretariat.office.passwords import one_time_password
from secretariat.ports.sessions import StoredSession
from secretariat.stages.staff import Staff
from tests.builders import NOW

ADA = "ada@homeoffice.example"
SAM = "sam@homeoffice.example"


@pytest.fixture
def staff(register: Database) -> Staff:
    cheap = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return Staff(register.register, register.accounts, register.sessions, cheap, one_time_password)


def told(register: Database) -> list[tuple[str, str, str]]:
    with register.reading() as reading:
        return [(one.who, one.why, one.wording or "") for one in reading.ledger(OFFICE)]


def test_a_new_account_has_a_password_given_out_once(staff: Staff) -> None:
    password = staff.add(" Sam@HomeOffice.example ", "Sam", (Role.CASEWORKER,))
    found = staff.accounts.find(SAM)
    assert found
    assert found.must_change
    assert staff.passwords.verify(found.password_hash, password)
    assert password not in found.password_hash


def test_an_account_is_told_in_the_ledger_and_its_address_can_be_purged(
    staff: Staff, register: Database
) -> None:
    staff.add(SAM, "Sam", (Role.CASEWORKER,), by=ADA)
    staff.reset(SAM, by=ADA)
    staff.close(SAM)
    assert told(register) == [
        (ADA, "an account was opened", SAM),
        (ADA, "a password was reset", SAM),
        (SYSTEM, "an account was closed", SAM),
    ]


@pytest.mark.parametrize("email", ["sam", "@", "sam@", ""])
def test_what_is_no_address_opens_no_account(staff: Staff, email: str) -> None:
    with pytest.raises(Refused, match="not one e-mail address"):
        staff.add(email, "Sam", (Role.CASEWORKER,))


def test_an_address_has_one_account(staff: Staff, register: Database) -> None:
    staff.add(SAM, "Sam", (Role.CASEWORKER,))
    with pytest.raises(Refused):
        staff.add(SAM.upper(), "Another Sam", (Role.ADMINISTRATOR,))
    assert len(told(register)) == 1


@pytest.mark.parametrize("act", ["reset", "close"])
def test_a_reset_or_closed_account_is_signed_out_everywhere(staff: Staff, act: str) -> None:
    staff.add(SAM, "Sam", (Role.CASEWORKER,))
    staff.sessions.save(StoredSession("ab" * 32, SAM, "{}", NOW, NOW))
    getattr(staff, act)(SAM)
    assert staff.sessions.open("ab" * 32, NOW) is None


def test_a_closed_account_stays_because_the_ledger_names_it(staff: Staff) -> None:
    staff.add(SAM, "Sam", (Role.CASEWORKER,))
    staff.close(SAM)
    found = staff.accounts.find(SAM)
    assert found
    assert not found.active


def test_a_reset_password_must_be_changed_and_the_old_one_is_worthless(staff: Staff) -> None:
    old = staff.add(SAM, "Sam", (Role.CASEWORKER,))
    new = staff.reset(SAM)
    found = staff.accounts.find(SAM)
    assert found
    assert found.must_change
    assert not staff.passwords.verify(found.password_hash, old)
    assert staff.passwords.verify(found.password_hash, new)


def test_nobody_elses_account_is_reset(staff: Staff) -> None:
    with pytest.raises(NotFound):
        staff.reset("nobody@homeoffice.example")


def test_one_time_passwords_are_made_to_be_read_aloud() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(not set("ilo01") & set(password) and len(password) == 23 for password in made)


def test_roles_and_name_are_changed_and_told(staff: Staff, register: Database) -> None:
    staff.add(SAM, "Sam", (Role.CASEWORKER,))
    staff.change(SAM, "Sam Approver", (Role.APPROVER, Role.VIEWER), by=ADA)
    found = staff.accounts.find(SAM)
    assert found
    assert (found.name, found.roles) == ("Sam Approver", (Role.APPROVER, Role.VIEWER))
    assert told(register)[-1] == (ADA, "an account was changed: it is approver, viewer", SAM)


def test_the_last_administrator_can_neither_resign_nor_be_closed(staff: Staff) -> None:
    staff.add(ADA, "Ada", (Role.ADMINISTRATOR,))
    with pytest.raises(Refused):
        staff.change(ADA, "Ada", (Role.VIEWER,), by=ADA)
    with pytest.raises(Refused):
        staff.close(ADA, by=ADA)
    staff.add(SAM, "Sam", (Role.ADMINISTRATOR,))
    staff.close(ADA, by=SAM)
    found = staff.accounts.find(ADA)
    assert found
    assert not found.active


def test_a_closed_account_is_reopened_with_its_roles_and_a_new_password(
    staff: Staff, register: Database
) -> None:
    before = staff.add(SAM, "Sam", (Role.CASEWORKER,))
    staff.close(SAM, by=ADA)
    password = staff.reopen(SAM, by=ADA)
    found = staff.accounts.find(SAM)
    assert found
    assert (found.active, found.must_change, found.roles) == (True, True, (Role.CASEWORKER,))
    assert staff.passwords.verify(found.password_hash, password)
    assert not staff.passwords.verify(found.password_hash, before)
    assert told(register)[-1] == (ADA, "an account was reopened", SAM)
