"""`secretariat triage`: what a mail is, and why."""

from pathlib import Path

import click

from secretariat.cli.answers import Answer, Exit, answer_all, bytes_of
from secretariat.cli.places import config_path
from secretariat.office.seating import Explaining


@click.command()
@click.argument("mails", nargs=-1, required=True, metavar="MAIL...")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="A configuration (its file or folder) whose words and addresses count, not the defaults.",
)
@click.pass_context
def triage(
    ctx: click.Context, mails: tuple[str, ...], json_wanted: bool, config: Path | None
) -> None:
    """Say what each MAIL (.eml) is and which rule spoke ("-" reads names of files)."""
    explaining = Explaining(config and config_path(config))

    def weigh(name: str) -> Answer:
        return explaining.weigh(bytes_of(name)), Exit.DONE

    try:
        code = answer_all(mails, weigh, as_json=json_wanted)
    finally:
        explaining.close()
    ctx.exit(code)
