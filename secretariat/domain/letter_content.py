"""What a feedback letter says, as values; the Word template gives it its shape."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from secretariat.domain.review import Outcome


class MeetingMode(StrEnum):
    """How the Panel considered the reports."""

    MEETING = "at a meeting"
    VIRTUAL = "at a virtual meeting"
    CORRESPONDENCE = "by correspondence"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the letter is addressed to, as it stands in the address block.

    title: "Cllr", "Ms", "Dr" …; postnominals: "OBE"; never used in the salutation
    salutation: what follows "Dear" ("Councillor Hill"), "" to have it worked out
    """

    title: str = ""
    first: str = ""
    last: str = ""
    postnominals: str = ""
    role: str = ""
    organisation: str = ""
    address_lines: tuple[str, ...] = ()
    salutation: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the Panel's, with points nested one level below it."""

    text: str
    below: tuple[str, ...] = ()


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

    def states(self, fact: str) -> object:
        """Return what the words say of one Fact (by its words), to tell when it changes."""
        stated: dict[str, object] = {
            "partnership": self.area,
            "addressee": self.addressee,
            "recipients": self.copy_offices,
            "pseudonyms": self.pseudonyms,
            "reference": self.local_reference,
            "meeting date": (self.meeting_date, self.mode),
        }
        return stated[fact]
