import contextlib
import os
import socket
import stat
import subprocess
import threading
import time
from pathlib import Path

import pytest
from page import validate_pdf_bytes
from pypdfium2 import PdfDocument

from secretariat.adapters.letterpress.pdf import box_of_soffice, find_soffice, pdf_of
from secretariat.ports.letterpress import PressFailed
from tests.letter_builders import a_press, content_of
from tests.letter_template import build

needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not here")


def a_stand_in(tmp_path: Path, script: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@needs_libreoffice
def test_the_pdf_is_accessible_says_the_same_and_names_no_author() -> None:
    made = a_press(pdf=True).print(content_of("kent-dhr15"))
    assert made.pdf is not None
    report = validate_pdf_bytes(made.pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    document = PdfDocument(made.pdf)
    told = document.get_metadata_dict()
    assert told["Title"] == "Home Office feedback letter: Kent (DHR15)"
    assert not told["Author"]
    text = document[0].get_textpage().get_text_range()
    assert "Dear Councillor Hill," in text
    assert "Page 1 of 2" in text


@needs_libreoffice
def test_a_letter_with_nested_points_is_accessible_too() -> None:
    made = a_press(pdf=True).print(content_of("anyshire"))
    report = validate_pdf_bytes(made.pdf or b"", profile="ua1")
    assert [failure.message for failure in report.failures] == []


@needs_libreoffice
def test_libreoffice_fetches_nothing_that_a_file_names() -> None:
    """A linked picture makes it ask the network, where it has one."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    asked.append(server.accept()[0].recv(64))
                except TimeoutError:
                    continue

        listener = threading.Thread(target=listen)
        listener.start()
        field = f' INCLUDEPICTURE "{address}" \\d '
        picture = f"<w:p><w:fldSimple w:instr='{field}'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"
        made = pdf_of(build((("", "words"),), extra=picture), find_soffice() or "")
        done.set()
        listener.join()
    assert made.startswith(b"%PDF-")
    assert asked == []


def test_without_libreoffice_there_is_a_word_file_and_no_pdf() -> None:
    made = a_press().print(content_of("kent-dhr15"))
    assert made.docx
    assert made.pdf is None


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("exit 0", id="it says that all is well and makes nothing"),
        pytest.param('echo nonsense > "$HOME/letter.pdf"', id="it makes no PDF"),
        pytest.param('printf "%%PDF-1.7 cut off" > "$HOME/letter.pdf"', id="it is cut off"),
    ],
)
def test_a_pdf_that_did_not_come_whole_is_refused(tmp_path: Path, script: str) -> None:
    with pytest.raises(PressFailed):
        pdf_of(b"", a_stand_in(tmp_path, script))


def boxes_are_allowed() -> bool:
    """Say whether the kernel lets bubblewrap make a box; inside a chroot it does not."""
    box = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    return subprocess.run(box, capture_output=True, check=False).returncode == 0


def running(words: str) -> list[str]:
    """Return the processes of this machine that were started with these words."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if words in place.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"):
                found.append(place.parent.name)
    return found


def test_a_run_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    words = f"sleep 60.{os.getpid()}"
    began = time.monotonic()
    with pytest.raises(PressFailed, match="too long"):
        pdf_of(b"", a_stand_in(tmp_path, f"{words} &\nsleep 60"), seconds=0.5)
    assert time.monotonic() - began < 10
    until = time.monotonic() + 10
    while running(words) and time.monotonic() < until:
        time.sleep(0.02)
    assert running(words) == []


def test_it_sees_none_of_our_files_and_keeps_nothing_of_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not boxes_are_allowed():
        assert box_of_soffice() != "whole"
        return
    assert box_of_soffice() == "whole"
    secret = tmp_path / "vault" / "report.pdf"
    secret.parent.mkdir()
    secret.write_bytes(b"what nobody may see")
    monkeypatch.setenv("SECRETARIAT_SECRET_KEY", "known to us alone")
    seen = f'[ -r "{secret}" ] || [ -r /etc/passwd ] || [ -n "$SECRETARIAT_SECRET_KEY" ]'
    pdf = 'printf "%%PDF-1.7 %%%%EOF" > "$HOME/letter.pdf"'
    stand_in = tmp_path / "programs"
    stand_in.mkdir()
    assert pdf_of(b"", a_stand_in(stand_in, f"{seen} || {pdf}")).startswith(b"%PDF-")
