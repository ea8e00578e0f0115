"""What the papers of a meeting state: its agenda, review by review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from secretariat.domain.notes_form import TITLE
from secretariat.domain.panel import Meeting
from secretariat.domain.papers import PaperKind
from secretariat.domain.post_in import Paper
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from secretariat.domain.written import in_full


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One review on an agenda.

    partnership: as shown, "" where a person must still say
    pseudonyms: those that the review shows, no other name
    pages: of the overview report that the Panel reads, 0 where they are not known
    received_on: the London day on which that report came
    """

    reference: Reference
    partnership: str
    local_reference: str
    pseudonyms: tuple[str, ...]
    pages: int
    received_on: date

    @property
    def heading(self) -> str:
        """Return how the notes form heads its section: the reference first, it is read by that."""
        own = f"({self.local_reference})" if self.local_reference else ""
        return " ".join(filter(None, (str(self.reference), self.partnership, own)))


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting with its reviews in order."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]

    @property
    def title(self) -> str:
        """Return the title of the agenda."""
        return f"Agenda: Quality Assurance Panel, {in_full(self.meeting.held_on)}"

    @property
    def form_title(self) -> str:
        """Return the title of the notes form."""
        return f"{TITLE}, {in_full(self.meeting.held_on)}"


def agenda_item(review: Review, papers: Iterable[Paper]) -> AgendaItem:
    """Return the review as the agenda shows it; papers: all of the review's."""
    report = _report(papers)
    return AgendaItem(
        review.reference,
        review.parties.csp or review.facts.csp or "",
        review.facts.local_reference or "",
        review.facts.pseudonyms,
        (report.pages or 0) if report else 0,
        report.received_at.date() if report else review.received_on,
    )


def _report(papers: Iterable[Paper]) -> Paper | None:
    """Return the overview report of the latest submission, the newest of several."""
    reports = [
        paper for paper in papers if paper.kind == PaperKind.OVERVIEW_REPORT and not paper.set_aside
    ]
    return max(reports, key=lambda paper: (paper.submission, paper.received_at), default=None)
