"""Text that a person can read is told from what a bad font or a bad program left."""

import pytest

from secretariat.domain.legible import is_fused, is_garbled, is_silent, tidy
from secretariat.domain.page_numbers import named

ENGLISH = "The panel met on the day after and agreed what the agencies had learned from it all. "
WELSH = "Cynhaliwyd cyfarfod o'r panel y diwrnod wedyn a chytunwyd ar yr hyn a ddysgwyd gan bawb. "


def shifted(text: str) -> str:
    """Return the text as it comes out where a font's code table is missing."""
    return "".join(chr(ord(letter) - 29) if letter.isalpha() else letter for letter in text)


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        (ENGLISH, False),
        (WELSH, False),
        (ENGLISH.upper(), False),
        ("", False),
        ("DHR 12 – CSP, MARAC, IDVA, NHS, GP, IMR, VAWG", False),
        ("Обзор домашнего убийства " * 5, False),
        (shifted(ENGLISH * 2), True),
        ("\ue020\ue021\ue022" * 20, True),
        ("abc\ufffd" * 20, True),
        (ENGLISH + "\ufffd", False),
        ("\x01\x02\x03" * 20 + "words", True),
    ],
)
def test_garbled_text_is_told_from_words(text: str, garbled: bool) -> None:
    assert is_garbled(text) is garbled


@pytest.mark.parametrize(
    ("text", "fused"),
    [
        (ENGLISH, False),
        ("ofSusanCommissionedBy the partnership", True),
        ("The review of ReportintothedeathofSusanCommissioned by it", True),
        ("www.example.org/domestichomicidereviewguidanceforpanels", False),
        ("Contents ................................................ 3", False),
        ("Llanfairpwllgwyngyll council", False),
        ("McDonald and MacArthur of the NSPCC's YoungMinds", False),
        (ENGLISH.replace(" ", ""), True),
    ],
)
def test_lost_spaces_are_noticed(text: str, fused: bool) -> None:
    assert is_fused(text) is fused


def test_text_is_tidied_and_other_signs_are_left() -> None:
    assert tidy("of\ufb01cer \ufb00 pro\x02\r\ntect\xad soft\r\nnext") == (
        "officer ff protect soft\nnext"
    )
    assert tidy("10 m² ½ ™ ２") == "10 m² ½ ™ 2"


def test_twenty_five_letters_are_text() -> None:
    assert is_silent("a" * 24)
    assert not is_silent("a" * 25)
    assert not is_silent("." * 5_000 + "a" * 25)


def test_page_numbers_are_said_as_staff_read_them() -> None:
    assert named(()) == "it"
    assert named((3,)) == "page 3"
    assert named((3, 5, 7)) == "pages 3, 5 and 7"
    assert named(tuple(range(1, 14))) == "pages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more"
