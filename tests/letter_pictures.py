"""Draws the pages of every golden letter, to be looked at: `python -m tests.letter_pictures DIR`.

All are made in one run of LibreOffice; of each letter stand there its Word file, its PDF, and a
picture of each page.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pypdfium2

from secretariat.adapters.letterpress.pdf import ACCESSIBLE, find_soffice
from tests.letter_builders import a_press, content_of, golden_cases

SCALE: Final = 110 / 72
OPEN_PDF: Final[Any] = pypdfium2.PdfDocument


def pdfs_in_one_run(letters: dict[str, bytes], place: Path) -> dict[str, bytes]:
    """Return Word files as PDFs, by their names, made in one run in this folder."""
    for name, docx in letters.items():
        (place / f"{name}.docx").write_bytes(docx)
    command = [
        str(find_soffice()),
        f"-env:UserInstallation={(place / '.profile').absolute().as_uri()}",
        *("--headless", "--convert-to", ACCESSIBLE, "--outdir", str(place)),
        *(str(place / f"{name}.docx") for name in letters),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (place / f"{name}.pdf").read_bytes() for name in letters}


def main(place: Path) -> None:
    """Write everything into `place` and say how many pages there are."""
    place.mkdir(parents=True, exist_ok=True)
    press = a_press()
    letters = {
        f"{generation}-{case}": press.print(content_of(case, generation), pdf=False).docx
        for generation, case in golden_cases()
    }
    drawn = 0
    for name, content in pdfs_in_one_run(letters, place).items():
        with OPEN_PDF(content) as document:
            for number, page in enumerate(document, start=1):
                page.render(scale=SCALE).to_pil().save(place / f"{name}-{number}.png")
                drawn += 1
    print(f"{len(letters)} letters, {drawn} pages, in {place}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/pictures"))
