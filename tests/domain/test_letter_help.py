import re

from secretariat.domain.letter_content import LetterContent, Point
from secretariat.domain.letter_help import (
    Hint,
    HouseWords,
    Stock,
    evened,
    fitting,
    house_style,
    stock_from,
    strange_words,
    uneven,
)
from tests.builders import some_content
from tests.letter_builders import content_of

WORDS = frozenset(
    re.findall(
        r"\w+",
        "the review could say more of their which was see organisation organization prize report "
        "panel timeline needs dates victim",
    )
)


def knows(word: str) -> bool:
    return word.casefold() in WORDS


def strange(text: str, house: HouseWords | None = None, **said: object) -> list[str]:
    content = some_content(conclusion=(), points=(Point(text),), **said)
    return [hint.words for hint in strange_words(content, house or HouseWords(), knows)]


def test_a_word_that_nobody_knows_is_told_once_with_its_place() -> None:
    content = some_content(conclusion=(), points=(Point("teh review"), Point("teh report")))
    assert strange_words(content, HouseWords(), knows) == (Hint("point 1", "teh"),)


def test_names_acronyms_numbers_and_addresses_are_never_asked_for() -> None:
    assert strange("The review of IMRs by Xandra Quist was 3rd, see x@qx.example. More") == []
    assert strange("Bloggs could say more; Maria’s report, of Anytown") == []


def test_the_house_list_makes_a_word_known() -> None:
    assert strange("The signposting") == ["signposting"]
    assert strange("The signposting", HouseWords(frozenset({"Signposting"}))) == []


def test_government_writes_ise() -> None:
    content = some_content(conclusion=(), points=(Point("the organization prize"),))
    (hint,) = strange_words(content, HouseWords(), knows)
    assert hint == Hint("point 1", "organization", ("organisation",))


def test_words_that_the_house_says_otherwise_are_told_whatever_their_capitals() -> None:
    house = HouseWords(instead={"committed suicide": "died by suicide", "program": "programme"})
    content = some_content(conclusion=("Committed suicide; a programme.",))
    assert house_style(content, house) == (
        Hint("paragraph 1 of the conclusion", "Committed suicide", ("died by suicide",)),
    )


def texts(points: tuple[Point, ...]) -> list[object]:
    return [(point.text, *point.below) for point in points]


def test_points_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    points = (
        Point("One"),
        Point("Two."),
        Point("Is it three?"),
        Point("Agencies etc."),
        Point("x;"),
    )
    assert texts(evened(points)) == [
        ("One;",),
        ("Two;",),
        ("Is it three?",),
        ("Agencies etc.;",),
        ("x.",),
    ]


def test_points_below_one_another_end_alike() -> None:
    points = (Point("Structure", ("a", "b.")), Point("Say more.", ("c;", "d")))
    assert texts(evened(points)) == [("Structure:", "a;", "b;"), ("Say more.", "c;", "d.")]


def test_the_seeds_own_points_and_nothing_at_all_stay_as_they_are() -> None:
    seed: LetterContent = content_of("kent-dhr15")
    assert evened(seed.points) == seed.points
    assert uneven(seed) == ()
    assert evened(()) == ()
    assert evened((Point(""),)) == (Point(""),)


def test_what_is_uneven_is_told_point_by_point_with_its_ending() -> None:
    content = some_content(points=(Point("The timeline needs more dates"), Point("Fine.")))
    assert uneven(content) == (Hint("point 1", "… needs more dates", ("… needs more dates;",)),)


def test_making_even_twice_changes_nothing_more() -> None:
    points = (Point("One,", ("a", "b")), Point("Two etc"), Point("Three..."))
    assert evened(evened(points)) == evened(points)


def test_a_stock_paragraph_has_a_title_topics_and_a_place() -> None:
    text = "# Loss\n\n> Only a suggestion.\n\nTopics: tribute, loss\nAs: conclusion\n\nOne\ntwo."
    assert stock_from("x", text) == Stock("x", "Loss", ("tribute", "loss"), "One two.", False)
    assert stock_from("x", "Words: are words.") == Stock("x", "x", (), "Words: are words.")
    assert stock_from("x", "# Only a title\n> and a remark") is None


def test_stock_paragraphs_whose_topics_are_spoken_of_come_first() -> None:
    one, two = Stock("a", "A", ("family",), "x"), Stock("b", "B", ("children",), "y")
    assert fitting((one, two), ("The Children were heard.",)) == (two, one)
    assert fitting((one, two), ()) == (one, two)
