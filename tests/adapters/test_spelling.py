import shutil
from pathlib import Path

import pytest

from secretariat.adapters.spelling import FOLDER, BritishSpelling


@pytest.fixture(scope="module")
def spelling() -> BritishSpelling:
    return BritishSpelling()


@pytest.mark.parametrize("word", ["organisation", "colour", "programme", "wasn’t", "victim’s"])
def test_british_words_are_known(spelling: BritishSpelling, word: str) -> None:
    assert spelling.why_off() == ""
    assert spelling.knows(word)


@pytest.mark.parametrize(("word", "meant"), [("color", "colour"), ("recieve", "receive")])
def test_other_words_are_not_and_what_was_meant_is_told(
    spelling: BritishSpelling, word: str, meant: str
) -> None:
    assert not spelling.knows(word)
    assert spelling.instead(word)[0] == meant
    assert len(spelling.instead(word)) <= 3


def test_without_the_dictionary_every_word_passes_and_a_sentence_says_why(tmp_path: Path) -> None:
    off = BritishSpelling(tmp_path)
    assert off.why_off().startswith("Spelling is not checked")
    assert off.knows("recieve")
    assert off.instead("recieve") == ()


def test_half_a_dictionary_is_none(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "en_GB.aff", tmp_path)
    assert BritishSpelling(tmp_path).why_off()
