"""What a council's page says when it is not the report itself, and where it leads on.

Web addresses and wording of pages are read here as plain text; the page was turned into
text elsewhere, in a process apart.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

MOST_MARKUP: Final = 1_000_000
MOST_LINKS: Final = 10
LONGEST_TAG: Final = 2_000
LONGEST_WORDING: Final = 300
SHORT_PAGE: Final = 400
_HREF: Final = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_DOCUMENT: Final = re.compile(r"\.(?:pdf|docx|odt)$", re.IGNORECASE)
_PROMISING: Final = re.compile(
    r"homicide|\bdhr|dardr|domestic abuse related|overview|executive summary|feedback|letter"
    r"|\breport\b|download|\bpdf\b",
    re.IGNORECASE,
)


class Absence(StrEnum):
    """What a page says that stands where a report should stand; the values are for staff."""

    SOFT_404 = "the page says that it cannot be found"
    AWAITING = "the page says that the report is still to be published"
    ROBOTS = "the page lets no robots in"


_SAID: Final = (
    (
        Absence.ROBOTS,
        r"verify (?:that )?you are (?:a )?human|are you a robot|captcha|checking your browser"
        r"|enable javascript and cookies to continue|access denied|request blocked",
        True,
    ),
    (
        Absence.SOFT_404,
        r"page (?:you (?:requested|are looking for|were looking for) )?(?:was |is |has )?"
        r"(?:not (?:been )?found|no longer (?:available|exists?)|cannot be found|can't be found"
        r"|could ?n.t be found|does ?n.t exist|does not exist|been (?:re)?moved)"
        r"|(?:can.t|cannot|could ?n.t|could not) find (?:the|that|this) page|\b(?:error )?404\b",
        True,
    ),
    (
        Absence.AWAITING,
        r"await(?:s|ing) (?:publication|home office|approval|quality assurance)"
        r"|(?:not|n't) (?:yet )?(?:been )?(?:published|available)|yet to be published"
        r"|(?:will|due to|is to|to) be (?:published|available|added)|publication (?:is )?pending"
        r"|coming soon",
        False,
    ),
)


@dataclass(frozen=True, slots=True)
class Lead:
    """A link on a page that may lead to a paper, with the wording it stands under."""

    url: str
    wording: str


def said_instead(text: str) -> Absence | None:
    """Return what a page without the report says in its place, or None.

    Robots and soft 404s are told by short pages only: a long one mentions them in passing.
    """
    plain = " ".join(text.split()).replace("’", "'").casefold()
    short = plain.count(" ") < SHORT_PAGE
    return next(
        (
            said
            for said, wording, briefly in _SAID
            if (short or not briefly) and re.search(wording, plain)
        ),
        None,
    )


def leads_on(markup: str, base: str, names: Sequence[str] = ()) -> tuple[Lead, ...]:
    """Return at most ten links of a page to papers of the same host.

    Those that bear one of `names` (a local reference, a pseudonym) come first, then files.
    """
    found: dict[str, Lead] = {}
    for piece in re.split(r"<a(?=\s)", markup[:MOST_MARKUP], flags=re.IGNORECASE)[1:]:
        lead = _lead(piece, base)
        if lead is not None:
            found.setdefault(lead.url, lead)
    wanted = [_plain(name) for name in names if name]

    def rank(lead: Lead) -> tuple[bool, bool]:
        borne = _plain(f"{lead.wording} {lead.url}")
        return not any(name in borne for name in wanted), not _is_file(lead.url)

    return tuple(sorted(found.values(), key=rank)[:MOST_LINKS])


def same_host(one: str, other: str) -> bool:
    """Say whether two addresses are of one host and port, "www." aside."""
    return _host(one) == _host(other) != ("", None)


def _lead(piece: str, base: str) -> Lead | None:
    tag, _, after = piece.partition(">")
    href = _HREF.search(tag[:LONGEST_TAG])
    if href is None:
        return None
    wording = html.unescape(_TAG.sub(" ", after.partition("</a")[0][:LONGEST_WORDING]))
    written = html.unescape(href[1] or href[2] or href[3] or "")
    try:
        url = urldefrag(urljoin(base, written.strip())).url
        fits = urlsplit(url).scheme in ("http", "https") and same_host(url, base)
    except ValueError:
        return None
    if not fits or url == urldefrag(base).url:
        return None
    promising = _is_file(url) or _PROMISING.search(wording) or _PROMISING.search(url)
    return Lead(url, " ".join(wording.split())) if promising else None


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _is_file(url: str) -> bool:
    return bool(_DOCUMENT.search(urlsplit(url).path))


def _host(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.port
