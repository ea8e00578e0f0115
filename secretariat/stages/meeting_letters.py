"""The letters of a whole meeting: its papers, what each letter lacks, and who is to approve it.

Nothing here approves a letter: that is done one by one, by somebody who has read it.
"""

from dataclasses import dataclass

from secretariat.domain.meeting_papers import Agenda, agenda_item
from secretariat.ports.meeting_papers import MeetingPapers
from secretariat.ports.register import OpenReading


@dataclass(frozen=True, slots=True)
class MeetingLetters:
    """Reads meetings and what became of their reviews."""

    open_reading: OpenReading
    papers: MeetingPapers

    def agenda(self, number: int) -> bytes:
        """Return the agenda of a meeting as a Word file."""
        return self.papers.agenda(self._agenda(number))

    def notes_form(self, number: int) -> bytes:
        """Return the form for a meeting's notes as a Word file."""
        return self.papers.notes_form(self._agenda(number))

    def _agenda(self, number: int) -> Agenda:
        with self.open_reading() as register:
            meeting = register.meeting(number)
            items = tuple(
                agenda_item(register.review(reference), register.papers(reference))
                for reference in meeting.agenda
            )
        return Agenda(meeting, items)
