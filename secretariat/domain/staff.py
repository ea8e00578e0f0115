"""Who works here and what each may do.

Approving needs its own role: an administrator looks after accounts and the sending
switch and has no say over letters, unless the account carries that role as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What an account is for.  The values are what staff see and the register keeps."""

    VIEWER = "viewer"
    CASEWORKER = "caseworker"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


class Duty(StrEnum):
    """What a person may be allowed to do, in the words of a refusal: "you may not ..."."""

    LOOK = "look at the register"
    WORK = "change reviews, meetings and letters"
    APPROVE = "approve letters"
    ADMINISTER = "look after accounts and sending"


DUTIES: Final[Mapping[Role, frozenset[Duty]]] = MappingProxyType(
    {
        Role.VIEWER: frozenset({Duty.LOOK}),
        Role.CASEWORKER: frozenset({Duty.LOOK, Duty.WORK}),
        Role.APPROVER: frozenset({Duty.LOOK, Duty.WORK, Duty.APPROVE}),
        Role.ADMINISTRATOR: frozenset({Duty.LOOK, Duty.ADMINISTER}),
    }
)

ATTEMPTS: Final = 10
ATTEMPTS_WITHIN: Final = timedelta(minutes=15)
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 1024

COMMON: Final = frozenset(
    {
        "123456789012",
        "1234567890123",
        "12345678901234",
        "123456789123",
        "111111111111",
        "000000000000",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "mypassword123",
        "newpassword1",
        "newpassword123",
        "changeme1234",
        "changemenow1",
        "letmeinletmein",
        "welcome12345",
        "welcome123456",
        "welcomewelcome",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopas",
        "qwertyqwerty",
        "1qaz2wsx3edc",
        "q1w2e3r4t5y6",
        "abcdefghijkl",
        "abcdefgh1234",
        "abc123abc123",
        "iloveyou1234",
        "administrator",
        "administrator1",
        "adminadmin12",
        "secretariat1",
        "secretariat123",
        "homeoffice123",
        "homeoffice1234",
        "unitedkingdom",
        "sunshine1234",
        "football1234",
        "liverpool1234",
        "manchester123",
        "arsenalarsenal",
        "correcthorsebatterystaple",
    }
)


@dataclass(frozen=True, slots=True)
class Account:
    """One member of staff who may sign in.

    email: lower case; names the account and stands in the ledger
    name: how colleagues know the person
    must_change: the password was given out once and must be replaced at the next sign-in
    active: False for somebody who left; the account stays, because the ledger names it
    password_hash: never the password
    """

    email: str
    name: str
    roles: tuple[Role, ...]
    password_hash: str
    must_change: bool = True
    active: bool = True


def may(account: Account, duty: Duty) -> bool:
    """Return whether one of the account's roles allows `duty`; nobody who left may do anything."""
    return account.active and any(duty in DUTIES[role] for role in account.roles)


def weakness(password: str, account: Account) -> str | None:
    """Return what is wrong with a new password, as a sentence to act on, or None."""
    plain = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        return f"Your new password must be {SHORTEST_PASSWORD} characters or more"
    if len(password) > LONGEST_PASSWORD:
        return f"Your new password must be {LONGEST_PASSWORD} characters or fewer"
    if plain.replace(" ", "") in COMMON or len(set(plain)) == 1:
        return "Your new password must be harder to guess: this one is on the list of common ones"
    if account.email.casefold() in plain or plain in account.email.casefold():
        return "Your new password must not contain your email address"
    return None
