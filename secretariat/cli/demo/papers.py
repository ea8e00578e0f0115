"""The demonstration's papers: real PDF and Word files of reports that nobody wrote.

Each page says that it is invented.  The covers follow the layouts that councils use; the same
case gives the same bytes each time, because a paper is known by its SHA-256.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import pypdfium2
from docx import Document
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from reportlab.platypus.flowables import PageBreak, Spacer

from secretariat.cli.demo import words

STAMP: Final = "INVENTED FOR DEMONSTRATION"
PDF_TYPE: Final = "application/pdf"
DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIXED: Final = datetime(2025, 1, 1)
SCALE: Final = 1.3


@dataclass(frozen=True, slots=True)
class Case:
    """An invented review.

    partnership: a name the directory knows, as the cover writes it
    pseudonym: a bird's, so that nobody takes it for a person's
    died, version: a month in words; reference: the council's own, "" for none
    order: "statute", "names" or "bare", after the families of real covers
    """

    partnership: str
    pseudonym: str
    died: str
    version: str
    author: str
    chair: str
    reference: str = ""
    order: str = "statute"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file to attach: its name, media type and bytes."""

    name: str
    media_type: str
    body: bytes = field(repr=False)


def cover(case: Case, title: str) -> tuple[str, ...]:
    """Return the lines of a front page, in the order of the case's family."""
    death = f"Report into the death of ‘{case.pseudonym}’ in {case.died}"
    if case.order == "bare":
        return (f"Domestic Homicide Review {title}", f"‘{case.pseudonym}’")
    if case.order == "names":
        lines = [case.partnership, "Domestic Homicide Review", title, death]
        lines += [f"Reference: {case.reference}"] if case.reference else []
        return (*lines, f"Author: {case.author}", f"Report completed: {case.version}")
    lines = ["Domestic Homicide Review", title]
    lines += ["Under section 9 of the Domestic Violence, Crime and Victims Act 2004", death]
    lines += [f"Reference: {case.reference}"] if case.reference else []
    people = (f"Independent Chair: {case.chair}", f"Report Author: {case.author}")
    return (*lines, f"Produced for {case.partnership}", *people, f"Date: {case.version}")


def overview(case: Case, *, named: str = "", more: Sequence[str] = ()) -> Sheet:
    """Return the overview report as a PDF of eight pages or more; `more` follows the end."""
    body: list[Any] = []
    for number, title in enumerate(words.SECTIONS, start=1):
        body += [_heading(f"{number}. {title}"), *_prose(words.section(case.pseudonym, title))]
    if more:
        body += [PageBreak(), *_prose(more)]
    name = named or f"{case.pseudonym} Overview Report.pdf"
    return Sheet(name, PDF_TYPE, _pdf(cover(case, "Overview Report"), body))


def revised(case: Case, letter: Sequence[str] = (), *, named: str = "") -> Sheet:
    """Return the report as published after changes, with the letter's paragraphs appended."""
    body: list[Any] = []
    for number, title in enumerate(words.SECTIONS, start=1):
        told = words.section(case.pseudonym, title)
        if title == "Analysis of each agency's part":
            told = (*told, *words.section(case.pseudonym, "What the panel asked for", paragraphs=3))
        if title == "Recommendations":
            told = (*told[1:], *words.section(case.pseudonym, "New recommendations", paragraphs=2))
        body += [_heading(f"{number}. {title}"), *_prose(told)]
    if letter:
        body += [PageBreak(), _heading("Appendix A: Home Office feedback letter"), *_prose(letter)]
    name = named or f"{case.pseudonym} Overview Report revised.pdf"
    return Sheet(name, PDF_TYPE, _pdf(cover(case, "Overview Report"), body))


def action_plan(case: Case) -> Sheet:
    """Return the action plan as a PDF of one table."""
    rows = [("Recommendation", "Lead", "By when"), *words.actions(case.pseudonym)]
    cells = [[Paragraph(cell, STYLES["BodyText"]) for cell in row] for row in rows]
    body = [_heading("1. Action plan"), Table(cells, colWidths=[240, 130, 110])]
    return Sheet(
        f"{case.pseudonym} Action Plan.pdf", PDF_TYPE, _pdf(cover(case, "Action Plan"), body)
    )


def summary(case: Case) -> Sheet:
    """Return the executive summary as a Word file, a header on each page."""
    lines = cover(case, "Executive Summary")
    told = [(title, words.section(case.pseudonym, title)[:2]) for title in words.SECTIONS[-4:]]
    return Sheet(f"{case.pseudonym} Executive Summary.docx", DOCX_TYPE, _docx(lines, told))


def overview_in_word(case: Case) -> Sheet:
    """Return the overview report as a Word file."""
    lines = cover(case, "Overview Report")
    told = [(title, words.section(case.pseudonym, title)) for title in words.SECTIONS]
    return Sheet(f"{case.pseudonym} Overview Report.docx", DOCX_TYPE, _docx(lines, told))


def scanned(sheet: Sheet, *, pages: int = 8) -> Sheet:
    """Return the first pages of a PDF as pictures alone, as a photocopier makes it."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=1, pageCompression=1)
    source = pypdfium2.PdfDocument(sheet.body)
    try:
        for number in range(min(pages, len(source))):
            picture = source[number].render(scale=SCALE, grayscale=True).to_pil()
            canvas.drawImage(ImageReader(picture), 0, 0, *A4)
            canvas.showPage()
    finally:
        source.close()
    canvas.save()
    return Sheet(f"scan of {sheet.name}", PDF_TYPE, held.getvalue())


def letter_words(docx: bytes) -> tuple[str, ...]:
    """Return every paragraph of a Word letter, those in tables too, empty ones left out."""
    body = Document(io.BytesIO(docx)).element.body
    said = ("".join(run.text or "" for run in par.iter(qn("w:t"))) for par in body.iter(qn("w:p")))
    return tuple(text.strip() for text in said if text.strip())


STYLES: Final = getSampleStyleSheet()
COVER: Final = ParagraphStyle(
    "Cover", parent=STYLES["Title"], fontSize=17, leading=22, spaceAfter=16
)


def _heading(text: str) -> Paragraph:
    return Paragraph(text, STYLES["Heading2"])


def _prose(paragraphs: Sequence[str]) -> list[Any]:
    return [Paragraph(_escaped(text), STYLES["BodyText"]) for text in paragraphs]


def _pdf(front: Sequence[str], body: Sequence[Any]) -> bytes:
    held = io.BytesIO()
    document = SimpleDocTemplate(held, pagesize=A4, title=front[0], invariant=1)
    opening = [Spacer(1, 90), *(Paragraph(_escaped(line), COVER) for line in front), PageBreak()]
    document.build([*opening, *body], onFirstPage=_stamp, onLaterPages=_stamp)
    return held.getvalue()


def _stamp(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawCentredString(A4[0] / 2, 30, STAMP)


def _docx(front: Sequence[str], told: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    document = Document()
    document.core_properties.created = document.core_properties.modified = FIXED
    document.sections[0].header.paragraphs[0].text = STAMP
    for line in front:
        document.add_paragraph(line, style="Title")
    document.add_page_break()
    for number, (title, paragraphs) in enumerate(told, start=1):
        document.add_heading(f"{number}. {title}", level=1)
        for text in paragraphs:
            document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    return _dated_alike(held.getvalue())


def _dated_alike(docx: bytes) -> bytes:
    """Return the Word file with every part dated alike, and not by the second it was made in."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as made, zipfile.ZipFile(held, "w") as dated:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, (FIXED.year, FIXED.month, FIXED.day, 0, 0, 0))
            dated.writestr(part, made.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
