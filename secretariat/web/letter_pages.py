"""The pages of a made letter as pictures, as they are printed; drawn in the reading process."""

from typing import Final

from flask import Blueprint, Response, render_template

from secretariat.domain.errors import NotFound
from secretariat.domain.letter import Letter
from secretariat.domain.reference import Reference
from secretariat.web.asking import eyes
from secretariat.web.guard import office

pages = Blueprint("letter_pages", __name__)

AT: Final = "/register/<reference:reference>/letters/<int:number>/pages"
NAME: Final = "letter.pdf"


@pages.get(AT)
def page_list(reference: Reference, number: int) -> str:
    """Show every page of the letter's PDF, one under another."""
    letter, content = _made(reference, number)
    count = office().reader.read(content, NAME, whole=False).pages
    return render_template("letters/pages.html", letter=letter, count=count)


@pages.get(f"{AT}/<int:page>.png")
def picture(reference: Reference, number: int, page: int) -> Response:
    """Draw one page (from 1)."""
    _, content = _made(reference, number)
    drawn = office().reader.picture(content, page)
    if not drawn:
        raise NotFound(f"a picture of page {page} of letter {number} on {reference}")
    return Response(drawn, mimetype="image/png")


def _made(reference: Reference, number: int) -> tuple[Letter, bytes]:
    """Return the letter and its PDF; raise NotFound where none was made."""
    with eyes() as register:
        letter = register.letter(reference, number)
    if not letter.pdf:
        raise NotFound(f"a PDF of letter {number} on {reference}")
    return letter, office().vault.open(letter.pdf)
