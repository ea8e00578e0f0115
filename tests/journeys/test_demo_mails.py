"""The demonstration's mails are what servers and councils send; the site answers on loopback."""

import email
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from secretariat.adapters.mail.mime import MimeReading
from secretariat.cli.demo import papers
from secretariat.cli.demo.cases import EXETER, ROBIN
from secretariat.cli.demo.mails import (
    HOUSE,
    Written,
    bounce,
    broken_mail,
    council_mail,
    out_of_office,
    staff_mail,
)
from secretariat.cli.demo.site import Site
from secretariat.domain.triage_senders import Trust, is_authenticated, is_internal

MIME = MimeReading(lambda html: html)
AT = datetime(2026, 1, 6, 9, 10, tzinfo=UTC)
LONG_ID = f"<{'a' * 70}@GBRP265.PROD.OUTLOOK.example>"
TRUST = Trust(frozenset(), HOUSE, frozenset({HOUSE}), authserv_ids=frozenset({f"mx.{HOUSE}"}))


def written(**also: object) -> Written:
    sheets = (papers.action_plan(ROBIN), papers.summary(ROBIN))
    return Written(EXETER.sender, "RE: ‘Robin’", "Dear all,\n", AT, "<1@x>", sheets, LONG_ID)


def test_a_councils_mail_carries_its_papers_whole_and_is_authentic() -> None:
    mail = MIME.parse(council_mail(written()))
    assert [part.body for part in mail.parts] == [sheet.body for sheet in written().sheets]
    assert mail.subject == "RE: ‘Robin’"
    assert mail.sender == EXETER.email
    assert is_authenticated(mail, TRUST.authserv_ids)


def test_a_long_message_id_of_ours_is_answered_unmangled() -> None:
    assert MIME.parse(council_mail(written())).in_reply_to == (LONG_ID,)


def test_a_mail_of_staff_is_internal_and_a_councils_is_not_staffs() -> None:
    assert is_internal(MIME.parse(staff_mail(written())), TRUST)


def test_an_automatic_reply_says_so() -> None:
    assert email.message_from_bytes(out_of_office(written()))["Auto-Submitted"] == "auto-replied"


def test_a_bounce_is_a_delivery_report_on_our_mail() -> None:
    mail = MIME.parse(bounce(LONG_ID, to="gone@exeter.gov.uk", sent_at=AT))
    assert mail.report_type == "delivery-status"
    assert any(LONG_ID.encode() in part.body for part in mail.parts)


def test_the_broken_mail_cannot_be_made_whole_and_does_not_raise() -> None:
    mail = MIME.parse(broken_mail(AT))
    assert mail.sent_at is None
    assert all(len(part.body) < 100 for part in mail.parts)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened


def test_the_site_shows_what_was_put_up(site: Site) -> None:
    url = site.publish("/robin.pdf", b"%PDF-1.4")
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"%PDF-1.4"
        assert answer.headers["Content-Type"] == "application/pdf"
    assert url.startswith(f"http://{site.address}/")


def test_the_sites_pages_escape_what_they_say(site: Site) -> None:
    url = site.page("/", "Tower & <b>", [("/a.pdf", "Robin & Wren")])
    with urllib.request.urlopen(url) as answer:
        assert "Tower &amp; &lt;b&gt;" in answer.read().decode()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_was_taken_down_is_not_found(site: Site, method: str) -> None:
    url = site.publish("/gone.pdf", b"x")
    site.take_down("/gone.pdf")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(urllib.request.Request(url, method=method))
