"""What the tests of the mailbox in Microsoft 365 share: the running server, mails, doors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from io import BytesIO

from secretariat.adapters.mail.graph import GraphMailbox
from secretariat.adapters.mail.graph_line import GraphLine
from secretariat.adapters.mail.graph_outbox import GraphOutbox
from secretariat.adapters.mail.graph_source import GraphSource
from secretariat.ports.mail import Changes, Source, Waiting
from tests.servers.graph import GraphServer, running_graph
from tests.servers.graph_world import NAMES, a_line

OUR_ID = "<QA-2026-0001.letter.1@homeoffice.example>"
OUTLOOK_ID = "<LO2P265MB1234F1A2B3C4D5E6F7A8B9C0D1E2F3A4B5@LO2P265MB1234.GBRP265.PROD.OUTLOOK.COM>"
SOON = (0.01, 0.01, 0.01)


class Served:
    """A running server, and doors to it that are closed in the end."""

    def __init__(self, graph: GraphServer) -> None:
        self.graph = graph
        self.box = graph.box
        self._lines: list[GraphLine] = []

    def line(self, *, patience: float = 60.0, page: int = 200) -> GraphLine:
        line = a_line(self.graph, patience=patience, page=page)
        self._lines.append(line)
        return line

    def mailbox(self, line: GraphLine | None = None, *, by_category: bool = False) -> GraphMailbox:
        return GraphMailbox(line or self.line(), NAMES, by_category=by_category)

    def inbox(self, line: GraphLine | None = None, *, largest: int = 2**28) -> GraphSource:
        """Return the inbox as a source that tries again soon."""
        return GraphSource(line or self.line(), "inbox", largest=largest, tried_again=SOON)

    def outbox(self, line: GraphLine | None = None) -> GraphOutbox:
        return GraphOutbox(line or self.line())

    def close(self) -> None:
        for each in self._lines:
            each.close()


@contextmanager
def served(make: Callable[[], GraphServer] = GraphServer) -> Iterator[Served]:
    with running_graph(make()) as graph:
        found = Served(graph)
        try:
            yield found
            assert graph.bare == [], "every request is to ask for ids that stay"
        finally:
            found.close()


@cache
def a_mail(subject: str = "A report", attached: tuple[bytes, ...] = (), **headers: str) -> bytes:
    message = EmailMessage(policy=SMTP.clone(max_line_length=998))
    message["From"] = "Jo Bloggs <jo.bloggs@anyshire.test>"
    message["To"] = "dhr.anytown@example.test"
    message["Subject"] = subject
    message["Message-ID"] = f"<{subject.replace(' ', '.')}@anyshire.test>"
    for name, text in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = text
    message.set_content(f"The words of {subject}.\n")
    for number, content in enumerate(attached):
        message.add_attachment(
            content, maintype="application", subtype="pdf", filename=f"Letter {number}.pdf"
        )
    if attached:
        message.set_boundary("the-boundary-of-anyshire")
    return message.as_bytes()


def a_letter(attached: tuple[bytes, ...] = (b"%PDF-1.7 a letter",), **headers: str) -> bytes:
    ours = {
        "To": "clerk@anyshire.test",
        "Message_ID": OUR_ID,
        "In_Reply_To": OUTLOOK_ID,
        "References": f"<first@anyshire.test> {OUTLOOK_ID}",
        "Auto_Submitted": "auto-generated",
    }
    return a_mail("Our letter", attached, **{**ours, **headers})


def everything(source: Source, since: str = "") -> tuple[list[Waiting], str]:
    arrived: list[Waiting] = []
    news = Changes((), since, more=True)
    while news.more:
        news = source.changes(news.reached)
        arrived += news.arrived
    return arrived, news.reached


def fetched(source: Source, place: str) -> bytes:
    into = BytesIO()
    source.fetch(place, into)
    return into.getvalue()
