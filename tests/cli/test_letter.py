from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secretariat.cli.letter import letter
from secretariat.domain.errors import Refused, SecretariatError
from tests.letter_builders import CORPUS, golden, golden_cases

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


def test_a_letter_without_a_generation_is_refused_with_those_there_are() -> None:
    result = run(str(NOTES / "otherton.md"), "--facts", str(NOTES / "otherton.toml"), "--text")
    assert isinstance(result.exception, Refused)
    (told,) = result.exception.reasons
    assert told.startswith("no generation of the letter is named")
    assert told.endswith("there are 2017, 2022, dardr")


def test_a_grade_is_refused_where_letters_give_none() -> None:
    words = (str(NOTES / "graded.md"), "--facts", str(NOTES / "graded.toml"), "--text")
    assert run(*words, "--generation", "2017").exception is None
    assert "have no words for a grade" in str(run(*words, "--generation", "2022").exception)


def test_what_is_odd_is_told_beside_the_letter_and_bars_nothing() -> None:
    words = (str(NOTES / "louise.md"), "--facts", str(NOTES / "louise.toml"), "--text")
    result = run(*words, "--generation", "2022")
    assert "look again: the Panel's day is written without its year" in result.stderr
    assert "meeting on 28th Sept." in result.stdout


@pytest.mark.parametrize(("generation", "case"), golden_cases())
def test_every_golden_letter_is_made_by_the_command(
    generation: str, case: str, tmp_path: Path
) -> None:
    notes, facts = (str(NOTES / f"{case}.{kind}") for kind in ("md", "toml"))
    out = tmp_path / "letter.docx"
    words = ("--generation", generation, "--out", str(out), "--text")
    result = run(notes, "--facts", facts, *words)
    assert result.exception is None
    said = result.stdout.rstrip("\n").split("\n\n")
    assert [" ".join(line.split("\n")) for line in said if line.strip()] == golden(case, generation)
    assert out.read_bytes().startswith(b"PK")


def test_a_letter_that_gives_a_strangers_address_is_refused_with_its_place(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(
        "# Otherton\n\n## Conclusion\n\nThe Panel praised the review.\n\n## Points\n\n"
        "- Send it to someone@elsewhere.example as well\n\n## Outcome\n\nPublish after changes\n"
    )
    words = ("--facts", str(NOTES / "otherton.toml"), "--generation", "2017", "--text")
    result = run(str(notes), *words)
    assert isinstance(result.exception, Refused)
    assert result.exception.reasons == (
        "the 1st point gives an e-mail address that is not configured",
    )
