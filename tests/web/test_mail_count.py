"""The home page tells that no mail is lost, or which."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from secretariat.domain.post_in import MailCount, MailState
from tests.builders import NOW, a_mail
from tests.web.desk import Desk


def count(desk: Desk, **said: Any) -> None:
    plain = MailCount(NOW - timedelta(minutes=5), 1240, 0, 1000, 150, 80, 8, 2)
    with desk.database.register() as register:
        register.save_mail_count(replace(plain, **said))


def test_a_mailbox_that_was_never_counted_says_so(caseworker: FlaskClient) -> None:
    assert "has not been counted yet" in caseworker.get("/").text


def test_every_mail_is_accounted_for_with_a_link_to_each_kind(
    caseworker: FlaskClient, filled: Desk
) -> None:
    count(filled, waiting=3, gone=1)
    page = caseworker.get("/").text
    assert "1,240 mails in the mailbox:" in page
    for link in (
        "/held/all/registered",
        "/held/all/joined%20to%20a%20review",
        "/held/all/noted",
        "/held/all/refused",
    ):
        assert f'href="{link}"' in page
        assert caseworker.get(link).status_code == 200
    assert "1,000 registered</a>" in page
    assert "refused</a>. 3 wait to be taken in. 1 was taken out of the mailbox by hand. All" in page
    assert "counted 10 March 2026 at 11:55am" in page
    assert "Not all" not in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"lost": ("1772.M1P1",)}, "1 message is filed in the mailbox and not in the register"),
        ({"late": ("1772.M1P1", "x")}, "2 messages waited for an hour or more and have not been"),
        ({"lost": tuple(f"1772.M1P1-{one}" for one in range(20))}, "20 messages or more are"),
    ],
)
def test_a_mail_that_is_not_accounted_for_stands_first_with_its_name(
    caseworker: FlaskClient, filled: Desk, said: dict[str, Any], told: str
) -> None:
    count(filled, **said)
    page = caseworker.get("/").text
    assert told in page
    assert page.index("1772.M1P1") < page.index("What needs you")
    assert "Not all are accounted for." in page
    assert "All are accounted for" not in page


def test_a_count_of_long_ago_is_doubted(caseworker: FlaskClient, filled: Desk) -> None:
    count(filled, at=NOW - timedelta(hours=3))
    assert "the daemon may have stopped" in caseworker.get("/").text


def test_mails_of_one_kind_are_leafed_through_from_the_newest(
    caseworker: FlaskClient, filled: Desk
) -> None:
    for number in range(52):
        noted = a_mail(place=f"p{number}", subject=f"subject {number}.", state=MailState.NOTED)
        filled.add("mail", replace(noted, references=()))
    page = caseworker.get("/held/all/noted").text
    assert page.index("subject 51.") < page.index("subject 2.")
    assert "subject 1." not in page
    older = page.split("below=")[1].split('"')[0]
    assert "subject 1." in caseworker.get(f"/held/all/noted?below={older}").text
    assert caseworker.get("/held/all/blue").status_code == 404
