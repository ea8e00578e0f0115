"""The doors of an IMAP and an SMTP server as the configuration describes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secretariat.config.settings import Settings, load
from secretariat.office.mail_doors import open_mail
from secretariat.ports.mail import MailboxUnusable, OutboxClosed
from tests.adapters.test_mail_contract import OUR_ID, a_letter, a_message
from tests.servers.imap_world import ImapWorld, imap_folders, imap_keywords

OURS = "dhr.anytown@example.test"


@pytest.fixture(params=["folders", "categories"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ImapWorld]:
    opens = imap_folders if request.param == "folders" else imap_keywords
    with opens(tmp_path) as found:
        yield found


def settings_for(
    world: ImapWorld, folder: Path, *, password: str = "", imap: str = "", smtp: str = ""
) -> Settings:
    sections, secrets = world.settings()
    sections = sections.replace('kind = "imap"', 'kind = "imap"\nnoted = "Nodwyd"')
    sections = sections.replace("[smtp]\n", f"{imap}\n[smtp]\n") + smtp
    own = folder / "secretariat.toml"
    own.write_text(f'[office]\nmailbox_address = "{OURS}"\n{sections}')
    if password:
        secrets = {"SECRETARIAT_MAIL_PASSWORD": password}
    return load(own, secrets)


def test_mail_is_filed_and_leaves_as_the_configuration_says(
    world: ImapWorld, tmp_path: Path
) -> None:
    settings = settings_for(world, tmp_path, imap='sent = "Sent"\ndrafts = "Drafts"')
    doors = open_mail(settings)
    world.deliver(a_message("First"))
    (waiting,) = doors.mailbox.changes("").arrived
    assert doors.mailbox.file(waiting.place, "Noted")
    assert list(doors.mailbox.filed()) == [waiting.place]
    if not world.by_category:
        assert len(world.lying_in("Nodwyd")) == 1
    doors.outbox.send(a_letter(), OUR_ID)
    assert len(world.left()) == 1
    assert len(doors.sent.changes("").arrived) == 1
    assert doors.mailbox.name != doors.sent.name
    doors.mailbox.close()
    doors.outbox.close()


def test_a_wrong_password_is_told_in_words(world: ImapWorld, tmp_path: Path) -> None:
    doors = open_mail(settings_for(world, tmp_path, password="another"))
    for check in (doors.mailbox.check, doors.outbox.check):
        with pytest.raises(MailboxUnusable, match="refused"):
            check()


def test_a_folder_that_is_not_there_is_named(world: ImapWorld, tmp_path: Path) -> None:
    doors = open_mail(settings_for(world, tmp_path, imap='sent = "Sent Items"\ninbox = "Post"'))
    with pytest.raises(MailboxUnusable, match="Post"):
        doors.mailbox.check()
    with pytest.raises(MailboxUnusable, match="Sent Items"):
        doors.outbox.check()


def test_an_application_without_a_secret_is_told(world: ImapWorld, tmp_path: Path) -> None:
    by_token = 'sign_in = "oauth"'
    oauth = '\n[oauth]\nclient = "one"\ntoken_url = "https://127.0.0.1/token"\n'
    settings = settings_for(world, tmp_path, imap=by_token, smtp=by_token + oauth)
    doors = open_mail(settings)
    with pytest.raises(MailboxUnusable, match="SECRETARIAT_MAIL_CLIENT_SECRET"):
        doors.mailbox.check()
    with pytest.raises((MailboxUnusable, OutboxClosed), match="SECRETARIAT_MAIL_CLIENT_SECRET"):
        doors.outbox.check()
