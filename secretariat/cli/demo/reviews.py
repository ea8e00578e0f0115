"""What happens to each invented review, from its first mail to where it stands at the end."""

from datetime import date

from secretariat.cli.demo import letters_in as councils
from secretariat.cli.demo import papers, staff
from secretariat.cli.demo.cases import (
    BURY,
    CARDIFF,
    COTSWOLD,
    DEVON,
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
    Council,
)
from secretariat.cli.demo.world import Act, Step, World
from secretariat.domain.papers import Facts
from secretariat.domain.post import PostingKind

CONTACTS_CONFIRMED = date(2026, 2, 5)


def robin() -> tuple[Step, ...]:
    """All goes well; the same mail and the same papers come again."""
    sheets = (papers.overview(ROBIN), papers.summary(ROBIN), papers.action_plan(ROBIN))
    again = "the same papers from elsewhere"
    return (
        Step(date(2026, 1, 6), councils.submits("robin", "a submission", EXETER, ROBIN, *sheets)),
        Step(date(2026, 1, 7), councils.comes_again("robin-2", "the same mail again", "robin")),
        Step(date(2026, 2, 2), councils.submits("robin-3", again, DEVON, ROBIN, sheets[0])),
        Step(CONTACTS_CONFIRMED, staff.confirm_contact("robin", EXETER)),
        *_published(date(2026, 4, 20), "robin", "right", EXETER, councils.publishes(ROBIN)),
        Step(date(2026, 4, 22), staff.confirm_published("robin")),
    )


def wren() -> tuple[Step, ...]:
    """The report comes in two mails; the council forgets the letter, and mends that."""
    first = papers.overview_in_word(WREN)
    part_two = councils.answers(
        "wren-2",
        "part two, in our thread",
        WILTSHIRE,
        "Here is the action plan that belongs to our report.",
        papers.action_plan(WREN),
        to=("wren", PostingKind.ACKNOWLEDGEMENT),
    )
    bare = councils.publishes(WREN, changed=False, letter=False)
    whole = councils.publishes(WREN, changed=False)
    return (
        Step(
            date(2026, 1, 8),
            councils.submits("wren", "a submission, part one", WILTSHIRE, WREN, first),
        ),
        Step(date(2026, 1, 9), part_two),
        Step(CONTACTS_CONFIRMED, staff.confirm_contact("wren", WILTSHIRE)),
        *_published(date(2026, 4, 10), "wren", "no letter there", WILTSHIRE, bare),
        *_published(date(2026, 4, 30), "wren", "right now", WILTSHIRE, whole),
        Step(date(2026, 5, 5), staff.confirm_published("wren")),
    )


def linnet() -> tuple[Step, ...]:
    """A Welsh council publishes the very text that the Panel asked to be changed."""
    sheets = (papers.overview(LINNET), papers.action_plan(LINNET))
    submitted = councils.submits_in_welsh(
        "linnet", "a Welsh council's submission", CARDIFF, LINNET, *sheets
    )
    unchanged = councils.publishes(LINNET, changed=False)
    told = "the Panel's changes are missing"
    return (
        Step(date(2026, 1, 12), submitted),
        Step(CONTACTS_CONFIRMED, staff.confirm_contact("linnet", CARDIFF)),
        *_published(date(2026, 5, 11), "linnet", "not changed", CARDIFF, unchanged),
        Step(date(2026, 5, 13), staff.mark_answers_read("linnet", told)),
        Step(date(2026, 5, 13), staff.set_link_aside("linnet", told), 12),
    )


def heron() -> tuple[Step, ...]:
    """A partnership that has merged asks what the Panel meant, and gives a wrong link first."""
    what = "a merged council's submission"
    sheets = (papers.overview(HERON), papers.summary(HERON))
    asked = councils.answers(
        "heron-why",
        "a request to explain",
        NORTHANTS,
        "Could you explain what the Panel means by its point about the actions? It is not clear.",
        to=("heron", PostingKind.LETTER),
    )
    away = ("heron", PostingKind.ACKNOWLEDGEMENT)
    return (
        Step(date(2026, 1, 14), councils.submits("heron", what, NORTHANTS, HERON, *sheets)),
        Step(date(2026, 1, 27), councils.is_away("away", "an out-of-office", NORTHANTS, of=away)),
        Step(CONTACTS_CONFIRMED, staff.confirm_contact("heron", NORTHANTS)),
        Step(date(2026, 3, 5), asked),
        Step(date(2026, 3, 12), staff.answer_matters("explained by telephone")),
        Step(date(2026, 3, 12), staff.mark_answers_read("heron", "explained by telephone"), 12),
        *_published(date(2026, 5, 14), "heron", "another report", NORTHANTS, _a_stranger),
        *_published(date(2026, 6, 3), "heron", "right now", NORTHANTS, councils.publishes(HERON)),
        Step(date(2026, 6, 5), staff.confirm_published("heron")),
    )


def finch() -> tuple[Step, ...]:
    """The Panel wants another version; the second letter lets it be published."""
    sheets = (papers.overview(FINCH), papers.summary(FINCH))
    again = councils.answers(
        "finch-2",
        "a resubmission",
        BURY,
        "Please find attached the amended version of our report.",
        papers.revised(FINCH_AGAIN, named="Finch Overview Report v2.pdf"),
        to=("finch", PostingKind.LETTER),
    )
    right = councils.publishes(FINCH_AGAIN)
    return (
        Step(date(2026, 1, 16), councils.submits("finch", "a submission", BURY, FINCH, *sheets)),
        Step(CONTACTS_CONFIRMED, staff.confirm_contact("finch", BURY)),
        Step(date(2026, 5, 18), again),
        *_published(date(2026, 7, 6), "finch", "nothing there", BURY, _nothing),
        Step(date(2026, 7, 8), staff.mark_answers_read("finch", "asked to look again")),
        *_published(date(2026, 10, 26), "finch", "right now", BURY, right),
    )


def plover() -> tuple[Step, ...]:
    """The council never answers."""
    sheet = papers.overview(PLOVER)
    return (
        Step(
            date(2026, 1, 20), councils.submits("plover", "a submission", SHROPSHIRE, PLOVER, sheet)
        ),
        Step(CONTACTS_CONFIRMED, staff.confirm_contact("plover", SHROPSHIRE)),
    )


def merlin() -> tuple[Step, ...]:
    """A scan, whose facts a person must say; in the end it is not for publication."""
    scan = papers.scanned(papers.overview(MERLIN))
    what = "a scan without a text layer"
    cover = Facts(
        MERLIN.partnership,
        (MERLIN.pseudonym,),
        MERLIN.reference,
        "2023-02",
        MERLIN.author,
        MERLIN.chair,
        "2025-11",
    )
    why = "the family asked for it, and the Panel agreed"
    return (
        Step(date(2026, 1, 22), councils.submits("merlin", what, NORWICH, MERLIN, scan)),
        Step(date(2026, 2, 4), staff.say_facts("merlin", cover)),
        Step(date(2026, 2, 4), staff.say_partnership("merlin", "E22000223"), 12),
        Step(CONTACTS_CONFIRMED, staff.confirm_contact("merlin", NORWICH)),
        Step(date(2026, 9, 14), staff.agree_not_to_publish("merlin", why)),
    )


def dunnock() -> tuple[Step, ...]:
    """A letter is left as a draft, for whoever opens the pages."""
    sheets = (papers.overview(DUNNOCK), papers.summary(DUNNOCK))
    return (
        Step(
            date(2026, 10, 5),
            councils.submits("dunnock", "a submission", COTSWOLD, DUNNOCK, *sheets),
        ),
        Step(date(2026, 10, 7), staff.confirm_contact("dunnock", COTSWOLD)),
    )


def swift() -> tuple[Step, ...]:
    """The last to arrive waits for a meeting."""
    sheet = papers.overview(SWIFT)
    return (
        Step(date(2026, 10, 29), councils.submits("swift", "a submission", EXETER, SWIFT, sheet)),
    )


REVIEWS = (robin, wren, linnet, heron, finch, plover, merlin, dunnock, swift)


def _published(
    on: date, review: str, what: str, council: Council, puts_up: councils.PutsUp
) -> tuple[Step, ...]:
    """Return the day on which a council puts something up and, an hour later, writes where."""
    path = f"/{review}-{on:%Y-%m-%d}.pdf"
    link = councils.gives_link(review, f"a link: {what}", council, path)
    return (Step(on, puts_up(review, path)), Step(on, link, 12))


def _a_stranger(review: str, path: str) -> Act:
    return lambda world: _put_up(world, path)


def _put_up(world: World, path: str) -> None:
    world.site.publish(path, papers.overview(STRANGER).body)


def _nothing(review: str, path: str) -> Act:
    return lambda world: world.site.take_down(path)
