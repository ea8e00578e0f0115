"""The versions of a letter's words, and what changed between any two of them."""

from typing import Final

from flask import Blueprint, render_template

from secretariat.domain.letter import Letter, LetterVersion
from secretariat.domain.letter_changes import differences
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.reference import Reference
from secretariat.web.asking import asked_number, eyes

pages = Blueprint("letter_versions", __name__)

AT: Final = "/register/<reference:reference>/letters/<int:number>/versions"


@pages.get(AT)
def version_list(reference: Reference, number: int) -> str:
    """List who saved which version, when and why, with what changed between the two asked for."""
    with eyes() as register:
        letter = register.letter(reference, number)
        versions = register.letter_versions(reference, number)
    newest = len(versions)
    after = min(asked_number("after", newest), newest)
    before = min(asked_number("before", max(after - 1, 1)), newest)
    return render_template(
        "letters/differences.html",
        letter=letter,
        versions=list(enumerate(versions, start=1)),
        before=before,
        after=after,
        changed=_between(versions, before, after),
    )


def words_at(letter: Letter, version: int) -> LetterContent | None:
    """Return the words of a letter as they stood at one of its saves, None where none was kept."""
    if not 0 <= version <= letter.version:
        return None
    with eyes() as register:
        versions = register.letter_versions(letter.reference, letter.number)
    return next((one.content for one in reversed(versions) if one.version <= version), None)


def _between(versions: tuple[LetterVersion, ...], before: int, after: int) -> object:
    if not versions:
        return ()
    return differences(versions[before - 1].content, versions[after - 1].content)
