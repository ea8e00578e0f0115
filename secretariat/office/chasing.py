"""What the configuration and the directory say about asking councils."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from secretariat.config.settings import Settings
from secretariat.domain.chase_policy import LETTER_WORDINGS, ChasePolicy, ChaseRule, Trigger
from secretariat.domain.council import Directory
from secretariat.domain.matching_history import Histories
from secretariat.domain.quiet import Quiet
from secretariat.domain.review import Outcome
from secretariat.stages.chase import Successor


@dataclass(frozen=True, slots=True)
class Ending:
    """A partnership that has ended: in a sentence, the first day without it, who answers now."""

    told: str
    ended_on: date
    current_id: str


def chase_policy(settings: Settings) -> ChasePolicy:
    """Return when reminders fall due; the office's own rules come first."""
    chase = settings.chase
    return ChasePolicy(
        publish_after_changes=chase.publish_after_changes,
        publish=chase.publish,
        wait_over=chase.wait_over,
        said_published=chase.said_published,
        gone=chase.gone,
        apart=chase.apart,
        answer_unread_days=chase.answer_unread_days,
        rules=tuple(_rule(cast("dict[str, Any]", table)) for table in chase.policies.values()),
    )


def quiet_days(settings: Settings) -> Quiet:
    """Return the days on which nobody is chased and no letter leaves."""
    chase = settings.chase
    return Quiet(chase.quiet_every_year, chase.quiet, chase.quiet_anniversaries)


def successor_in(directory: Directory) -> Successor:
    """Return what tells of a partnership whether it has ended by a day, and who answers since."""
    histories = Histories(directory)

    def successor(csp_id: str, day: date) -> Ending | None:
        csp = directory.csps.get(csp_id)
        past = histories.of_csp(csp) if csp else None
        if csp is None or past is None or past.ended_on is None or past.ended_on > day:
            return None
        return Ending(past.told, past.ended_on, csp.current_id)

    return successor


def _rule(table: dict[str, Any]) -> ChaseRule:
    outcome = table.get("outcome")
    return ChaseRule(
        table["days"],
        table.get("wordings", LETTER_WORDINGS),
        Trigger(table.get("after", Trigger.LETTER)),
        Outcome(outcome) if outcome else None,
        table.get("generation", ""),
        table.get("csp", ""),
    )
