"""The letterpress as the stages know it."""

from collections.abc import Mapping
from pathlib import Path

from secretariat.adapters.letterpress.filling import fill
from secretariat.adapters.letterpress.mails import MailWords
from secretariat.adapters.letterpress.packs import Packs
from secretariat.adapters.letterpress.paper import paper_of
from secretariat.adapters.letterpress.pdf import find_soffice
from secretariat.adapters.letterpress.preview import html_of, text_paragraphs
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.letter_wording import lacking, marks_of, oddities, values_of
from secretariat.domain.letter_words import doubts_about_day
from secretariat.domain.wording import Mark
from secretariat.ports.letterpress import LetterLacks, Paperwork, TemplateBroken


class Press:
    """Prints letters with the templates in a folder (its `letters` and `mail`).

    kept: a folder of the data folder, where good templates are kept; None keeps none
    soffice: where LibreOffice is; None where it is to be looked for, "" for without
    """

    def __init__(
        self, templates: Path, kept: Path | None = None, *, soffice: str | None = None
    ) -> None:
        """Nothing is read or started before it is needed."""
        self._packs = Packs(templates / "letters", kept / "letters" if kept else None)
        self._mails = MailWords(templates / "mail", kept / "mail" if kept else None)
        self._soffice = find_soffice() if soffice is None else soffice

    def print(self, content: LetterContent, *, pdf: bool = True) -> Paperwork:
        """Return the letter; raise TemplateBroken, LetterLacks, ValueRefused or PressFailed."""
        pack = self._packs.pack(content.generation)
        if content.letter_date and (reasons := lacking(content, pack.wording)):
            raise LetterLacks(reasons)
        docx = fill(pack.template, values_of(content, pack.wording), title=_title(content))
        made = paper_of(docx, self._soffice) if pdf and self._soffice else None
        return Paperwork(docx, made, pack.sha256)

    @property
    def makes_pdf(self) -> bool:
        """Whether LibreOffice is there to make PDFs; without it the Word file goes out."""
        return bool(self._soffice)

    def marks(self, content: LetterContent) -> tuple[Mark, ...]:
        """Return the marked wording that this letter uses; empty where its pack cannot be used."""
        try:
            return marks_of(content, self._packs.pack(content.generation).wording)
        except TemplateBroken:
            return ()

    def lacking(self, content: LetterContent) -> tuple[str, ...]:
        """Return why the letter cannot leave as it is, one plain sentence each."""
        try:
            return lacking(content, self._packs.pack(content.generation).wording)
        except TemplateBroken as broken:
            return (str(broken),)

    def odd(self, content: LetterContent) -> tuple[str, ...]:
        """Return what is odd about the letter, such as its days; nothing is barred by it."""
        wording = self._packs.pack(content.generation).wording
        return (*doubts_about_day(content), *oddities(content, wording))

    def preview(self, docx: bytes) -> str:
        """Return safe HTML made from the very Word file."""
        return html_of(docx)

    def paragraphs(self, docx: bytes) -> tuple[str, ...]:
        """Return the text paragraph by paragraph, header first; a point begins with "- "."""
        return text_paragraphs(docx)

    def word(self, template: str, values: Mapping[str, object]) -> tuple[str, str]:
        """Return (subject, body) of a mail from templates/mail/<template>.txt.j2."""
        return self._mails.word(template, values)

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the templates as they stand, each with its paragraph or line.

        A broken one is not in use: the last good version is.
        """
        letters = [
            f"{generation}: {fault}"
            for generation in self._packs.generations()
            for fault in self._packs.faults(generation)
        ]
        return (*letters, *self._mails.faults())

    def all_marks(self) -> tuple[Mark, ...]:
        """Return every mark of every pack that can be used, what is open for a pack first."""
        found: list[Mark] = []
        for generation in self._packs.generations():
            try:
                found += self._packs.pack(generation).marks()
            except TemplateBroken:
                continue
        return tuple(found)

    def unconfirmed(self) -> tuple[str, ...]:
        """Return the marks as lines: "2017 outcome-resubmit: …"."""
        return tuple(f"{mark.generation} {mark.name}: {mark.text}" for mark in self.all_marks())

    def generations(self) -> tuple[str, ...]:
        """Return the names of the packs, in their order."""
        return self._packs.generations()


def _title(content: LetterContent) -> str:
    """Return the file's title, which search and readers show: never with a pseudonym in it."""
    reference = content.local_reference
    named = any(name.casefold() in reference.casefold() for name in content.pseudonyms if name)
    place = content.area or ", ".join(content.partnerships[:1])
    case = f"{place} ({reference})" if reference and not named else place
    return " ".join(f"Home Office feedback letter: {case}".split()).removesuffix(":")
