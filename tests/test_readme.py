"""README.md is the authority for words and shows every lawful move: here it is held to the code."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from secretariat.cli import COMMANDS
from secretariat.domain.letter import LetterStatus
from secretariat.domain.papers import PaperKind
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.post_in import MailKind, MailState
from secretariat.domain.publication import Finding
from secretariat.domain.review import MOVES, MatterKind, Outcome, Status, Step

TOP = Path(__file__).resolve().parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
WORDS: tuple[type[StrEnum], ...] = (
    Status,
    Step,
    Outcome,
    MailKind,
    MailState,
    LetterStatus,
    PostingStatus,
    Finding,
)
PAPERS = [kind for kind in PaperKind if kind not in (PaperKind.LETTER, PaperKind.OTHER)]


def glossary() -> dict[str, str]:
    told = README.partition("## Glossary")[2].partition("## Licence")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", told, re.MULTILINE)
    return {word: meaning for word, meaning in rows if word != "word"}


def drawn() -> list[str]:
    lines = ["stateDiagram-v2"]
    lines += [f"    {status.name.lower()}: {status}" for status in Status]
    lines += [f"    [*] --> {Status.RECEIVED.name.lower()}: registered"]
    lines += [
        f"    {before.name.lower()} --> {after.name.lower()}: {step}"
        for (before, step), after in MOVES.items()
    ]
    return lines


def test_the_diagram_shows_every_lawful_move_and_no_other() -> None:
    diagram = README.partition("```mermaid\n")[2].partition("\n```")[0]
    assert diagram.splitlines() == drawn()


@pytest.mark.parametrize("word", [word for kind in WORDS for word in kind], ids=str)
def test_every_word_that_staff_read_is_explained(word: StrEnum) -> None:
    meaning = glossary().get(word.value, "")
    assert len(meaning) > 15


@pytest.mark.parametrize("word", [*PostingKind, *MatterKind, *PAPERS], ids=str)
def test_every_kind_of_thing_is_named(word: StrEnum) -> None:
    assert any(word.value.startswith(known) for known in glossary())


def test_no_word_is_explained_twice() -> None:
    told = README.partition("## Glossary")[2]
    words = re.findall(r"^\| ([^|]+?) \|", told, re.MULTILINE)
    assert len(words) - words.count("word") - words.count("---") == len(glossary())


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert links
    assert [link for link in links if not (TOP / link).exists()] == []


def test_every_command_that_the_readme_shows_exists() -> None:
    shown = set(re.findall(r"(?:`|^)secretariat ([a-z]+)\b", README, re.MULTILINE))
    assert shown <= COMMANDS.keys()
    assert {"serve", "init", "doctor"} <= shown


def test_the_readme_names_both_commands_and_their_targets_exist() -> None:
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)", README))
    assert {"demo", "test", "help"} <= named
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named)
