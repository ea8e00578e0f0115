"""An office for the tests of the pages, kept in memory, with a clock that stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from secretariat.adapters.passwords import Argon2Passwords
from secretariat.domain.staff import Account, Role
from secretariat.ports.sessions import StoredSession

CHEAP = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "three plain garden words"
PASSWORD_HASH = CHEAP.hash(PASSWORD)


def an_account(email: str = "sam@homeoffice.example", *roles: Role, **said: object) -> Account:
    """Return an active account whose password is PASSWORD, a caseworker if nothing is said."""
    plain = Account(email, "Sam Caseworker", roles or (Role.CASEWORKER,), PASSWORD_HASH, False)
    return replace(plain, **said)


@dataclass
class StandingClock:
    at: datetime = datetime(2026, 6, 4, 8, 32, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **much: float) -> None:
        self.at += timedelta(**much)


@dataclass
class RememberedSessions:
    kept: dict[str, StoredSession] = field(default_factory=dict)

    def open(self, id_hash: str, now: datetime) -> StoredSession | None:
        found = self.kept.get(id_hash)
        return None if found is None or found.lapsed(now) else found

    def save(self, session: StoredSession) -> None:
        self.kept[session.id_hash] = session

    def end(self, id_hash: str) -> None:
        self.kept.pop(id_hash, None)

    def end_all_of(self, person: str) -> None:
        self.kept = {key: one for key, one in self.kept.items() if one.person != person}

    def end_lapsed(self, now: datetime) -> int:
        before = len(self.kept)
        self.kept = {key: one for key, one in self.kept.items() if not one.lapsed(now)}
        return before - len(self.kept)


@dataclass
class RememberedAccounts:
    kept: dict[str, Account] = field(default_factory=dict)
    attempts: list[tuple[str, str, datetime]] = field(default_factory=list)

    def find(self, email: str) -> Account | None:
        return self.kept.get(email.lower())

    def everyone(self) -> tuple[Account, ...]:
        return tuple(sorted(self.kept.values(), key=lambda account: account.name))

    def add(self, account: Account) -> None:
        self.kept[account.email] = account

    save = add

    def save_password(self, email: str, password_hash: str, *, must_change: bool) -> None:
        changed = replace(self.kept[email], password_hash=password_hash, must_change=must_change)
        self.kept[email] = changed

    def note_attempt(self, email: str, address: str, at: datetime) -> None:
        self.attempts.append((email, address, at))

    def attempts_since(self, since: datetime, *, email: str, address: str) -> int:
        recent = [one for one in self.attempts if one[2] > since]
        of_account = sum(one[0] == email for one in recent)
        return max(of_account, sum(one[1] == address for one in recent))


@dataclass
class Desk:
    """The office as far as the pages for signing in and going home need it."""

    clock: StandingClock = field(default_factory=StandingClock)
    sessions: RememberedSessions = field(default_factory=RememberedSessions)
    accounts: RememberedAccounts = field(default_factory=RememberedAccounts)
    passwords: Argon2Passwords = CHEAP
    secret_key: str = "not a secret, for tests alone"
    secure_cookies: bool = True
    largest_upload: int = 100_000
    held: bool = False

    def sending_is_held(self) -> bool:
        return self.held
