"""`secretariat demo`: the whole journey with invented mail, and then its pages."""

import tempfile
from pathlib import Path

import click

from secretariat.cli.demo import run


@click.command()
@click.option("--no-serve", is_flag=True, help="End with the table.")
@click.option("--port", type=int, default=0, help="The pages' port; 0 takes a free one.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to keep it; a folder that is removed at the end when left out.",
)
def demo(no_serve: bool, port: int, folder: Path | None) -> None:
    """Run invented months through a real office, print what became of them, serve the pages."""
    if folder:
        run(folder, serve=not no_serve, port=port)
        return
    with tempfile.TemporaryDirectory(prefix="secretariat-demo-") as made:
        run(Path(made), serve=not no_serve, port=port)
