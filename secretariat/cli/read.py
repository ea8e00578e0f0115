"""`secretariat read`: what a paper is and what its front page states."""

import click

from secretariat.cli.answers import Answer, Exit, answer_all, bytes_of
from secretariat.domain.papers import as_json
from secretariat.office.lookup import open_reader
from secretariat.ports.papers import Reader


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.pass_context
def read(ctx: click.Context, papers: tuple[str, ...], json_wanted: bool) -> None:
    """Say what a PAPER is and what its front page states ("-" reads names of files)."""
    reader = open_reader()
    try:
        code = answer_all(papers, lambda name: _answer(reader, name), as_json=json_wanted)
    finally:
        reader.close()
    ctx.exit(code)


def _answer(reader: Reader, name: str) -> Answer:
    return as_json(reader.read(bytes_of(name), name.rpartition("/")[2])), Exit.DONE
