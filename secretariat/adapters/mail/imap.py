"""The mailbox on an IMAP server.

What was dealt with is moved into folders beside the inbox, or bears a keyword and stays.  New mail
is heard of by IDLE where the server can, and found by the numbers of messages.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from secretariat.adapters.mail.imap_bell import RENEWED_EVERY, Bell
from secretariat.adapters.mail.imap_filing import FOLDERS, Filing, Marking, Moving
from secretariat.adapters.mail.imap_line import ImapLine
from secretariat.adapters.mail.imap_server import ImapServer
from secretariat.adapters.mail.imap_shelves import Shelves
from secretariat.adapters.mail.imap_source import ImapSource
from secretariat.ports.mail import Changes, Sink, Waiting


@dataclass
class ImapMailbox:
    """The inbox of a server, and four folders beside it or four keywords in it.

    inbox: the folder that is watched; "/" stands between folders
    names: what each of `FOLDERS` is called
    renewed_every: seconds after which IDLE is begun again
    """

    server: ImapServer
    inbox: str = "INBOX"
    names: Mapping[str, str] = field(default_factory=dict)
    by_category: bool = False
    renewed_every: float = RENEWED_EVERY
    _source: ImapSource = field(init=False, repr=False)
    _filing: Filing = field(init=False, repr=False)
    _bell: Bell = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Ask for nothing yet."""
        line = ImapLine(self.server)
        shelves = Shelves(line, self._shelves(line))
        kind = Marking if self.by_category else Moving
        self._filing = kind(line, shelves, self.inbox, self.names)
        self._source = ImapSource(line, self.inbox, shelves, self._filing.passed_over)
        self._bell = Bell(self.server, lambda: line.place(self.inbox), self.renewed_every)

    @property
    def name(self) -> str:
        """The account, the server and the inbox."""
        return self._source.name

    def changes(self, since: str) -> Changes:
        """Return what has come into the inbox since; everything anew where that place is lost."""
        news = self._source.changes(since)
        self._bell.seen(self._source.highest())
        return news

    def fetch(self, place: str, into: Sink) -> None:
        """Write the raw message into a file; raise MessageGone or MessageUnreadable."""
        self._source.fetch(place, into)

    def file(self, place: str, folder: str) -> bool:
        """Move the message to one of `FOLDERS`, or mark it so; return False if it is gone."""
        return self._filing.file(place, folder)

    def filed(self) -> Iterator[str]:
        """Return the places of the messages that lie in `FOLDERS`, or bear their keywords."""
        return self._filing.filed()

    def unfiled(self) -> Iterator[Waiting]:
        """Return the messages in the inbox that are not filed, in no order."""
        return iter(self._source.waiting())

    def aside(self) -> Iterator[str]:
        """Return nothing: what cannot be read stays where it lies."""
        return iter(())

    def put_back(self, place: str) -> None:
        """Let a filed message wait again; no fault if it is gone."""
        self._filing.put_back(place)

    def wait(self, seconds: float) -> bool:
        """Return True as soon as something new is there, False after `seconds` or `close`."""
        return self._bell.wait(seconds)

    def check(self) -> str:
        """Return that the inbox can be read, how many messages wait, and who tells of new ones."""
        waiting = len(self._source.waiting())
        tells = self._source.line.run(lambda box: box.can("IDLE"))
        news = "new mail is told at once" if tells else "new mail is found by looking now and then"
        return f"{waiting} mails wait in {self.inbox} on {self.server.host}; {news}"

    def close(self) -> None:
        """Cut every connection and end every wait at once."""
        self.server.close()
        self._bell.close()

    def _shelves(self, line: ImapLine) -> Callable[[], tuple[str, ...]]:
        def names() -> tuple[str, ...]:
            inbox = line.place(self.inbox)
            if self.by_category:
                return (inbox,)
            # The longest one is looked through last.
            ours = (self.names.get(each, each) for each in reversed(FOLDERS))
            return (inbox, *(line.beside(self.inbox, each) for each in ours))

        return names
