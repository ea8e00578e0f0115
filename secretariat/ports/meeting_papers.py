"""Where a meeting's agenda and notes form become Word files."""

from typing import Protocol

from secretariat.domain.meeting_papers import Agenda


class MeetingPapers(Protocol):
    """Writes what the Panel has before it, as Word files."""

    def agenda(self, agenda: Agenda) -> bytes:
        """Return the agenda, one row for each review in order."""

    def notes_form(self, agenda: Agenda) -> bytes:
        """Return the form for the notes, one section for each review in order."""
