"""What the councils of the demonstration write, and what they publish."""

from collections.abc import Callable
from datetime import date

from secretariat.cli.demo import papers
from secretariat.cli.demo.cases import Council
from secretariat.cli.demo.mails import (
    Written,
    bounce,
    broken_mail,
    council_mail,
    out_of_office,
    staff_mail,
)
from secretariat.cli.demo.papers import Case, Sheet
from secretariat.cli.demo.staff import SECRETARY, Noted, notes_of
from secretariat.cli.demo.world import Act, World
from secretariat.domain.post import PostingKind

PutsUp = Callable[[str, str], Act]
Wording = Callable[[World], Written]
SIGNED = "\n\nAn Invented Officer\nCommunity Safety\n"


def submits(key: str, what: str, council: Council, case: Case, *sheets: Sheet) -> Act:
    """The council sends a report for the first time."""
    wording = submission(key, council, case, *sheets)
    return lambda world: world.arrives(key, what, council_mail(wording(world)))


def submission(key: str, council: Council, case: Case, *sheets: Sheet) -> Wording:
    """Return what a council writes when it sends a report for the first time."""
    text = (
        "Dear colleagues,\n\nPlease find attached the Domestic Homicide Review"
        f" ‘{case.pseudonym}’ of the {case.partnership}, submitted for quality assurance.{SIGNED}"
    )
    subject = f"Submission: Domestic Homicide Review ‘{case.pseudonym}’"
    return lambda world: Written(
        council.sender, subject, text, world.now, _message_id(key, council), sheets
    )


def submits_in_welsh(key: str, what: str, council: Council, case: Case, *sheets: Sheet) -> Act:
    """A Welsh council sends a report, in both languages."""
    text = (
        "Annwyl gydweithwyr,\n\nAmgaeir yr adolygiad o ddynladdiad domestig i sicrhau ansawdd.\n\n"
        f"Please find attached the Domestic Homicide Review ‘{case.pseudonym}’, submitted for"
        f" quality assurance.{SIGNED}"
    )
    subject = f"Cyflwyno adolygiad / Submission of a Domestic Homicide Review: ‘{case.pseudonym}’"
    return _sends(key, what, council, subject, text, sheets)


def answers(
    key: str,
    what: str,
    council: Council,
    text: str,
    *sheets: Sheet,
    to: tuple[str, PostingKind],
) -> Act:
    """The council answers a mail of ours: `to` names the review (by key) and the mail's kind."""

    def act(world: World) -> None:
        ours = world.posted(*to)
        written = Written(
            council.sender,
            f"RE: {ours.subject}",
            f"{text}{SIGNED}",
            world.now,
            _message_id(key, council),
            sheets,
            ours.message_id,
        )
        world.arrives(key, what, council_mail(written))

    return act


def comes_again(key: str, what: str, of: str) -> Act:
    """The very same mail is delivered a second time."""
    return lambda world: world.arrives(key, what, world.last_raw[of])


def writes(key: str, what: str, council: Council, subject: str, text: str, *sheets: Sheet) -> Act:
    """Somebody writes something else."""
    return _sends(key, what, council, subject, text + SIGNED, sheets)


def borrows_message_id(key: str, what: str, council: Council, *, of: str, sheet: Sheet) -> Act:
    """A mail bears the Message-ID of an earlier one (`of`) and yet carries another paper."""

    def act(world: World) -> None:
        written = Written(
            council.sender,
            "Domestic Homicide Review",
            f"Please find attached our report.{SIGNED}",
            world.now,
            _message_id(of, council),
            (sheet,),
        )
        world.arrives(key, what, council_mail(written))

    return act


def is_away(key: str, what: str, council: Council, *, of: tuple[str, PostingKind]) -> Act:
    """A machine answers that its owner is away."""

    def act(world: World) -> None:
        ours = world.posted(*of)
        written = Written(
            council.sender,
            f"Automatic reply: {ours.subject}",
            "I am on leave until Monday. My mail is not read.",
            world.now,
            _message_id(key, council),
            (),
            ours.message_id,
        )
        world.arrives(key, what, out_of_office(written))

    return act


def bounces(key: str, what: str, *, of: tuple[str, PostingKind]) -> Act:
    """A server reports that a mail of ours was not delivered."""

    def act(world: World) -> None:
        ours = world.posted(*of)
        world.arrives(key, what, bounce(ours.message_id, to=ours.to, sent_at=world.now))

    return act


def arrives_broken(key: str, what: str) -> Act:
    """A mail comes that no parser can make whole."""
    return lambda world: world.arrives(key, what, broken_mail(world.now))


def mails_notes(key: str, what: str, met: date, noted: tuple[Noted, ...]) -> Act:
    """The Panel's secretary mails the notes of the meeting of a day, from inside."""
    day = f"{met:%-d %B %Y}"

    def act(world: World) -> None:
        sheet = Sheet(f"Panel notes {day}.md", "text/markdown", notes_of(world, noted).encode())
        written = Written(
            f"Panel Secretary <{SECRETARY}>",
            f"Panel notes, {day}",
            "The notes of the meeting are attached.\n",
            world.now,
            f"<{key}.{world.now:%Y%m%d}@exchange.invalid>",
            (sheet,),
        )
        world.arrives(key, what, staff_mail(written))

    return act


def publishes(case: Case, *, changed: bool = True, letter: bool = True) -> PutsUp:
    """Return what puts the report of a review up at a path.

    changed: as the Panel asked, or not; letter: with our letter appended, or not
    """

    def puts_up(review: str, path: str) -> Act:
        """Return the act that puts the report of this review up at this path."""

        def act(world: World) -> None:
            words = papers.letter_words(world.office.vault.open(world.letter(review).docx))
            appended = words if letter else ()
            sheet = papers.revised(case, appended) if changed else _unchanged(case, appended)
            world.site.publish(path, sheet.body)

        return act

    return puts_up


def gives_link(review: str, what: str, council: Council, path: str) -> Act:
    """The council answers our letter on a review with the address of its page."""

    def act(world: World) -> None:
        text = f"The report is now published on our website:\n\n{world.site.url(path)}"
        key = path.strip("/")
        answer = answers(key, what, council, text, to=(review, PostingKind.LETTER))
        answer(world)

    return act


def _unchanged(case: Case, letter: tuple[str, ...]) -> Sheet:
    return papers.overview(case, more=letter)


def _sends(
    key: str, what: str, council: Council, subject: str, text: str, sheets: tuple[Sheet, ...]
) -> Act:
    def act(world: World) -> None:
        written = Written(
            council.sender, subject, text, world.now, _message_id(key, council), sheets
        )
        world.arrives(key, what, council_mail(written))

    return act


def _message_id(key: str, council: Council) -> str:
    return f"<{key}.invented@{council.email.rpartition('@')[2]}>"
