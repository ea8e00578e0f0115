"""A Word file as an accessible PDF, through LibreOffice where it is installed.

LibreOffice fetches addresses that a file names, so it runs without a network where
the machine allows that, with a profile of its own and for a minute at most.
"""

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Final

from secretariat.ports.letterpress import PressFailed

SECONDS: Final = 60
ACCESSIBLE: Final = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
ONE_AT_A_TIME: Final = threading.Lock()


@functools.cache
def find_soffice() -> str | None:
    """Return where LibreOffice is, or None."""
    return shutil.which("soffice")


def pdf_of(docx: bytes, soffice: str, *, seconds: float = SECONDS) -> bytes:
    """Return the PDF/UA of a Word file; raise PressFailed when none, or a broken one, comes."""
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="letter-") as place:
        home = Path(place)
        (home / "letter.docx").write_bytes(docx)
        command = [*_without_network(), soffice, *_arguments(home)]
        _run(command, home, seconds)
        made = home / "letter.pdf"
        content = made.read_bytes() if made.exists() else b""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
        raise PressFailed("LibreOffice made no PDF of the letter")
    return content


def _arguments(home: Path) -> list[str]:
    return [
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        ACCESSIBLE,
        "--outdir",
        str(home),
        str(home / "letter.docx"),
    ]


def _run(command: list[str], home: Path, seconds: float) -> None:
    """Run to the end; a run that takes too long is ended with all that it started."""
    place = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=home,
        env=place,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise PressFailed("LibreOffice took too long over the letter") from None
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return the words that take the network away from a command; none where that is barred."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    box = (unshare, "--map-root-user", "--net")
    tried = subprocess.run([*box, "true"], capture_output=True, check=False)  # noqa: S603
    return box if tried.returncode == 0 else ()
