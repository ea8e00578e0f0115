"""The demonstration: invented months run through a real office, and then its pages are served.

`story` says what happens and when; `world` lets it happen; `table` says what became of it.
"""

from secretariat.cli.demo.telling import run

__all__ = ["run"]
