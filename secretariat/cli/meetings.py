"""`secretariat meeting`: meetings of the Panel, their papers and their letters, by command.

Whoever changes something is named with --by, an account's e-mail address; it stands in the
ledger.
"""

from datetime import datetime
from pathlib import Path

import click

from secretariat.cli.answers import Exit, InputUnusable
from secretariat.cli.opened import allowed, by_option, office_at
from secretariat.cli.places import config_option
from secretariat.domain.panel import MeetingMode
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.domain.written import counted

DAY = click.DateTime(formats=["%Y-%m-%d"])
out_option = click.option("--out", required=True, metavar="F.docx", help="Where to write it.")


@click.group()
def meeting() -> None:
    """Meetings of the QA Panel."""


@meeting.command("add")
@click.argument("day", type=DAY)
@click.option("--chair", default="", help="Who chairs.")
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in MeetingMode]),
    default=MeetingMode.MEETING.value,
)
@by_option
@config_option
def add_meeting(day: datetime, chair: str, mode: str, by: str, config: Path | None) -> None:
    """Add a meeting on DAY (2026-04-29) and print its number."""
    with office_at(config) as office:
        allowed(office, by, Duty.WORK)
        added = office.panel.add_meeting(day.date(), chair, MeetingMode(mode), by=by)
    click.echo(f"Meeting {added.number} on {added.held_on}")


@meeting.command("list")
@config_option
def list_meetings(config: Path | None) -> None:
    """List the meetings with their agenda."""
    with office_at(config) as office, office.open_reading() as reading:
        for one in reading.meetings():
            agenda = ", ".join(str(reference) for reference in one.agenda) or "no reviews yet"
            click.echo(f"{one.number}  {one.held_on}  {agenda}")


@meeting.command("put")
@click.argument("number", type=int)
@click.argument("references", nargs=-1, required=True)
@by_option
@config_option
def put_on_agenda(number: int, references: tuple[str, ...], by: str, config: Path | None) -> None:
    """Put reviews on the agenda of meeting NUMBER."""
    with office_at(config) as office:
        allowed(office, by, Duty.WORK)
        for reference in references:
            office.panel.list_review(number, Reference.parse(reference), by=by)


@meeting.command("agenda")
@click.argument("number", type=int)
@out_option
@config_option
def write_agenda(number: int, out: str, config: Path | None) -> None:
    """Write the agenda of meeting NUMBER as a Word file."""
    with office_at(config) as office:
        _write(out, office.meeting_letters.agenda(number))


@meeting.command("form")
@click.argument("number", type=int)
@out_option
@config_option
def write_form(number: int, out: str, config: Path | None) -> None:
    """Write the form for the notes of meeting NUMBER as a Word file."""
    with office_at(config) as office:
        _write(out, office.meeting_letters.notes_form(number))


@meeting.command("letters")
@click.argument("number", type=int)
@config_option
def show_letters(number: int, config: Path | None) -> None:
    """Show how far the letters of meeting NUMBER are, and what each lacks."""
    with office_at(config) as office:
        whole = office.meeting_letters.standing(number)
    progress = whole.progress
    click.echo(progress.told)
    for step in progress.steps if progress.letters else ():
        click.echo(f"  {step.name}: {step.told}")
    for each in whole.standings:
        handed = each.letter.handed_to if each.letter else ""
        with_whom = f", to be approved by {handed}" if handed else ""
        click.echo(f"{each.review.reference}  {each.reached}{with_whom}")
        for why in each.missing:
            click.echo(f"    {why}")


@meeting.command("draft")
@click.argument("number", type=int)
@by_option
@config_option
@click.pass_context
def draft_letters(ctx: click.Context, number: int, by: str, config: Path | None) -> None:
    """Draft every letter of meeting NUMBER that can be drafted; exit code 1 where one cannot."""
    with office_at(config) as office:
        allowed(office, by, Duty.WORK)
        with office.open_reading() as reading:
            reading.meeting(number)
        tally = office.drafting.draft_meeting(number)
    click.echo(f"{counted(tally.done, 'letter')} drafted.")
    for what, why in tally.stuck:
        click.echo(f"{what}: {why}", err=True)
    ctx.exit(Exit.NO if tally.stuck else Exit.DONE)


@meeting.command("hand")
@click.argument("reference")
@click.argument("number", type=int)
@click.argument("approver", default="")
@by_option
@config_option
def hand_letter(reference: str, number: int, approver: str, by: str, config: Path | None) -> None:
    """Hand letter NUMBER on REFERENCE to the account APPROVER; to anybody where none is named."""
    about = Reference.parse(reference)
    with office_at(config) as office:
        allowed(office, by, Duty.WORK)
        with office.open_reading() as reading:
            version = reading.letter(about, number).version
        handed = office.meeting_letters.hand_out(about, number, approver, version=version, by=by)
    click.echo(f"To be approved by {handed.handed_to or 'anybody'}.")


def _write(out: str, docx: bytes) -> None:
    try:
        Path(out).write_bytes(docx)
    except OSError as fault:
        raise InputUnusable(f"{out} cannot be written: {fault.strerror}") from None
