"""A letterpress with the templates as they were delivered, for the command `letter`."""

from secretariat.adapters.letterpress.press import Press
from secretariat.config import defaults


def open_press() -> Press:
    """Return a press without a data folder: it keeps nothing."""
    return Press(defaults() / "templates")
