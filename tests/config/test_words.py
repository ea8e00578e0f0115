"""The secretariat's own word list: every fault told at once, with its line."""

from pathlib import Path

import pytest

from secretariat.config import defaults
from secretariat.config.faults import ConfigFaults
from secretariat.config.words import read_house_words


def test_the_delivered_list_is_read() -> None:
    words = read_house_words(defaults() / "config" / "words.toml")
    assert "signposting" in words.known
    assert words.instead["domestic violence"] == "domestic abuse"


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('knwon = []\nknown = [3]\n[instead]\n"prior to" = ""\n', "utf-8")
    with pytest.raises(ConfigFaults) as told:
        read_house_words(path)
    assert [str(fault) for fault in told.value.faults] == [
        "words.toml, line 1: knwon is nothing that is asked for",
        "words.toml, line 2: known must be a list of words",
        "words.toml, line 3: 'prior to' needs words to stand instead",
    ]


@pytest.mark.parametrize("text", [None, "known = [", 'instead = "x"\n'])
def test_a_file_that_is_none_is_told(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "words.toml"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(ConfigFaults):
        read_house_words(path)
