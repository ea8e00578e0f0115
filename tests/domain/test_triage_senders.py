"""Who really sent a mail: headers that anybody can write prove nothing."""

from dataclasses import replace

import pytest

from secretariat.domain.authentication import EXCHANGE_ONLINE
from secretariat.domain.mail import Mail
from secretariat.domain.triage_senders import (
    bounce_in,
    is_authenticated,
    is_automatic,
    is_council,
    is_from_a_list,
    is_internal,
    is_staff,
    wants_no_answer,
)
from tests.mail_builders import BORDER, CORPUS, COUNCIL, PASSED, PLAIN, TRUST, WORDS, a_parsed

ONLINE = (
    "spf=pass (sender IP is 40.107.1.1) smtp.mailfrom=anyshire.gov.uk; dkim=pass (signature was"
    " verified) header.d=anyshire.gov.uk;dmarc=pass action=none header.from=anyshire.gov.uk;"
    "compauth=pass reason=100"
)


def from_border(*results: str, sender: str = COUNCIL) -> Mail:
    said = tuple(("authentication-results", each) for each in results)
    return a_parsed(sender=sender, headers=(("from", sender), *said))


@pytest.mark.parametrize(
    ("results", "trusted"),
    [
        ((PASSED,), True),
        ((PASSED.replace("dmarc=pass", "dmarc=fail"),), False),
        ((PASSED.replace("header.from=anyshire", "header.from=evil"),), False),
        ((PASSED.replace(BORDER, "mx.evil.example"),), False),
        (("mx.evil.example; dmarc=fail", PASSED), False),
        ((f"{BORDER}; spf=fail (dmarc=pass header.from=anyshire.gov.uk)",), False),
        ((f"{BORDER}; spf=fail ((a) dmarc=pass; header.from=anyshire.gov.uk)",), False),
        ((f"{BORDER}; dmarc=pass header.from=anyshire.gov.uk; x header.from=evil.example",), False),
        ((BORDER,), False),
        (("",), False),
        ((ONLINE,), False),
        ((), False),
    ],
)
def test_only_the_topmost_word_of_our_own_border_proves_a_sender(
    results: tuple[str, ...], trusted: bool
) -> None:
    assert is_authenticated(from_border(*results), {BORDER}) is trusted


def test_exchange_onlines_nameless_header_counts_only_where_it_is_configured() -> None:
    assert is_authenticated(from_border(ONLINE), {EXCHANGE_ONLINE})
    assert not is_authenticated(from_border(ONLINE), {BORDER})


def test_two_from_lines_prove_nobody() -> None:
    mail = from_border(PASSED)
    doubled = replace(mail, headers=(*mail.headers, ("from", "x@evil.example")))
    assert not is_authenticated(doubled, {BORDER})


def test_internal_is_what_exchange_marks_or_our_border_proves() -> None:
    marked = a_parsed(headers=(("from", "x"), ("x-ms-exchange-organization-authas", "Internal")))
    assert is_internal(marked, TRUST)
    assert not is_internal(marked, replace(TRUST, exchange=False))
    assert not is_internal(a_parsed(), TRUST)
    assert is_internal(from_border(PASSED), TRUST)


def test_staff_and_councils_are_known_by_their_domains() -> None:
    assert is_staff("pat@homeoffice.example", TRUST)
    assert not is_staff("pat@homeoffice.example.evil.example", TRUST)
    assert is_council("jo@community.anyshire.gov.uk", TRUST)
    assert not is_council("jo@notanyshire.gov.uk", TRUST)
    assert not is_council("", TRUST)


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ((("auto-submitted", "auto-replied"),), True),
        ((("auto-submitted", "no"),), False),
        ((("x-autoreply", "yes"),), True),
        ((("precedence", "auto_reply"),), True),
        ((("x-auto-response-suppress", "DR, RN, NRN, OOF, AutoReply"),), False),
        ((), False),
    ],
)
def test_an_answer_by_a_machine_is_known(
    headers: tuple[tuple[str, str], ...], automatic: bool
) -> None:
    assert is_automatic(a_parsed(headers=headers), WORDS) is automatic


def test_an_answer_to_an_automatic_reply_is_no_automatic_reply() -> None:
    assert not is_automatic(a_parsed(subject="RE: Automatic reply: DHR"), WORDS)
    assert is_automatic(a_parsed(subject="Automatic reply: DHR"), WORDS)


@pytest.mark.parametrize(
    "said",
    [
        {"headers": (("x-auto-response-suppress", "All"),)},
        {"headers": (("return-path", "<>"),)},
        {"sender": "no-reply@anyshire.gov.uk"},
        {"sender": "donotreply@anyshire.gov.uk"},
        {"sender": ""},
    ],
)
def test_some_senders_want_no_answer(said: dict[str, object]) -> None:
    assert wants_no_answer(a_parsed(**said))
    assert not wants_no_answer(a_parsed())


def test_lists_are_known() -> None:
    assert is_from_a_list(a_parsed(headers=(("list-id", "<x>"),)))
    assert not is_from_a_list(a_parsed())


@pytest.mark.parametrize(
    ("name", "about", "final"),
    [
        ("exchange-bounce", "<QA-2026-0001.feedback-letter.abc@homeoffice.example>", True),
        ("bounce-still-trying", "<QA-2026-0001.feedback-letter.abc@homeoffice.example>", False),
        ("plain-text-bounce", "<QA-2026-0001.chaser.abc@homeoffice.example>", True),
    ],
)
def test_a_bounce_says_which_mail_of_ours_it_is_about(name: str, about: str, final: bool) -> None:
    found = bounce_in(PLAIN.parse((CORPUS / f"{name}.eml").read_bytes()), WORDS)
    assert found is not None
    assert about in found.about
    assert found.final is final


def test_a_person_who_writes_of_an_undelivered_mail_is_no_bounce() -> None:
    assert bounce_in(a_parsed(subject="Undelivered letter?"), WORDS) is None


@pytest.mark.parametrize(
    ("subject", "final"),
    [("Delivery delayed: a letter", False), ("Undeliverable: a letter", True)],
)
def test_a_bounce_without_a_report_is_final_unless_it_speaks_of_delay(
    subject: str, final: bool
) -> None:
    found = bounce_in(a_parsed(sender="postmaster@anyshire.gov.uk", subject=subject), WORDS)
    assert found is not None
    assert found.final is final
