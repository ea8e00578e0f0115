"""British spelling by Hunspell with the dictionary of Debian's package hunspell-en-gb."""

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from hunspell.hunspell import HunspellFilePathError
from hunspell.hunspell import HunspellWrap as Hunspell

FOLDER: Final = Path("/usr/share/hunspell")
NAME: Final = "en_GB"
MOST: Final = 3
OFF: Final = (
    "Spelling is not checked: the British dictionary is not on this machine "
    "(Debian's package hunspell-en-gb)."
)


class BritishSpelling:
    """The dictionary is opened (0.25 s) when the first word is asked for, once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Nothing is read yet."""
        self._folder = folder
        self._lock = Lock()
        self._open: Hunspell | None = None
        self._found = all((folder / f"{NAME}.{ending}").is_file() for ending in ("aff", "dic"))
        self._meant = lru_cache(maxsize=2048)(self._look_up)

    def why_off(self) -> str:
        """Return why nothing can be looked up, "" when it can."""
        with self._lock:
            return "" if self._dictionary() else OFF

    def knows(self, word: str) -> bool:
        """Say whether the word is spelt right; True for every word while it is off."""
        with self._lock:
            dictionary = self._dictionary()
            return dictionary is None or bool(dictionary.spell(_typed(word)))

    def instead(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant, at most three; kept in memory once looked up."""
        return self._meant(word)

    def _look_up(self, word: str) -> tuple[str, ...]:
        with self._lock:
            dictionary = self._dictionary()
            return tuple(dictionary.suggest(_typed(word)))[:MOST] if dictionary else ()

    def _dictionary(self) -> Hunspell | None:
        if self._open is None and self._found:
            try:
                self._open = Hunspell(NAME, hunspell_data_dir=str(self._folder))
            except (HunspellFilePathError, OSError):
                self._found = False
        return self._open


def _typed(word: str) -> str:
    """Return the word with the apostrophe that dictionaries are written with."""
    return word.replace("’", "'")
