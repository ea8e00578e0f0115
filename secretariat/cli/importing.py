"""`secretariat import`: cases from a list, previewed and then taken in."""

from datetime import datetime
from pathlib import Path

import click

from secretariat.cli.answers import Exit, bytes_of
from secretariat.cli.opened import allowed, office_at
from secretariat.cli.places import config_option
from secretariat.domain.errors import Refused
from secretariat.domain.import_plan import Fate, Planned, Preview
from secretariat.domain.staff import Duty
from secretariat.domain.written import counted
from secretariat.office.office import Office

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command("import")
@click.argument("file")
@click.option("--preview", is_flag=True, help="Only show what would become of each row.")
@click.option("--chase-from", type=DAY, help="The day from which councils are reminded.")
@click.option("--by", default="", metavar="EMAIL", help="The account you act as.")
@config_option
@click.pass_context
def import_(
    ctx: click.Context,
    file: str,
    *,
    preview: bool,
    chase_from: datetime | None,
    by: str,
    config: Path | None,
) -> None:
    """Take in the cases of FILE (CSV, .ods or .xlsx), once you have seen what becomes of each row.

    Rows that a person must look at are not taken in; correct them and run it again.
    """
    content = bytes_of(file)
    day = chase_from.date() if chase_from else None
    with office_at(config) as office:
        if not preview:
            _may(office, by)
        found = office.importing.preview(content, chase_from=day)
        _tell(found)
        wanted = len(found.of(Fate.TAKEN))
        if wanted and not preview:
            click.confirm(f"Register {counted(wanted, 'review')}?", abort=True)
            taken = office.importing.confirm(
                content, sha256=found.sha256, mark=found.mark, by=by, chase_from=day
            )
            click.echo(f"{counted(len(taken.references), 'review')} registered.")
    ctx.exit(Exit.NO if found.of(Fate.DOUBTFUL) else Exit.DONE)


def _may(office: Office, by: str) -> None:
    """Raise Refused unless the account works on reviews or administers."""
    try:
        allowed(office, by, Duty.WORK)
    except Refused:
        allowed(office, by, Duty.ADMINISTER)


def _tell(found: Preview) -> None:
    totals = ", ".join(f"{len(found.of(fate))} {fate}" for fate in Fate)
    click.echo(f"{counted(len(found.rows), 'row')}: {totals}.")
    if found.real_names:
        click.echo(f"Real names may stand under: {', '.join(found.real_names)}. Never stored.")
    if found.left_out:
        click.echo(f"Left out, as the heading is not known: {', '.join(found.left_out)}.")
    if found.others:
        click.echo(f"Not read: {counted(found.others, 'further sheet')}.")
    for row in found.rows:
        click.echo(_line(row))


def _line(row: Planned) -> str:
    case, match = row.case, row.match
    whose = match.csp if match and match.csp else case.partnership
    stands = f", {case.stood.status}" if case.stood else ""
    line = f"row {case.row}: {row.fate}: {whose} {case.local_reference}".rstrip()
    told = [f"{line}{stands}: {row.why}"]
    if match and match.candidates:
        told.append("    it may be " + " or ".join(one.csp for one in match.candidates))
    told += [f"    {note}" for note in case.notes]
    return "\n".join(told)
