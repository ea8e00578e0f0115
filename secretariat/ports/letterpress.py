"""Where a letter becomes paper, and a covering mail words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from secretariat.domain.errors import SecretariatError
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.wording import Mark


class TemplateBroken(SecretariatError):
    """A template cannot be used; each of `faults` names the paragraph or line."""

    def __init__(self, template: str, faults: tuple[str, ...]) -> None:
        self.template, self.faults = template, faults
        super().__init__(f"the template {template} cannot be used: {'; '.join(faults)}")


class ValueRefused(SecretariatError):
    """What is to stand in a letter or mail holds signs that would not come out as they are."""


class LetterLacks(ValueRefused):
    """A letter that bears its day is not complete; each of `reasons` is a plain sentence."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__(f"the letter is not complete: {'; '.join(reasons)}")


class PressFailed(SecretariatError):
    """The letter came out otherwise than it was written, or its PDF could not be made."""


@dataclass(frozen=True, slots=True)
class Paperwork:
    """A letter on paper.

    docx: the Word file; pdf: None without LibreOffice
    template: SHA-256 of the pack it was made with, its Word template and its manifest
    """

    docx: bytes
    pdf: bytes | None
    template: str


class Letterpress(Protocol):
    """Word templates, mail templates, PDF and preview."""

    def print(self, content: LetterContent, *, pdf: bool = True) -> Paperwork:
        """Return the letter; raise TemplateBroken, ValueRefused or PressFailed with a sentence.

        A letter that bears its day must be complete, else LetterLacks; a draft need not be.
        """

    def generations(self) -> tuple[str, ...]:
        """Return the names of the template packs, in their order."""

    def marks(self, content: LetterContent) -> tuple[Mark, ...]:
        """Return the wording of its pack that this letter uses and that is marked to be confirmed.

        What is open about the whole pack is among it; empty where the pack cannot be used at all.
        """

    def lacking(self, content: LetterContent) -> tuple[str, ...]:
        """Return why the letter cannot leave as it is, one plain sentence each."""

    def odd(self, content: LetterContent) -> tuple[str, ...]:
        """Return what is odd about the letter, such as its days; nothing is barred by it."""

    def preview(self, docx: bytes) -> str:
        """Return safe HTML made from the very Word file."""

    def paragraphs(self, docx: bytes) -> tuple[str, ...]:
        """Return the text of the letter, paragraph by paragraph, header block first."""

    def word(self, template: str, values: Mapping[str, object]) -> tuple[str, str]:
        """Return (subject, body) of a mail from templates/mail/<template>.txt.j2."""
