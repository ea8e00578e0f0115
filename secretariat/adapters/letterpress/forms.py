"""The agenda of a meeting and the form for its notes, as Word files.

Whoever fills in the form keeps its headings: the notes are read by them.
"""

from collections.abc import Iterator
from typing import Final

from secretariat.adapters.letterpress.wordwriting import (
    Controls,
    paragraph,
    run,
    table,
    word_file,
)
from secretariat.domain import notes_form as form
from secretariat.domain.meeting_papers import Agenda, AgendaItem
from secretariat.domain.written import counted, in_full

COLUMNS: Final = ("No.", "Reference", "Partnership", "Pseudonyms", "Pages", "Received on")
WIDTHS: Final = (700, 1930, 2648, 1860, 1000, 1500)
NOT_KNOWN: Final = "not known"


class WordForms:
    """Writes the agenda and the notes form; nothing is kept."""

    def agenda(self, agenda: Agenda) -> bytes:
        """Return the agenda, one row for each review in order."""
        return word_file(_agenda(agenda), title=agenda.title)

    def notes_form(self, agenda: Agenda) -> bytes:
        """Return the form for the notes, one section for each review in order."""
        return word_file(_form(agenda), title=agenda.form_title)


def _agenda(agenda: Agenda) -> Iterator[str]:
    yield paragraph(run(agenda.title), "Title")
    meeting = agenda.meeting
    chair = f", chaired by {meeting.chair}" if meeting.chair else ""
    yield paragraph(run(f"The reports are considered {meeting.mode}{chair}."))
    yield paragraph(run("Reviews to be considered"), "Heading1")
    if not agenda.items:
        yield paragraph(run("Nothing is on the agenda yet."))
        return
    pages = sum(item.pages for item in agenda.items)
    told = f"{counted(len(agenda.items), 'review')}, {counted(pages, 'page')} of overview reports."
    yield paragraph(run(told))
    rows = [_row(number, item) for number, item in enumerate(agenda.items, start=1)]
    yield table(COLUMNS, rows, WIDTHS, called="Reviews to be considered, in order")
    yield paragraph("")


def _row(number: int, item: AgendaItem) -> tuple[str, ...]:
    partnership = item.partnership or NOT_KNOWN
    return (
        str(number),
        str(item.reference),
        f"{partnership} ({item.local_reference})" if item.local_reference else partnership,
        ", ".join(item.pseudonyms) or "none",
        str(item.pages) if item.pages else NOT_KNOWN,
        in_full(item.received_on),
    )


def _form(agenda: Agenda) -> Iterator[str]:
    controls = Controls()
    yield paragraph(run(agenda.form_title), "Title")
    for sentence in form.INTRODUCTION:
        yield paragraph(run(sentence))
    for place, item in enumerate(agenda.items):
        yield paragraph(run(item.heading), "Heading1", new_page=place > 0)
        yield from _section(controls, str(item.reference))


def _section(controls: Controls, about: str) -> Iterator[str]:
    def asking(asked: str, style: str = "") -> str:
        return paragraph(controls.asking(asked, asked.strip("[]"), f"{about} line"), style)

    def part(heading: str, *lines: str) -> Iterator[str]:
        yield paragraph(run(heading), "Heading2")
        yield controls.around("".join(lines), f"{heading}, {about}", f"{about} {heading}")

    def choice(heading: str, asked: str, choices: tuple[str, ...]) -> Iterator[str]:
        yield paragraph(run(heading), "Heading2")
        title, tag = f"{heading}, {about}", f"{about} {heading}"
        yield paragraph(controls.choosing(asked, choices, title, tag))

    yield from part(form.CONCLUSION, asking(form.ASK_CONCLUSION))
    points = asking(form.ASK_POINT, "ListBullet"), asking(form.ASK_BELOW, "ListBullet2")
    yield from part(form.POINTS, *points)
    yield from choice(form.OUTCOME, form.ASK_OUTCOME, form.OUTCOMES_OFFERED)
    yield from choice(form.RESUBMISSION, form.ASK_RESUBMISSION, form.ANSWERS_OFFERED)
    yield from part(form.TYPING_ERRORS, asking(form.ASK_TYPING_ERROR, "ListBullet"))
