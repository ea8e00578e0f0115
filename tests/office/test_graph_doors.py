"""The doors of Microsoft 365 as the configuration describes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secretariat.config.settings import Settings, load
from secretariat.office.mail_doors import open_mail
from secretariat.ports.mail import MailboxUnusable
from tests.servers.graph import ADDRESS, GraphServer, running_graph
from tests.servers.token_desk import CLIENT, SECRET

MAIL = b"From: jo@anyshire.test\r\nTo: us@example.test\r\nSubject: A report\r\n\r\nHere it is.\r\n"


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    with running_graph() as found:
        yield found


def settings_for(graph: GraphServer, folder: Path, filing: str, secret: str = SECRET) -> Settings:
    own = folder / "secretariat.toml"
    own.write_text(
        f"""
        [office]
        mailbox_address = "{ADDRESS}"
        [mailbox]
        kind = "graph"
        filing = "{filing}"
        noted = "Nodwyd"
        [graph]
        endpoint = "{graph.endpoint}"
        [oauth]
        client = "{CLIENT}"
        token_url = "{graph.token_url}"
        """
    )
    return load(own, {"SECRETARIAT_MAIL_CLIENT_SECRET": secret})


@pytest.mark.parametrize("filing", ["folders", "categories"])
def test_mail_is_filed_as_the_configuration_says(
    graph: GraphServer, tmp_path: Path, filing: str
) -> None:
    place = graph.box.deliver(MAIL)
    doors = open_mail(settings_for(graph, tmp_path, filing))
    assert graph.seen == []
    (waiting,) = doors.mailbox.changes("").arrived
    assert waiting.place == place
    assert doors.mailbox.file(place, "Noted")
    item = graph.box.item(place)
    if filing == "folders":
        assert (graph.box.folders[item.folder].name, item.categories) == ("Nodwyd", [])
    else:
        assert (graph.box.folders[item.folder].well_known, item.categories) == ("inbox", ["Nodwyd"])
    assert doors.mailbox.name != doors.sent.name
    doors.mailbox.close()


def test_a_wrong_secret_is_told_in_words(graph: GraphServer, tmp_path: Path) -> None:
    doors = open_mail(settings_for(graph, tmp_path, "folders", "another secret"))
    for check in (doors.mailbox.check, doors.outbox.check):
        with pytest.raises(MailboxUnusable, match="secret was refused"):
            check()
    assert len(graph.desk.asked) == 1
    doors.mailbox.close()
