"""Accounts: opened, changed, reset, closed and reopened, each told in the office's ledger.

Whoever is the last to administer stays so: without one nobody could let another in.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import NotFound, Refused
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

    def change(
        self, email: str, name: str, roles: tuple[Role, ...], *, by: str = SYSTEM
    ) -> Account:
        """Save the name and roles; raise Refused if nobody would be left to administer."""
        changed = replace(self._found(email), name=name, roles=roles)
        if changed.active and Role.ADMINISTRATOR not in roles:
            self._insist_on_another_administrator(changed.email)
        self.accounts.save(changed)
        self._tell(by, f"an account was changed: it is {', '.join(roles)}", changed.email)
        return changed

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
        self._insist_on_another_administrator(found.email)
        self.accounts.save(replace(found, active=False))
        self.sessions.end_all_of(found.email)
        self._tell(by, "an account was closed", found.email)

    def reopen(self, email: str, *, by: str = SYSTEM) -> str:
        """Open a closed account again, with the roles it had; return its one-time password."""
        found = self._found(email)
        password = self.one_time()
        hashed = self.passwords.hash(password)
        opened = replace(found, active=True, password_hash=hashed, must_change=True)
        self.accounts.save(opened)
        self._tell(by, "an account was reopened", found.email)
        return password

    def _insist_on_another_administrator(self, email: str) -> None:
        """Raise Refused if this account is the last that is open and may administer."""
        able = [
            account.email
            for account in self.accounts.everyone()
            if account.active and Role.ADMINISTRATOR in account.roles
        ]
        if able == [email]:
            raise Refused(
                "nobody would be left to administer: make another the administrator first"
            )

    def _found(self, email: str) -> Account:
        found = self.accounts.find(email)
        if found is None:
            raise NotFound("that account")
        return found

    def _tell(self, by: str, why: str, email: str) -> None:
        with self.open_register() as register:
            register.write(OFFICE, Act(by, Event.ACCOUNT_CHANGED, why, email))
