"""How clues from several parts of one submission are weighed together."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from secretariat.domain.matching_found import (
    Candidate,
    Certainty,
    Clue,
    ClueSource,
    ClueTold,
    Match,
    MatchOutcome,
)

_Told = tuple[Clue, Match]
_ORDER = tuple(ClueSource)

Ground = Callable[[Match], AbstractSet[str]]
Alone = Callable[[str], Match]


def weighed(told: Sequence[_Told], ground: Ground, alone: Alone) -> Match:
    """Return the match that every clue bears; ambiguous, with the candidates, where they differ.

    ground: the councils in the area of a match, which tells a county from another place
    alone: the match of one partnership, for what several vague clues leave over
    """
    clues = tuple(
        ClueTold(clue, match.outcome, match.certainty, match.csp, match.why) for clue, match in told
    )
    ranked = sorted(told, key=lambda each: _ORDER.index(each[0].source))
    clear = [each for each in ranked if each[1].outcome is MatchOutcome.MATCH]
    vague = [each for each in ranked if each[1].outcome is MatchOutcome.AMBIGUOUS]
    if not clear:
        return _without_a_match(vague, clues, alone)
    lead_clue, lead = clear[0]
    against = [each for each in clear[1:] if not _agree(lead, each[1], ground)]
    against += [each for each in vague if not _may_mean(each[1], lead)]
    if against:
        return _disagreement(clear[0], against, clues)
    why = f"The {lead_clue.source} says it: {lead.why}"
    if len(clear) > 1:
        why += f"; {len(clear)} clues agree"
    return replace(lead, why=why, certainty=_certainty(clear), clues=clues)


def _agree(one: Match, other: Match, ground: Ground) -> bool:
    """Whether two matches are the same, or one lies within the other."""
    if set(one.csp_ids) & set(other.csp_ids):
        return True
    first, second = ground(one), ground(other)
    return first <= second or second <= first


def _may_mean(vague: Match, lead: Match) -> bool:
    """Whether an ambiguous clue leaves room for the match; one that names nobody always does."""
    if vague.candidates:
        return any(each.csp_id in lead.csp_ids for each in vague.candidates)
    return not vague.pfa_codes or bool(set(vague.pfa_codes) & set(lead.pfa_codes))


def _certainty(clear: Sequence[_Told]) -> Certainty:
    best = min((match.certainty for _, match in clear), key=tuple(Certainty).index)
    if best is Certainty.WEAK and len(clear) > 1:
        return Certainty.LIKELY
    return best


def _without_a_match(vague: Sequence[_Told], clues: tuple[ClueTold, ...], alone: Alone) -> Match:
    if not vague:
        why = "No clue names a partnership of the directory"
        return Match(MatchOutcome.NONE, why, Certainty.WEAK, clues=clues)
    naming = [each for each in vague if each[1].candidates]
    if not naming:
        return replace(vague[0][1], clues=clues)
    first = naming[0][1]
    shared = [
        each
        for each in first.candidates
        if all(_names(match, each.csp_id) for _, match in naming[1:])
    ]
    sources = list(dict.fromkeys(clue.source for clue, _ in naming))
    if len(shared) == 1 and len(sources) > 1 and ClueSource.DOMAIN in sources:
        match = alone(shared[0].csp_id)
        why = f"Only {match.csp} fits the {' and the '.join(sources)} together"
        return replace(match, why=why, clues=clues)
    return replace(first, candidates=tuple(shared) or _every(naming), clues=clues)


def _every(naming: Sequence[_Told]) -> tuple[Candidate, ...]:
    found = {each.csp_id: each for _, match in reversed(naming) for each in match.candidates}
    return tuple(found.values())


def _names(match: Match, csp_id: str) -> bool:
    return any(each.csp_id == csp_id for each in match.candidates)


def _disagreement(lead: _Told, against: Sequence[_Told], clues: tuple[ClueTold, ...]) -> Match:
    told = [lead, *against]
    reasons = [f"the {clue.source} says {match.csp or clue.text!r}" for clue, match in told]
    candidates: dict[str, Candidate] = {}
    for candidate in _candidates(told):
        candidates.setdefault(candidate.csp_id, candidate)
    return Match(
        outcome=MatchOutcome.AMBIGUOUS,
        why=f"The clues disagree: {'; '.join(reasons)}: a person must say which is meant",
        certainty=Certainty.WEAK,
        candidates=tuple(candidates.values()),
        clues=clues,
    )


def _candidates(told: Sequence[_Told]) -> Iterator[Candidate]:
    for clue, match in told:
        for csp_id in match.csp_ids:
            yield Candidate(csp_id, match.csp, f"The {clue.source}: {match.why}")
        yield from match.candidates
