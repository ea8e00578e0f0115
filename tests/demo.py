"""The demonstration with its mail on a server: `python -m tests.demo --mailbox imap`.

The servers are those of the tests, on this machine alone.
"""

import tempfile
from pathlib import Path

import click

from secretariat.cli.demo.telling import PostRoom, run
from tests.mail_servers import SERVERS


@click.command()
@click.option("--mailbox", type=click.Choice(sorted(SERVERS)), default="maildir", show_default=True)
@click.option("--no-serve", is_flag=True, help="End with the table.")
@click.option("--port", type=int, default=0, help="The pages' port; 0 takes a free one.")
def demo(mailbox: str, no_serve: bool, port: int) -> None:
    """Run the demonstration with its mailbox on one of the tests' servers."""
    with tempfile.TemporaryDirectory(prefix="secretariat-demo-") as folder:
        if mailbox == "maildir":
            run(Path(folder) / "office", serve=not no_serve, port=port)
            return
        with SERVERS[mailbox](Path(folder) / "server") as server:
            settings, secrets = server.settings()
            room = PostRoom(settings, secrets, server.deliver)
            run(Path(folder) / "office", serve=not no_serve, port=port, post_room=room)


if __name__ == "__main__":
    demo()
