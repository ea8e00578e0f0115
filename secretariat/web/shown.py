"""How values of the field are shown: tags, timeline entries, page numbers, names of facts."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from secretariat.domain.chase import ChaseState
from secretariat.domain.ledger import SYSTEM, Entry
from secretariat.domain.letter import Fact, Letter, LetterStatus
from secretariat.domain.meeting_progress import Reached
from secretariat.domain.papers import FACTS, Facts
from secretariat.domain.post_in import ReceivedMail
from secretariat.domain.publication import Finding
from secretariat.domain.review import Status
from secretariat.domain.written import in_full

UNDERWAY: Final = (
    Status.RECEIVED,
    Status.WITH_PANEL,
    Status.CONSIDERED,
    Status.RESUBMISSION_AWAITED,
    Status.PUBLICATION_AWAITED,
)
COLOURS: Final[dict[str, str]] = {
    Status.RECEIVED: "blue",
    Status.WITH_PANEL: "purple",
    Status.CONSIDERED: "purple",
    Status.RESUBMISSION_AWAITED: "orange",
    Status.PUBLICATION_AWAITED: "yellow",
    Status.PUBLISHED: "green",
    LetterStatus.DRAFT: "yellow",
    LetterStatus.APPROVED: "blue",
    LetterStatus.SENDING: "orange",
    LetterStatus.SENT: "green",
    LetterStatus.NOT_DELIVERED: "red",
    Reached.NOTES_AWAITED: "blue",
    Reached.TO_BE_DRAFTED: "orange",
    Reached.TO_BE_CHECKED: "yellow",
    Reached.TO_BE_APPROVED: "purple",
    Finding.LETTER_MISSING: "orange",
    Finding.UNCHANGED: "orange",
    Finding.UNSURE: "yellow",
    Finding.ANOTHER_REPORT: "red",
    Finding.NOT_FOUND: "red",
    Finding.SITE_DOWN: "red",
    Finding.PUBLISHED: "green",
    ChaseState.DUE: "blue",
    ChaseState.PAUSED: "orange",
    ChaseState.SPENT: "red",
}

FACT_NAMES: Final = dict(
    zip(
        (*FACTS, "review_kind", "councils", "version"),
        (
            "Partnership, as written",
            "Pseudonyms",
            "Council's own reference",
            "Date of death",
            "Author",
            "Panel chair",
            "Date of this version",
            "Kind of review",
            "Councils named",
            "What it calls itself",
        ),
        strict=True,
    )
)


class Told(NamedTuple):
    """One entry of a timeline."""

    label: str
    by: str
    at: datetime
    text: str
    wording: str | None


def colour(status: str) -> str:
    """Return the colour of a status's tag; grey for one that asks for nothing."""
    return COLOURS.get(status, "grey")


def timeline(entries: Sequence[Entry]) -> list[Told]:
    """Return a ledger's entries as staff read them, the newest first."""
    return [
        Told(str(one.what).capitalize(), one.who or SYSTEM, one.at, one.why, one.wording)
        for one in reversed(entries)
    ]


def mail_title(mail: ReceivedMail) -> str:
    """Return what a mail is called on pages: its subject, unless that may hold a password."""
    return "Mail with a password" if mail.secret else mail.subject or "Mail without a subject"


def facts_shown(facts: Facts) -> list[tuple[str, str, str]]:
    """Return (field, name, value) of each fact; the value is "" where a person must say it."""
    return [(field, name, fact_text(facts, field)) for field, name in FACT_NAMES.items()]


def fact_text(facts: Facts, field: str) -> str:
    """Return one fact as text, pseudonyms with commas between them."""
    value = getattr(facts, field)
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def stated(letter: Letter, fact: Fact) -> str:
    """Return what the letter states of one fact, for the person who is to confirm it."""
    content = letter.content
    known: dict[Fact, str] = {
        Fact.CSP: content.area,
        Fact.ADDRESSEE: " ".join(
            part for part in (content.addressee.title, content.addressee.first) if part
        )
        + f" {content.addressee.last}, {content.addressee.organisation}",
        Fact.RECIPIENTS: ", ".join(
            (letter.to or "not known", *(copy.to for copy in letter.copies))
        ),
        Fact.PSEUDONYMS: ", ".join(content.pseudonyms) or "none",
        Fact.REFERENCE: content.local_reference or "none",
        Fact.MEETING_DATE: in_full(content.meeting_date) if content.meeting_date else "none",
    }
    return known[fact].strip(" ,")


def pagination(page: int, pages: int, address: Callable[[int], str]) -> dict[str, Any] | None:
    """Return what GOV.UK's pagination takes, or None for a single page."""
    if pages < 2:
        return None
    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == page})
    shown: dict[str, Any] = {"items": items}
    if page > 1:
        shown["previous"] = {"href": address(page - 1)}
    if page < pages:
        shown["next"] = {"href": address(page + 1)}
    return shown
