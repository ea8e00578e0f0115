"""`secretariat template`: look over a template, put one into use, go back, confirm wording."""

from pathlib import Path

import click

from secretariat.cli.answers import Exit, bytes_of
from secretariat.cli.opened import office_at
from secretariat.cli.places import config_option
from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.staff import Duty, may
from secretariat.office.office import Office
from secretariat.office.printing import check_template
from secretariat.ports.templates import Looked

by_option = click.option("--by", required=True, metavar="EMAIL", help="The account you act as.")


@click.group()
def template() -> None:
    """Word templates of letters, and wording that is to be confirmed."""


@template.command("check")
@click.argument("file")
@click.option("--generation", default="", help="The pack it is meant for, such as 2017.")
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder whose sentences it is tried with; else the delivered ones.",
)
@click.pass_context
def check(ctx: click.Context, file: str, generation: str, templates: Path | None) -> None:
    """Tell everything that is wrong with the template FILE (.docx), each with its paragraph."""
    looked = check_template(bytes_of(file), generation, templates)
    _tell(file, looked)
    if not looked.faults:
        click.echo(f"{file}: it can be used")
    ctx.exit(Exit.NO if looked.faults else Exit.DONE)


@template.command("use")
@click.argument("file")
@click.argument("generation")
@by_option
@config_option
@click.pass_context
def use(ctx: click.Context, file: str, generation: str, by: str, config: Path | None) -> None:
    """Make letters of GENERATION with the template FILE from now on."""
    with office_at(config) as office:
        _allowed(office, by, Duty.ADMINISTER)
        looked = office.wording.offer(generation, bytes_of(file))
        _tell(file, looked)
        if looked.faults:
            ctx.exit(Exit.NO)
        office.wording.use(generation, looked.version, by=by)
    click.echo(f"Letters of {generation} are made with version {looked.version} from now on.")


@template.command("back")
@click.argument("generation")
@click.argument("version")
@by_option
@config_option
def back(generation: str, version: str, by: str, config: Path | None) -> None:
    """Make letters of GENERATION with an earlier VERSION again, as `template list` names it."""
    with office_at(config) as office:
        _allowed(office, by, Duty.ADMINISTER)
        office.wording.use(generation, version, by=by)
    click.echo(f"Letters of {generation} are made with version {version} from now on.")


@template.command("list")
@config_option
def list_templates(config: Path | None) -> None:
    """List the versions of every template, who put them into use, and open wording."""
    with office_at(config) as office:
        ours = office.wording
        uses = ours.uses()
        for generation in ours.shelf.generations():
            click.echo(f"Letters of {generation}:")
            for fault in ours.shelf.faults(generation):
                click.echo(f"  the file in the folder cannot be used: {fault}")
            for one in ours.versions(generation):
                used = [
                    f"{each.at:%d %b %Y}, {each.who}" for each in uses.get(ours.told_of(one), ())
                ]
                state = "in use" if one.in_use else ""
                click.echo(
                    f"  {one.name}  {one.kept_at:%d %b %Y}  {'; '.join(used)}  {state}".rstrip()
                )
        for mark in ours.open_marks():
            click.echo(f"To be confirmed: {mark.generation} {mark.name}: {mark.text}")


@template.command("confirm")
@click.argument("generation")
@click.argument("name")
@by_option
@config_option
def confirm(generation: str, name: str, by: str, config: Path | None) -> None:
    """Confirm the wording NAME of letters of GENERATION, as `template list` shows it."""
    with office_at(config) as office:
        if not _may(office, by, Duty.APPROVE) and not _may(office, by, Duty.ADMINISTER):
            raise Refused(f"{by} may not confirm the wording of letters")
        stands = {(mark.generation, mark.name): mark for mark in office.wording.shelf.marks()}
        if (generation, name) not in stands:
            raise NotFound("that wording")
        mark = stands[generation, name]
        office.wording.confirm(generation, name, mark.text_hash, by=by)
    click.echo(f"Confirmed: {mark.text}")


def _tell(file: str, looked: Looked) -> None:
    for fault in looked.faults:
        click.echo(f"{file}: {fault}", err=True)
    for advice in looked.advice:
        click.echo(f"{file}: advice: {advice}")


def _may(office: Office, by: str, duty: Duty) -> bool:
    found = office.accounts.find(by)
    return found is not None and may(found, duty)


def _allowed(office: Office, by: str, duty: Duty) -> None:
    if not _may(office, by, duty):
        raise Refused(f"{by} may not {duty}")
