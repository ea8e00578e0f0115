"""A look at one link: what is fetched, read in the process apart, and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from secretariat.domain.landing import leads_on, same_host
from secretariat.domain.likeness import LikenessPolicy
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.publication import Finding
from secretariat.domain.verdict import Document, Seen, Sought, judge, seen_from_status
from secretariat.ports.pages import NeverFetched, NoAnswer, Page, Pages, TooMuch
from secretariat.ports.papers import Reader

MOST_FURTHER: Final = 100 * 2**20
UNREAD: Final = frozenset({ReadingStatus.NO_TEXT, ReadingStatus.LOCKED, ReadingStatus.TOO_LARGE})


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look saw, and the bytes it saw it in (b"" when nothing came)."""

    seen: Seen
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Look:
    """Looks at one link, without the register: `secretariat check` does nothing else."""

    pages: Pages
    reader: Reader
    policy: LikenessPolicy = field(default_factory=LikenessPolicy)

    def at(self, url: str, sought: Sought) -> Looked:
        """Fetch and judge one link without the register; faults of the site are findings too."""
        try:
            page = self.pages.fetch(url)
        except NeverFetched as fault:
            return Looked(Seen(Finding.REFUSED, str(fault), url))
        except TooMuch as fault:
            return Looked(Seen(Finding.UNSURE, str(fault), url))
        except NoAnswer as fault:
            return Looked(Seen(Finding.SITE_DOWN, str(fault), url))
        told = seen_from_status(page.status, page.url)
        if told is not None:
            return Looked(told, page.body)
        document = self._read(page)
        alone = judge(sought, (document,), self.policy)
        if alone.finding in (Finding.PUBLISHED, Finding.UNCHANGED) or not _is_html(page):
            return Looked(alone, page.body)
        further = self._further(page, sought.marks.cases)
        papers = [(document, page.body), *further]
        seen = judge(sought, [paper for paper, _ in papers], self.policy)
        body = next((body for paper, body in papers if paper.url == seen.url), page.body)
        return Looked(seen, body)

    def _read(self, page: Page) -> Document:
        """Return the words of what came; a paper is read in the process apart."""
        if _is_html(page):
            return Document(page.url, self.reader.text_of_html(_decoded(page.body)))
        name = page.url.partition("?")[0].rpartition("/")[2] or "paper"
        read = self.reader.read(page.body, name)
        return Document(page.url, read.text, readable=read.status not in UNREAD)

    def _further(self, page: Page, names: Sequence[str]) -> list[tuple[Document, bytes]]:
        """Fetch the papers that a page leads to on its own host; a broken link is passed over."""
        found: list[tuple[Document, bytes]] = []
        for lead in leads_on(_decoded(page.body), page.url, names):
            if sum(len(body) for _, body in found) > MOST_FURTHER:
                break
            try:
                paper = self.pages.fetch(lead.url)
            except (NeverFetched, NoAnswer):
                continue
            if paper.status == 200 and same_host(paper.url, page.url):
                found.append((self._read(paper), paper.body))
        return found


def _is_html(page: Page) -> bool:
    start = page.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        "html" in page.media_type and not start.startswith((b"%pdf", b"pk\x03\x04"))
    )


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
