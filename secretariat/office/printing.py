"""A letterpress for the command `letter`: the delivered templates, or a folder of staff's own."""

from pathlib import Path

from secretariat.adapters.letterpress.press import Press
from secretariat.config import defaults


def open_press(templates: Path | None = None) -> Press:
    """Return a press without a data folder: it keeps nothing, no last good version either."""
    return Press(templates or defaults() / "templates")
