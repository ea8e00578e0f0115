"""What the commands that explain need: the delivered directory and the isolated reader."""

from secretariat.adapters.papers.reader import Reader as IsolatedReader
from secretariat.config import defaults
from secretariat.config.directory import read_directory
from secretariat.domain.matching import Matcher
from secretariat.ports.papers import Reader


def open_matcher() -> Matcher:
    """Return a matcher over the directory that was delivered."""
    return Matcher(read_directory(defaults() / "config" / "directory"))


def open_reader() -> Reader:
    """Return the isolated reader with its default limits."""
    return IsolatedReader()
