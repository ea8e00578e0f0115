import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.real_names import likeness_of, names_in

NAME = "Jane Invented"


@pytest.mark.parametrize(
    "text",
    [
        "Jane Invented was not asked.",
        "JANE INVENTED was not asked.",
        "jane invented was not asked.",
        "Jane  Invented's mother was not asked.",
        "Jane\u00a0Invented’s mother was not asked.",
        "INVENTED, Jane was not asked.",
        "Invented,Jane was not asked.",
        "The file of Invented Jane was lost.",
        "It was (Jane Invented).",
        "Jane\nInvented was not asked.",
        "J\u200bane In\u00advented was not asked.",
        "Jane-Invented was not asked.",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert names_in(text, (NAME,)) == (NAME,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jane was not asked.",
        "Ms Invented was not asked.",
        "Jane and Mr Invented were not asked.",
        "It was Jane. Invented reasons were given.",
        "Janet Invented was not asked.",
        "Jane Inventedson was not asked.",
    ],
)
def test_a_part_of_a_name_or_another_name_is_not_the_name(text: str) -> None:
    assert names_in(text, (NAME,)) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SMITH-MADEUP, Jane", "Jane Smith-Madeup was not asked."),
        ("Jane Smith-Madeup", "Jane Smith\u2011Madeup was not asked."),
        ("Pat O'Neill", "Pat O’Neill’s file"),
        ("Pat O’Neill", "PAT O'NEILL was not asked."),
        ("Pat O’Neill", "Pat OʼNeill was not asked."),
        ("José Madeup", "Jose\u0301 Madeup was not asked."),
        ("Jose\u0301 Madeup", "JOSÉ MADEUP was not asked."),
        ("Zoë Madeup", "Zoe Madeup was not asked."),
        ("J. Madeup", "J Madeup, and J.Madeup"),
        ("Ana de la Madeup", "de la Madeup, Ana"),
        ("Strauß Madeup", "STRAUSS MADEUP"),
        ("Łukasz Sørmadeup", "Lukasz Sormadeup"),
        ("Işıl Madeup", "IŞIL MADEUP"),
        ("Madeup", "Mr Madeup’s file"),
        ("Madeup", "MADEUP"),
        ("Will Madeup", "will madeup"),
        ("Jan van ’t Madeup", "Jan van 't Madeup"),
        ("王小明", "It was 王小明 who rang."),
    ],
)
def test_signs_accents_and_orders_do_not_hide_a_name(name: str, text: str) -> None:
    assert names_in(text, (name,)) == (name,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Will", "The review will say more."),
        ("Grace May", "The saving grace may come."),
        ("Madeup", "The story was madeup."),
    ],
)
def test_ordinary_words_and_single_words_count_with_capitals_alone(name: str, text: str) -> None:
    assert names_in(text, (name,)) == ()
    assert names_in(text.title(), (name,)) == (name,)


def test_names_are_told_in_their_own_order() -> None:
    names = ("Sam Madeup", "Nobody Else", NAME)
    assert names_in("Jane Invented rang Sam Madeup.", names) == ("Sam Madeup", NAME)


@pytest.mark.parametrize("nothing", ["", " ", "’", "--", "\u200b"])
def test_what_has_no_word_is_found_nowhere(nothing: str) -> None:
    assert names_in(f"Jane {nothing} Invented", (nothing,)) == ()
    assert likeness_of(nothing) == ()


WORDS = st.lists(
    st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=2, max_size=12),
    min_size=2,
    max_size=4,
)


@given(
    words=WORDS,
    gap=st.sampled_from([" ", "  ", "\u00a0", "\n", "-", "\u2011"]),
    owning=st.sampled_from(["", "’s", "'s", "'S"]),
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_every_name_is_found_in_every_dress(
    words: list[str], gap: str, owning: str, form: str
) -> None:
    name = " ".join(words)
    for dressed in (
        gap.join(words),
        gap.join(words).upper(),
        f"{words[-1]}, {gap.join(words[:-1])}",
    ):
        text = unicodedata.normalize(form, f"“{dressed}{owning}” was not asked.")
        assert names_in(text, (name,)) == (name,)
        assert names_in(f"It was nobody{dressed}nobody.", (name,)) == ()


@given(st.text(), st.text())
def test_no_text_and_no_name_makes_it_fail(text: str, name: str) -> None:
    assert names_in(text, (name,)) in ((), (name,))
