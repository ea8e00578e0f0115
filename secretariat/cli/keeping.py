"""`secretariat migrate`, `backup`, `restore`, `reconcile`, `purge`: keeping what was entrusted."""

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from secretariat.cli.answers import Exit
from secretariat.cli.opened import office_at
from secretariat.cli.places import config_option, config_path
from secretariat.domain.calendar import LONDON
from secretariat.domain.written import counted, in_full
from secretariat.office.keeping import back_up, bring_up_to_date, make_key, put_back
from secretariat.office.opening import settings_at


@click.command()
@config_option
def migrate(config: Path | None) -> None:
    """Bring the register's tables to this version; the data stays."""
    bring_up_to_date(settings_at(config_path(config), os.environ))
    click.echo("The register fits this version.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--new-key", is_flag=True, help="Print a new backup key and do nothing else.")
@config_option
@click.pass_context
def backup(ctx: click.Context, file: Path | None, new_key: bool, config: Path | None) -> None:
    """Write register and vault, encrypted, to FILE, also while the daemon runs."""
    if new_key:
        click.echo(make_key())
        return
    if file is None:
        raise click.UsageError("say where the backup is to go: FILE")
    kept = back_up(settings_at(config_path(config), os.environ), file)
    click.echo(f"{file}: the register and {kept.papers} files of the vault, encrypted.")
    ctx.exit(_tell_damaged(kept.damaged))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@config_option
@click.pass_context
def restore(ctx: click.Context, file: Path, config: Path | None) -> None:
    """Check a backup and put it back where nothing is; sending stays held."""
    kept = put_back(settings_at(config_path(config), os.environ), file)
    click.echo(f"The register and {kept.papers} files of the vault are back, every hash checked.")
    click.echo("Sending is held until `secretariat reconcile` has looked everything up in Sent.")
    ctx.exit(_tell_damaged(kept.damaged))


@click.command()
@config_option
def reconcile(config: Path | None) -> None:
    """After a restore, look up in Sent what was underway; then sending may be released."""
    with office_at(config) as office:
        tally = office.reconcile()
    click.echo(f"{tally.done} mails were found in Sent and marked as sent.")
    for what, why in tally.stuck:
        click.echo(f"  {what}: {why}")


@click.command()
@click.option("--preview", is_flag=True, help="Show what would go, and delete nothing.")
@config_option
def purge(preview: bool, config: Path | None) -> None:
    """Delete the words and the bytes of old mail, as the daemon does once a day."""
    with office_at(config) as office:
        days = office.settings.retention.raw_mail_days
        if not days:
            click.echo("raw_mail_days is 0: mail is kept for ever.")
            return
        if not preview:
            gone = counted(office.retention.work().done, "mail")
            click.echo(f"The words and the bytes of {gone} older than {counted(days, 'day')} went.")
            return
        lapsed = office.retention.preview()
    for mail in lapsed.mails:
        about = ", ".join(map(str, mail.references)) or "no review"
        click.echo(f"mail {mail.number}, {in_full(_day(mail.arrived_at))}, {mail.state}, {about}")
    for one in lapsed.by_hand:
        about = ", ".join(map(str, one.references))
        click.echo(f"by hand {one.number}, {in_full(_day(one.sent_at))}, {about}")
    click.echo(f"{counted(len(lapsed), 'mail')} would lose words and bytes; nothing was deleted.")


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _tell_damaged(damaged: Sequence[str]) -> Exit:
    for name in damaged:
        click.echo(f"{name[:12]}… was missing or altered and is not in the backup", err=True)
    return Exit.NO if damaged else Exit.DONE
