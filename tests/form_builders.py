"""What tests of the notes form share: an agenda, a hand that fills the form in, LibreOffice."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from lxml import etree

from secretariat.adapters.letterpress.pdf import find_soffice
from secretariat.domain.meeting_papers import Agenda, AgendaItem
from secretariat.domain.reference import Reference
from tests.builders import a_meeting

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Line = tuple[str, str]


def an_agenda(count: int = 2) -> Agenda:
    """Return an agenda of invented reviews, QA-2026-0001 and so on."""
    items = tuple(
        AgendaItem(
            Reference(2026, number),
            f"Anytown & District {number} Community Safety Partnership",
            f"DHR{number}",
            ("Maria",) if number % 2 else (),
            40 + number,
            date(2026, 1, number),
        )
        for number in range(1, count + 1)
    )
    return Agenda(a_meeting(number=1), items)


def body_of(docx: bytes) -> etree._Element:
    """Return the document part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def fill_in(docx: bytes, said: Mapping[str, Sequence[Line]]) -> bytes:
    """Fill in controls as Word does: the asking words go, the control stays.

    said: for the tag of a control ("QA-2026-0001 Points for the letter") its lines, each a style
    and a text; a drop-down list takes the text of its one line
    """
    body = body_of(docx)
    tags = {
        control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): control
        for control in body.iter(f"{W}sdt")
        if control.find(f"{W}sdtPr/{W}lock") is not None
    }
    for tag, lines in said.items():
        _write_over(tags[tag], lines)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(out, "w") as filled:
        for name in package.namelist():
            part = etree.tostring(body) if name == "word/document.xml" else package.read(name)
            filled.writestr(name, part)
    return out.getvalue()


def _write_over(control: etree._Element, lines: Sequence[Line]) -> None:
    asks = control.find(f"{W}sdtPr")
    for mark in asks.findall(f"{W}showingPlcHdr"):
        asks.remove(mark)
    content = control.find(f"{W}sdtContent")
    within = content.find(f"{W}p") is None
    for old in list(content):
        content.remove(old)
    for style, text in lines:
        content.append(_run(text) if within else _paragraph(style, text))


def _paragraph(style: str, text: str) -> etree._Element:
    made = etree.Element(f"{W}p")
    looks = etree.SubElement(made, f"{W}pPr")
    if style:
        etree.SubElement(looks, f"{W}pStyle").set(f"{W}val", style)
    made.append(_run(text))
    return made


def _run(text: str) -> etree._Element:
    made = etree.Element(f"{W}r")
    etree.SubElement(made, f"{W}t").text = text
    return made


def saved_by_libreoffice(docx: bytes, kind: str) -> bytes:
    """Return the file as LibreOffice saves it: kind "docx", "odt" or "pdf"."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        (home / "form.docx").write_bytes(docx)
        out = home / "saved"
        subprocess.run(
            [
                str(find_soffice()),
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(out),
                str(home / "form.docx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return (out / f"form.{kind}").read_bytes()
