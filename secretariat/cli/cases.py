"""`secretariat account`, `notes` and `sending`: what pages do too, by command.

Whoever works at the command line is named with --by, an account's e-mail address;
it stands in the ledger.
"""

from datetime import date
from pathlib import Path

import click

from secretariat.cli.answers import Exit, bytes_of
from secretariat.cli.opened import allowed, by_option, office_at
from secretariat.cli.places import config_option
from secretariat.domain.outlook import Leaving
from secretariat.domain.staff import Duty, Role
from secretariat.office.office import Office

A_MONTH = 30


@click.group()
def account() -> None:
    """Accounts of staff."""


@account.command("add")
@click.argument("email")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What the account may do; may be given several times.",
)
@config_option
def add_account(email: str, name: str, roles: tuple[str, ...], config: Path | None) -> None:
    """Add an account and print its one-time password, once."""
    with office_at(config) as office:
        password = office.staff.add(email, name, tuple(Role(role) for role in roles))
    click.echo(f"One-time password for {email}: {password}")
    click.echo("It is shown once and must be changed at the first sign-in.")


@account.command("list")
@config_option
def list_accounts(config: Path | None) -> None:
    """List the accounts."""
    with office_at(config) as office:
        for one in office.accounts.everyone():
            state = "" if one.active else " (closed)"
            click.echo(f"{one.email}  {', '.join(one.roles)}{state}")


@account.command("reset")
@click.argument("email")
@config_option
def reset_account(email: str, config: Path | None) -> None:
    """Give an account a new one-time password and end its sessions."""
    with office_at(config) as office:
        click.echo(f"One-time password for {email}: {office.staff.reset(email)}")


@account.command("close")
@click.argument("email")
@config_option
def close_account(email: str, config: Path | None) -> None:
    """Close the account of somebody who left; the ledger keeps its name."""
    with office_at(config) as office:
        office.staff.close(email)


@click.command()
@click.argument("number", type=int)
@click.argument("file")
@click.option("--confirm", multiple=True, metavar="GUESS", help="What is read so rightly.")
@by_option
@config_option
@click.pass_context
def notes(
    ctx: click.Context,
    number: int,
    file: str,
    confirm: tuple[str, ...],
    by: str,
    config: Path | None,
) -> None:
    """Take the notes of meeting NUMBER from FILE (Word, OpenDocument, RTF or text).

    What is only guessed is printed with the words that --confirm takes.
    """
    with office_at(config) as office:
        allowed(office, by, Duty.WORK)
        name = file.rpartition("/")[2]
        taken = office.panel.take_notes(
            bytes_of(file), name, meeting=number, by=by, confirmed=confirm
        )
    for reference in taken.taken:
        click.echo(f"{reference}: taken")
    for fault in taken.faults:
        asked = f" (--confirm {fault.guess!r})" if fault.guess else ""
        click.echo(f"{name}:{fault.line or 1}: {fault.why}{asked}", err=True)
    wrong = any(fault.line or fault.bars for fault in taken.faults)
    ctx.exit(Exit.NO if wrong else Exit.DONE)


@click.command()
@click.argument("what", type=click.Choice(["show", "ahead", "hold", "release"]), default="show")
@click.option("--days", type=click.IntRange(0, 366), default=0, help="Look so far ahead.")
@click.option("--ics", type=click.Path(path_type=Path), help="Write a calendar file, too.")
@click.option("--dry-run", is_flag=True, help="Send nothing; tell what would leave this minute.")
@click.option("--why", default="", help="Why, in a sentence.")
@click.option("--by", default="", metavar="EMAIL", help="The administrator you act as.")
@config_option
def sending(
    what: str,
    days: int,
    ics: Path | None,
    dry_run: bool,
    why: str,
    by: str,
    config: Path | None,
) -> None:
    """Show what would leave, now or ahead, or hold or release all sending.

    With --dry-run it tells what would leave this minute, and of all else when or why not.
    """
    with office_at(config) as office:
        if what in ("hold", "release"):
            allowed(office, by, Duty.ADMINISTER)
            office.dispatch.switch(what == "release", by=by, why=why)
        held = "held" if office.sending_is_held() else "released"
        click.echo(f"Sending is {held}.")
        if dry_run:
            _tell_now(office)
        elif what == "ahead":
            _tell_ahead(office, days)
            if ics is not None:
                ics.write_bytes(office.calendar(days or A_MONTH))
                click.echo(f"{ics} is written.")
        else:
            for posting in office.dispatch.would_leave():
                about = ", ".join(str(reference) for reference in posting.references)
                click.echo(f"  {_day(posting.leave_on)}  {posting.kind}  {about}")


def _tell_ahead(office: Office, days: int) -> None:
    for day in office.outlook.ahead(days):
        click.echo(f"{day.heading}.")
        for one in (*day.leaving, *day.kept):
            click.echo(f"  {_told(one)}")


def _tell_now(office: Office) -> None:
    held = office.sending_is_held()
    for one in office.outlook.waiting():
        now = office.outlook.leaves_now(one)
        when = "would leave now" if now else f"waits until {_day(one.day)}"
        if now and held:
            when = "would leave now, were sending not held"
        elif not now and one.day == office.clock.today() and not one.bar:
            when = "waits for the hours of the office"
        click.echo(f"  {when if not one.bar else 'waits'}: {_told(one)}")


def _told(one: Leaving) -> str:
    about = ", ".join(str(reference) for reference in one.references)
    return f"{one.kind}  {about}" + (f"  ({one.bar})" if one.bar else "")


def _day(day: date) -> str:
    return day.strftime("%a %d %b %Y")
