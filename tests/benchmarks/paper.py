"""A letter's PDF against bare LibreOffice, a template looked over, and a letter of many points."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from secretariat.adapters.letterpress.check import faults_in
from secretariat.adapters.letterpress.packs import MANIFEST, samples_of, wording_of
from secretariat.adapters.letterpress.paper import paper_of
from secretariat.adapters.letterpress.pdf import ACCESSIBLE, find_soffice
from secretariat.adapters.letterpress.press import Press
from secretariat.config import defaults
from secretariat.domain.letter_content import LetterContent, Point
from tests.benchmarks.letters import a_usual_letter
from tests.benchmarks.measuring import Figure, side_by_side

PDF_AIM = 1.1
CHECK_SECONDS = 0.05
LINEAR_AIM = 4.4


def figures(*, quick: bool) -> list[Figure]:
    """Return the PDF where LibreOffice is, the check against its 50 ms, 200 points against 50."""
    templates = defaults() / "templates"
    press = Press(templates, soffice="")
    times = 5 if quick else 20
    found = [] if find_soffice() is None else [_pdf(press, times=3 if quick else 10)]
    return [*found, _check(templates / "letters" / "2017", times), _points(press, times)]


def _pdf(press: Press, *, times: int) -> Figure:
    docx, soffice = press.print(a_usual_letter(), pdf=False).docx, str(find_soffice())
    pairs = side_by_side(lambda: paper_of(docx, soffice), lambda: bare(docx, soffice), times=times)
    return Figure("letter, as PDF", "soffice alone, each with a new profile", pairs, PDF_AIM)


def bare(docx: bytes, soffice: str) -> bytes:
    """Return the PDF as LibreOffice makes it when nothing is looked at and no box is round it."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        (home / "letter.docx").write_bytes(docx)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--norestore", "--convert-to", ACCESSIBLE]
        command += ["--outdir", place, str(home / "letter.docx")]
        subprocess.run(command, check=True, capture_output=True)
        return (home / "letter.pdf").read_bytes()


def _check(pack: Path, times: int) -> Figure:
    """Return the check beside the 50 ms that it may take: the floor is the aim itself."""
    template = (pack / "letter.docx").read_bytes()
    samples = samples_of(wording_of((pack / MANIFEST).read_bytes()))
    pairs = side_by_side(lambda: faults_in(template, samples), lambda: None, times=times, warm=3)
    beside = tuple((ours, CHECK_SECONDS) for ours, _ in pairs)
    return Figure("template looked over", "50 ms, its aim", beside, 1.0)


def _points(press: Press, times: int) -> Figure:
    many, few = (with_points(number) for number in (200, 50))
    pairs = side_by_side(
        lambda: press.print(many, pdf=False), lambda: press.print(few, pdf=False), times=times
    )
    return Figure("letter of 200 points", "a letter of 50 points", pairs, LINEAR_AIM)


def with_points(number: int) -> LetterContent:
    """Return a letter of so many points."""
    points = tuple(Point(f"Paragraph {each}.4 says little;") for each in range(number))
    return replace(a_usual_letter(), points=points)
