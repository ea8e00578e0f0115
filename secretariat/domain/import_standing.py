"""Where a listed case stands, from its dates, its outcome and what the list says of it."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from secretariat.domain.import_dates import first_day, is_after, whole_day
from secretariat.domain.review import Outcome, Status
from secretariat.domain.written import in_full

CLEARED: Final = (Outcome.PUBLISH, Outcome.PUBLISH_AFTER_CHANGES)


@dataclass(frozen=True, slots=True)
class Dates:
    """A row's dates, in the order in which they follow each other; "" for none."""

    died: str = ""
    submitted: str = ""
    considered: str = ""
    letter: str = ""
    published: str = ""


NAMES: Final = (
    "date of death",
    "date submitted",
    "date considered",
    "letter's date",
    "publication",
)


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a case stands.

    since: the London day from which it stands there; received_on: of its submission
    considered_on: a whole day, None where none is stated
    letter_on: the London day of its letter, None where it is not known to the day
    notes, faults: sentences for whoever looks at the preview
    """

    status: Status
    since: date
    received_on: date
    considered_on: date | None = None
    letter_on: date | None = None
    outcome: Outcome | None = None
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def standing(
    dates: Dates, said: Status | None, outcome: Outcome | None, *, link: bool, today: date
) -> Stood:
    """Return where the case stands; faults say what contradicts itself.

    said: what the list says of it, None where that is to be worked out
    link: the list gives a link to its publication
    """
    status = said or _worked_out(dates, outcome, today)
    if status is Status.RESUBMISSION_AWAITED:
        outcome = outcome or Outcome.RESUBMIT
    faults = [*_disorder(dates, today), *_contradictions(status, dates, outcome, link=link)]
    stated = [each for each in (dates.submitted, dates.considered, dates.letter) if each]
    if not stated:
        faults.append("it states neither when it was submitted nor when it was considered")
    if faults:
        return Stood(status, today, today, faults=tuple(faults))
    received_on, notes = _received(dates, stated[0])
    letter_on = whole_day(dates.letter) if dates.letter else None
    if status is Status.PUBLICATION_AWAITED and letter_on is None:
        notes.append("the day of its letter is not stated: it is not chased")
    if status is Status.WITH_PANEL:
        notes.append("it is registered as received: list it for its meeting")
    return Stood(
        Status.RECEIVED if status is Status.WITH_PANEL else status,
        max(first_day(_reached(status, dates) or stated[0]), received_on),
        received_on,
        whole_day(dates.considered) if dates.considered else None,
        letter_on,
        outcome,
        tuple(notes),
    )


def _worked_out(dates: Dates, outcome: Outcome | None, today: date) -> Status:
    if dates.published:
        return Status.PUBLISHED
    if dates.letter:
        again = outcome is Outcome.RESUBMIT
        return Status.RESUBMISSION_AWAITED if again else Status.PUBLICATION_AWAITED
    if dates.considered and first_day(dates.considered) > today:
        return Status.WITH_PANEL
    return Status.CONSIDERED if dates.considered or outcome else Status.RECEIVED


def _reached(status: Status, dates: Dates) -> str:
    """Return the date on which the case came to where it stands, "" where none is stated."""
    if status in (Status.RECEIVED, Status.WITH_PANEL):
        return dates.submitted
    if status is Status.PUBLISHED and dates.published:
        return dates.published
    ended = status is not Status.CONSIDERED
    return (dates.letter if ended else "") or dates.considered


def _received(dates: Dates, earliest: str) -> tuple[date, list[str]]:
    day = first_day(earliest)
    if dates.submitted and whole_day(dates.submitted):
        return day, []
    missing = "is not stated to the day" if dates.submitted else "is not stated"
    return day, [f"the day of its submission {missing}: {in_full(day)} stands in its place"]


def _disorder(dates: Dates, today: date) -> list[str]:
    stated = (dates.died, dates.submitted, dates.considered, dates.letter, dates.published)
    pairs = combinations(zip(NAMES, stated, strict=True), 2)
    faults = [
        f"the {first} lies after the {second}"
        for (first, one), (second, other) in pairs
        if one and other and is_after(one, other)
    ]
    past = ((name, each) for name, each in zip(NAMES, stated, strict=True) if each)
    for name, each in past:
        if name != NAMES[2] and is_after(each, today.isoformat()):
            faults.append(f"the {name} is still to come")
    return faults


def _contradictions(
    status: Status, dates: Dates, outcome: Outcome | None, *, link: bool
) -> list[str]:
    again = outcome is Outcome.RESUBMIT
    if status is Status.PUBLICATION_AWAITED and outcome not in CLEARED:
        what = "asks for a resubmission" if again else "is not stated"
        return [f"publication is awaited, but the Panel's outcome {what}"]
    if status is Status.RESUBMISSION_AWAITED and not again:
        return ["a resubmission is awaited, but the Panel's outcome is another"]
    if status is Status.PUBLISHED and again:
        return ["it is published, but the Panel's outcome asks for a resubmission"]
    waiting = status in (Status.RECEIVED, Status.WITH_PANEL)
    if dates.letter and (status is Status.CONSIDERED or (waiting and not again)):
        return [f"a letter was sent, but the list says: {status}"]
    if waiting and outcome and not again:
        return [f"the Panel's outcome is stated, but the list says: {status}"]
    if link and status not in (Status.PUBLISHED, Status.PUBLICATION_AWAITED):
        return [f"a link to its publication is given, but the list says: {status}"]
    return []
