"""The facts of one letter beside the notes: from the register, or from a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from secretariat.domain.errors import Refused
from secretariat.domain.letter_content import (
    Addressee,
    Death,
    Delay,
    Grade,
    Greeting,
    LetterContent,
    LetterHead,
    LetterKind,
    MeetingMode,
    Naming,
    ReviewName,
)
from secretariat.domain.panel import Section
from secretariat.domain.review import Outcome

HEAD: Final = (
    "unit",
    "address",
    "telephone",
    "website",
    "signatory",
    "signatory_title",
    "reply_address",
)
PERSON: Final = ("title", "first", "last", "postnominals", "role", "organisation", "salutation")
UNNEEDED: Final = frozenset({"telephone", "signatory"})
TABLES: Final = frozenset({"head", "addressee", "others"})
KEYS: Final = TABLES | {
    "generation",
    "area",
    "local_reference",
    "pseudonyms",
    "meeting_date",
    "mode",
    "letter_date",
    "outcome",
    "regret",
    "copies",
    "kind",
    "review_name",
    "death",
    "delay",
    "delay_words",
    "partnerships",
    "article",
    "naming",
    "case_words",
    "date_as_written",
    "numbered",
    "outcome_words",
    "grade",
    "asks",
    "replaces",
    "version_named",
    "version_sha256",
}
NOT_COPIED: Final = frozenset({"outcome", "copies"})
Choice = TypeVar("Choice", bound=StrEnum)


class FactsRefused(Refused):
    """The facts of a letter are incomplete or misspelt; every fault is told at once."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter needs beside the notes.

    generation: the template pack; none is presumed
    copies: the titles of the offices that get a copy
    outcome: only where the notes do not say it
    The others as in LetterContent.
    """

    head: LetterHead
    addressee: Addressee
    area: str
    generation: str
    local_reference: str = ""
    pseudonyms: tuple[str, ...] = ()
    meeting_date: date | None = None
    mode: MeetingMode = MeetingMode.MEETING
    letter_date: date | None = None
    outcome: Outcome | None = None
    regret: bool = True
    copies: tuple[str, ...] = ()
    kind: LetterKind = LetterKind.FIRST
    review_name: ReviewName = ReviewName.DHR
    death: Death = Death.UNSAID
    delay: Delay = Delay.STRONG
    delay_words: str = ""
    others: tuple[Addressee, ...] = ()
    partnerships: tuple[str, ...] = ()
    article: str = ""
    naming: Naming = Naming.IN_BRACKETS
    case_words: str = ""
    date_as_written: str = ""
    numbered: bool = False
    outcome_words: str = ""
    grade: Grade | None = None
    asks: tuple[str, ...] = ()
    replaces: date | None = None
    version_named: str = ""
    version_sha256: str = ""


@dataclass(frozen=True, slots=True)
class LetterStyle:
    """How letters are written now, from the configuration.

    regret: whether a draft begins with the regret for the delay; delay: how it is put
    asks: what is asked of councils, () for what is usual in the pack
    dac_copy: whether the Domestic Abuse Commissioner gets a copy
    """

    generation: str
    head: LetterHead
    regret: bool = True
    delay: Delay = Delay.STRONG
    asks: tuple[str, ...] = ()
    dac_copy: bool = False


def letter_from(section: Section, facts: LetterFacts) -> LetterContent:
    """Return the letter that these notes and facts make; raise FactsRefused without an outcome."""
    outcome = section.outcome or facts.outcome
    if outcome is None:
        raise FactsRefused("neither the notes nor the facts say what the Panel decided (outcome)")
    same = {
        each.name: getattr(facts, each.name)
        for each in fields(LetterFacts)
        if each.name not in NOT_COPIED
    }
    return LetterContent(
        **same,
        outcome=outcome,
        copy_offices=facts.copies,
        conclusion=section.conclusion,
        conclusion_lines=section.conclusion_lines,
        points=section.points,
    )


def facts_from(table: Mapping[str, object]) -> LetterFacts:
    """Return the facts that a file states; raise FactsRefused with every fault in it.

    The generation is "" where the file names none.
    """
    said = _Said(table, "")
    said.unknown(KEYS)
    head, person = said.table("head"), said.table("addressee")
    head.unknown(frozenset(HEAD))
    others = said.tables("others")
    facts = LetterFacts(
        head=LetterHead(*(head.words(key, needed=key not in UNNEEDED) for key in HEAD)),
        addressee=_person(person),
        others=tuple(_person(other) for other in others),
        area=said.words("area"),
        partnerships=said.several("partnerships"),
        article=said.words("article"),
        generation=said.words("generation"),
        **_case(said),
        **_letter(said),
    )
    if not (facts.area or facts.partnerships or facts.case_words):
        said.faults.append("area: must be said, or the partnerships")
    every = (said, head, person, *others)
    if faults := tuple(fault for each in every for fault in each.faults):
        raise FactsRefused(*faults)
    return facts


def _case(said: "_Said") -> dict[str, Any]:
    """Return what is said of the case and of how the Panel considered it."""
    return {
        "local_reference": said.words("local_reference"),
        "pseudonyms": said.several("pseudonyms"),
        "naming": said.choice("naming", Naming) or Naming.IN_BRACKETS,
        "case_words": said.words("case_words"),
        "death": said.choice("death", Death) or Death.UNSAID,
        "review_name": said.choice("review_name", ReviewName) or ReviewName.DHR,
        "meeting_date": said.day("meeting_date"),
        "date_as_written": said.words("date_as_written"),
        "mode": said.choice("mode", MeetingMode) or MeetingMode.MEETING,
        "version_named": said.words("version_named"),
        "version_sha256": said.words("version_sha256"),
    }


def _letter(said: "_Said") -> dict[str, Any]:
    """Return what is said of the letter itself."""
    return {
        "kind": said.choice("kind", LetterKind) or LetterKind.FIRST,
        "letter_date": said.day("letter_date"),
        "replaces": said.day("replaces"),
        "regret": said.switch("regret", usual=True),
        "delay": said.choice("delay", Delay) or Delay.STRONG,
        "delay_words": said.words("delay_words"),
        "numbered": said.switch("numbered", usual=False),
        "outcome": said.choice("outcome", Outcome),
        "outcome_words": said.words("outcome_words"),
        "grade": said.choice("grade", Grade),
        "asks": said.several("asks"),
        "copies": said.several("copies"),
    }


def _person(said: "_Said") -> Addressee:
    said.unknown(frozenset({*PERSON, "address_lines", "greeting"}))
    return Addressee(
        **{key: said.words(key) for key in PERSON},
        address_lines=said.several("address_lines"),
        greeting=said.choice("greeting", Greeting) or Greeting.BY_TITLE,
    )


@dataclass(slots=True)
class _Said:
    """One table of the file; faults gather while it is read."""

    told: Mapping[str, object]
    name: str
    faults: list[str] = field(default_factory=list)

    def unknown(self, known: frozenset[str]) -> None:
        """Tell of keys that nobody asks for."""
        self.faults += [
            f"{self.name}{key}: there is no such fact" for key in self.told.keys() - known
        ]

    def table(self, key: str) -> "_Said":
        """Return a table in this one, an empty one where there is none."""
        told = self.told.get(key, {})
        if isinstance(told, Mapping):
            return _Said(told, f"{key}.")
        self.faults.append(f"{key}: must be a table")
        return _Said({}, f"{key}.")

    def tables(self, key: str) -> tuple["_Said", ...]:
        told = self.told.get(key, [])
        if isinstance(told, list) and all(isinstance(each, Mapping) for each in told):
            return tuple(_Said(each, f"{key}.") for each in told)
        self.faults.append(f"{key}: must be tables")
        return ()

    def words(self, key: str, *, needed: bool = False) -> str:
        """Return what a key says, "" for nothing; needed: nothing is a fault then."""
        told = self.told.get(key, "")
        if not isinstance(told, str):
            self._fault(key, "must be words in quotation marks")
            return ""
        if needed and not told.strip():
            self._fault(key, "must be said")
        return told.strip()

    def several(self, key: str) -> tuple[str, ...]:
        """Return the words of a list without empty ones, () where there is none."""
        told = self.told.get(key, [])
        if isinstance(told, list) and all(isinstance(each, str) for each in told):
            return tuple(each.strip() for each in told if each.strip())
        self._fault(key, "must be a list of words in quotation marks")
        return ()

    def day(self, key: str) -> date | None:
        """Return the day, None where none is said or it is no day."""
        told = self.told.get(key)
        if told is None or (isinstance(told, date) and not isinstance(told, datetime)):
            return told
        try:
            return date.fromisoformat(str(told))
        except ValueError:
            self._fault(key, f"{told!r} is no day; write 2017-12-06")
            return None

    def switch(self, key: str, *, usual: bool) -> bool:
        told = self.told.get(key, usual)
        if not isinstance(told, bool):
            self._fault(key, "must be true or false")
        return bool(told)

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        word = self.words(key)
        if not word:
            return None
        if word not in tuple(kind):
            self._fault(key, f"must be one of: {', '.join(kind)}")
            return None
        return kind(word)

    def _fault(self, key: str, why: str) -> None:
        self.faults.append(f"{self.name}{key}: {why}")
