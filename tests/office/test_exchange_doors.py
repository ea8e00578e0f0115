"""The doors of an Exchange Server as the configuration describes them, and what bars signing in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from secretariat.config.settings import Settings, load
from secretariat.office.mail_doors import open_mail
from secretariat.office.signing_in import signing_in
from secretariat.ports.mail import MailboxUnusable
from tests.adapters.test_mail_contract import a_message
from tests.servers.ews import ADDRESS, PASSWORD, USER, running_ews

TODAY = date(2026, 11, 26)


def settings_for(endpoint: str, folder: Path, *more: str, password: str = PASSWORD) -> Settings:
    own = folder / "secretariat.toml"
    user = USER.replace("\\", "\\\\")
    own.write_text(
        f"""
        [office]
        mailbox_address = "{ADDRESS}"
        [mailbox]
        kind = "exchange"
        noted = "Nodwyd"
        [exchange]
        endpoint = "{endpoint}"
        user = "{user}"
        sign_in = "basic"
        """
        + "\n".join(more)
    )
    return load(own, {"SECRETARIAT_MAIL_PASSWORD": password})


def test_mail_is_filed_as_the_configuration_says(tmp_path: Path) -> None:
    with running_ews() as ews:
        ews.store.deliver(a_message("First"))
        doors = open_mail(settings_for(ews.endpoint, tmp_path))
        assert ews.asked == []
        (waiting,) = doors.mailbox.changes("").arrived
        assert doors.mailbox.file(waiting.place, "Noted")
        assert [each.name for each in ews.store.below("F-inbox")] == ["Nodwyd"]
        doors.mailbox.close()


def test_a_wrong_password_is_told_in_words(tmp_path: Path) -> None:
    with running_ews() as ews:
        doors = open_mail(settings_for(ews.endpoint, tmp_path, password="an old one"))
        for check in (doors.mailbox.check, doors.outbox.check):
            with pytest.raises(MailboxUnusable, match="refused the name or password"):
                check()
        assert ews.denied == 1


def test_a_password_that_is_not_there_is_told_before_the_server_is_asked(tmp_path: Path) -> None:
    settings = settings_for("https://mail.example/EWS/Exchange.asmx", tmp_path, password="")
    ((told, _),) = signing_in(settings, TODAY)
    assert told == "SECRETARIAT_MAIL_PASSWORD is not set: the mailbox cannot be signed in to"


def test_the_days_to_the_end_of_the_services_in_microsoft_365_are_counted_down(
    tmp_path: Path,
) -> None:
    settings = settings_for("https://outlook.office365.com/EWS/Exchange.asmx", tmp_path)
    ((told, remedy),) = signing_in(settings, TODAY)
    assert "126 days are left" in told
    assert 'kind = "graph"' in remedy
