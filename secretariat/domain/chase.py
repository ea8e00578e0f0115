"""When a council is asked for what it has not published yet, worked out from dates alone.

Due days count from what happened last: the letter left, a day that was waited for has come,
the council said that it has published, the published report was found gone.  What a standing
stops is worked out anew each day, so a pause lapses on its date without anybody's doing.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from secretariat.domain.calendar import working_days_after, working_days_between
from secretariat.domain.chase_policy import ChasePolicy, ChaseRule, Trigger, trigger_of
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.publication import FAILED, Check, Finding, Link, LinkStatus
from secretariat.domain.quiet import NEVER_QUIET, Quiet
from secretariat.domain.review import Pause, Review, Status
from secretariat.domain.written import in_full

A_MONTH: Final = timedelta(days=30)
NO_RULE: Final = "the Panel's outcome allows no publication"
WITHOUT_ANSWER: Final = (LinkStatus.SET_ASIDE, LinkStatus.SUGGESTED)
"""Links at these are no answer of a council: they let no chase wait."""


class ChaseState(StrEnum):
    """Where the chase of one review stands."""

    NONE = "not chased"
    WAITING = "waiting"
    DUE = "due"
    PAUSED = "paused"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Chaser:
    """One reminder.

    step: counts from 1 within its rule; wording: the template of a mail that words it
    for_release: a person releases it
    """

    step: int
    due_on: date
    for_release: bool = False
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the chase of one review stands on one day, for the pages and the stage.

    why: a sentence for staff, why it waits or rests; "" when there is nothing to say
    chaser: the reminder that is due or comes next; None when none does
    due_days: every due day, the first first
    wording: the template of a mail that words the last reminder
    """

    state: ChaseState
    why: str = ""
    chaser: Chaser | None = None
    due_days: tuple[date, ...] = ()
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """What the register holds of a review, as far as its chase depends on it.

    letter_sent_on: the London day on which its letter was sent; None before
    postings: the mails of ours about it
    links, checks: of this review; the newest check first
    unread_answer: the council wrote and nobody has dealt with it
    open_question: the council asks to have its feedback explained, and has no answer
    contact: the confirmed address to which reminders go
    generation: of the letter, such as "2022"; "" where it is not known
    """

    letter_sent_on: date | None
    postings: tuple[Posting, ...] = ()
    links: tuple[Link, ...] = ()
    checks: tuple[Check, ...] = ()
    unread_answer: bool = False
    open_question: bool = False
    contact: str = ""
    generation: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """From when a chase counts: the London day of what happened last, and what it was."""

    on: date
    after: Trigger


def start_of(review: Review, letter_sent_on: date, today: date) -> Start:
    """Return from when the chase of a review counts today."""
    start = Start(letter_sent_on, Trigger.LETTER)
    if review.gone_on is not None and review.gone_on >= start.on:
        start = Start(review.gone_on, Trigger.GONE)
    pause = review.pause
    if pause is None or pause.until is None or not start.on <= pause.until <= today:
        return start
    after = trigger_of(pause.cause)
    return Start(pause.until, after) if after else start


def due_days(rule: ChaseRule, start: date, free: AbstractSet[date]) -> tuple[date, ...]:
    """Return the days on which reminders fall due, each a working day."""
    return tuple(working_days_after(start, days, free) for days in rule.days)


def next_chaser(
    due: Sequence[date], chased: AbstractSet[date], today: date, *, quiet: bool = False
) -> Chaser | None:
    """Return the reminder that is due today, or that comes next; None after the last.

    chased: due days for which there was a reminder.  Due days that passed without one
    collapse to the latest, which a person releases; so does a quiet review's every one.
    """
    after = max(chased, default=date.min)
    left = [(step, day) for step, day in enumerate(due, start=1) if day > after]
    if not left:
        return None
    passed = [(step, day) for step, day in left if day <= today]
    step, day = passed[-1] if passed else left[0]
    return Chaser(step, day, for_release=quiet or len(passed) > 1)


def chase_of(
    review: Review,
    followed: Followed,
    policy: ChasePolicy,
    *,
    today: date,
    free: AbstractSet[date],
    quiet: Quiet = NEVER_QUIET,
) -> Standing:
    """Return where the chase of a review stands on the London day `today`.

    Where an earlier reminder has not left, the next one too waits for a person.
    """
    if review.status is not Status.PUBLICATION_AWAITED or followed.letter_sent_on is None:
        return Standing(ChaseState.NONE)
    start = start_of(review, followed.letter_sent_on, today)
    rule = policy.rule_for(review, start.after, generation=followed.generation)
    if rule is None:
        return Standing(ChaseState.NONE, NO_RULE)
    due = due_days(rule, start.on, free)
    unsent = bool(waiting_chasers(followed.postings))
    chased = _chased(followed.postings, start.on)
    chaser = next_chaser(due, chased, today, quiet=review.quiet or unsent)
    if chaser is not None:
        chaser = replace(chaser, wording=rule.wording(chaser.step))
    last = rule.wordings[-1]
    if hindrance := hindrance_of(review.pause, followed, today):
        return Standing(ChaseState.PAUSED, hindrance, chaser, due, last)
    if chaser is None:
        spent = "no reminder is left: a person takes over"
        return Standing(ChaseState.SPENT, spent, None, due, last)
    why = _not_today(review, followed, policy, chaser, today=today, free=free, quiet=quiet)
    state = ChaseState.WAITING if why else ChaseState.DUE
    return Standing(state, why, chaser, due, last)


def next_look(review: Review, standing: Standing, today: date) -> date | None:
    """Return until when nothing changes by itself, a London day; None where it may any day."""
    if standing.state in (ChaseState.SPENT, ChaseState.NONE):
        return today + A_MONTH
    pause = review.pause
    if standing.state is ChaseState.PAUSED and pause is not None:
        if pause.until is None:
            return today + A_MONTH
        return pause.until if pause.until > today else None
    chaser = standing.chaser
    if standing.state is not ChaseState.WAITING or chaser is None or chaser.due_on <= today:
        return None
    return chaser.due_on


def _not_today(
    review: Review,
    followed: Followed,
    policy: ChasePolicy,
    chaser: Chaser,
    *,
    today: date,
    free: AbstractSet[date],
    quiet: Quiet,
) -> str:
    """Return until when a reminder waits, "" when it may be written today."""
    if chaser.due_on > today:
        return f"until {in_full(chaser.due_on)}"
    asked = (one for one in chasers(followed.postings) if not _shared_in_vain(one))
    last = max((one.leave_on for one in asked), default=None)
    if last is not None and working_days_between(last, today, free) < policy.apart:
        rest = working_days_after(last, policy.apart, free)
        return f"until {in_full(rest)}, so soon after the last"
    deaths = (review.facts.date_of_death,)
    if why := quiet.why(today, deaths):
        day = quiet.next_open(today, deaths, free)
        return f"until {in_full(day)}: {why}" if day else f"until a person says so: {why}"
    return ""


def _chased(postings: Sequence[Posting], start: date) -> frozenset[date]:
    """Return the due days for which there was a reminder since the chase began.

    One for several reviews that never left was for none of them.
    """
    return frozenset(
        one.due_on
        for one in chasers(postings)
        if one.due_on is not None and one.due_on > start and not _shared_in_vain(one)
    )


def _shared_in_vain(posting: Posting) -> bool:
    return len(posting.references) > 1 and posting.status is PostingStatus.DROPPED


def hindrance_of(pause: Pause | None, followed: Followed, today: date) -> str:
    """Return why no reminder may leave today, one sentence for staff, "" when it may."""
    if pause is not None and (pause.until is None or today < pause.until):
        until = f"until {in_full(pause.until)}" if pause.until else "until a person says so"
        return f"paused {until}: {pause.reason}"
    if followed.unread_answer:
        return "the council has answered and nobody has dealt with it yet"
    if followed.open_question:
        return "the council asks what its feedback means and has not been answered"
    if _came_back(followed):
        return "the last mail was not delivered: confirm the contact's address"
    return _hindering_link(followed)


def chasers(postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the reminders among mails of ours, whatever became of them."""
    return tuple(one for one in postings if one.kind is PostingKind.CHASER)


def waiting_chasers(postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the reminders that have not left and still may."""
    waiting = (PostingStatus.READY, PostingStatus.FOR_RELEASE)
    return tuple(one for one in chasers(postings) if one.status in waiting)


def _came_back(followed: Followed) -> bool:
    """Say whether the last mail to the council came back from the address still confirmed."""
    kinds = (PostingKind.LETTER, PostingKind.CHASER)
    left = (PostingStatus.SENT, PostingStatus.BOUNCED)
    sent = [one for one in followed.postings if one.kind in kinds and one.status in left]
    if not sent or sent[-1].status is not PostingStatus.BOUNCED:
        return False
    return followed.contact.lower() in ("", sent[-1].to.lower())


def _hindering_link(followed: Followed) -> str:
    """Say which link still waits for its check, or for the person who looks at what it found."""
    newest: dict[int, Finding] = {}
    for check in followed.checks:
        newest.setdefault(check.link, check.finding)
    for link in followed.links:
        finding = newest.get(link.number)
        if link.status in WITHOUT_ANSWER or finding in FAILED:
            continue
        if link.status is LinkStatus.HELD:
            return "a link leads to a site that is no council's: a person must look"
        if finding is None or link.status is LinkStatus.GIVEN:
            return "the council gave a link that is still to be checked"
        return f"a person must look at a link: {finding}"
    return ""
