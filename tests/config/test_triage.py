"""The phrases that staff may edit: every fault told at once, with its line."""

from pathlib import Path

import pytest

from secretariat.config import defaults
from secretariat.config.faults import ConfigFaults
from secretariat.config.triage import read_triage_words

DELIVERED = defaults() / "config" / "triage.toml"


def test_the_delivered_phrases_are_read_and_none_is_empty() -> None:
    words = read_triage_words(DELIVERED)
    assert "decision not to ... review*|dhr*|dardr*|susr*" in words.decision_not_to_review
    assert all(getattr(words, name) for name in words.__slots__)


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "triage.toml"
    text = DELIVERED.read_text("utf-8")
    text = text.replace("[review]\n", '[review]\nfrases = ["x"]\n')
    text = text.replace("[automatic]\n", "[automatic]\nsubjects = 3\n[others]\n", 1)
    path.write_text(text.replace("[feedback]", "[feedbak]"), "utf-8")
    with pytest.raises(ConfigFaults) as told:
        read_triage_words(path)
    sentences = [fault.sentence for fault in told.value.faults]
    assert "frases is no key of [review]" in sentences
    assert "phrases is no key of [feedbak]" in sentences
    assert "subjects in [automatic] must be a list of phrases, each in quotes" in sentences
    assert told.value.faults[0].line > 0


def test_a_key_that_ones_own_file_leaves_out_has_its_delivered_phrases(tmp_path: Path) -> None:
    path = tmp_path / "triage.toml"
    path.write_text('[bounce]\nsenders = ["the post robot"]\n', "utf-8")
    words, delivered = read_triage_words(path), read_triage_words(DELIVERED)
    assert words.bounce_senders == ("the post robot",)
    assert words.bounce_subjects == delivered.bounce_subjects


@pytest.mark.parametrize("content", [b"[review", b"\xff\xfe", None])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "triage.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigFaults, match=r"triage\.toml"):
        read_triage_words(path)
