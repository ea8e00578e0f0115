"""Where staff accounts are kept."""

from datetime import datetime
from typing import Protocol

from secretariat.domain.staff import Account


class Accounts(Protocol):
    """The accounts of all staff; e-mail addresses are compared without regard to case."""

    def find(self, email: str) -> Account | None:
        """Return the account, active or not; None if there is none."""

    def everyone(self) -> tuple[Account, ...]:
        """Return all accounts, in the order of their names."""

    def add(self, account: Account) -> None:
        """Keep a new account; raise Refused if the e-mail address is taken."""

    def save(self, account: Account) -> None:
        """Replace name, roles, `active`, password and `must_change`; raise NotFound if unknown."""

    def save_password(self, email: str, password_hash: str, *, must_change: bool) -> None:
        """Replace the password alone; raise NotFound if the account is unknown."""

    def note_attempt(self, email: str, address: str, at: datetime) -> None:
        """Note a failed sign-in, also for an account that does not exist.

        address: the network address it came from; at: UTC.
        """

    def attempts_since(self, since: datetime, *, email: str, address: str) -> int:
        """Return the failed attempts after `since`: on this account or from this address.

        The greater of the two counts, not their sum.
        """
