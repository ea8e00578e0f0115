"""`secretariat meeting letters`, `draft` and `hand`: a meeting's letters by command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from tests.builders import NOTE_TAKER, a_meeting, a_review, an_act, some_facts, some_notes
from tests.cli.conftest import Ask
from tests.office_builders import an_office_at

SAM, OLU = "sam@homeoffice.example", "olu@homeoffice.example"


@pytest.fixture
def home(tmp_path: Path, empty_register: Path, ask: Ask) -> Path:
    """An office with a meeting of two reviews, notes on both, one that cannot be drafted."""
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copyfile(empty_register, folder / "register.db")
    office = an_office_at(folder, f"sqlite:///{folder / 'register.db'}")
    references = (Reference(2026, 1), Reference(2026, 2))
    considered = {"status": Status.CONSIDERED, "outcome": Outcome.PUBLISH, "meeting": 1}
    with office.database.register() as pen:
        pen.add_meeting(a_meeting(agenda=references), an_act())
        for reference, name in zip(references, ("Maria", "bad\x07sign"), strict=True):
            facts = some_facts(local_reference=None, pseudonyms=(name,))
            pen.add_review(a_review(reference=reference, facts=facts, **considered), an_act())
            pen.add_notes(some_notes(reference=reference, authors=(NOTE_TAKER,)), an_act())
    office.close()
    return folder


@pytest.fixture
def options(home: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    monkeypatch.setenv("SECRETARIAT_DATABASE_URL", f"sqlite:///{home / 'register.db'}")
    config = ("--config", home / "secretariat.toml")
    ask("account", "add", SAM, "Sam", "--role", "caseworker", *config)
    ask("account", "add", OLU, "Olu", "--role", "approver", *config)
    return config


def test_letters_are_drafted_shown_and_handed_out(ask: Ask, options: tuple[object, ...]) -> None:
    assert "  Drafted: 0 of 2\n" in ask("meeting", "letters", "1", *options).out
    drafted = ask("meeting", "draft", "1", "--by", SAM, *options)
    assert (drafted.code, drafted.out) == (1, "1 letter drafted.\n")
    assert drafted.err.startswith("QA-2026-0002: the letter cannot be drafted: ")
    shown = ask("meeting", "letters", "1", *options).out
    assert "0 of 2 letters sent.\n  Notes taken: 2 of 2\n  Drafted: 1 of 2\n" in shown
    assert "QA-2026-0001  to be checked\n    a person must confirm the partnership\n" in shown
    assert "QA-2026-0002  to be drafted\n    it cannot be drafted: " in shown
    hand = ("meeting", "hand", "QA-2026-0001", "1")
    assert ask(*hand, OLU, "--by", SAM, *options).out == f"To be approved by {OLU}.\n"
    assert (
        f"to be checked, to be approved by {OLU}\n" in ask("meeting", "letters", "1", *options).out
    )
    assert ask(*hand, "--by", SAM, *options).out == "To be approved by anybody.\n"


def test_what_cannot_be_done_is_told_in_a_sentence(ask: Ask, options: tuple[object, ...]) -> None:
    for command in (
        ("letters", "7"),
        ("draft", "7", "--by", SAM),
        ("draft", "1", "--by", "nobody@homeoffice.example"),
        ("hand", "QA-2026-0001", "1", SAM, "--by", SAM),
        ("hand", "QA-2026", "1", OLU, "--by", SAM),
    ):
        said = ask("meeting", *command, *options)
        assert (said.code, said.out) == (3, ""), command
        assert said.err.count("\n") == 1
