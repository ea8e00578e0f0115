"""The autumn's hard post: wrapped, locked, signed, doubled, contradictory, forged.

Each is a kind of mail that councils really send and that is lost or misread elsewhere.
"""

from datetime import date
from email.utils import format_datetime
from typing import Final

from secretariat.cli.demo import hard_papers as hard
from secretariat.cli.demo import letters_in as councils
from secretariat.cli.demo import papers, staff
from secretariat.cli.demo.cases import Council, council
from secretariat.cli.demo.mails import Written, council_mail, forged_mail, out_of_office
from secretariat.cli.demo.papers import Case, Sheet
from secretariat.cli.demo.world import Act, Step, World
from secretariat.domain.post import PostingKind

PASSWORD: Final = "Kestrel-Egg-47"  # noqa: S105 invented, and it stands in an invented mail
CSP: Final = "Community Safety Partnership"
PEOPLE: Final = ("September 2026", "Sal Specimen", "Tay Sample")
TORBAY: Final = council("torbay.gov.uk", "Torbay Council", member="Outline")
PRESTON: Final = council("preston.gov.uk", "Preston City Council", member="Outline")
MEDWAY: Final = council("medway.gov.uk", "Medway Council", member="Outline")
IPSWICH: Final = council("ipswich.gov.uk", "Ipswich Borough Council", member="Outline")
SWINDON: Final = council("swindon.gov.uk", "Swindon Borough Council", member="Outline")
DUDLEY: Final = council("dudley.gov.uk", "Dudley Council", member="Outline")
LUTON: Final = council("luton.gov.uk", "Luton Borough Council", member="Outline")
STOCKPORT: Final = council("stockport.gov.uk", "Stockport Council", member="Outline")
THANET: Final = council("thanet.gov.uk", "Thanet District Council", member="Outline")
CARDIFF: Final = council("cardiff.gov.uk", "City of Cardiff Council", member="Outline")

KESTREL: Final = Case(f"Ipswich {CSP}", "Kestrel", "May 2024", *PEOPLE, "DHR21")
DIPPER: Final = Case(f"Torbay {CSP}", "Dipper", "July 2023", *PEOPLE, "DHR22")
NUTHATCH: Final = Case(f"Preston {CSP}", "Nuthatch", "March 2024", *PEOPLE, "DHR23")
OSPREY: Final = Case(f"Medway {CSP}", "Osprey", "October 2023", *PEOPLE, "DHR24")
EGRET: Final = Case(f"Swindon {CSP}", "Egret", "January 2024", *PEOPLE, "DHR25")
AVOCET: Final = Case(f"Swindon {CSP}", "Avocet", "August 2023", *PEOPLE, "DHR26")
PIPIT: Final = Case(f"Dudley {CSP}", "Pipit", "April 2024", *PEOPLE, "DHR27")
GODWIT: Final = Case(f"Luton {CSP}", "Godwit", "June 2024", *PEOPLE, "DHR28")
TURNSTONE: Final = Case(f"Stockport {CSP}", "Turnstone", "February 2024", *PEOPLE, "DHR29")
WHINCHAT: Final = Case(f"Thanet {CSP}", "Whinchat", "May 2023", *PEOPLE, "DHR30")


def steps() -> tuple[Step, ...]:
    """Return the hard post of the first week of November, in its order."""
    return (*_wrapped(), *_locked(), *_doubled(), *_doubtful(), *_written())


def _wrapped() -> tuple[Step, ...]:
    """Reports inside what mail programs put around them."""
    plan, report = papers.action_plan(DIPPER), papers.overview(DIPPER)
    winmail = hard.wrapped_by_outlook(report, plan)
    signed = _made("nuthatch", PRESTON, NUTHATCH, papers.overview(NUTHATCH))
    passed_on = _made("osprey", MEDWAY, OSPREY, papers.overview(OSPREY))
    on = date(2026, 11, 2)
    return (
        Step(on, councils.submits("dipper", "a winmail.dat", TORBAY, DIPPER, winmail)),
        Step(on, _arrives("nuthatch", "signed as one piece", signed, hard.signed_as_one_piece), 12),
        Step(on, _arrives("osprey", "passed on in base64", passed_on, hard.forwarded), 13),
    )


def _locked() -> tuple[Step, ...]:
    """A locked report, and its password in another mail."""
    sheet = hard.locked(KESTREL, PASSWORD)
    told = f"Dear colleagues,\n\nThe password for our report is: {PASSWORD}"
    subject = "Password for our Domestic Homicide Review"
    sent = councils.submits("kestrel", "a locked report", IPSWICH, KESTREL, sheet)
    key = councils.writes("kestrel-2", "its password, later", IPSWICH, subject, told)
    return Step(date(2026, 11, 3), sent), Step(date(2026, 11, 3), key, 14)


def _doubled() -> tuple[Step, ...]:
    """Two reviews in one mail; the caseworker confirms the two in one go."""
    sheets = (
        papers.overview(EGRET),
        papers.summary(EGRET),
        papers.overview(AVOCET),
        papers.action_plan(AVOCET),
    )
    both = councils.submits("egret", "two reviews in one mail", SWINDON, EGRET, *sheets)
    return (
        Step(date(2026, 11, 4), both),
        Step(date(2026, 11, 4), staff.take_apart("egret", "two reviews, as proposed"), 15),
    )


def _doubtful() -> tuple[Step, ...]:
    """Papers that contradict themselves, hide something, or cannot be read as they are."""
    impossible = hard.contradictory(PIPIT, died="31 June 2024", version="September 2026")
    hidden = (hard.blacked_out(GODWIT), hard.with_changes_tracked(GODWIT))
    scan = papers.scanned(papers.overview(TURNSTONE))
    rtf = hard.in_rich_text(WHINCHAT)
    on = date(2026, 11, 5)
    return (
        Step(on, councils.submits("pipit", "no such day", DUDLEY, PIPIT, impossible)),
        Step(on, councils.submits("godwit", "a name under a box", LUTON, GODWIT, *hidden), 12),
        Step(
            on, councils.submits("turnstone", "a scan to recognise", STOCKPORT, TURNSTONE, scan), 13
        ),
        Step(on, councils.submits("whinchat", "a report in RTF", THANET, WHINCHAT, rtf), 14),
    )


def _written() -> tuple[Step, ...]:
    """Mails whose words alone matter."""
    challenge = councils.answers(
        "linnet-no",
        "a challenge of feedback",
        CARDIFF,
        "We disagree with the Panel's second point and ask that it be reconsidered.",
        to=("linnet", PostingKind.LETTER),
    )
    taken_back = councils.answers(
        "whinchat-2",
        "a withdrawal",
        THANET,
        "Please withdraw the report that we submitted: it was sent in error.",
        to=("whinchat", PostingKind.ACKNOWLEDGEMENT),
    )
    new = councils.writes(
        "new-case",
        "a new case",
        DUDLEY,
        "Notification of a domestic abuse related death review",
        "We write to notify you of a death in our area. The partnership has decided to commission"
        " a domestic homicide review.",
    )
    on = date(2026, 11, 6)
    return (
        Step(on, challenge, 10),
        Step(on, taken_back),
        Step(on, _is_away_until("turnstone", STOCKPORT), 12),
        Step(on, new, 13),
        Step(on, _is_forged(TORBAY), 14),
    )


def _made(key: str, council: Council, case: Case, *sheets: Sheet) -> councils.Wording:
    return councils.submission(key, council, case, *sheets)


def _arrives(key: str, what: str, wording: councils.Wording, wrap: hard.Wrap) -> Act:
    """Deliver a mail as `wrap` passes it on."""
    return lambda world: world.arrives(key, what, wrap(council_mail(wording(world))))


def _is_away_until(of: str, council: Council) -> Act:
    """A machine says until when its owner is away, and who stands in."""

    def act(world: World) -> None:
        ours = world.posted(of, PostingKind.ACKNOWLEDGEMENT)
        domain = council.email.rpartition("@")[2]
        written = Written(
            council.sender,
            f"Automatic reply: {ours.subject}",
            "I am on leave and back on Monday 16 November. For anything urgent please write to"
            f" another.officer@{domain}.",
            world.now,
            f"<away-2.invented@{domain}>",
            (),
            ours.message_id,
        )
        world.arrives("away-2", "an absence until a day", out_of_office(written))

    return act


def _is_forged(council: Council) -> Act:
    """Somebody writes under a council's name; our border server says that it is not so."""

    def act(world: World) -> None:
        written = Written(
            council.sender,
            "Submission: Domestic Homicide Review ‘Dipper’",
            "Please find attached our amended Domestic Homicide Review.\n",
            world.now,
            f"<forged.{format_datetime(world.now)[:3]}@elsewhere.example>",
            (papers.revised(DIPPER),),
        )
        world.arrives("forged", "a forged council", forged_mail(written))

    return act
