"""What a feedback letter says, as values; the Word template gives it its shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.review import Outcome


class MeetingMode(StrEnum):
    """How the Panel considered the reports."""

    MEETING = "at a meeting"
    VIRTUAL = "at a virtual meeting"
    CORRESPONDENCE = "by correspondence"


class LetterKind(StrEnum):
    """Which letter of a review it is."""

    FIRST = "first letter"
    AFTER_RESUBMISSION = "letter after resubmission"
    CORRECTION = "correction"


class ReviewName(StrEnum):
    """What the law calls the review, in short; a domestic homicide review unless staff say so."""

    DHR = "DHR"
    DARDR = "DARDR"

    @property
    def in_full(self) -> str:
        """Return the long name, in capitals as letters write it."""
        return LONG_NAMES[self]


class Death(StrEnum):
    """How somebody died; no letter calls it anything that staff have not said."""

    UNSAID = "not said"
    HOMICIDE = "homicide"
    SUICIDE = "suicide"
    OTHER = "other death"


class Delay(StrEnum):
    """How a letter that regrets the delay puts it."""

    STANDARD = "standard"
    STRONG = "strong"
    OWN = "own words"


class Naming(StrEnum):
    """How the first sentence names those who died."""

    IN_BRACKETS = "(‘Sarah’)"
    BARE = "(Sarah)"
    OUTSIDE = "‘(Sarah)’"
    IN_RELATION = "in relation to the death of ‘Sarah’"
    NOT_NAMED = "not named"


class Greeting(StrEnum):
    """How the letter greets an addressee."""

    BY_TITLE = "by title and name"
    BY_FIRST_NAME = "by first name"
    BY_ROLE = "by role"


class Grade(StrEnum):
    """The word that panels before 2017 gave a report."""

    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"


LONG_NAMES: Final[Mapping[ReviewName, str]] = MappingProxyType(
    {
        ReviewName.DHR: "Domestic Homicide Review",
        ReviewName.DARDR: "Domestic Abuse Related Death Review",
    }
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the letter is addressed to, as it stands in the address block.

    title: "Cllr", "Ms", "Dr" …; postnominals: "OBE"; never used in the salutation
    salutation: what follows "Dear" ("Councillor Hill"), "" to have it worked out
    greeting: how it is worked out; the first name only where staff chose it
    """

    title: str = ""
    first: str = ""
    last: str = ""
    postnominals: str = ""
    role: str = ""
    organisation: str = ""
    address_lines: tuple[str, ...] = ()
    salutation: str = ""
    greeting: Greeting = Greeting.BY_TITLE


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the Panel's, with points nested one level below it.

    label: what stands before it ("Structure"), "" for none
    lead_in: the sentence that leads over to what is below, "" for none
    lines: of the notes that it came from, its own first, then one for each below; 0 for none
    """

    text: str
    below: tuple[str, ...] = ()
    label: str = ""
    lead_in: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Who writes, from the configuration, and where the URL is to be sent."""

    unit: str
    address: str
    telephone: str
    website: str
    signatory: str
    signatory_title: str
    reply_address: str


@dataclass(frozen=True, slots=True)
class LetterContent:
    """The words of one letter.

    generation: the name of the template pack, such as "2017"
    area: the area or partnership as the first sentence names it ("Kent")
    local_reference: the council's own ("DHR15"), "" for none
    pseudonyms: bare, as the letter names those who died
    meeting_date: the day on which the Panel considered the report; mode: how it did
    letter_date: the London day on which it leaves; None while it is a draft
    conclusion: paragraphs of praise and conclusion, without the Panel's thanks
    copy_offices: the offices whom the letter says it is copied to; empty takes the sentence out
    regret: whether it regrets the delay; delay: how; delay_words: the own words for it
    others: further addressees, after the first
    partnerships: the CSPs in full, the lead first, where the letter names them; article: "the"
    naming: how those who died are named; case_words: the whole of it in staff's own words
    date_as_written: the Panel's day as a person wrote it, kept beside it
    conclusion_lines: of the notes that each paragraph came from; 0 for none
    numbered: the points bear numbers instead of bullets
    outcome_words: staff's own sentence for the outcome; grade: of an old letter
    asks: what is asked of the council, by their names in the pack, in order
    replaces: the day of the letter that a correction replaces
    version_named, version_sha256: the version of the report that the points refer to
    """

    generation: str
    head: LetterHead
    addressee: Addressee
    area: str
    outcome: Outcome
    local_reference: str = ""
    pseudonyms: tuple[str, ...] = ()
    meeting_date: date | None = None
    letter_date: date | None = None
    regret: bool = True
    conclusion: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    copy_offices: tuple[str, ...] = ()
    mode: MeetingMode = MeetingMode.MEETING
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
    conclusion_lines: tuple[int, ...] = ()
    numbered: bool = False
    outcome_words: str = ""
    grade: Grade | None = None
    asks: tuple[str, ...] = ()
    replaces: date | None = None
    version_named: str = ""
    version_sha256: str = ""

    def states(self, fact: str) -> object:
        """Return what the words say of one Fact (by its words), to tell when it changes."""
        stated: dict[str, object] = {
            "partnership": (self.area, self.partnerships, self.article),
            "addressee": (self.addressee, self.others),
            "recipients": self.copy_offices,
            "pseudonyms": (self.pseudonyms, self.naming, self.case_words),
            "reference": self.local_reference,
            "meeting date": (self.meeting_date, self.mode, self.date_as_written),
        }
        return stated[fact]
