"""Which reminders belong to which review: the office's own rules, and those delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.review import Cause, Outcome, Review


class Trigger(StrEnum):
    """What a chase counts from."""

    LETTER = "letter"
    LAPSED = "wait over"
    SAID_PUBLISHED = "said published"
    GONE = "gone"


CAUSES: Final[Mapping[Cause, Trigger]] = MappingProxyType(
    {
        Cause.INQUEST: Trigger.LAPSED,
        Cause.TRIAL: Trigger.LAPSED,
        Cause.FAMILY: Trigger.LAPSED,
        Cause.ELECTION: Trigger.LAPSED,
        Cause.PROMISE: Trigger.LAPSED,
        Cause.SAID_PUBLISHED: Trigger.SAID_PUBLISHED,
    }
)
"""After a pause of one of these causes the chase counts anew; after any other it goes on."""


@dataclass(frozen=True, slots=True)
class ChaseRule:
    """When reminders fall due, in working days after their trigger, rising, and their wordings.

    wordings: names of templates of mails, one for each; the last stands for all that follow
    outcome, generation, csp: for which reviews, None or "" for all; csp: id of a lead partnership
    """

    days: tuple[int, ...]
    wordings: tuple[str, ...]
    after: Trigger = Trigger.LETTER
    outcome: Outcome | None = None
    generation: str = ""
    csp: str = ""

    def fits(self, review: Review, after: Trigger, generation: str) -> bool:
        """Say whether the rule is for a review whose chase counts from this trigger."""
        return (
            self.after is after
            and self.outcome in (None, review.outcome)
            and self.generation in ("", generation)
            and self.csp in ("", *review.parties.csp_ids[:1])
        )

    def wording(self, step: int) -> str:
        """Return the template of the reminder at a step, from 1."""
        return self.wordings[min(step, len(self.wordings)) - 1]


LETTER_WORDINGS: Final = ("chase-1", "chase-2", "chase-3")


@dataclass(frozen=True, slots=True)
class ChasePolicy:
    """When reminders fall due; `rules` of the office come first, in their order.

    publish_after_changes, publish, wait_over, said_published, gone: working days, rising
    apart: working days that must lie between two reminders, also after a pause
    answer_unread_days: working days after which a council's unread answer is told of
    """

    publish_after_changes: tuple[int, ...] = (40, 80, 120)
    publish: tuple[int, ...] = (20, 40, 60)
    wait_over: tuple[int, ...] = (5, 20, 40)
    said_published: tuple[int, ...] = (5, 20, 40)
    gone: tuple[int, ...] = (5, 20, 40)
    apart: int = 5
    answer_unread_days: int = 5
    rules: tuple[ChaseRule, ...] = ()

    def rule_for(self, review: Review, after: Trigger, *, generation: str = "") -> ChaseRule | None:
        """Return the first rule that fits; None where the outcome allows no publication."""
        if review.outcome not in (Outcome.PUBLISH, Outcome.PUBLISH_AFTER_CHANGES):
            return None
        every = (*self.rules, *self._delivered())
        return next(rule for rule in every if rule.fits(review, after, generation))

    def _delivered(self) -> tuple[ChaseRule, ...]:
        changes, publish = Outcome.PUBLISH_AFTER_CHANGES, Outcome.PUBLISH
        return (
            ChaseRule(self.publish_after_changes, LETTER_WORDINGS, outcome=changes),
            ChaseRule(self.publish, LETTER_WORDINGS, outcome=publish),
            ChaseRule(self.wait_over, ("chase-wait-over", "chase-2", "chase-3"), Trigger.LAPSED),
            ChaseRule(self.said_published, ("chase-link",), Trigger.SAID_PUBLISHED),
            ChaseRule(self.gone, ("chase-gone",), Trigger.GONE),
        )


def trigger_of(cause: Cause) -> Trigger | None:
    """Return what a chase counts from when a pause of this cause is over, None for no change."""
    return CAUSES.get(cause)
