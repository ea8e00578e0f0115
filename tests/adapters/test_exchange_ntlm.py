"""Signing in to an Exchange Server by NTLM, against a server that really checks the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secretariat.adapters.mail.exchange import ExchangeMailbox
from secretariat.adapters.mail.exchange_line import SignIn
from secretariat.ports.mail import MailboxUnusable
from tests.adapters.test_mail_contract import a_message, everything, fetched
from tests.mail_servers import subject_of
from tests.servers.ews import PASSWORD, USER, EwsServer, running_ews
from tests.servers.ews_world import NAMES, a_line


@pytest.fixture
def ews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EwsServer]:
    users = tmp_path / "users"
    users.write_text(f"{USER.replace(chr(92), ':')}:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(users))
    with running_ews() as server:
        server.by_ntlm = True
        yield server


def test_mail_is_read_and_filed(ews: EwsServer) -> None:
    ews.store.deliver(a_message("First"))
    mailbox = ExchangeMailbox(a_line(ews, sign_in=SignIn("ntlm", USER, PASSWORD)), NAMES)
    (waiting,), _ = everything(mailbox)
    assert subject_of(fetched(mailbox, waiting.place)) == "First"
    assert mailbox.file(waiting.place, "Noted")
    assert ews.denied == 0


def test_a_refused_password_is_tried_once_lest_the_account_be_locked(ews: EwsServer) -> None:
    mailbox = ExchangeMailbox(a_line(ews, sign_in=SignIn("ntlm", USER, "an old one")), NAMES)
    for _ in range(3):
        with pytest.raises(MailboxUnusable, match="refused the name or password") as told:
            mailbox.changes("")
        assert "an old one" not in str(told.value)
    assert ews.denied == 1
