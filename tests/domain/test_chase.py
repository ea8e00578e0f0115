"""When a council is asked for what it has not published yet."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.calendar import bank_holidays, is_working_day, working_days_between
from secretariat.domain.chase import (
    Chaser,
    ChaseState,
    Followed,
    Standing,
    chase_of,
    due_days,
    next_chaser,
)
from secretariat.domain.chase_policy import ChasePolicy, ChaseRule, Trigger
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.publication import Check, Finding, Link, LinkStatus
from secretariat.domain.quiet import Quiet
from secretariat.domain.review import Cause, Outcome, Parties, Pause, Status
from tests.builders import NOW, REFERENCE, a_chaser, a_posting, a_review

FREE = bank_holidays((2026, 2027))
SENT_ON = date(2026, 3, 9)
FIRST, SECOND, THIRD = date(2026, 4, 8), date(2026, 5, 7), date(2026, 6, 5)
DAY = timedelta(days=1)
LETTER = a_posting(status=PostingStatus.SENT, leave_on=SENT_ON)


def chased_on(*days: date) -> tuple[Posting, ...]:
    return tuple(a_chaser(due_on=day, leave_on=day, status=PostingStatus.SENT) for day in days)


def chase(today: date, *, followed: Followed | None = None, **said: Any) -> Standing:
    plain = {"status": Status.PUBLICATION_AWAITED, "outcome": Outcome.PUBLISH}
    return chase_of(
        a_review(**{**plain, **said}),
        followed or Followed(SENT_ON, (LETTER,)),
        ChasePolicy(),
        today=today,
        free=FREE,
    )


def followed(*postings: Posting, **said: Any) -> Followed:
    return replace(Followed(SENT_ON, (LETTER, *postings)), **said)


def a_link(**said: Any) -> Link:
    return replace(Link(1, REFERENCE, "https://anyshire.example/dhr", NOW), **said)


def a_check(finding: Finding) -> Check:
    return Check(1, REFERENCE, NOW, finding, "seen", None, None, "https://anyshire.example/dhr")


@pytest.mark.parametrize(
    ("outcome", "days"),
    [
        (Outcome.PUBLISH, (FIRST, SECOND, THIRD)),
        (
            Outcome.PUBLISH_AFTER_CHANGES,
            (date(2026, 5, 7), date(2026, 7, 3), date(2026, 8, 28)),
        ),
        (Outcome.RESUBMIT, ()),
        (None, ()),
    ],
)
def test_reminders_fall_due_by_the_outcome(outcome: Outcome | None, days: tuple[date, ...]) -> None:
    rule = ChasePolicy().rule_for(a_review(outcome=outcome), Trigger.LETTER)
    assert (due_days(rule, SENT_ON, FREE) if rule else ()) == days


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)))
def test_every_due_day_is_a_working_day_and_the_numbers_are_the_policys(sent_on: date) -> None:
    rule = ChasePolicy().rule_for(a_review(outcome=Outcome.PUBLISH), Trigger.LETTER)
    assert rule is not None
    days = due_days(rule, sent_on, FREE)
    assert all(is_working_day(day, FREE) for day in days)
    assert [working_days_between(sent_on, day, FREE) for day in days] == [20, 40, 60]


@pytest.mark.parametrize(
    ("today", "chased", "chaser"),
    [
        pytest.param(FIRST - DAY, (), Chaser(1, FIRST), id="the first is to come"),
        pytest.param(FIRST, (), Chaser(1, FIRST), id="the first is due"),
        pytest.param(FIRST, (FIRST,), Chaser(2, SECOND), id="once a due day"),
        pytest.param(SECOND, (), Chaser(2, SECOND, True), id="two passed: one, by a person"),
        pytest.param(THIRD, (FIRST,), Chaser(3, THIRD, True), id="two of three passed"),
        pytest.param(SECOND, (SECOND,), Chaser(3, THIRD), id="what was passed over stays so"),
        pytest.param(THIRD + 90 * DAY, (THIRD,), None, id="none after the last"),
    ],
)
def test_the_next_reminder_is_the_latest_that_is_due(
    today: date, chased: tuple[date, ...], chaser: Chaser | None
) -> None:
    assert next_chaser((FIRST, SECOND, THIRD), set(chased), today) == chaser


def test_a_review_registered_in_silence_is_asked_after_by_a_person_only() -> None:
    standing = chase(FIRST, quiet=True)
    assert standing.chaser == Chaser(1, FIRST, for_release=True, wording="chase-1")


@given(st.integers(0, 200))
def test_a_daily_round_reminds_three_times_at_most_and_never_twice_for_a_day(last: int) -> None:
    days: list[date] = []
    for today in (SENT_ON + DAY * count for count in range(last)):
        standing = chase(today, followed=followed(*chased_on(*days)))
        if standing.state is ChaseState.DUE and standing.chaser is not None:
            days.append(standing.chaser.due_on)
    assert days == [day for day in (FIRST, SECOND, THIRD) if day < SENT_ON + DAY * last]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(status, Outcome.PUBLISH) for status in Status if status is not Status.PUBLICATION_AWAITED]
    + [(Status.PUBLICATION_AWAITED, Outcome.RESUBMIT)],
)
def test_only_a_review_whose_publication_is_awaited_is_chased(
    status: Status, outcome: Outcome
) -> None:
    assert chase(THIRD, status=status, outcome=outcome).state is ChaseState.NONE


def test_without_a_letter_there_is_no_chase() -> None:
    assert chase(THIRD, followed=Followed(None)).state is ChaseState.NONE


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (SENT_ON, ChaseState.WAITING),
        (FIRST - DAY, ChaseState.WAITING),
        (FIRST, ChaseState.DUE),
        (FIRST + DAY, ChaseState.DUE),
    ],
)
def test_a_chase_waits_until_it_is_due(today: date, state: ChaseState) -> None:
    assert chase(today).state is state


def test_after_the_last_reminder_a_person_takes_over() -> None:
    standing = chase(THIRD + DAY, followed=followed(*chased_on(FIRST, SECOND, THIRD)))
    assert standing.state is ChaseState.SPENT
    assert "a person takes over" in standing.why


def test_a_reminder_that_was_late_is_not_followed_by_the_next_at_once() -> None:
    late = a_chaser(due_on=FIRST, leave_on=SECOND - DAY, status=PostingStatus.SENT)
    assert chase(SECOND, followed=followed(late)).state is ChaseState.WAITING
    assert chase(SECOND + 7 * DAY, followed=followed(late)).state is ChaseState.DUE


def test_a_pause_lapses_on_its_date() -> None:
    pause = Pause("the inquest", SECOND)
    assert chase(SECOND - DAY, pause=pause).state is ChaseState.PAUSED
    assert chase(SECOND, pause=pause).state is ChaseState.DUE
    assert chase(SECOND + 900 * DAY, pause=Pause("the inquest")).state is ChaseState.PAUSED


@pytest.mark.parametrize(
    "hindered",
    [
        pytest.param(followed(unread_answer=True), id="an unread answer"),
        pytest.param(followed(open_question=True), id="a question not answered"),
        pytest.param(followed(links=(a_link(),)), id="a link to be checked"),
        pytest.param(
            followed(a_chaser(status=PostingStatus.BOUNCED)), id="the last mail came back"
        ),
        *(
            pytest.param(
                followed(links=(a_link(status=LinkStatus.CHECKED),), checks=(a_check(finding),)),
                id=f"a person must look: {finding}",
            )
            for finding in (
                Finding.PUBLISHED,
                Finding.LETTER_MISSING,
                Finding.UNCHANGED,
                Finding.UNSURE,
                Finding.BARRED,
            )
        ),
    ],
)
def test_an_answer_or_a_link_stops_the_chase(hindered: Followed) -> None:
    assert chase(FIRST, followed=hindered).state is ChaseState.PAUSED


@pytest.mark.parametrize(
    "finding",
    [Finding.NOT_FOUND, Finding.SITE_DOWN, Finding.ANOTHER_REPORT, Finding.REFUSED],
)
def test_after_a_failed_check_the_chase_goes_on(finding: Finding) -> None:
    failed = followed(links=(a_link(),), checks=(a_check(finding),))
    assert chase(FIRST, followed=failed).state is ChaseState.DUE


def test_a_link_set_aside_and_an_older_check_stop_nothing() -> None:
    aside = followed(
        links=(a_link(status=LinkStatus.SET_ASIDE),), checks=(a_check(Finding.PUBLISHED),)
    )
    newer = followed(
        links=(a_link(status=LinkStatus.CHECKED),),
        checks=(a_check(Finding.NOT_FOUND), a_check(Finding.UNSURE)),
    )
    assert chase(FIRST, followed=aside).state is ChaseState.DUE
    assert chase(FIRST, followed=newer).state is ChaseState.DUE


def test_a_reminder_that_came_back_stops_the_chase_until_another_address_is_confirmed() -> None:
    back = a_chaser(due_on=FIRST, leave_on=FIRST, status=PostingStatus.BOUNCED)
    later = a_posting(kind=PostingKind.COPY, to="office@anyshire-pcc.example")
    same = followed(back, later, contact=back.to.upper())
    other = followed(back, later, contact="new@anyshire.example")
    assert chase(SECOND, followed=same).state is ChaseState.PAUSED
    assert chase(SECOND, followed=other).state is ChaseState.DUE


def test_while_a_reminder_has_not_left_the_next_one_waits_for_a_person() -> None:
    unsent = a_chaser(due_on=FIRST, leave_on=FIRST)
    standing = chase(SECOND, followed=followed(unsent))
    assert standing.chaser == Chaser(2, SECOND, for_release=True, wording="chase-2")


WAIT_OVER = date(2026, 4, 1)


def on_pause(cause: Cause) -> Pause:
    return Pause("they said so", WAIT_OVER, cause, "the council's mail 3")


@pytest.mark.parametrize(
    ("cause", "due", "wording"),
    [
        (Cause.PROMISE, date(2026, 4, 10), "chase-wait-over"),
        (Cause.INQUEST, date(2026, 4, 10), "chase-wait-over"),
        (Cause.SAID_PUBLISHED, date(2026, 4, 10), "chase-link"),
        (Cause.OTHER, FIRST, "chase-1"),
    ],
)
def test_once_a_day_that_was_waited_for_has_come_the_chase_counts_from_it(
    cause: Cause, due: date, wording: str
) -> None:
    standing = chase(due, pause=on_pause(cause))
    assert standing.state is ChaseState.DUE
    assert standing.chaser == Chaser(1, due, wording=wording)


def test_before_that_day_nobody_is_asked() -> None:
    standing = chase(WAIT_OVER - DAY, pause=on_pause(Cause.TRIAL))
    assert (standing.state, "until 1 April 2026" in standing.why) == (ChaseState.PAUSED, True)


def test_a_report_that_is_gone_is_asked_after_anew_in_words_of_its_own() -> None:
    sent = followed(*chased_on(FIRST, SECOND, THIRD))
    standing = chase(date(2026, 10, 8), followed=sent, gone_on=date(2026, 10, 1))
    assert standing.chaser == Chaser(1, date(2026, 10, 8), wording="chase-gone")


OWN = ChaseRule((10, 30), ("ours-1", "ours-2"), csp="anytown")


@pytest.mark.parametrize(
    ("rule", "wording"),
    [
        pytest.param(OWN, "ours-1", id="of its partnership"),
        pytest.param(replace(OWN, csp="elsewhere"), "chase-1", id="of another partnership"),
        pytest.param(replace(OWN, outcome=Outcome.PUBLISH), "ours-1", id="of its outcome"),
        pytest.param(
            replace(OWN, outcome=Outcome.PUBLISH_AFTER_CHANGES), "chase-1", id="of another outcome"
        ),
        pytest.param(replace(OWN, csp="", generation="2022"), "ours-1", id="of its letters"),
        pytest.param(replace(OWN, generation="2017"), "chase-1", id="of other letters"),
        pytest.param(replace(OWN, after=Trigger.GONE), "chase-1", id="after something else"),
    ],
)
def test_a_rule_of_the_offices_own_comes_first_where_it_fits(rule: ChaseRule, wording: str) -> None:
    policy = ChasePolicy(rules=(rule,))
    review = a_review(outcome=Outcome.PUBLISH, parties=Parties(("anytown",)))
    found = policy.rule_for(review, Trigger.LETTER, generation="2022")
    assert found is not None
    assert found.wording(1) == wording


def test_the_last_wording_stands_for_every_reminder_beyond() -> None:
    assert [OWN.wording(step) for step in (1, 2, 3)] == ["ours-1", "ours-2", "ours-2"]


def test_nobody_is_asked_on_the_anniversary_but_the_day_after() -> None:
    facts = replace(a_review().facts, date_of_death=f"2021-{FIRST:%m-%d}")
    on_the_day, after = (
        chase_of(
            a_review(status=Status.PUBLICATION_AWAITED, outcome=Outcome.PUBLISH, facts=facts),
            Followed(SENT_ON, (LETTER,)),
            ChasePolicy(),
            today=day,
            free=FREE,
            quiet=Quiet(),
        )
        for day in (FIRST, FIRST + DAY)
    )
    assert (on_the_day.state, on_the_day.why) == (
        ChaseState.WAITING,
        "until 9 April 2026: an anniversary",
    )
    assert after.state is ChaseState.DUE


def test_one_mail_for_several_that_never_left_was_for_none_of_them() -> None:
    shared = a_chaser(due_on=FIRST, references=(REFERENCE, REFERENCE), status=PostingStatus.DROPPED)
    assert chase(FIRST, followed=followed(shared)).chaser == Chaser(1, FIRST, wording="chase-1")


def test_a_suggestion_lets_no_chase_wait_and_a_strange_host_does() -> None:
    suggested = followed(links=(a_link(status=LinkStatus.SUGGESTED),))
    held = followed(links=(a_link(status=LinkStatus.HELD),))
    assert chase(FIRST, followed=suggested).state is ChaseState.DUE
    assert chase(FIRST, followed=held).state is ChaseState.PAUSED
