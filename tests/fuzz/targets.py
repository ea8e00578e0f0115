"""What is fuzzed: a name, a function that must raise nothing, and the files it begins with."""

import base64
from collections.abc import Callable, Mapping, Sequence

from secretariat.adapters.papers import opening, unpack
from secretariat.domain.containers import is_container
from secretariat.domain.found import Sureness
from secretariat.domain.front_page import facts_from, read_front
from secretariat.domain.papers import ContainerRefused, Layout, Line, ReadingStatus
from tests.covers_made import made
from tests.fuzz import seeds
from tests.mail_builders import CORPUS, PLAIN

Target = Callable[[bytes], object]


def parse_mail(content: bytes) -> None:
    """Walk a mail twice; its bodies are cut out from 300 bytes on, and come out the same."""
    large = seeds.CUTTING.parse(content)
    assert large == PLAIN.parse(content)


def take_apart(content: bytes) -> None:
    """Unpack a container, and what comes out of it once more."""
    try:
        for member in unpack.unpack(content, "paper"):
            is_container(member.content, member.media_type, member.name)
            if member.media_type == "message/rfc822":
                PLAIN.parse(member.content)
    except ContainerRefused:
        pass
    is_container(content)


def lay_open(content: bytes) -> None:
    """Open a paper: one status, and a sentence where it is not text."""
    layout = opening.lay_open(content)
    assert isinstance(layout, Layout)
    assert layout.status is ReadingStatus.TEXT or layout.warnings
    assert layout.status is not ReadingStatus.TEXT or layout.text or layout.lines
    opening.lay_open(content, whole=False)


def read_cover(content: bytes) -> None:
    """Read the front of a paper: a form feed turns the page, and what was found has its place."""
    pages = content.decode("utf-8", errors="replace").split("\f")
    lines = [
        Line(row, page=number, y=20.0 * place)
        for number, page in enumerate(pages[:3], start=1)
        for place, row in enumerate(page.split("\n"), start=1)
    ]
    front = read_front(lines, pages=3)
    assert facts_from(front.found) == front.facts
    for found in front.found:
        assert (found.value is None) == (found.sure is Sureness.IN_DOUBT)
        assert found.page <= 3
        assert found.line <= len(lines)


TARGETS: Mapping[str, Target] = {
    "mime": parse_mail,
    "zip": take_apart,
    "docx": lay_open,
    "odt": lay_open,
    "sheets": lay_open,
    "rtf": lay_open,
    "doc": lay_open,
    "html": lay_open,
    "image": lay_open,
    "msg": take_apart,
    "tnef": take_apart,
    "signed": take_apart,
    "covers": read_cover,
}
"""Add a name and a function of bytes, and below what it begins with."""

SEEDS: Mapping[str, Sequence[bytes]] = {
    "mime": [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))] + seeds.mails(),
    "zip": seeds.zips(),
    "docx": seeds.word_files(),
    "odt": seeds.open_documents(),
    "sheets": seeds.sheets(),
    "rtf": seeds.rich_texts(),
    "doc": seeds.old_files(),
    "html": [b"<html><body><p>Words</p><table><tr><td>x</td></tr></table></body></html>"],
    "image": seeds.images(),
    "msg": seeds.messages(),
    "tnef": seeds.winmails(),
    "signed": (sealed := seeds.sealed()) + [base64.encodebytes(sealed[0])],
    "covers": ["\f".join("\n".join(page) for page in made(n).pages).encode() for n in range(20)],
}
