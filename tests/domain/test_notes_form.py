import pytest

from secretariat.domain import notes_form as form
from secretariat.domain.notes import ANSWERS, LABELS, OUTCOMES, Part, lines_of, read_notes
from secretariat.domain.notes_form import without_own_words

HEADINGS = {
    form.CONCLUSION: Part.CONCLUSION,
    form.POINTS: Part.POINTS,
    form.OUTCOME: Part.OUTCOME,
    form.RESUBMISSION: Part.RESUBMISSION,
    form.TYPING_ERRORS: Part.TYPING_ERRORS,
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_heading_of_the_form_is_one_that_the_notes_are_read_by(heading: str) -> None:
    assert LABELS[heading.lower()] is HEADINGS[heading]


def test_whatever_the_form_offers_to_choose_is_understood() -> None:
    assert set(form.OUTCOMES_OFFERED) <= OUTCOMES.keys()
    assert {OUTCOMES[each] for each in form.OUTCOMES_OFFERED} == set(OUTCOMES.values())
    assert [ANSWERS[each] for each in form.ANSWERS_OFFERED] == [False, True]


@pytest.mark.parametrize("words", [*form.ASKED, *form.WHOLE_LINES])
def test_what_nobody_wrote_over_is_nothing(words: str) -> None:
    assert without_own_words(words) == ""
    assert without_own_words(words.replace("’", "'").upper()) == ""
    assert without_own_words(f"- {words}") == without_own_words(f"  2. {words}") == ""


@pytest.mark.parametrize("more", ["", ". Page 1 of 13", ". Page of"])
def test_its_title_is_nothing_wherever_a_file_keeps_it(more: str) -> None:
    assert without_own_words(f"{form.TITLE}, 3 March 2026{more}") == ""


def test_what_was_typed_beside_the_forms_words_stays() -> None:
    assert without_own_words(f"{form.ASK_CONCLUSION} A good report.") == "A good report."
    assert without_own_words(f"  - {form.ASK_BELOW} Below.") == "  - Below."
    assert without_own_words(f"{form.ASK_RESUBMISSION} no.") == "no."
    assert without_own_words(f"A good report. {form.ASK_CONCLUSION}") == "A good report."


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[sic]",
        "  - Choose better words.",
        "The Panel‘s “[name]” is the chair’s",
        "A reader should not have to choose an item from three lists.",
        "What is left grey counts as nothing said. A review without an outcome gets no letter. No.",
    ],
)
def test_everything_else_stays_as_it_was_written(words: str) -> None:
    assert without_own_words(words) == words


def test_an_untouched_point_in_plain_text_is_no_point() -> None:
    notes = f"## QA-2026-0001\nPoints:\n- {form.ASK_POINT}\n- One.\n  - {form.ASK_BELOW}\n"
    read = read_notes(lines_of(f"{notes}\nOutcome: publish\n"))
    assert read.faults == ()
    assert [(each.text, each.below) for each in read.sections[0].points] == [("One.", ())]
