"""Help with the wording of letters: the dictionary, the word list and the stock paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from secretariat.domain.letter_content import LetterContent
from secretariat.domain.letter_help import (
    Help,
    Hint,
    HouseWords,
    Stock,
    fitting,
    house_style,
    stock_from,
    strange_words,
    uneven,
)
from secretariat.ports.spelling import Speller

MOST_LOOKED_UP: Final = 8


@dataclass(frozen=True, slots=True)
class WordingHelp:
    """Gives advice on a letter when its page asks, never on the way to print.

    folder: of the stock paragraphs, one file each, read anew every time
    """

    speller: Speller
    house: HouseWords
    folder: Path

    def help_with(self, content: LetterContent, noted: Iterable[str] = ()) -> Help:
        """Return the advice; `noted`: what the Panel's notes say, to find fitting paragraphs."""
        off = self.speller.why_off()
        spelling = () if off else strange_words(content, self.house, self.speller.knows)
        said = [*noted, *content.conclusion, *(point.text for point in content.points)]
        return Help(
            off=off,
            spelling=tuple(self._completed(spelling)),
            style=house_style(content, self.house),
            endings=uneven(content),
            stock=fitting(self.stock(), said),
        )

    def stock(self) -> tuple[Stock, ...]:
        """Return the stock paragraphs by the names of their files."""
        files = sorted(self.folder.glob("*.md")) if self.folder.is_dir() else []
        read = (stock_from(each.stem, each.read_text("utf-8", errors="replace")) for each in files)
        return tuple(one for one in read if one is not None)

    def _completed(self, hints: Iterable[Hint]) -> Iterable[Hint]:
        """Add what may have been meant, to the first few: looking it up is slow."""
        for count, hint in enumerate(hints):
            if hint.instead or count >= MOST_LOOKED_UP:
                yield hint
            else:
                yield replace(hint, instead=self.speller.instead(hint.words))
