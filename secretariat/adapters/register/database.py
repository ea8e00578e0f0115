"""The register opened: transactions with a pen, transactions with eyes alone, staff, the watch."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from secretariat.adapters.register.accounts import RegisterAccounts
from secretariat.adapters.register.engine import open_engine
from secretariat.adapters.register.faults import in_words
from secretariat.adapters.register.locks import Watch, watch
from secretariat.adapters.register.register import Eyes, Pen
from secretariat.adapters.register.schema import insist_on_fit
from secretariat.adapters.register.sessions import RegisterSessions
from secretariat.ports.clock import Clock


def open_database(url: str, *, clock: Clock) -> "Database":
    """Open the register at `url`; raise SchemaUnfit or RegisterUnusable.

    url: "sqlite:////var/lib/secretariat/register.db" or "postgresql://..."
    """
    insist_on_fit(url)
    return Database(url, clock)


class Database:
    """The register's database; may be used by many threads."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url = url
        self._clock = clock
        self._pen = open_engine(url, pen=True)
        self._eyes = open_engine(url, pen=False)
        self.accounts = RegisterAccounts(self._begin, self._begin_reading)
        self.sessions = RegisterSessions(self._begin, self._begin_reading)

    @contextmanager
    def register(self) -> Iterator[Pen]:
        """Open one writing transaction: kept when the `with` ends, lost when it raises."""
        with self._begin() as session:
            yield Pen(session, self._clock)

    @contextmanager
    def reading(self) -> Iterator[Eyes]:
        """Open one reading transaction, which sees the register as it was at its start."""
        with self._begin_reading() as session:
            yield Eyes(session, self._clock)

    def watch(self, mailbox: str) -> Watch:
        """Take the lock on a mailbox; raise WatchedAlready."""
        return watch(self.url, mailbox)

    def close(self) -> None:
        """Close every connection; a later use opens others."""
        self._pen.dispose()
        self._eyes.dispose()

    @contextmanager
    def _begin(self) -> Iterator[Session]:
        with in_words(), _session(self._pen) as session, session.begin():
            yield session

    @contextmanager
    def _begin_reading(self) -> Iterator[Session]:
        with in_words(), _session(self._eyes) as session, session.begin():
            yield session


def _session(engine: Engine) -> Session:
    # Rows are read anew each time: saves go past the session, straight to the table.
    return Session(engine, autoflush=False, execution_options={"populate_existing": True})
