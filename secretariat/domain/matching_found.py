"""What comes of looking a name up in the directory, and how sure it is."""

from dataclasses import dataclass
from enum import StrEnum


class MatchOutcome(StrEnum):
    """Whether a name means one partnership (or one joint group of them)."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class Certainty(StrEnum):
    """How far a match may be relied on."""

    CERTAIN = "certain"
    LIKELY = "likely"
    WEAK = "weak"


class ClueSource(StrEnum):
    """Where in a submission a name was found."""

    COVER = "cover"
    SUBJECT = "subject"
    SIGNATURE = "signature"
    DOMAIN = "sender's domain"


@dataclass(frozen=True, slots=True)
class Clue:
    """One name as written, an address or a host, and where it stood."""

    source: ClueSource
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One partnership that a name may mean; `csp_id` is the one that answers today."""

    csp_id: str
    csp: str
    why: str


@dataclass(frozen=True, slots=True)
class ClueTold:
    """What one clue said on its own; `csp` is empty unless it was a match."""

    clue: Clue
    outcome: MatchOutcome
    certainty: Certainty
    csp: str
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to one name or to several clues.

    csp_ids: who answers today, lead first; several where a name joins partnerships; empty
        unless the outcome is a match
    csp: the name to show, empty unless a match
    council_ids: today's councils that the name means
    pfa_codes, pfas, copy_to: also filled where ambiguous names share one police area
    clues: what each clue said, where clues were weighed
    """

    outcome: MatchOutcome
    why: str
    certainty: Certainty
    csp_ids: tuple[str, ...] = ()
    csp: str = ""
    council_ids: tuple[str, ...] = ()
    pfa_codes: tuple[str, ...] = ()
    pfas: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    clues: tuple[ClueTold, ...] = ()

    @property
    def csp_id(self) -> str:
        """The lead partnership's id, empty unless this is a match."""
        return self.csp_ids[0] if self.csp_ids else ""
