"""What can be wrong with the register itself, and SQLAlchemy's faults in a caseworker's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolSpent

from secretariat.domain.errors import OutOfOrder, SecretariatError

BUSY: Final = ("locked", "busy", "deadlock", "could not serialize", "lock timeout")
FULL: Final = ("disk is full", "no space left", "disk full")


class RegisterUnusable(OutOfOrder):
    """The register's database cannot be used now; nothing was written."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the register cannot be used: {why}")


class RegisterBusy(RegisterUnusable):
    """Somebody else has been writing for too long; nothing was written."""

    def __init__(self) -> None:
        super().__init__("it is locked by somebody who is writing; try again in a moment")


class RefusedByRegister(SecretariatError):
    """What was to be written contradicts what the register holds; nothing was written."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(f"the register refused to write this: {rule}")


@contextmanager
def in_words() -> Iterator[None]:
    """Turn the database's own faults into ours; no text of a row gets into the sentence."""
    try:
        yield
    except IntegrityError as fault:
        raise RefusedByRegister(rule_of(fault)) from fault
    except DBAPIError as fault:
        raise _unusable(fault) from fault
    except PoolSpent as fault:
        raise RegisterBusy from fault


def rule_of(fault: IntegrityError) -> str:
    """Return which rule was broken; PostgreSQL's line of details holds the row, so it is cut."""
    return str(fault.orig).partition("\n")[0]


def _unusable(fault: DBAPIError) -> RegisterUnusable:
    told = str(fault.orig).lower()
    if any(word in told for word in BUSY):
        return RegisterBusy()
    if any(word in told for word in FULL):
        return RegisterUnusable("there is no room left on its disk")
    return RegisterUnusable(str(fault.orig).partition("\n")[0])
