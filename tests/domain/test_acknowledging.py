"""Who is answered without a person, and on which day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from secretariat.domain.acknowledging import courtesy, to_join
from secretariat.domain.message_id import message_id_of, reference_in
from secretariat.domain.post import PostingKind, PostingStatus
from tests.builders import REFERENCE, TODAY, a_posting
from tests.mail_builders import COUNCIL, OURS, PASSED, STAFF, TRUST, WORDS, a_parsed

PROVED = (("from", COUNCIL), ("authentication-results", PASSED))
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "confirmed", "at_once"),
    [
        ({"headers": PROVED}, False, True),
        ({}, True, True),
        ({}, False, False),
        ({"sender": "x@elsewhere.example"}, False, False),
        ({"headers": PROVED, "reply_to": ("x@elsewhere.example",)}, True, False),
    ],
    ids=["proved council", "confirmed contact", "unproved council", "no council", "reply-to"],
)
def test_only_the_sure_are_answered_without_a_person(
    said: dict[str, Any], confirmed: bool, at_once: bool
) -> None:
    reply = courtesy(a_parsed(**said), WORDS, TRUST, confirmed=confirmed)
    assert not reply.never
    assert reply.at_once is at_once
    assert reply.why


@pytest.mark.parametrize(
    "said",
    [
        {"headers": (("auto-submitted", "auto-generated"),)},
        {"headers": (("list-id", "<x>"),)},
        {"headers": (("x-auto-response-suppress", "All"),)},
        {"subject": "Out of office"},
        {"sender": OURS},
        {"sender": STAFF},
        {"sender": "noreply@anyshire.gov.uk"},
        {"sender": ""},
        {"sender": "gwên@anyshire.gov.uk"},
    ],
)
def test_machines_lists_and_ourselves_are_never_answered(said: dict[str, Any]) -> None:
    assert courtesy(a_parsed(**said), WORDS, TRUST, confirmed=True).never


@pytest.mark.parametrize(
    ("status", "leave_on", "at_once", "joins"),
    [
        (PostingStatus.READY, TOMORROW, True, True),
        (PostingStatus.READY, TODAY, True, False),
        (PostingStatus.READY, TOMORROW, False, False),
        (PostingStatus.FOR_RELEASE, TODAY, False, True),
        (PostingStatus.FOR_RELEASE, TODAY, True, False),
        (PostingStatus.SENT, TODAY, True, False),
    ],
)
def test_an_acknowledgement_is_put_into_one_that_has_not_left(
    status: PostingStatus, leave_on: date, at_once: bool, joins: bool
) -> None:
    posting = replace(a_posting(status=status, leave_on=leave_on), letter=None)
    assert (to_join([posting], today=TODAY, at_once=at_once) is posting) is joins


def test_a_message_id_of_ours_carries_the_reference_and_no_other_does() -> None:
    made = message_id_of(REFERENCE, PostingKind.LETTER, token="ab12", domain="homeoffice.example")
    assert made == "<QA-2026-0001.feedback-letter.ab12@homeoffice.example>"
    assert reference_in(made, domain="HomeOffice.example") == REFERENCE
    assert reference_in(made, domain="anyshire.gov.uk") is None
    assert reference_in("<one@homeoffice.example>", domain="homeoffice.example") is None
