"""The facts of one letter beside the notes: from the register, or from a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from secretariat.domain.errors import Refused
from secretariat.domain.letter_content import Addressee, LetterContent, LetterHead, MeetingMode
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
TABLES: Final = frozenset({"head", "addressee"})
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
}


class FactsRefused(Refused):
    """The facts of a letter are incomplete or misspelt; every fault is told at once."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter needs beside the notes.

    copies: the titles of the offices that get a copy
    outcome: only where the notes do not say it
    """

    head: LetterHead
    addressee: Addressee
    area: str
    generation: str = "2017"
    local_reference: str = ""
    pseudonyms: tuple[str, ...] = ()
    meeting_date: date | None = None
    mode: MeetingMode = MeetingMode.MEETING
    letter_date: date | None = None
    outcome: Outcome | None = None
    regret: bool = True
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterStyle:
    """How letters are written now, from the configuration.

    regret: whether a draft begins with the regret for the delay
    """

    generation: str
    head: LetterHead
    regret: bool = True


def letter_from(section: Section, facts: LetterFacts) -> LetterContent:
    """Return the letter that these notes and facts make; raise FactsRefused without an outcome."""
    outcome = section.outcome or facts.outcome
    if outcome is None:
        raise FactsRefused("neither the notes nor the facts say what the Panel decided (outcome)")
    return LetterContent(
        generation=facts.generation,
        head=facts.head,
        addressee=facts.addressee,
        area=facts.area,
        outcome=outcome,
        local_reference=facts.local_reference,
        pseudonyms=facts.pseudonyms,
        meeting_date=facts.meeting_date,
        letter_date=facts.letter_date,
        regret=facts.regret,
        conclusion=section.conclusion,
        points=section.points,
        copy_offices=facts.copies,
        mode=facts.mode,
    )


def facts_from(table: Mapping[str, object]) -> LetterFacts:
    """Return the facts that a file states; raise FactsRefused with every fault in it."""
    said = _Said(table, "")
    said.unknown(KEYS)
    head = said.table("head")
    head.unknown(frozenset(HEAD))
    person = said.table("addressee")
    person.unknown(frozenset({*PERSON, "address_lines"}))
    facts = LetterFacts(
        head=LetterHead(*(head.words(key, needed=key not in ("telephone",)) for key in HEAD)),
        addressee=Addressee(
            title=person.words("title"),
            first=person.words("first"),
            last=person.words("last"),
            postnominals=person.words("postnominals"),
            role=person.words("role"),
            organisation=person.words("organisation"),
            address_lines=person.several("address_lines"),
            salutation=person.words("salutation"),
        ),
        area=said.words("area", needed=True),
        generation=said.words("generation") or "2017",
        local_reference=said.words("local_reference"),
        pseudonyms=said.several("pseudonyms"),
        meeting_date=said.day("meeting_date"),
        mode=MeetingMode(said.one_of("mode", tuple(MeetingMode)) or MeetingMode.MEETING),
        letter_date=said.day("letter_date"),
        outcome=_outcome(said.one_of("outcome", tuple(Outcome))),
        regret=said.switch("regret"),
        copies=said.several("copies"),
    )
    if faults := (*said.faults, *head.faults, *person.faults):
        raise FactsRefused(*faults)
    return facts


def _outcome(word: str) -> Outcome | None:
    return Outcome(word) if word else None


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

    def switch(self, key: str) -> bool:
        """Return whether it is true; what is not said is true."""
        told = self.told.get(key, True)
        if not isinstance(told, bool):
            self._fault(key, "must be true or false")
        return bool(told)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return one of the words allowed, "" where none is said."""
        word = self.words(key)
        if word and word not in allowed:
            self._fault(key, f"must be one of: {', '.join(allowed)}")
            return ""
        return word

    def _fault(self, key: str, why: str) -> None:
        self.faults.append(f"{self.name}{key}: {why}")
