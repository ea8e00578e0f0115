"""Accounts: opened, reset and closed, each told in the office's ledger."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import NotFound
from secretariat.domain.ledger import OFFICE, SYSTEM, Act, Event
from secretariat.domain.staff import Account, Role
from secretariat.ports.accounts import Accounts
from secretariat.ports.passwords import Passwords
from secretariat.ports.register import OpenRegister
from secretariat.ports.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Staff:
    """Looks after accounts; a one-time password is returned once and kept nowhere.

    one_time: makes a password that nobody can guess
    """

    open_register: OpenRegister
    accounts: Accounts
    sessions: Sessions
    passwords: Passwords
    one_time: Callable[[], str]

    def add(self, email: str, name: str, roles: tuple[Role, ...], *, by: str = SYSTEM) -> str:
        """Open an account and return its one-time password; raise Refused if it is taken."""
        address = bare_address(email).lower()
        password = self.one_time()
        self.accounts.add(Account(address, name, roles, self.passwords.hash(password)))
        self._tell(by, "an account was opened", address)
        return password

    def reset(self, email: str, *, by: str = SYSTEM) -> str:
        """Return a new one-time password; the account's sessions end."""
        found = self._found(email)
        password = self.one_time()
        hashed = self.passwords.hash(password)
        self.accounts.save_password(found.email, hashed, must_change=True)
        self.sessions.end_all_of(found.email)
        self._tell(by, "a password was reset", found.email)
        return password

    def close(self, email: str, *, by: str = SYSTEM) -> None:
        """Close the account of somebody who left, and end its sessions at once."""
        found = self._found(email)
        self.accounts.save(replace(found, active=False))
        self.sessions.end_all_of(found.email)
        self._tell(by, "an account was closed", found.email)

    def _found(self, email: str) -> Account:
        found = self.accounts.find(email)
        if found is None:
            raise NotFound("that account")
        return found

    def _tell(self, by: str, why: str, email: str) -> None:
        with self.open_register() as register:
            register.write(OFFICE, Act(by, Event.ACCOUNT_CHANGED, why, email))
