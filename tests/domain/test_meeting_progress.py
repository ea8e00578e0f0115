from dataclasses import replace

import pytest

from secretariat.domain.letter import LetterStatus
from secretariat.domain.meeting_papers import agenda_item
from secretariat.domain.meeting_progress import (
    MeetingStanding,
    Reached,
    standing_of,
)
from secretariat.domain.papers import PaperKind
from secretariat.domain.review import Status
from tests.builders import (
    NOW,
    a_letter,
    a_letter_to_approve,
    a_meeting,
    a_paper,
    a_parties,
    a_review,
    some_facts,
    some_notes,
)

REVIEW = a_review(status=Status.CONSIDERED)
NOTES = some_notes()


def test_a_review_without_notes_waits_for_them() -> None:
    standing = standing_of(REVIEW, None, None)
    assert (standing.reached, standing.missing) == (
        Reached.NOTES_AWAITED,
        ("no notes have been taken on it",),
    )


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.MERGED, Status.UNDONE])
def test_a_review_that_is_over_gets_no_letter(status: Status) -> None:
    standing = standing_of(a_review(status=status), None, None)
    assert (standing.reached, standing.missing) == (
        Reached.NO_LETTER,
        (f"QA-2026-0001 is {status}",),
    )


def test_why_a_letter_cannot_be_drafted_is_what_is_missing() -> None:
    waiting = standing_of(REVIEW, NOTES, None)
    assert (waiting.reached, waiting.missing) == (
        Reached.TO_BE_DRAFTED,
        ("it has not been drafted yet",),
    )
    stuck = standing_of(REVIEW, NOTES, None, not_drafted="a sign cannot be printed")
    assert stuck.missing == ("it cannot be drafted: a sign cannot be printed",)


def test_a_draft_is_checked_until_nothing_bars_it_and_then_only_approval_is_missing() -> None:
    draft, lacks = a_letter(), ("a person must confirm the partnership",)
    to_check = standing_of(REVIEW, NOTES, draft, lacks=lacks)
    assert (to_check.reached, to_check.missing) == (Reached.TO_BE_CHECKED, lacks)
    standing = standing_of(REVIEW, NOTES, draft)
    assert (standing.reached, standing.missing) == (
        Reached.TO_BE_APPROVED,
        ("it has not been approved yet",),
    )


@pytest.mark.parametrize(
    ("status", "reached", "missing"),
    [
        (LetterStatus.APPROVED, Reached.APPROVED, 0),
        (LetterStatus.SENDING, Reached.APPROVED, 0),
        (LetterStatus.SENT, Reached.SENT, 0),
        (LetterStatus.NOT_DELIVERED, Reached.TO_BE_CHECKED, 1),
        (LetterStatus.ABANDONED, Reached.NO_LETTER, 1),
    ],
)
def test_every_other_letter_stands_where_its_status_says(
    status: LetterStatus, reached: Reached, missing: int
) -> None:
    standing = standing_of(REVIEW, NOTES, a_letter(status=status))
    assert (standing.reached, len(standing.missing)) == (reached, missing)


def test_the_progress_counts_every_letter_at_each_step_it_has_passed() -> None:
    ready = a_letter_to_approve()
    standings = (
        standing_of(REVIEW, None, None),
        standing_of(REVIEW, NOTES, None),
        standing_of(REVIEW, NOTES, a_letter(), lacks=("something",)),
        standing_of(REVIEW, NOTES, ready),
        standing_of(REVIEW, NOTES, replace(ready, status=LetterStatus.APPROVED)),
        standing_of(REVIEW, NOTES, replace(ready, status=LetterStatus.SENT)),
        standing_of(a_review(status=Status.WITHDRAWN), None, None),
    )
    progress = MeetingStanding(a_meeting(), standings).progress
    assert [(step.name, step.told) for step in progress.steps] == [
        ("Notes taken", "5 of 6"),
        ("Drafted", "4 of 6"),
        ("Ready to approve", "3 of 6"),
        ("Approved", "2 of 6"),
        ("Sent", "1 of 6"),
    ]
    assert progress.told == "1 of 6 letters sent."


def test_a_meeting_without_letters_says_so() -> None:
    told = "There is no letter to write for this meeting."
    assert MeetingStanding(a_meeting(), ()).progress.told == told


def test_the_agenda_shows_what_the_review_shows_and_the_newest_overview_report() -> None:
    papers = [
        a_paper(pages=10, submission=2),
        a_paper(pages=64),
        a_paper(pages=99, submission=3, set_aside=True),
        a_paper(pages=98, submission=3, kind=PaperKind.ACTION_PLAN),
        a_paper(pages=12, submission=2, received_at=NOW),
    ]
    item = agenda_item(a_review(), papers)
    assert (item.pages, item.received_on, item.pseudonyms) == (12, NOW.date(), ("Maria",))
    assert item.heading == "QA-2026-0001 Anytown Community Safety Partnership (DHR15)"


def test_a_review_whose_papers_say_nothing_is_on_the_agenda_all_the_same() -> None:
    silent = a_review(
        parties=a_parties(csp=""), facts=some_facts(csp=None, local_reference=None, pseudonyms=())
    )
    item = agenda_item(silent, [])
    assert (item.pages, item.received_on, item.heading) == (0, silent.received_on, "QA-2026-0001")
