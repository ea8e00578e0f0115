"""A letter by the press against bare docxtpl on the same template, and python-docx alone."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
from docxtpl import DocxTemplate  # type: ignore[attr-defined]

from secretariat.adapters.letterpress.packs import Packs
from secretariat.adapters.letterpress.press import Press
from secretariat.config import defaults
from secretariat.domain.letter_content import LetterContent, Point
from secretariat.domain.letter_wording import values_of
from tests.benchmarks.measuring import Figure, side_by_side
from tests.builders import some_content

AIM = 1.2


def figures(*, quick: bool) -> list[Figure]:
    """Return the letter against docxtpl and, to be seen, against python-docx."""
    templates = defaults() / "templates"
    path = str(templates / "letters" / "2017" / "letter.docx")
    press, content = Press(templates, soffice=""), a_usual_letter()
    values = values_of(content, Packs(templates / "letters").pack("2017").wording)
    times = 15 if quick else 60

    def ours() -> None:
        press.print(content, pdf=False)

    beside = side_by_side(ours, lambda: bare(path, values), times=times, warm=3)
    plain = side_by_side(ours, lambda: opened_and_saved(path), times=times, warm=1)
    six = replace(content, points=content.points[3:9], conclusion=content.conclusion[:1])
    its = values_of(six, Packs(templates / "letters").pack("2017").wording)
    short = side_by_side(
        lambda: press.print(six, pdf=False), lambda: bare(path, its), times=times, warm=3
    )
    return [
        Figure("letter of 1 page, 6 points", "docxtpl: open, render, save", short, AIM),
        Figure("letter, as Word", "docxtpl: open, render, save, nothing looked at", beside, AIM),
        Figure("letter, as Word", "python-docx: open and save the template", plain),
    ]


def a_usual_letter() -> LetterContent:
    """Return a letter of two pages: three paragraphs and fifteen points, two with points below."""
    points = tuple(
        Point(
            f"Paragraph {number}.4 says little on how the agencies & the family were asked; the "
            "Panel felt that the report would gain from it.",
            ("The chronology lacks the dates.", "The school is not named.") if number < 3 else (),
        )
        for number in range(1, 16)
    )
    said = "The Panel felt that the voice of the family was heard throughout the report."
    return replace(
        some_content(), points=points, conclusion=(said,) * 3, letter_date=date(2026, 3, 10)
    )


def bare(path: str, values: Any) -> bytes:
    """Return the letter as docxtpl makes it when it is left to itself."""
    letter, out = DocxTemplate(path), io.BytesIO()
    letter.render(dict(values))
    letter.save(out)
    return out.getvalue()


def opened_and_saved(path: str) -> bytes:
    """Return the template as python-docx saves it."""
    out = io.BytesIO()
    docx.Document(path).save(out)
    return out.getvalue()
