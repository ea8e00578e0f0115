"""What the mails say that carry a letter: of every kind, to every kind of office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from secretariat.adapters.letterpress.press import Press
from secretariat.domain.contacts import DAC, DAC_OFFICE
from secretariat.domain.covering import copy_words, covering_words
from secretariat.domain.letter import Copy, Letter
from secretariat.domain.letter_content import LetterKind, ReviewName
from tests.builders import a_letter
from tests.letter_builders import a_press

PCC = Copy("E23000099", "Police and Crime Commissioner for Anyshire", "pcc@anyshire.example")


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return a_press(kept=tmp_path / "kept")


def of_kind(kind: LetterKind) -> Letter:
    letter = a_letter()
    replaces = date(2026, 3, 3) if kind is LetterKind.CORRECTION else None
    return replace(letter, content=replace(letter.content, kind=kind, replaces=replaces))


def covering(press: Press, letter: Letter) -> tuple[str, str]:
    subject, body = press.word("covering-letter", covering_words(letter))
    return subject, " ".join(body.split())


def copied(press: Press, letter: Letter, copy: Copy) -> tuple[str, str]:
    subject, body = press.word("covering-copy", copy_words(letter, copy))
    return subject, " ".join(body.split())


def test_a_first_letter_comes_with_the_report_that_was_submitted(press: Press) -> None:
    subject, body = covering(press, of_kind(LetterKind.FIRST))
    assert subject.startswith("Home Office QA Panel feedback letter")
    assert "Quality Assurance Panel on the report that you submitted" in body
    assert "replaces" not in body


def test_a_letter_after_resubmission_is_on_the_new_version(press: Press) -> None:
    _, body = covering(press, of_kind(LetterKind.AFTER_RESUBMISSION))
    assert "on the new version of the report that you submitted" in body


def test_a_correction_says_which_letter_it_replaces_to_everybody(press: Press) -> None:
    letter = of_kind(LetterKind.CORRECTION)
    for subject, body in (covering(press, letter), copied(press, letter, PCC)):
        assert subject.startswith("Corrected: ")
        assert "It replaces" in body
        assert "our letter of 3 March 2026: please use this one alone." in body


def test_a_copy_says_why_it_comes(press: Press) -> None:
    letter = a_letter()
    dardr = replace(letter, content=replace(letter.content, review_name=ReviewName.DARDR))
    _, body = copied(press, letter, PCC)
    assert "copies its letters to those who hold the police to account" in body
    assert "each Domestic Homicide Review in their area" in body
    _, body = copied(press, dardr, Copy(DAC, DAC_OFFICE, "dac@commissioner.example"))
    assert "what the Panel found in this Domestic Abuse Related Death Review" in body
    assert "police" not in body
