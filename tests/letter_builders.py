"""What tests of letters share: the press, notes with facts, golden texts, an outbox."""

import io
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from docx import Document

from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.council import BodyType, Directory, PoliceArea, directory_of
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.ledger import Event
from secretariat.domain.letter import Letter
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.letter_facts import LetterStyle, facts_from, letter_from
from secretariat.domain.notes import lines_of, read_notes
from secretariat.domain.wording import ConfirmedWording
from secretariat.ports.mail import LineDropped, SendRefused
from secretariat.ports.secrecy import Sealing
from secretariat.stages.approval import Approval
from secretariat.stages.checking import Checking
from tests.builders import APPROVER, NOW, a_head, an_act

CORPUS: Final = Path(__file__).parent / "corpus"
TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
STYLE: Final = LetterStyle("2017", a_head())


def a_press(templates: Path = TEMPLATES, kept: Path | None = None, *, pdf: bool = False) -> Press:
    """Return a press; without LibreOffice unless `pdf`."""
    return Press(templates, kept, soffice=None if pdf else "")


def a_letter_check(register: Database, vault: Vault, *, sealing: Sealing | None = None) -> Checking:
    """Return the check of letters that the office of `STYLE` writes."""
    head = STYLE.head
    return Checking(register.reading, a_press(), vault, lambda _generation: head, sealing=sealing)


def vouch_for_wording(approval: Approval, letter: Letter) -> None:
    """Confirm every sentence of the letter that its pack's manifest marks."""
    for mark in approval.marks(letter):
        said = ConfirmedWording(mark.generation, mark.name, mark.text_hash, APPROVER, NOW)
        with approval.open_register() as pen:
            pen.confirm_wording(said, an_act(what=Event.WORDING_CONFIRMED))


def content_of(case: str, generation: str = "2017") -> LetterContent:
    """Return the letter of a case in tests/corpus/notes, such as "kent-dhr15"."""
    notes = read_notes(lines_of((CORPUS / "notes" / f"{case}.md").read_text()))
    (section,) = notes.sections
    assert not notes.faults
    facts = tomllib.loads((CORPUS / "notes" / f"{case}.toml").read_text())
    return letter_from(section, replace(facts_from(facts), generation=generation))


def golden_cases() -> list[tuple[str, str]]:
    """Return every (generation, case) with a text in tests/corpus/letters."""
    found = (CORPUS / "letters").glob("*/*.txt")
    return sorted((path.parent.name, path.stem) for path in found)


def golden(case: str, generation: str = "2017") -> list[str]:
    """Return the paragraphs of a text in tests/corpus/letters.

    A transcript's `<u>`, its line breaks in a paragraph and the gaps among its bullets
    do not count.
    """
    text = (CORPUS / "letters" / generation / f"{case}.txt").read_text()
    plain = re.sub(r"\n(?= *- )", "\n\n", re.sub(r"</?u>", "", text))
    paragraphs = (re.sub(r"\s*\n\s*", " ", each.strip("\n")) for each in plain.split("\n\n"))
    return [each for each in paragraphs if each.strip()]


def styles_in(docx: bytes) -> dict[str, str]:
    """Return the name of the style of each paragraph of a Word file, by its text."""
    return {each.text: each.style.name for each in Document(io.BytesIO(docx)).paragraphs}


def a_directory() -> Directory:
    """Return a directory with the police area of Anyshire alone."""
    title = "Police and Crime Commissioner for Anyshire"
    return directory_of((), (), (PoliceArea("E23000099", "Anyshire", BodyType.PCC, title),))


class OutboxFull(SendRefused, OutOfOrder):
    """Nothing left: the disk is full."""


@dataclass
class RememberingOutbox:
    """An outbox that remembers; it is full, refuses or drops the line as often as it is told."""

    full: int = 0
    refuses: int = 0
    drops: int = 0
    left: list[tuple[str, bytes]] = field(default_factory=list)

    def send(self, raw: bytes, message_id: str) -> None:
        if self.full:
            self.full -= 1
            raise OutboxFull("there is no room")
        if self.refuses:
            self.refuses -= 1
            raise SendRefused("550 no such mailbox")
        self.left.append((message_id, raw))
        if self.drops:
            self.drops -= 1
            raise LineDropped("the line dropped")

    def sent(self, message_id: str) -> bool:
        return any(each == message_id for each, _ in self.left)
