"""The story of the demonstration: ten invented months, step by dated step.

Papers are made when the story is told, because the same case gives the same bytes each time.
"""

from datetime import date
from typing import Final

from secretariat.cli.demo import letters_in as councils
from secretariat.cli.demo import papers, staff
from secretariat.cli.demo.cases import (
    BURY,
    CARDIFF,
    COTSWOLD,
    DUNNOCK,
    EXETER,
    FINCH,
    FINCH_AGAIN,
    HERON,
    LINNET,
    MERLIN,
    NORTHANTS,
    NORWICH,
    PLOVER,
    ROBIN,
    SHROPSHIRE,
    STRANGER,
    SWIFT,
    WILTSHIRE,
    WREN,
    council,
)
from secretariat.cli.demo.staff import Noted
from secretariat.cli.demo.world import Step, World
from secretariat.domain.papers import Facts
from secretariat.domain.post import PostingKind
from secretariat.domain.post_in import MailKind
from secretariat.domain.review import Outcome

BEGINS: Final = date(2026, 1, 5)
ENDS: Final = date(2026, 10, 30)
WINTER: Final = date(2026, 2, 25)
SUMMER: Final = date(2026, 6, 24)
ACK: Final = PostingKind.ACKNOWLEDGEMENT
AUTUMN: Final = date(2026, 10, 21)
LETTER: Final = PostingKind.LETTER
DERBY: Final = council("derby.gov.uk", "Derby City Council", member="Outline")
DEVON: Final = council("devon.gov.uk", "Devon County Council", member="Trial")
PRESS: Final = council("anytown-gazette.example", "The Anytown Gazette", member="Reporter")

PRAISE: Final = (
    "The Panel concluded that this was a clear review with a kind regard for the family."
)
NOTED_IN_WINTER: Final = (
    Noted(
        "robin", Outcome.PUBLISH_AFTER_CHANGES, PRAISE, ("Say when the checklist was filled in.",)
    ),
    Noted("wren", Outcome.PUBLISH, PRAISE),
    Noted(
        "linnet",
        Outcome.PUBLISH_AFTER_CHANGES,
        PRAISE,
        ("Add what was learned about interpreters.", "Give the action plan its dates."),
    ),
    Noted("heron", Outcome.PUBLISH_AFTER_CHANGES, PRAISE, ("Say who owns the actions today.",)),
    Noted(
        "finch",
        Outcome.RESUBMIT,
        "The Panel thanked the authors and felt that the voice of the family was missing.",
        ("Hear the family.", "Analyse what each agency knew, and when."),
    ),
    Noted("plover", Outcome.PUBLISH, PRAISE),
)
NOTED_IN_SUMMER: Final = (
    Noted(
        "finch", Outcome.PUBLISH, "The Panel was glad to hear the family's voice in this version."
    ),
    Noted(
        "merlin", Outcome.PUBLISH_AFTER_CHANGES, PRAISE, ("Send a version that can be read aloud.",)
    ),
)
NOTED_IN_AUTUMN: Final = (
    Noted("dunnock", Outcome.PUBLISH_AFTER_CHANGES, PRAISE, ("Name the agencies in full once.",)),
)


def _in_january() -> tuple[Step, ...]:
    robin = (papers.overview(ROBIN), papers.summary(ROBIN), papers.action_plan(ROBIN))
    return (
        Step(BEGINS, staff.release_sending),
        Step(date(2026, 1, 6), councils.submits("robin", "a submission", EXETER, ROBIN, *robin)),
        Step(date(2026, 1, 7), councils.comes_again("robin-2", "the same mail again", "robin")),
        Step(
            date(2026, 1, 8),
            councils.submits(
                "wren", "a submission, part one", WILTSHIRE, WREN, papers.overview_in_word(WREN)
            ),
        ),
        Step(
            date(2026, 1, 9),
            councils.answers(
                "wren-2",
                "part two, in our thread",
                WILTSHIRE,
                "Here is the action plan that belongs to our report.",
                papers.action_plan(WREN),
                to=("wren", ACK),
            ),
        ),
        Step(
            date(2026, 1, 12),
            councils.submits_in_welsh(
                "linnet",
                "a Welsh council's submission",
                CARDIFF,
                LINNET,
                papers.overview(LINNET),
                papers.action_plan(LINNET),
            ),
        ),
        Step(
            date(2026, 1, 14),
            councils.submits(
                "heron",
                "a merged council's submission",
                NORTHANTS,
                HERON,
                papers.overview(HERON),
                papers.summary(HERON),
            ),
        ),
        Step(
            date(2026, 1, 16),
            councils.submits(
                "finch", "a submission", BURY, FINCH, papers.overview(FINCH), papers.summary(FINCH)
            ),
        ),
        Step(
            date(2026, 1, 20),
            councils.submits("plover", "a submission", SHROPSHIRE, PLOVER, papers.overview(PLOVER)),
        ),
        Step(
            date(2026, 1, 22),
            councils.submits(
                "merlin",
                "a scan without a text layer",
                NORWICH,
                MERLIN,
                papers.scanned(papers.overview(MERLIN)),
            ),
        ),
        Step(date(2026, 1, 26), councils.arrives_broken("siskin", "broken MIME")),
        Step(
            date(2026, 1, 27),
            councils.is_away("away", "an out-of-office", NORTHANTS, of=("heron", ACK)),
        ),
        Step(
            date(2026, 1, 29),
            councils.writes(
                "derby",
                "a decision not to review",
                DERBY,
                "Decision not to commission a Domestic Homicide Review",
                "The partnership has decided not to commission a domestic homicide review, because"
                " the criteria are not met.",
            ),
        ),
        Step(
            date(2026, 1, 30),
            councils.writes(
                "press",
                "a newspaper's question",
                PRESS,
                "For tomorrow's paper",
                "Could somebody ring me about the figures for last year?",
            ),
        ),
        Step(
            date(2026, 2, 2),
            councils.submits(
                "robin-3", "the same papers from elsewhere", DEVON, ROBIN, papers.overview(ROBIN)
            ),
        ),
    )


def _first_meeting() -> tuple[Step, ...]:
    contacts = (
        ("robin", EXETER),
        ("wren", WILTSHIRE),
        ("linnet", CARDIFF),
        ("heron", NORTHANTS),
        ("finch", BURY),
        ("plover", SHROPSHIRE),
        ("merlin", NORWICH),
    )
    cover = Facts(
        MERLIN.partnership,
        (MERLIN.pseudonym,),
        MERLIN.reference,
        "2023-02",
        MERLIN.author,
        MERLIN.chair,
        "2025-11",
    )
    keys = [one.key for one in NOTED_IN_WINTER]
    return (
        Step(
            date(2026, 2, 3),
            staff.say_what_it_is("press", MailKind.NOT_FOR_US, "passed to the press office"),
        ),
        Step(date(2026, 2, 4), staff.say_facts("merlin", cover)),
        Step(date(2026, 2, 4), staff.say_partnership("merlin", "E22000223"), 12),
        *(Step(date(2026, 2, 5), staff.confirm_contact(*one)) for one in contacts),
        Step(date(2026, 2, 6), staff.answer_matters("the decision was put to the Panel")),
        Step(date(2026, 2, 9), staff.hold_meeting(WINTER, keys)),
        Step(
            date(2026, 2, 26),
            councils.mails_notes(
                "notes", "panel notes from staff", "25 February 2026", NOTED_IN_WINTER
            ),
        ),
        Step(date(2026, 3, 2), staff.sign(*keys)),
        Step(
            date(2026, 3, 3),
            councils.bounces("bounced", "a bounce", of=("robin", PostingKind.COPY)),
        ),
    )


def _spring() -> tuple[Step, ...]:
    return (
        Step(
            date(2026, 3, 5),
            councils.answers(
                "heron-why",
                "a request to explain",
                NORTHANTS,
                "Could you explain what the Panel means by its point about the actions? It is not"
                " clear to us.",
                to=("heron", LETTER),
            ),
        ),
        Step(date(2026, 3, 12), staff.answer_matters("explained by telephone")),
        Step(
            date(2026, 4, 10),
            councils.publishes("wren", "/wren.pdf", WREN, changed=False, letter=False),
        ),
        Step(
            date(2026, 4, 10),
            councils.gives_link(
                "wren-link", "a link: no letter there", WILTSHIRE, "/wren.pdf", review="wren"
            ),
            12,
        ),
        Step(date(2026, 4, 20), councils.publishes("robin", "/robin.pdf", ROBIN)),
        Step(
            date(2026, 4, 20),
            councils.gives_link(
                "robin-link", "a link: right", EXETER, "/robin.pdf", review="robin"
            ),
            12,
        ),
        Step(date(2026, 4, 22), staff.confirm_published("robin")),
        Step(date(2026, 4, 30), councils.publishes("wren", "/wren-2.pdf", WREN, changed=False)),
        Step(
            date(2026, 4, 30),
            councils.gives_link(
                "wren-link-2", "a link: right now", WILTSHIRE, "/wren-2.pdf", review="wren"
            ),
            12,
        ),
        Step(date(2026, 5, 5), staff.confirm_published("wren")),
        Step(date(2026, 5, 11), councils.publishes("linnet", "/linnet.pdf", LINNET, changed=False)),
        Step(
            date(2026, 5, 11),
            councils.gives_link(
                "linnet-link", "a link: not changed", CARDIFF, "/linnet.pdf", review="linnet"
            ),
            12,
        ),
        Step(
            date(2026, 5, 13),
            staff.mark_read("linnet-link", "the council was told what is missing"),
        ),
        Step(
            date(2026, 5, 13), staff.set_link_aside("linnet", "the Panel's changes are missing"), 12
        ),
        Step(date(2026, 5, 14), _put_up_a_stranger),
        Step(
            date(2026, 5, 14),
            councils.gives_link(
                "heron-link", "a link: another report", NORTHANTS, "/2018.pdf", review="heron"
            ),
            12,
        ),
        Step(
            date(2026, 5, 18),
            councils.answers(
                "finch-2",
                "a resubmission",
                BURY,
                "Please find attached the amended version of our report.",
                papers.revised(FINCH_AGAIN, named="Finch Overview Report v2.pdf"),
                to=("finch", LETTER),
            ),
        ),
    )


def _summer() -> tuple[Step, ...]:
    keys = [one.key for one in NOTED_IN_SUMMER]
    return (
        Step(date(2026, 6, 3), councils.publishes("heron", "/heron.pdf", HERON)),
        Step(
            date(2026, 6, 3),
            councils.gives_link(
                "heron-link-2", "a link: right now", NORTHANTS, "/heron.pdf", review="heron"
            ),
            12,
        ),
        Step(date(2026, 6, 5), staff.confirm_published("heron")),
        Step(date(2026, 6, 8), staff.hold_meeting(SUMMER, keys)),
        Step(date(2026, 6, 25), staff.upload_notes(SUMMER, NOTED_IN_SUMMER)),
        Step(date(2026, 6, 30), staff.sign(*keys)),
        Step(
            date(2026, 7, 6),
            councils.gives_link(
                "finch-link", "a link: nothing there", BURY, "/finch.pdf", review="finch"
            ),
        ),
        Step(date(2026, 7, 8), staff.mark_read("finch-link", "asked the council to look again")),
        Step(
            date(2026, 9, 14),
            staff.agree_not_to_publish("merlin", "the family asked for it, and the Panel agreed"),
        ),
    )


def _autumn() -> tuple[Step, ...]:
    """Leave something for whoever opens the pages: a draft, a new review, a link, held mail."""
    return (
        Step(
            date(2026, 10, 5),
            councils.submits(
                "dunnock",
                "a submission",
                COTSWOLD,
                DUNNOCK,
                papers.overview(DUNNOCK),
                papers.summary(DUNNOCK),
            ),
        ),
        Step(date(2026, 10, 7), staff.confirm_contact("dunnock", COTSWOLD)),
        Step(date(2026, 10, 8), staff.hold_meeting(AUTUMN, ["dunnock"])),
        Step(
            date(2026, 10, 22),
            councils.mails_notes("notes-3", "panel notes", "21 October 2026", NOTED_IN_AUTUMN),
        ),
        Step(date(2026, 10, 26), councils.publishes("finch", "/finch-final.pdf", FINCH_AGAIN)),
        Step(
            date(2026, 10, 26),
            councils.gives_link(
                "finch-link-2", "a link: right now", BURY, "/finch-final.pdf", review="finch"
            ),
            12,
        ),
        Step(
            date(2026, 10, 28),
            councils.borrows_message_id(
                "curlew",
                "an old Message-ID, another paper",
                NORTHANTS,
                of="heron",
                sheet=papers.overview(STRANGER),
            ),
        ),
        Step(
            date(2026, 10, 29),
            councils.submits("swift", "a submission", EXETER, SWIFT, papers.overview(SWIFT)),
        ),
    )


def steps() -> tuple[Step, ...]:
    """Return the whole story, in the order of its days."""
    return (*_in_january(), *_first_meeting(), *_spring(), *_summer(), *_autumn())


def _put_up_a_stranger(world: World) -> None:
    world.site.publish("/2018.pdf", papers.overview(STRANGER).body)
