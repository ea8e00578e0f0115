"""Which partnership is meant by a name as written, an address, or several clues together.

Two places that a name may mean are told to a person; the matcher never chooses between them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from secretariat.domain.council import CspKind, Directory
from secretariat.domain.matching_clues import weighed
from secretariat.domain.matching_found import (
    Candidate,
    Certainty,
    Clue,
    ClueSource,
    ClueTold,
    Match,
    MatchOutcome,
)
from secretariat.domain.matching_hosts import HostRules, host_in, may_be_a_name
from secretariat.domain.matching_index import Finding, Index, Place, ground_of, index_of
from secretariat.domain.matching_names import NameRules
from secretariat.domain.written import in_full

__all__ = [
    "Candidate",
    "Certainty",
    "Clue",
    "ClueSource",
    "ClueTold",
    "Match",
    "MatchOutcome",
    "Matcher",
]

_MOST_CANDIDATES = 12


class Matcher:
    """Answers from one directory; the first question indexes every name, so keep it."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    @cached_property
    def _index(self) -> Index:
        return index_of(self._directory)

    @cached_property
    def _names(self) -> NameRules:
        return NameRules(self._index)

    @cached_property
    def _hosts(self) -> HostRules:
        return HostRules(self._index, self._directory.police_areas)

    @cached_property
    def _groups(self) -> Mapping[frozenset[str], str]:
        directory = self._directory
        return {
            frozenset(csp.council_ids): csp.id
            for csp in directory.csps.values()
            if len(csp.council_ids) > 1 and csp.current_id == csp.id
        }

    def match(self, name: str, *, on: date | None = None) -> Match:
        """Return what a name, e-mail address, domain or page's address means; never raises.

        on: the day that is asked about, None for today: before its last day a body that has
            ended since is itself meant, and not its successor
        """
        return _capped(self._match(name, on))

    def _match(self, name: str, on: date | None) -> Match:
        host = host_in(name)
        if not host:
            return self._told(self._names.find(name), on)
        if area := self._hosts.office(host):
            why = f"{host} is the site of {area.copy_to}, not of a partnership"
            return self._placeless(Finding((), why, doubt=True, areas=(area.code,)))
        found = self._hosts.find(host)
        if not found.places and name.strip().casefold() == host and may_be_a_name(host):
            found = self._names.find(name)
        return self._told(found, on)

    def weigh(self, clues: Sequence[Clue], *, on: date | None = None) -> Match:
        """Return what the clues mean together; clues that disagree make it ambiguous.

        A county and one of its districts do not disagree: the cover's name counts, then
        the subject's, the signature's and the sender's domain, in this order.
        """
        told = [(clue, self._match(clue.text, on)) for clue in clues]
        return _capped(weighed(told, self._ground, self._alone))

    def _alone(self, csp_id: str) -> Match:
        csp = self._directory.csp(csp_id)
        place = Place((csp.id,), csp.council_ids, csp.name)
        return self._clear(Finding((place,), f"it is {csp.name}", Certainty.LIKELY))

    def _ground(self, match: Match) -> frozenset[str]:
        return ground_of(self._directory, match.csp_ids, match.council_ids)

    def _told(self, finding: Finding, on: date | None) -> Match:
        if not finding.places:
            return self._placeless(finding)
        finding = self._as_one(finding)
        if on is not None:
            places = tuple(_as_it_was(place, on) for place in finding.places)
            finding = replace(finding, places=places)
        if finding.clear and self._police_areas_agree(finding):
            return self._clear(finding)
        return self._unclear(finding)

    def _placeless(self, finding: Finding) -> Match:
        outcome = MatchOutcome.AMBIGUOUS if finding.doubt else MatchOutcome.NONE
        match = Match(outcome=outcome, why=_sentence(finding.why), certainty=Certainty.WEAK)
        return self._with_areas(match, finding.areas if len(finding.areas) == 1 else ())

    def _with_areas(self, match: Match, codes: tuple[str, ...]) -> Match:
        areas = [self._directory.police_areas[code] for code in codes]
        return replace(
            match,
            pfa_codes=codes,
            pfas=tuple(area.name for area in areas),
            copy_to=tuple(area.copy_to for area in areas),
        )

    def _as_one(self, finding: Finding) -> Finding:
        """Take several places for the one partnership of exactly their councils, where there is."""
        if finding.doubt or len(finding.places) == 1 or not (finding.joint or finding.shared):
            return finding
        councils = {each for place in finding.places for each in place.council_ids}
        group = self._groups.get(frozenset(councils))
        if group is None:
            return finding
        if finding.shared and self._directory.csp(group).kind is CspKind.SEVERAL:
            return finding
        place = Place((group,), tuple(sorted(councils)), self._directory.csp(group).name)
        return replace(finding, places=(place,))

    def _police_areas_agree(self, finding: Finding) -> bool:
        return not finding.joint or len(self._pfa_codes(_csp_ids(finding.places))) == 1

    def _clear(self, finding: Finding) -> Match:
        csp_ids = _csp_ids(finding.places)
        histories = [place.past.told for place in finding.places if place.past.told]
        match = Match(
            outcome=MatchOutcome.MATCH,
            why=_sentence("; ".join([finding.why, *histories])),
            certainty=finding.certainty,
            csp_ids=csp_ids,
            csp=" and ".join(self._directory.csp(each).name for each in csp_ids),
            council_ids=_unique(each for place in finding.places for each in place.council_ids),
        )
        return self._with_areas(match, self._pfa_codes(csp_ids))

    def _unclear(self, finding: Finding) -> Match:
        codes = self._pfa_codes(_csp_ids(finding.places))
        match = Match(
            outcome=MatchOutcome.AMBIGUOUS,
            why=_sentence(f"{finding.why}: a person must say which is meant"),
            certainty=Certainty.WEAK,
            candidates=self._candidates(finding),
        )
        return self._with_areas(match, codes if len(codes) == 1 and not finding.open else ())

    def _candidates(self, finding: Finding) -> tuple[Candidate, ...]:
        found: dict[str, Candidate] = {}
        for place in finding.places:
            for csp_id in place.csp_ids:
                why = place.past.told or f"{place.name} is in the directory"
                candidate = Candidate(csp_id, self._directory.csp(csp_id).name, _sentence(why))
                found.setdefault(csp_id, candidate)
        return tuple(found.values())

    def _pfa_codes(self, csp_ids: Iterable[str]) -> tuple[str, ...]:
        return _unique(self._directory.csp(each).pfa_code for each in csp_ids)


def _capped(match: Match) -> Match:
    return replace(match, candidates=match.candidates[:_MOST_CANDIDATES])


def _as_it_was(place: Place, on: date) -> Place:
    past = place.past
    if past.ended_on is None or on >= past.ended_on:
        return place
    told = f"{past.told}, which stood on {in_full(on)}"
    if not past.csp_ids:
        told += ", but the directory does not hold its partnership of that day"
        return replace(place, past=replace(past, told=told))
    ids = (past.csp_ids, past.council_ids)
    return replace(place, csp_ids=ids[0], council_ids=ids[1], past=replace(past, told=told))


def _csp_ids(places: Iterable[Place]) -> tuple[str, ...]:
    return _unique(each for place in places for each in place.csp_ids)


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _sentence(text: str) -> str:
    return text if "." in text.partition(" ")[0] else text[:1].upper() + text[1:]
