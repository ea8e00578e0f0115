"""What became of a body that has ended, and which partnership it was before that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from secretariat.domain.council import Council, Csp, CspKind, Directory
from secretariat.domain.matching_words import words
from secretariat.domain.written import in_full

_ENDED: Final = frozenset({CspKind.LEGACY, CspKind.HISTORIC_DISTRICT, CspKind.HISTORIC_MERGED})


@dataclass(frozen=True, slots=True)
class Past:
    """How a body was before it ended.

    told: "Oldtown (abolished 1 April 2021; now Anyshire)", empty for a body that stands
    ended_on: the first day without it, None where it stands or the day is not known
    csp_ids, council_ids: who it was until then; empty where the directory does not hold it
    """

    told: str = ""
    ended_on: date | None = None
    csp_ids: tuple[str, ...] = ()
    council_ids: tuple[str, ...] = ()


class Histories:
    """Tells the past of the directory's rows."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._abolished = [each for each in directory.councils.values() if each.abolished_on]
        self._ended = [each for each in directory.csps.values() if each.kind in _ENDED]

    def of_council(self, council: Council) -> Past:
        """Return what a council was until it was abolished, and who followed it."""
        if council.abolished_on is None:
            return Past()
        return Past(
            told=f"{council.name} ({self._course(council)})",
            ended_on=council.abolished_on,
            csp_ids=tuple(csp.id for csp in self._ended if council in self._members(csp))[:1],
            council_ids=(council.id,),
        )

    def of_csp(self, csp: Csp) -> Past:
        """Return what a partnership was until its councils ended, and who answers for it now."""
        if csp.current_id == csp.id:
            return Past()
        now = self._directory.csp(csp.current_id).name
        members = self._members(csp) if csp.kind in _ENDED else []
        days = sorted(each.abolished_on for each in members if each.abolished_on)
        if not days:
            return Past(f"{csp.name} is answered for by {now} today")
        told = f"{csp.name} (abolished {in_full(days[-1])}; now {now})"
        return Past(told, days[-1], (csp.id,), tuple(each.id for each in members))

    def _members(self, csp: Csp) -> list[Council]:
        """Return the abolished councils that a former partnership's name names."""
        spelt = f" {' '.join(words(csp.name))} "
        return [
            each
            for each in self._abolished
            if set(each.current_successor_ids) <= set(csp.council_ids)
            and f" {' '.join(words(each.alt_names[0]))} " in spelt
        ]

    def _course(self, council: Council) -> str:
        """Return each step from the council to those that stand today."""
        steps, at = [_abolition(council)], council
        for _ in range(len(self._abolished)):
            followers = [self._directory.council(each) for each in at.successor_ids]
            if len(followers) != 1 or followers[0].abolished_on is None:
                break
            at = followers[0]
            steps.append(f"then {at.name}, {_abolition(at)}")
        return "; ".join([*steps, f"now {_listed(self._directory.successors(council.id))}"])


def _abolition(council: Council) -> str:
    return f"abolished {in_full(council.abolished_on)}" if council.abolished_on else ""


def _listed(councils: Sequence[Council]) -> str:
    return " and ".join(each.name for each in councils)
