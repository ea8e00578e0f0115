"""Checking: a made letter against the register, the configuration and the report itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from secretariat.domain.kept_names import SHUT, KeptNames
from secretariat.domain.letter_check import Known, faults_of, gaps_in, strangers_in
from secretariat.domain.letter_content import LetterContent, LetterHead
from secretariat.domain.letter_names import first_word, stands_in, words_in
from secretariat.domain.letter_refs import Cited, cited_in, places_in, report_seen
from secretariat.domain.papers import PaperAltered, PaperKind, PaperMissing
from secretariat.domain.post_in import Paper
from secretariat.domain.reference import Reference
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenReading, Reading
from secretariat.ports.secrecy import NotOpened, Sealing

Pseudonyms = Mapping[str, Sequence[tuple[str, Reference]]]


@dataclass(frozen=True, slots=True)
class References:
    """The places that a letter refers to.

    report: the name of the version looked into, "" without any; readable: its text is at hand
    """

    report: str
    readable: bool
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Checking:
    """Changes nothing; it only reads.

    head_of: who writes letters of a generation, from the configuration
    mail_addresses: further ones that letters may give, from the configuration
    pseudonyms: of every review by their first words, where they were asked for already
    sealing: opens the real names kept for a review; None where no key is configured
    """

    open_reading: OpenReading
    press: Letterpress
    vault: Vault
    head_of: Callable[[str], LetterHead]
    mail_addresses: tuple[str, ...] = ()
    pseudonyms: Pseudonyms | None = None
    sealing: Sealing | None = None

    def for_many(self) -> Self:
        """Return the check for several letters in a row: pseudonyms are asked for once."""
        with self.open_reading() as register:
            return replace(self, pseudonyms=_by_first_word(register.pseudonyms()))

    def faults(self, reference: Reference, content: LetterContent, docx: bytes) -> tuple[str, ...]:
        """Return what must not stand in the letter.

        A name that another review uses too is nobody's fault where this review's report
        has it: reports are looked into only when such a name was found.
        """
        return self._faults(reference, content, docx)[0]

    def hindrances(
        self, reference: Reference, content: LetterContent, docx: bytes
    ) -> tuple[str, ...]:
        """Return the faults, and what is still to be filled in or opened before it is approved."""
        faults, shut = self._faults(reference, content, docx)
        return (*faults, *((SHUT,) if shut else ()), *gaps_in(content))

    def _faults(
        self, reference: Reference, content: LetterContent, docx: bytes
    ) -> tuple[tuple[str, ...], bool]:
        """Return the faults, and whether names are kept for the review that cannot be opened."""
        paragraphs = self.press.paragraphs(docx)
        with self.open_reading() as register:
            names, shut = self._real_names(register.kept_names(reference))
            known = self._known(register, reference, content, paragraphs)
            known = replace(known, real_names=names)
            strangers = strangers_in(content, paragraphs, known)
            papers = register.papers(reference) if strangers else ()
        if strangers:
            theirs = self._in_the_report(strangers, papers)
            known = replace(known, pseudonyms=(*known.pseudonyms, *theirs))
        return faults_of(content, paragraphs, known), shut

    def _real_names(self, kept: tuple[KeptNames, ...]) -> tuple[tuple[str, ...], bool]:
        """Return the names that a key opens, and whether others are kept beside them."""
        names: list[str] = []
        shut = False
        for one in kept:
            try:
                names += self.sealing.unseal(one.sealed).split("\n") if self.sealing else ()
            except NotOpened:
                shut = True
        return tuple(names), shut or (bool(kept) and self.sealing is None)

    def references(self, reference: Reference, content: LetterContent) -> References:
        """Look up every place that the letter refers to in the version that the Panel saw."""
        with self.open_reading() as register:
            report = report_seen(register.papers(reference), content.version_sha256)
        text = self._text(report) if report and report.text else ""
        places = places_in(text, (report.pages if report else 0) or 0) if text.strip() else None
        named = content.version_named or (report.name if report else "")
        return References(named, bool(text.strip()), cited_in(content, places))

    def _known(
        self,
        register: Reading,
        reference: Reference,
        content: LetterContent,
        paragraphs: tuple[str, ...],
    ) -> Known:
        every = self.pseudonyms
        if every is None:
            every = _by_first_word(register.pseudonyms())
        said = " ".join((*paragraphs, *content.pseudonyms, content.case_words))
        return Known(
            head=self.head_of(content.generation),
            mail_addresses=self.mail_addresses,
            pseudonyms=register.review(reference).facts.pseudonyms,
            others=_others(every, said, reference),
        )

    def _in_the_report(self, names: tuple[str, ...], papers: tuple[Paper, ...]) -> tuple[str, ...]:
        kept = [paper for paper in papers if paper.kind == PaperKind.OVERVIEW_REPORT]
        texts = [self._text(paper) for paper in kept if paper.text and not paper.set_aside]
        return tuple(name for name in names if any(stands_in(name, text) for text in texts))

    def _text(self, paper: Paper) -> str:
        try:
            return self.vault.open(paper.text).decode("utf-8", errors="replace")
        except (PaperMissing, PaperAltered):
            return ""


def _by_first_word(every: tuple[tuple[Reference, tuple[str, ...]], ...]) -> Pseudonyms:
    found: dict[str, list[tuple[str, Reference]]] = {}
    for where, names in every:
        for name in names:
            found.setdefault(first_word(name), []).append((name, where))
    return found


def _others(every: Pseudonyms, said: str, reference: Reference) -> Mapping[str, Reference]:
    """Return the other reviews' pseudonyms of which the first word is said; the oldest's."""
    found: dict[str, Reference] = {}
    for word in words_in(said):
        for name, where in every.get(word, ()):
            if where != reference:
                found.setdefault(name, where)
    return found
