"""Opens locked PDF and Office files with a password.  Runs in the reading process alone."""

import io
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

import msoffcrypto
import pypdfium2

from secretariat.domain.containers import OLE

OPEN_PDF: Final[Any] = pypdfium2.PdfDocument  # untyped in its library
WITHOUT_LOCK: Final = 3  # FPDF_REMOVE_SECURITY of fpdf_save.h
MOST_PASSWORDS: Final = 20
LONGEST_PASSWORD: Final = 255


def unlock(content: bytes, passwords: Sequence[str]) -> bytes | None:
    """Return the file without its lock, by the first password that fits; None where none does.

    At most 20 passwords are tried.  None too for a file that is not locked, is damaged, or is of a
    kind that cannot be opened here, such as a locked OpenDocument text.
    """
    way = _way(content)
    tried = islice(
        (each for each in passwords if 0 < len(each) <= LONGEST_PASSWORD), MOST_PASSWORDS
    )
    return next((found for each in tried if (found := way(content, each))), None) if way else None


def _way(content: bytes) -> Any:
    """Return what opens a locked file of this kind, None for one that has no lock we can open."""
    if b"%PDF-" in content[:1_024]:
        return None if _opens(content) else _unlocked_pdf
    if not content.startswith(OLE):
        return None
    return _unlocked_office if _is_locked_office(content) else None


def _unlocked_pdf(content: bytes, password: str) -> bytes | None:
    try:
        document = OPEN_PDF(content, password=password)
        made = io.BytesIO()
        document.save(made, flags=WITHOUT_LOCK)
        opened = made.getvalue()
        return opened if len(OPEN_PDF(opened)) == len(document) else None
    except pypdfium2.PdfiumError:
        return None


def _opens(content: bytes) -> bool:
    try:
        return len(OPEN_PDF(content)) > 0
    except pypdfium2.PdfiumError as fault:
        return "password" not in str(fault).lower()


def _is_locked_office(content: bytes) -> bool:
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:  # the library meets damage with errors of many types
        return False


def _unlocked_office(content: bytes, password: str) -> bytes | None:
    made = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content))
        _fit(locked, password)
        _decrypt(locked, made)
    except Exception:  # the library meets a wrong password and damage with errors of many types
        return None
    opened = made.getvalue()
    if opened.startswith(b"PK"):
        return opened
    return opened if opened.startswith(OLE) and not _is_locked_office(opened) else None


def _decrypt(locked: Any, made: io.BytesIO) -> None:
    """Write the file without its lock; raise what the library raises where it was altered."""
    if locked.format == "ooxml" and locked.type == "agile":
        locked.decrypt(made, verify_integrity=True)
    else:
        locked.decrypt(made)


def _fit(locked: Any, password: str) -> None:
    """Give the password, checked at once where this format can; raise what the library raises."""
    if locked.format == "ooxml":
        locked.load_key(password=password, verify_password=True)
    else:
        locked.load_key(password=password)
