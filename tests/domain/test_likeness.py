"""How like two texts are, and whether a letter of ours stands in one."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.likeness import (
    LetterMarks,
    LikenessPolicy,
    Sameness,
    bears,
    find_letter,
    gone_from,
    likeness,
    words_of,
)
from tests.publication_builders import letter_text, report_text

POLICY = LikenessPolicy()
REPORT = report_text()
LETTER = letter_text()
MARKS = LetterMarks("Anytown", ("DHR15", "Maria"), date(2026, 3, 3))


def scanned(text: str, errors: float) -> str:
    """Return the text as a poor scan reads it: this share of letters wrong, lost or doubled."""
    dice = random.Random(7)
    wrong = "abcdefghijklmnopqrstuvwxyz1l|"
    return "".join(
        letter if dice.random() >= errors else dice.choice(["", dice.choice(wrong), f"{letter}."])
        for letter in text
    )


def edited(text: str, words: float) -> str:
    """Return the text with this share of its words replaced."""
    dice = random.Random(7)
    return " ".join(
        word if dice.random() >= words else f"other{number}"
        for number, word in enumerate(text.split())
    )


def without_lines(text: str, share: float) -> str:
    dice = random.Random(7)
    return "\n".join(line for line in text.split("\n") if dice.random() >= share)


def sameness(published: str, paper: str = REPORT) -> Sameness:
    found = likeness(words_of(paper), words_of(published), POLICY)
    assert found is not None
    return found.sameness


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("ﬁnal Café", ["final", "cafe"], id="ligatures and accents"),
        pytest.param("safe-\nguarding", ["safeguarding"], id="a hyphen at the line's end"),
        pytest.param("safe\x02\r\nguarding", ["safeguarding"], id="a hyphen that pdfium marks"),
        pytest.param("safe\xadguarding", ["safeguarding"], id="a soft hyphen"),
        pytest.param("co-operate", ["co", "operate"], id="a hyphen within a line"),
        pytest.param("the council’s 28th", ["the", "councils", "28"], id="endings and signs"),
    ],
)
def test_words_are_the_same_however_they_are_set(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(max_size=400))
def test_any_text_has_plain_words_and_is_the_same_as_itself(text: str) -> None:
    words = words_of(text)
    assert all(word.isascii() and word.isalnum() for word in words)
    found = likeness(words, words, POLICY)
    assert found is None or found.sameness is Sameness.SAME


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param(REPORT, Sameness.SAME, id="the very text"),
        pytest.param(" ".join(REPORT.split()), Sameness.SAME, id="set anew"),
        pytest.param(f"{LETTER}\n{REPORT}\nAppendix", Sameness.SAME, id="bound in with others"),
        pytest.param(edited(REPORT, 0.02), Sameness.DIFFERING, id="two words in a hundred new"),
        pytest.param(scanned(REPORT, 0.026), Sameness.DIFFERING, id="a poor scan"),
        pytest.param(
            edited(without_lines(REPORT, 0.3), 0.05), Sameness.UNSURE, id="an earlier draft"
        ),
        pytest.param(REPORT[:1500], Sameness.ANOTHER, id="its beginning alone"),
        pytest.param(LETTER * 8, Sameness.ANOTHER, id="other words"),
        pytest.param("Page not found", Sameness.ANOTHER, id="three words"),
    ],
)
def test_a_published_text_is_told_from_a_scan_a_draft_and_another(
    published: str, expected: Sameness
) -> None:
    assert sameness(published) is expected


def test_annexes_bound_in_with_a_revised_report_do_not_make_it_another() -> None:
    annex = " ".join(f"annexword{number}" for number in range(2_000))
    assert sameness(f"{edited(REPORT, 0.02)} {annex}") is Sameness.DIFFERING


def test_only_the_very_words_are_untouched() -> None:
    words = words_of(REPORT)
    same = likeness(words, [*words_of(LETTER), *words], POLICY)
    added = likeness(words, [*words[:500], "one", "new", "word", *words[500:]], POLICY)
    assert same is not None
    assert added is not None
    assert (same.untouched, added.untouched) == (True, False)


def test_without_words_there_is_nothing_to_compare() -> None:
    assert likeness([], words_of(REPORT), POLICY) is None
    assert likeness(words_of(REPORT), [], POLICY) is None


def test_what_was_taken_out_is_told_by_how_it_begins() -> None:
    chapter = " ".join(f"chapter{number}" for number in range(300))
    gone = gone_from(f"{chapter}\n{REPORT}", words_of(REPORT))
    assert len(gone) == 3
    assert gone[0].startswith("chapter0 chapter1")
    assert gone_from(REPORT, words_of(REPORT)) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{REPORT}\n{LETTER}", id="at the end"),
        pytest.param(f"{LETTER}\n{REPORT}", id="in front"),
        pytest.param(LETTER, id="alone"),
        pytest.param(LETTER.partition("Dear")[1] + LETTER.partition("Dear")[2], id="without head"),
        pytest.param(f"{REPORT}\n{scanned(LETTER, 0.01)}", id="scanned"),
        pytest.param(
            f"{REPORT}\n{letter_text(case='DHR9', met='6 May 2020')}\n{LETTER}",
            id="after an older one of another case",
        ),
    ],
)
def test_our_letter_is_found_wherever_it_is_bound_in(text: str) -> None:
    assert find_letter(words_of(LETTER), words_of(text), MARKS, POLICY).found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(REPORT, "nothing like the letter", id="no letter"),
        pytest.param("the", "nothing like the letter", id="one word of it"),
        pytest.param(letter_text(area="Othertown"), "another partnership", id="another place's"),
        pytest.param(letter_text(case="DHR16"), "another case", id="another case's"),
        pytest.param(letter_text(met="13 March 2026"), "another meeting date", id="another day's"),
    ],
)
def test_another_letter_of_ours_is_refused_however_like_it_is(text: str, told: str) -> None:
    search = find_letter(words_of(LETTER), words_of(f"{REPORT}\n{text}"), MARKS, POLICY)
    assert not search.found
    assert told in search.why


def test_a_letter_without_any_mark_must_stand_there_word_for_word() -> None:
    plain = LetterMarks()
    other = letter_text(case="DHR16")
    assert find_letter(words_of(LETTER), words_of(REPORT + LETTER), plain, POLICY).found
    assert not find_letter(words_of(LETTER), words_of(REPORT + other), plain, POLICY).found


def test_the_words_without_the_letter_are_the_reports() -> None:
    search = find_letter(words_of(LETTER), words_of(f"{REPORT}\n{LETTER}"), MARKS, POLICY)
    assert list(search.rest[: len(words_of(REPORT))]) == words_of(REPORT)
    assert "sincerely" not in search.rest


@pytest.mark.parametrize(
    ("text", "mark", "borne"),
    [
        ("the death of Maria in Anytown", "Maria", True),
        ("the death of Marie in Anytown", "Maria", False),
        ("a meeting on 26 September 2023", "6 September 2023", False),
        ("a meeting on 6 Septembcr 2O23", "6 September 2023", True),
        ("anything", "", False),
    ],
)
def test_a_mark_agrees_in_numbers_and_short_names(text: str, mark: str, borne: bool) -> None:
    assert bears(words_of(text), mark) is borne
