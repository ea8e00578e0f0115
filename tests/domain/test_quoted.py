"""What a mail says itself, and what it only quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.quoted import (
    is_forwarded,
    markup_above_signature,
    own_markup,
    own_words,
    parted,
)

OWN = "Thank you.\n\nJo"


@pytest.mark.parametrize(
    "quoted",
    [
        "-----Original Message-----\nFrom: DHR <dhr@homeoffice.example>\nolder words",
        "-----Neges Wreiddiol-----\nolder words",
        "On Tue, 10 Mar 2026 at 09:12, DHR <dhr@homeoffice.example> wrote:\n> older words",
        "On Tue, 10 Mar 2026 at 09:12, DHR Enquiries\n<dhr@homeoffice.example> wrote:\nolder words",
        "Ar ddydd Mawrth 10 Mawrth 2026, ysgrifennodd DHR:\nolder words",
        "From: DHR\nSent: 10 March 2026 09:12\nTo: Jo\nSubject: QA-2026-0001\n\nolder words",
        "Oddi wrth: DHR\nAnfonwyd: 10 Mawrth 2026\nAt: Jo\nPwnc: QA-2026-0001\n\nolder words",
        "________________________________\nFrom: DHR\nSent: today\nTo: Jo\n\nolder words",
        "*From:* DHR\n*Sent:* 10 March 2026\n*To:* Jo\n\nolder words",
        "> older words\n> and more",
        "-----Original Appointment-----\nFrom: DHR\nolder words",
        "-------- Original message --------\nFrom: DHR\nDate: 10/03/2026\nTo: Jo\nolder words",
        "Sent from my iPhone\n\n> On 10 Mar 2026, at 09:12, DHR wrote:\n> \n> older words",
        "Get Outlook for iOS<https://aka.ms/x>\n____\nFrom: DHR\nSent: now\nTo: Jo\nolder words",
        "On Tue, 10 Mar 2026, DHR wrote:\n> older words\n\nbelow a quotation: not ours",
    ],
)
def test_words_of_an_earlier_mail_are_not_the_senders_own(quoted: str) -> None:
    assert own_words(f"{OWN}\n\n{quoted}") == OWN


def test_an_answer_below_the_quotation_is_the_senders_own() -> None:
    text = f"On Tue, 10 Mar 2026, DHR wrote:\n> older words\n> and more\n\n{OWN}"
    assert own_words(text) == OWN


def test_answers_between_the_lines_of_a_quotation_are_the_senders_own() -> None:
    text = "On Tue, 10 Mar 2026, DHR wrote:\n> one?\nYes.\n> two?\nNo."
    assert own_words(text) == "Yes.\nNo."


def test_a_quotation_without_marks_and_nothing_above_it_has_no_words_of_its_own() -> None:
    assert own_words("From: DHR\nSent: 10 March\nTo: Jo\nSubject: x\n\nolder words") == ""


@pytest.mark.parametrize(
    "text", ["On the whole we agree.", "From: next week we meet.\nSee you", "At: noon", ""]
)
def test_ordinary_sentences_are_not_taken_for_a_quotation(text: str) -> None:
    assert own_words(text) == text


def test_html_ends_where_a_mail_program_quotes() -> None:
    assert own_markup('<p>ours</p><div id="divRplyFwdMsg">theirs') == "<p>ours</p><div "
    assert own_markup("<p>ours</p>") == "<p>ours</p>"


@pytest.mark.parametrize(
    ("subject", "passed_on"), [("FW: DHR", True), ("Re: Fwd: DHR", True), ("Forward plan", False)]
)
def test_a_mail_passed_on_is_known_by_its_subject(subject: str, passed_on: bool) -> None:
    assert is_forwarded(subject) is passed_on


@given(st.text(alphabet=st.sampled_from("On Ar wrote:\n> From Sent To -_*")))
def test_no_text_breaks_the_search_for_quotations(text: str) -> None:
    assert len(own_words(text)) <= len(text)


@pytest.mark.parametrize(
    "signature",
    [
        "Kind regards\nJo Bloggs\nwww.anyshire.gov.uk/safety",
        "Many thanks,\n\nJo",
        "Cofion gorau\nJo",
        "-- \nJo",
        "Jo Bloggs\nAnyshire Council\nwww.anyshire.gov.uk/safety",
    ],
)
def test_a_signature_is_told_from_what_the_mail_says(signature: str) -> None:
    assert parted(f"Received.\n\n{signature}") == ("Received.\n", signature)


@pytest.mark.parametrize(
    "text",
    ["See here\nhttps://www.anyshire.gov.uk/dhr", "Thanks for this, it is live.", "Jo Bloggs", ""],
)
def test_what_is_no_signature_is_said(text: str) -> None:
    assert parted(text) == (text, "")


def test_html_ends_at_its_closing_too() -> None:
    markup = "<p>ours</p><p>Kind regards,</p><a href='x'>council</a>"
    assert markup_above_signature(markup) == "<p>ours</p><p"
