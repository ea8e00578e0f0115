"""When a council is asked for what it has not published yet, worked out from dates alone.

Due days count from the day on which the letter was sent.  What a standing stops is
worked out anew each day, so a pause lapses on its date without anybody's doing.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from secretariat.domain.calendar import working_days_after, working_days_between
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.publication import FAILED, Check, Finding, Link, LinkStatus
from secretariat.domain.review import Outcome, Pause, Review, Status
from secretariat.domain.written import in_full


class ChaseState(StrEnum):
    """Where the chase of one review stands."""

    NONE = "not chased"
    WAITING = "waiting"
    DUE = "due"
    PAUSED = "paused"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class ChasePolicy:
    """When reminders fall due, in working days after the letter was sent, rising.

    apart: working days that must lie between two reminders, also after a pause
    answer_unread_days: working days after which a council's unread answer is told of
    """

    publish_after_changes: tuple[int, ...] = (40, 80, 120)
    publish: tuple[int, ...] = (20, 40, 60)
    apart: int = 5
    answer_unread_days: int = 5

    def days(self, outcome: Outcome | None) -> tuple[int, ...]:
        """Return the days that belong to an outcome, none where it allows no publication."""
        if outcome is Outcome.PUBLISH:
            return self.publish
        return self.publish_after_changes if outcome is Outcome.PUBLISH_AFTER_CHANGES else ()


@dataclass(frozen=True, slots=True)
class Chaser:
    """One reminder: its step counts from 1, and a person releases it where `for_release`."""

    step: int
    due_on: date
    for_release: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the chase of one review stands on one day, for the pages and the stage.

    why: a sentence for staff, why it waits or rests; "" when there is nothing to say
    chaser: the reminder that is due or comes next; None when none does
    due_days: every due day, the first first
    """

    state: ChaseState
    why: str = ""
    chaser: Chaser | None = None
    due_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """What the register holds of a review, as far as its chase depends on it.

    letter_sent_on: the London day on which its letter was sent; None before
    postings: the mails of ours about it
    links, checks: of this review; the newest check first
    unread_answer: the council wrote and nobody has dealt with it
    open_question: the council asks to have its feedback explained, and has no answer
    contact: the confirmed address to which reminders go
    """

    letter_sent_on: date | None
    postings: tuple[Posting, ...] = ()
    links: tuple[Link, ...] = ()
    checks: tuple[Check, ...] = ()
    unread_answer: bool = False
    open_question: bool = False
    contact: str = ""


def due_days(
    policy: ChasePolicy, letter_sent_on: date, outcome: Outcome | None, free: AbstractSet[date]
) -> tuple[date, ...]:
    """Return the days on which reminders fall due, each a working day."""
    return tuple(working_days_after(letter_sent_on, days, free) for days in policy.days(outcome))


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
) -> Standing:
    """Return where the chase of a review stands on the London day `today`.

    Where an earlier reminder has not left, the next one too waits for a person.
    """
    if review.status is not Status.PUBLICATION_AWAITED or followed.letter_sent_on is None:
        return Standing(ChaseState.NONE)
    due = due_days(policy, followed.letter_sent_on, review.outcome, free)
    if not due:
        return Standing(ChaseState.NONE, "the Panel's outcome allows no publication")
    chased = {one.due_on for one in chasers(followed.postings) if one.due_on in due}
    unsent = bool(waiting_chasers(followed.postings))
    by_person = review.quiet or unsent
    chaser = next_chaser(due, {day for day in chased if day is not None}, today, quiet=by_person)
    if hindrance := hindrance_of(review.pause, followed, today):
        return Standing(ChaseState.PAUSED, hindrance, chaser, due)
    if chaser is None:
        return Standing(ChaseState.SPENT, "no reminder is left: a person takes over", None, due)
    if chaser.due_on > today:
        return Standing(ChaseState.WAITING, f"until {in_full(chaser.due_on)}", chaser, due)
    last = max((one.leave_on for one in chasers(followed.postings)), default=None)
    if last is not None and working_days_between(last, today, free) < policy.apart:
        rest = working_days_after(last, policy.apart, free)
        return Standing(
            ChaseState.WAITING, f"until {in_full(rest)}, so soon after the last", chaser, due
        )
    return Standing(ChaseState.DUE, "", chaser, due)


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
        if link.status is LinkStatus.SET_ASIDE or finding in FAILED:
            continue
        if finding is None or link.status is LinkStatus.GIVEN:
            return "the council gave a link that is still to be checked"
        return f"a person must look at a link: {finding}"
    return ""
