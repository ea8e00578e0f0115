import unicodedata

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from secretariat.domain.errors import Refused
from secretariat.domain.kept_names import LONGEST, MOST, KeptNames, mark_of, names_typed, told
from tests.builders import CASEWORKER, NOW, REFERENCE


def reasons(text: str, *pseudonyms: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        names_typed(text, pseudonyms)
    return refused.value.reasons


def test_one_name_a_line_is_kept_as_it_was_typed() -> None:
    typed = "  Jane Invented \r\n\r\nO’Madeup,\tPat\rJane Invented\n\n"
    assert names_typed(typed) == ("Jane Invented", "O’Madeup, Pat")


def test_of_a_name_written_twice_the_first_way_of_writing_stays() -> None:
    assert names_typed("Jane Invented\nINVENTED, Jane\njane  invented") == ("Jane Invented",)


def test_nothing_typed_is_no_name() -> None:
    assert names_typed("") == names_typed(" \n\t\n") == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("x" * (LONGEST + 1), "is longer than 200 characters"),
        ("Jane\0 Invented", "holds signs that no name has"),
        ("Jane\x0bInvented", "holds signs that no name has"),
        ("Jane\x85Invented", "holds signs that no name has"),
        ("Jane\u2028Invented", "holds signs that no name has"),
        ("Jane \ud800", "holds signs that no name has"),
        ("Jane Inv\ufffdnted", "holds signs that no name has"),
        ("12 34", "has no letter in it"),
        ("’ -", "has no letter in it"),
        ("J", "stands for anybody"),
        ("Adult A", "stands for anybody"),
        ("Mother", "stands for anybody"),
        ("Maria", "is a pseudonym of this review"),
        ("MARIA", "is a pseudonym of this review"),
    ],
)
def test_what_cannot_be_kept_is_told_by_its_line_and_not_repeated(line: str, why: str) -> None:
    (told_why,) = reasons(f"Jane Invented\n{line}", "Maria")
    assert told_why.startswith(f"line 2 {why}") or (why in told_why and "line 2 " in told_why)
    assert line not in told_why
    assert "Jane" not in told_why


def test_a_pseudonym_of_several_words_bars_the_name_that_stands_in_it() -> None:
    assert len(reasons("Madeup", "Agent Madeup")) == 1
    assert names_typed("Jane Madeup", ("Jane", "Madeup")) == ("Jane Madeup",)


def test_every_line_that_cannot_be_kept_is_told_at_once() -> None:
    assert len(reasons("1\nJane Invented\nAdult A\n2")) == 3


def test_fifty_names_are_kept_and_not_one_more() -> None:
    many = "\n".join(f"Jane Invented{'x' * number}" for number in range(MOST))
    assert len(names_typed(f"{many}\nJane Invented")) == MOST
    assert reasons(f"{many}\nSam Madeup") == ("these are 51 names; at most 50 can be kept",)


def test_the_ledger_is_told_how_many_and_nothing_else() -> None:
    assert (told(1), told(2)) == ("1 name kept for the check", "2 names kept for the check")


def test_another_list_has_another_mark() -> None:
    one, other = (KeptNames(REFERENCE, sealed, 1, CASEWORKER, NOW) for sealed in ("a", "b"))
    assert len({mark_of(()), mark_of((one,)), mark_of((other,)), mark_of((one, other))}) == 4


@given(st.text(max_size=300))
def test_whatever_is_typed_is_kept_whole_or_refused_in_sentences(text: str) -> None:
    names: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    try:
        names = names_typed(text)
    except Refused as fault:
        refused = fault.reasons
        event("refused")
    assert all(reason.startswith(("line ", "these are ")) for reason in refused)
    assert names_typed("\n".join(names)) == names
    lines = {part.strip() for part in text.replace("\t", " ").replace("\r", "\n").split("\n")}
    assert set(names) <= lines
    assert all(0 < len(name) <= LONGEST for name in names)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for name in names for sign in name)
