"""The story of the demonstration: ten invented months, step by dated step.

What happens to each review stands in `reviews`; here are the meetings, the rest of the post,
and the order of it all.
"""

from datetime import date
from typing import Final

from secretariat.cli.demo import hard_cases, papers, staff
from secretariat.cli.demo import letters_in as councils
from secretariat.cli.demo.cases import DERBY, NORTHANTS, PRESS, STRANGER
from secretariat.cli.demo.reviews import REVIEWS
from secretariat.cli.demo.staff import Noted
from secretariat.cli.demo.world import Step
from secretariat.domain.post import PostingKind
from secretariat.domain.post_in import MailKind
from secretariat.domain.review import Outcome

BEGINS: Final = date(2026, 1, 5)
ENDS: Final = date(2026, 11, 9)
WINTER: Final = date(2026, 2, 25)
SUMMER: Final = date(2026, 6, 24)
AUTUMN: Final = date(2026, 10, 21)
PRAISE: Final = "The Panel concluded that this was a clear review that keeps the family in view."
CHANGES: Final = Outcome.PUBLISH_AFTER_CHANGES

NOTED_IN_WINTER: Final = (
    Noted("robin", CHANGES, PRAISE, ("Say when the checklist was filled in.",)),
    Noted("wren", Outcome.PUBLISH, PRAISE),
    Noted(
        "linnet",
        CHANGES,
        PRAISE,
        ("Add what was learned about interpreters.", "Give the action plan its dates."),
    ),
    Noted("heron", CHANGES, PRAISE, ("Say who owns the actions today.",)),
    Noted(
        "finch",
        Outcome.RESUBMIT,
        "The Panel thanked the authors and felt that the voice of the family was missing.",
        ("Hear the family.", "Analyse what each agency knew, and when."),
    ),
    Noted("plover", Outcome.PUBLISH, PRAISE),
)
NOTED_IN_SUMMER: Final = (
    Noted("finch", Outcome.PUBLISH, "The Panel was glad to hear the family in this version."),
    Noted("merlin", CHANGES, PRAISE, ("Send a version that can be read aloud.",)),
)
NOTED_IN_AUTUMN: Final = (Noted("dunnock", CHANGES, PRAISE, ("Name the agencies in full once.",)),)


def steps() -> tuple[Step, ...]:
    """Return the whole story, in the order of its days and hours."""
    told = [*_office(), *_meetings(), *_other_post()]
    told += [step for review in REVIEWS for step in review()]
    told += hard_cases.steps()
    return tuple(sorted(told, key=lambda step: (step.on, step.hour)))


def _office() -> tuple[Step, ...]:
    passed_on = staff.say_what_it_is("press", MailKind.NOT_FOR_US, "passed to the press office")
    return (
        Step(BEGINS, staff.release_sending),
        Step(date(2026, 2, 3), passed_on),
        Step(date(2026, 2, 6), staff.answer_matters("the decision was put to the Panel")),
    )


def _meetings() -> tuple[Step, ...]:
    first, second = ([one.key for one in noted] for noted in (NOTED_IN_WINTER, NOTED_IN_SUMMER))
    winter = councils.mails_notes("notes", "panel notes from staff", WINTER, NOTED_IN_WINTER)
    autumn = councils.mails_notes("notes-2", "panel notes from staff", AUTUMN, NOTED_IN_AUTUMN)
    return (
        Step(date(2026, 2, 9), staff.hold_meeting(WINTER, first)),
        Step(date(2026, 2, 26), winter),
        Step(date(2026, 3, 2), staff.sign(*first)),
        Step(date(2026, 6, 8), staff.hold_meeting(SUMMER, second)),
        Step(date(2026, 6, 25), staff.upload_notes(SUMMER, NOTED_IN_SUMMER)),
        Step(date(2026, 6, 30), staff.sign(*second)),
        Step(date(2026, 10, 8), staff.hold_meeting(AUTUMN, ["dunnock"])),
        Step(date(2026, 10, 22), autumn),
    )


def _other_post() -> tuple[Step, ...]:
    decision = councils.writes(
        "derby",
        "a decision not to review",
        DERBY,
        "Decision not to commission a Domestic Homicide Review",
        "The partnership has decided not to commission a domestic homicide review, because the"
        " criteria are not met.",
    )
    question = councils.writes(
        "press",
        "a newspaper's question",
        PRESS,
        "For tomorrow's paper",
        "Could somebody ring me about the figures for last year?",
    )
    bounce = councils.bounces("bounced", "a bounce", of=("robin", PostingKind.COPY))
    borrowed = councils.borrows_message_id(
        "curlew",
        "an old Message-ID, another paper",
        NORTHANTS,
        of="heron",
        sheet=papers.overview(STRANGER),
    )
    return (
        Step(date(2026, 1, 26), councils.arrives_broken("siskin", "broken MIME")),
        Step(date(2026, 1, 29), decision),
        Step(date(2026, 1, 30), question),
        Step(date(2026, 3, 3), bounce),
        Step(date(2026, 10, 28), borrowed),
    )
