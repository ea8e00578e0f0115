"""Passwords as councils write them: found where they stand, covered where they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.passwords_in import MOST_CANDIDATES, candidates, gives_password, hidden


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("The password is Heron-42!", "Heron-42!"),
        ("The password for the attached report is: Heron42.", "Heron42"),
        ("Password: Three Blind Mice", "Three Blind Mice"),
        ("pw: heron", "heron"),
        ("The passcode to our earlier documents is \u201cblue kettle 9\u201d.", "blue kettle 9"),
        ("Password for the zip:\n\n    K!ngf1sher\n\nRegards", "K!ngf1sher"),
        ("The password follows.\n\nxT9$kelp\n\nMany thanks", "xT9$kelp"),
        ("Please use the password 'Otter77' to open them.", "Otter77"),
        ("Y cyfrinair yw Dyfrgi99", "Dyfrgi99"),
        ("Dyfrgi99 yw'r cyfrinair ar gyfer yr adroddiad.", "Dyfrgi99"),
        ("Cyfrinair: dyfrgi-lan", "dyfrgi-lan"),
        ("Password - Heron2026", "Heron2026"),
        ('PASSWORD = "pass word"', "pass word"),
    ],
)
def test_a_password_is_found_where_it_stands(text: str, password: str) -> None:
    assert password in candidates(text)


@pytest.mark.parametrize(
    "text",
    [
        "The password is in a separate email.",
        "The password will be sent separately.",
        "Please find the report attached, DHR15.",
        "The report is password protected; I shall ring you.",
        "Could you tell us the password?",
        "The report is password protected\n\nKind regards\nJo",
        "The password is being sent by my colleague.",
        "The password is unknown to me.",
        "The password was changed.",
        "",
    ],
)
def test_words_about_a_password_give_none(text: str) -> None:
    assert not gives_password(text)


def test_words_that_give_one_are_told_from_words_about_one() -> None:
    assert gives_password("The password for the attached is Heron42")
    assert gives_password("Cyfrinair: dyfrgi")
    assert gives_password("Please use the password below\n\nGolden-Plover-5")


def test_a_mail_that_names_no_password_has_no_candidates() -> None:
    assert candidates("Reference \u201cDHR15\u201d\n\nxT9$kelp") == ()


def test_addresses_and_references_are_no_passwords() -> None:
    lines = ("jo@anyshire.gov.uk", "QA-2026-0001", "www.anyshire.gov.uk/x", "01234 567890")
    assert candidates("\n".join(("The password was sent.", *lines))) == ()


def test_a_subject_is_kept_without_what_may_be_a_password() -> None:
    assert hidden("Password: Heron42", candidates("Password: Heron42")) == "Password: [hidden]"
    assert hidden("RE: Heron42", ("Heron42",)) == "RE: [hidden]"


@given(st.text(max_size=400))
def test_any_text_gives_at_most_twenty_short_candidates(text: str) -> None:
    found = candidates(f"password: {text}")
    assert len(found) <= MOST_CANDIDATES
    assert all(3 <= len(each) <= 128 for each in found)


@given(st.from_regex(r"[A-Za-z]{3,8}[0-9]{1,4}[!$%#]?", fullmatch=True))
def test_a_stated_password_never_stays_in_a_subject(password: str) -> None:
    body = f"The password is: {password}\n"
    assert password in candidates(body)
    assert password not in hidden(f"Re: {password}", candidates(body)).replace("[hidden]", "")
