"""Opens locked PDF and Office files with a password.  Runs in the reading process alone."""

import io
from collections.abc import Sequence
from typing import Any, Final

import msoffcrypto
import pypdfium2

OPEN_PDF: Final[Any] = pypdfium2.PdfDocument  # untyped in its library
WITHOUT_LOCK: Final = 3  # FPDF_REMOVE_SECURITY of fpdf_save.h


def unlock(content: bytes, passwords: Sequence[str]) -> bytes | None:
    """Return the file without its lock, by the first password that fits; None where none does."""
    way = _unlocked_pdf if b"%PDF-" in content[:1_024] else _unlocked_office
    return next((found for each in passwords if (found := way(content, each))), None)


def _unlocked_pdf(content: bytes, password: str) -> bytes | None:
    try:
        document = OPEN_PDF(content, password=password)
    except pypdfium2.PdfiumError:
        return None
    made = io.BytesIO()
    document.save(made, flags=WITHOUT_LOCK)
    return made.getvalue()


def _unlocked_office(content: bytes, password: str) -> bytes | None:
    made = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(made)
    except Exception:  # the library meets a wrong password and damage with errors of many types
        return None
    return made.getvalue() or None
