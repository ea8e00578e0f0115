"""On which page of an OpenDocument text a paragraph lies: told by styles and by marks in it.

A style may begin a page or end one.  Where a program laid a page full it may leave a mark (a soft
page break); a page that a style begins and that is marked as well is one page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.office_xml import attribute, local

PARAGRAPHS: Final = frozenset({"p", "h"})
MARK: Final = "soft-page-break"
MOST_PARENTS: Final = 50
INSIDE: Final = frozenset({"table-cell", "text-box", "note-body", "annotation"})


@dataclass(frozen=True, slots=True)
class Breaks:
    """The names of the paragraph styles that begin a page, and of those that end theirs."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


def breaks_of(*roots: etree._Element | None) -> Breaks:
    """Return those of a document's parts, what stands in the first part before all others."""
    styles: dict[str, etree._Element] = {}
    for root in roots:
        for style in root.iter("{*}style") if root is not None else ():
            if attribute(style, "family") == "paragraph":
                styles.setdefault(attribute(style, "name") or "", style)
    return Breaks(
        frozenset(name for name in styles if _breaks(styles, name, "break-before")),
        frozenset(name for name in styles if _breaks(styles, name, "break-after")),
    )


@dataclass(slots=True)
class Turning:
    """Turns the pages while a text is gone through, element by element.

    page: from 1; begun: a paragraph lies on it; ended: a style said that nothing more does
    """

    breaks: Breaks = field(default_factory=Breaks)
    page: int = 1
    begun: bool = False
    ended: bool = False

    def meet(self, element: etree._Element) -> None:
        """Turn the page where this element begins another."""
        tag = local(element)
        if tag == MARK and not _leads(element):
            self.page += 1
            self.begun = self.ended = False
        elif tag in PARAGRAPHS:
            self._meet_paragraph(element)

    def _meet_paragraph(self, element: etree._Element) -> None:
        style = attribute(element, "style-name") or ""
        free = not _is_inside(element)
        turns = free and (self.ended or style in self.breaks.before)
        first = next(iter(element), None)
        if self.begun and (turns or (first is not None and local(first) == MARK and _leads(first))):
            self.page += 1
            self.ended = False
        self.begun = True
        self.ended = self.ended or (free and style in self.breaks.after)


def _leads(mark: etree._Element) -> bool:
    """Say whether a mark stands before the words of its paragraph, which begins the page."""
    paragraph = mark.getparent()
    if paragraph is None or local(paragraph) not in PARAGRAPHS or mark.getprevious() is not None:
        return False
    return not (paragraph.text or "").strip()


def _is_inside(element: etree._Element) -> bool:
    """Say whether a paragraph lies in a table, box or note, where no style breaks the page."""
    return any(local(each) in INSIDE for each in element.iterancestors())


def _breaks(styles: Mapping[str, etree._Element], name: str, which: str) -> bool:
    """Say whether a style, or the next of its parents that says so, breaks the page."""
    for _ in range(MOST_PARENTS):
        style = styles.get(name)
        if style is None:
            return False
        looks = style.find("{*}paragraph-properties")
        said = attribute(looks, which) if looks is not None else None
        if said is None and which == "break-before" and attribute(style, "master-page-name"):
            said = "page"  # Another kind of page can only begin on a new one.
        if said is not None:
            return said == "page"
        name = attribute(style, "parent-style-name") or ""
    return False
