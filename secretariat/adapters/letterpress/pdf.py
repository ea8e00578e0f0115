"""A Word file as an accessible PDF, through LibreOffice where it is installed.

LibreOffice fetches addresses that a file names, and whoever takes it over would see our
files.  So it runs in a box of its own (bubblewrap): programs and fonts to read, one empty
folder to write in, no network, for a minute at most.  Without bubblewrap it loses the network
alone, where the machine allows that.
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
SEE: Final = "--ro-bind-try"
SEEN: Final = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/bin",
    "/etc/fonts",
    "/etc/libreoffice",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/var/lib/libreoffice",
    "/var/cache/fontconfig",
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
        command = [*_boxed(soffice, home), soffice, *_arguments(home)]
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


def box_of_soffice() -> str:
    """Return "whole" in a box, "no network" without a network alone, "" where neither can be."""
    if _bubblewrap():
        return "whole"
    return "no network" if _without_network() else ""


def _boxed(soffice: str, home: Path) -> tuple[str, ...]:
    """Return the words that put a command into its box, as far as this machine has one."""
    bubblewrap = _bubblewrap()
    if not bubblewrap:
        return _without_network()
    seen = [part for path in (*SEEN, str(Path(soffice).parent)) for part in (SEE, path, path)]
    own = ("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp")  # noqa: S108 the box's own
    return (*bubblewrap, *own, *seen, "--bind", str(home), str(home), "--chdir", str(home), "--")


@functools.cache
def _bubblewrap() -> tuple[str, ...]:
    """Return bubblewrap's first words, none where it is not installed or not allowed."""
    found = shutil.which("bwrap")
    if found is None:
        return ()
    box = (found, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
    seen = [part for path in SEEN for part in (SEE, path, path)]
    tried = subprocess.run([*box, *seen, "--", "true"], capture_output=True, check=False)  # noqa: S603
    return box if tried.returncode == 0 else ()


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return the words that take the network away from a command; none where that is barred."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    for box in ((unshare, "--map-root-user", "--net"), (unshare, "--net")):
        tried = subprocess.run([*box, "true"], capture_output=True, check=False)  # noqa: S603
        if tried.returncode == 0:
            return box
    return ()
