"""What the demonstration's three invented members of staff do, through the same stages as pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from secretariat.cli.demo.cases import Council
from secretariat.cli.demo.mails import HOUSE
from secretariat.cli.demo.world import Act, World
from secretariat.domain.letter import Fact
from secretariat.domain.papers import Facts
from secretariat.domain.post_in import Group, MailKind, Parts
from secretariat.domain.review import Outcome
from secretariat.domain.staff import Role
from secretariat.stages.intake import Answer

CASEWORKER: Final = f"casey.invented@{HOUSE}"
APPROVER: Final = f"avery.invented@{HOUSE}"
ADMINISTRATOR: Final = f"ada.invented@{HOUSE}"
SECRETARY: Final = f"panel.secretary@{HOUSE}"
STAFF: Final = (
    (CASEWORKER, "Casey Invented", (Role.CASEWORKER,)),
    (APPROVER, "Avery Invented", (Role.APPROVER,)),
    (ADMINISTRATOR, "Ada Invented", (Role.ADMINISTRATOR,)),
)
OFFICES: Final = (
    "E23000035",
    "E23000038",
    "W15000003",
    "E23000022",
    "E23000005",
    "E23000016",
    "E23000024",
    "E23000037",
)


@dataclass(frozen=True, slots=True)
class Noted:
    """What the Panel said about one review, for the notes of a meeting."""

    key: str
    outcome: Outcome
    conclusion: str
    points: tuple[str, ...] = ()


def release_sending(world: World) -> None:
    """The administrator lets mail leave and confirms wording; the caseworker enters offices."""
    world.office.dispatch.switch(True, by=ADMINISTRATOR, why="the demonstration begins")
    for mark in world.office.wording.open_marks():
        world.office.wording.confirm(mark.generation, mark.name, mark.text_hash, by=ADMINISTRATOR)
    for code in OFFICES:
        world.office.casework.confirm_office(
            code, f"office.{code.lower()}@invented-pcc.example", by=CASEWORKER
        )


def confirm_contact(key: str, council: Council) -> Act:
    """The caseworker confirms whom letters on this review go to."""

    def act(world: World) -> None:
        world.office.casework.confirm_contact(
            str(world.reference(key)), council.email, council.addressee, by=CASEWORKER
        )

    return act


def say_partnership(key: str, csp_id: str) -> Act:
    """The caseworker says whose review it is, where the service was not sure."""

    def act(world: World) -> None:
        review = world.review(key)
        world.office.casework.say_partnership(
            review.reference, (csp_id,), version=review.version, by=CASEWORKER
        )

    return act


def say_facts(key: str, facts: Facts) -> Act:
    """The caseworker reads a scanned cover and says what it states."""

    def act(world: World) -> None:
        review = world.review(key)
        world.office.casework.change_facts(
            review.reference, facts, version=review.version, by=CASEWORKER, why="read off the scan"
        )

    return act


def say_what_it_is(key: str, kind: MailKind, why: str) -> Act:
    """The caseworker says what a held mail is; nothing happens if it is not held."""

    def act(world: World) -> None:
        mail = world.received(key)
        world.office.intake.answer(
            mail.number, Answer(kind, None, why, mail.version), by=CASEWORKER
        )

    return act


def take_apart(key: str, why: str) -> Act:
    """The caseworker confirms which paper of a held mail belongs to which of its reviews."""

    def act(world: World) -> None:
        mail = world.received(key)
        parts = sorted({paper.part for paper in mail.papers if paper.part})
        groups = tuple(
            Group(tuple(paper.sha256 for paper in mail.papers if paper.part == part))
            for part in parts
        )
        said = Parts(groups, why, mail.version)
        world.office.intake.answer_parts(mail.number, said, by=CASEWORKER)

    return act


def hold_meeting(on: date, keys: Sequence[str]) -> Act:
    """The caseworker calls a meeting and lists the reviews for it."""

    def act(world: World) -> None:
        panel = world.office.panel
        meeting = panel.add_meeting(on, chair="Chris Invented", by=CASEWORKER)
        for key in keys:
            panel.list_review(meeting.number, world.reference(key), by=CASEWORKER)

    return act


def meeting_on(world: World, on: date) -> int:
    """Return the number of the meeting of that day."""
    with world.office.open_reading() as reading:
        return next(one.number for one in reading.meetings() if one.held_on == on)


def notes_of(world: World, noted: Sequence[Noted]) -> str:
    """Return the notes of a meeting in Markdown, a section for each review."""
    return "\n".join(_section(world, one) for one in noted)


def upload_notes(on: date, noted: Sequence[Noted]) -> Act:
    """The caseworker uploads the notes of a meeting."""

    def act(world: World) -> None:
        body = notes_of(world, noted).encode()
        world.office.panel.take_notes(
            body, "notes.md", meeting=meeting_on(world, on), by=CASEWORKER
        )

    return act


def sign(*keys: str) -> Act:
    """The caseworker confirms the facts of each letter, and the approver approves it."""

    def act(world: World) -> None:
        approval = world.office.approval
        for key in keys:
            letter = world.letter(key)
            approval.confirm(
                letter.reference, letter.number, tuple(Fact), version=letter.version, by=CASEWORKER
            )
            letter = world.letter(key)
            approval.approve(letter.reference, letter.number, version=letter.version, by=APPROVER)

    return act


def mark_answers_read(key: str, why: str) -> Act:
    """The caseworker deals with what the council has answered on a review."""

    def act(world: World) -> None:
        reference = world.reference(key)
        with world.office.open_reading() as reading:
            answers = [one for one in reading.unread_answers() if reference in one.references]
        for answer in answers:
            world.office.casework.mark_read(answer.number, why, by=CASEWORKER)

    return act


def set_link_aside(key: str, why: str) -> Act:
    """The caseworker says that the latest link on a review shows no publication of it."""

    def act(world: World) -> None:
        with world.office.open_reading() as reading:
            link = reading.links_of(world.reference(key))[0]
        world.office.publication.set_link_aside(link.number, why, by=CASEWORKER)

    return act


def answer_matters(why: str) -> Act:
    """The caseworker answers every matter that is open."""

    def act(world: World) -> None:
        with world.office.open_reading() as reading:
            matters = reading.matters()
        for matter in matters:
            world.office.casework.answer_matter(
                matter.number, why, version=matter.version, by=CASEWORKER
            )

    return act


def confirm_published(key: str) -> Act:
    """The caseworker agrees with the check's proposal; the answers are dealt with by that."""
    why = "seen on the council's page, with the letter"

    def act(world: World) -> None:
        world.office.publication.confirm_published(world.reference(key), why, by=CASEWORKER)
        mark_answers_read(key, why)(world)

    return act


def agree_not_to_publish(key: str, why: str) -> Act:
    """The caseworker notes that a report will not be published."""

    def act(world: World) -> None:
        world.office.publication.agree_not_to_publish(world.reference(key), why, by=CASEWORKER)

    return act


def _section(world: World, noted: Noted) -> str:
    points = "\n".join(f"- {point}" for point in noted.points)
    parts = [f"# {world.reference(noted.key)}", "## Conclusion", noted.conclusion]
    parts += ["## Points", points] if points else []
    again = "Yes" if noted.outcome is Outcome.RESUBMIT else "No"
    parts += ["## Outcome", noted.outcome.capitalize(), "## Resubmission wanted", again]
    return "\n\n".join(parts) + "\n"
