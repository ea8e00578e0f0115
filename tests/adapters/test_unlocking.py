"""Locked files are opened by the password that fits, and what comes out has no lock."""

import io
from functools import cache
from pathlib import Path
from random import Random

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib import pdfencrypt

from secretariat.adapters.papers import opening, pdf
from secretariat.adapters.papers.unlocking import MOST_PASSWORDS, unlock
from secretariat.domain.containers import OLE
from secretariat.domain.papers import ReadingStatus
from tests.looks_builders import a_canvas, a_pdf_under_aes_256, draw_rows, prose
from tests.papers_builders import a_docx, a_pdf, a_zip

PASSWORD = "Anytown-2026 ü"
PLAIN = "Anytown2026"
AN_OLD_WORD_FILE = Path(__file__).parent.parent / "corpus" / "papers" / "locked.doc"
"""Made by LibreOffice 7.4 of one invented sentence, with the password PLAIN (RC4)."""
WRONG = ["wrong", "Wrong 2", "", "x" * 5_000]


def a_locked_pdf(strength: int, password: str = PLAIN) -> bytes:
    canvas, made = a_canvas()
    canvas.setEncrypt(
        pdfencrypt.StandardEncryption(password, ownerPassword="owner", strength=strength)
    )
    draw_rows(canvas, prose(1))
    canvas.showPage()
    canvas.save()
    return made.getvalue()


@cache
def a_report() -> bytes:
    """Return a Word file large enough for the library's writer, which fails below 4 KB."""
    letters = Random(7)
    return a_docx(*["".join(letters.choices("abcdefgh ijklmnop", k=60)) for _ in range(120)])


def a_locked_docx(password: str = PASSWORD) -> bytes:
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(a_report())).encrypt(password, made)
    return made.getvalue()


@pytest.mark.parametrize("strength", [40, 128])
def test_a_pdf_under_rc4_is_opened_and_has_no_lock_left(strength: int) -> None:
    locked = a_locked_pdf(strength)
    assert pdf.lay_open(locked).status is ReadingStatus.LOCKED
    opened = unlock(locked, [*WRONG, PLAIN])
    assert opened is not None
    layout = pdf.lay_open(opened)
    assert layout.text == pdf.lay_open(a_pdf_of_prose()).text
    assert b"/Encrypt" not in opened


def a_pdf_of_prose() -> bytes:
    canvas, made = a_canvas()
    draw_rows(canvas, prose(1))
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_a_pdf_under_aes_256_is_opened_and_has_no_lock_left() -> None:
    locked = a_pdf_under_aes_256(prose(1), PLAIN)
    assert pdf.lay_open(locked).status is ReadingStatus.LOCKED
    opened = unlock(locked, [*WRONG, PLAIN])
    assert opened is not None
    assert [line.text for line in pdf.lay_open(opened).lines] == prose(1)


def test_an_old_word_file_is_opened_and_has_no_lock_left() -> None:
    locked = AN_OLD_WORD_FILE.read_bytes()
    opened = unlock(locked, [*WRONG, PLAIN])
    assert opened is not None
    words = "agreed what the agencies had learned".encode("utf-16-le")
    assert words in opened
    assert words not in locked
    assert unlock(locked, WRONG) is None
    assert unlock(locked[:4_000], [PLAIN]) is None


def test_a_word_file_is_opened_and_has_no_lock_left() -> None:
    locked = a_locked_docx()
    assert opening.lay_open(locked).status is ReadingStatus.LOCKED
    opened = unlock(locked, [*WRONG, PASSWORD])
    assert opened is not None
    assert opened == a_report()


@pytest.mark.parametrize("locked", [a_locked_pdf(128), a_locked_docx()], ids=["PDF", "Word"])
def test_wrong_passwords_and_damage_open_nothing(locked: bytes) -> None:
    assert unlock(locked, WRONG) is None
    assert unlock(locked, []) is None
    assert unlock(locked[: len(locked) // 2], [PLAIN, PASSWORD]) is None


def test_no_more_than_twenty_passwords_are_tried() -> None:
    locked = a_locked_pdf(128)
    wrong = [f"wrong {number}" for number in range(MOST_PASSWORDS)]
    assert unlock(locked, [*wrong, PLAIN]) is None
    assert unlock(locked, [*wrong[1:], PLAIN]) is not None


def test_a_word_file_altered_under_its_lock_is_not_handed_on() -> None:
    locked = a_locked_docx()
    start = len(locked) // 2
    altered = locked[:start] + bytes(2_000) + locked[start + 2_000 :]
    assert unlock(altered, [PASSWORD]) is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"text", id="text"),
        pytest.param(a_pdf(prose(1)), id="a PDF without a lock"),
        pytest.param(a_docx("words"), id="a Word file without a lock"),
        pytest.param(OLE + b"\0" * 2_000, id="a damaged old file"),
        pytest.param(
            a_zip(
                {
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
                }
            ),
            id="a locked OpenDocument text",
        ),
    ],
)
def test_what_has_no_lock_that_can_be_opened_is_left(content: bytes) -> None:
    assert unlock(content, [PLAIN, PASSWORD]) is None


def test_the_unlocked_word_file_is_no_longer_locked_by_its_own_librarys_word() -> None:
    opened = unlock(a_locked_docx(), [PASSWORD])
    assert opened is not None
    assert not msoffcrypto.OfficeFile(io.BytesIO(opened)).is_encrypted()
