from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secretariat.cli.letter import letter
from secretariat.domain.errors import Refused, SecretariatError
from tests.letter_builders import CORPUS

NOTES = CORPUS / "notes"


def run(*words: str) -> Result:
    return CliRunner().invoke(letter, words, standalone_mode=False)


def test_notes_with_two_sections_are_refused_with_their_lines(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("Present: all\n\n# A\nOutcome: publish\n# B\nOutcome: perhaps\n")
    result = run(str(notes), "--facts", str(NOTES / "otherton.toml"), "--text")
    assert isinstance(result.exception, Refused)
    told = result.exception.reasons
    assert [reason.partition(":")[0] for reason in told] == [
        "line 1",
        "line 6",
        "the notes hold 2 sections; a letter takes one",
    ]


@pytest.mark.parametrize("facts", ["area = [", "area = 'Kent'", None])
def test_facts_that_cannot_be_used_are_told_in_a_sentence(
    tmp_path: Path, facts: str | None
) -> None:
    path = tmp_path / "facts.toml"
    if facts is not None:
        path.write_text(facts)
    result = run(str(NOTES / "otherton.md"), "--facts", str(path), "--text")
    assert isinstance(result.exception, SecretariatError)
