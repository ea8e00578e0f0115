"""A paper that a council sent: what it is, what its front page states, what barred the reading."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from secretariat.domain.errors import OutOfOrder, SecretariatError
from secretariat.domain.flags import Flag
from secretariat.domain.found import Found

WORD: Final = re.compile(r"[a-z0-9]+")
FEWEST_WORDS: Final = 20


class PaperKind(StrEnum):
    """What a paper is, by its own title.  The values are what staff see and the register keeps."""

    OVERVIEW_REPORT = "overview report"
    EXECUTIVE_SUMMARY = "executive summary"
    ACTION_PLAN = "action plan"
    APPENDIX = "appendix"
    LETTER = "letter"
    OTHER = "other"


class ReadingStatus(StrEnum):
    """How far the reading came.  Only `TEXT` means that the words of the paper were seen."""

    TEXT = "text"
    NO_TEXT = "no text"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    UNSUPPORTED = "unsupported"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the front page states; None where it does not state it.

    csp: the partnership's name as written, not yet matched against the directory
    pseudonyms: how the paper names those who died, in its order, without quotation marks
    local_reference: the council's own number as written, such as "DHR15" or "Case 20"
    date_of_death, version_date: as precise as stated: "2019", "2019-04" or "2019-04-07"
    author, chair: the name with an academic or honorary title and honours, as staff write it
    councils: the councils that commissioned it, as written, where it names several or no CSP
    review_kind: a word of `ReviewKind`
    version: what the paper calls itself, such as "Final" or "Version 2.1"
    """

    csp: str | None = None
    pseudonyms: tuple[str, ...] = ()
    local_reference: str | None = None
    date_of_death: str | None = None
    author: str | None = None
    chair: str | None = None
    version_date: str | None = None
    councils: tuple[str, ...] = ()
    review_kind: str | None = None
    version: str | None = None


FACTS = (
    "csp",
    "pseudonyms",
    "local_reference",
    "date_of_death",
    "author",
    "chair",
    "version_date",
)


def missing(facts: Facts) -> tuple[str, ...]:
    """Return the names of the facts that a person must say, in the order of `FACTS`."""
    return tuple(name for name in FACTS if not getattr(facts, name))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper as it lies on the page.

    page: counts from 1
    size: height of the letters in points; 0 where the file does not say
    y: points below the top of the page, or the line's place where the file has no pages
    edge: stands in a page header or footer, so it is no title
    """

    text: str
    page: int = 1
    size: float = 0.0
    y: float = 0.0
    bold: bool = False
    edge: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper laid open: its first pages as lines, its whole text, and what was noticed.

    pages: 0 where the file does not know its pages
    lines: of the first three pages only
    text: of the whole paper, "" where only its front pages were read
    flags: what a quick reading noticed
    needs: the name of a program that must turn the file into text first, "" for none
    """

    pages: int
    lines: tuple[Line, ...]
    text: str
    warnings: tuple[str, ...] = ()
    status: ReadingStatus = ReadingStatus.TEXT
    flags: tuple[Flag, ...] = ()
    needs: str = ""


def fingerprint(lines: Iterable[Line]) -> str:
    """Return the SHA-256 of the words of a paper's first pages, whatever their layout.

    Headers and footers do not count; "" for fewer than 20 words, which many papers share.
    """
    words = [word for line in lines if not line.edge for word in WORD.findall(line.text.casefold())]
    if len(words) < FEWEST_WORDS:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper after reading; a paper that could not be read is such a value too.

    warnings: sentences for staff
    text: the whole text, "" unless the status is `TEXT` and `whole`
    marking: a protective marking as printed, such as "OFFICIAL-SENSITIVE"
    found: each fact with where it was read, in the order of the paper
    flags: what staff should look at; a quick reading notices less than a look
    whole: False where only the front pages were read
    front: SHA-256 of the words of the front pages, the same for a PDF and its Word file where
        both have them; "" where there are none
    """

    status: ReadingStatus
    kind: PaperKind
    pages: int
    facts: Facts
    warnings: tuple[str, ...]
    sha256: str
    text: str = ""
    marking: str | None = None
    found: tuple[Found, ...] = ()
    flags: tuple[Flag, ...] = ()
    whole: bool = True
    front: str = ""


@dataclass(frozen=True, slots=True)
class NotesLine:
    """One paragraph of panel notes.

    number: counts from 1, empty paragraphs included, so that a person can find the line
    style: the Word style's name, such as "Heading 1" or "List Bullet"; "" in a text file
    level: depth in a list from 0; -1 for a paragraph that is in no list
    indent: how far it is moved in, in blanks, beside those with which `text` begins
    cell: (table, row, column), each from 1; () outside tables
    continues: it follows a line break inside a paragraph
    marks: what a person should see that the words do not show; see `NotesMark`
    seen: the first words with what was inserted and deleted, where changes are tracked
    """

    number: int
    text: str
    style: str = ""
    level: int = -1
    indent: int = 0
    cell: tuple[int, ...] = ()
    continues: bool = False
    marks: tuple[str, ...] = ()
    seen: str = ""


class NotesMark(StrEnum):
    """What hangs on a paragraph of notes beside its words."""

    TRACKED = "tracked changes"
    COMMENT = "a comment"
    HIDDEN = "hidden words"
    FOOTNOTE = "a footnote"


@dataclass(frozen=True, slots=True)
class Member:
    """One file taken out of a container; its name is a label, never a path to write to.

    media_type: "message/rfc822" for a mail, whatever container it came in; else "" or as claimed
    """

    name: str
    content: bytes
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of scanned pages as OCR reads them; pages: from the first one asked for."""

    pages: tuple[str, ...]


def as_json(read: ReadPaper) -> dict[str, object]:
    """Return what `secretariat read --json` prints; the text itself is left out."""
    facts = {name: getattr(read.facts, name) for name in FACTS}
    return {
        "status": read.status.value,
        "kind": read.kind.value,
        "pages": read.pages,
        "facts": facts | {"pseudonyms": list(read.facts.pseudonyms)},
        "warnings": list(read.warnings),
        "sha256": read.sha256,
        "review_kind": read.facts.review_kind,
        "councils": list(read.facts.councils),
        "version": read.facts.version,
        "marking": read.marking,
        "found": [asdict(each) for each in read.found],
        "flags": [asdict(each) for each in read.flags],
    }


class PaperMissing(SecretariatError):
    """The vault holds no paper with this SHA-256."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(f"the vault does not hold the paper {sha256}")


class PaperAltered(SecretariatError):
    """The file in the vault is not the paper that was kept there."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(f"the paper {sha256} in the vault was altered: restore it from a backup")


class VaultUnusable(OutOfOrder):
    """The vault's folder cannot be written or read; nothing half-written was left."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the vault cannot be used: {why}")


class VaultFull(VaultUnusable):
    """There is no room for the paper; nothing half-written was left."""

    def __init__(self) -> None:
        super().__init__("there is no room left on its disk")


class ScannerAway(SecretariatError):
    """The virus scanner is configured and does not answer; papers wait and are not opened."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the virus scanner does not answer ({why}): its papers wait")


class ContainerRefused(SecretariatError):
    """A container (zip) cannot be opened, or is not safe to open."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)
