from pathlib import Path

from secretariat.adapters.spelling import BritishSpelling
from secretariat.domain.letter_content import Point
from secretariat.domain.letter_help import HouseWords, evened, strange_words
from secretariat.office.wording_help import MOST_LOOKED_UP, WordingHelp
from tests.builders import some_content
from tests.letter_builders import CORPUS, TEMPLATES, content_of
from tests.web.desk import SPELLING

STOCK = TEMPLATES / "letters" / "stock"


def help_at(folder: Path, speller: BritishSpelling = SPELLING) -> WordingHelp:
    return WordingHelp(speller, HouseWords(), folder)


def test_the_delivered_stock_paragraphs_are_plain_and_marked_as_suggestions() -> None:
    stock = help_at(STOCK).stock()
    assert 10 <= len(stock) <= 15
    for one in stock:
        assert "> A suggestion: nobody has confirmed this wording." in (
            STOCK / f"{one.name}.md"
        ).read_text("utf-8")
        assert one.topics
        content = some_content(conclusion=(), points=(Point(one.text),))
        assert strange_words(content, HouseWords(), SPELLING.knows) == ()
        if one.point:
            assert evened((Point(one.text), Point("x.")))[0].text == one.text


def test_the_golden_letters_need_no_advice_on_spelling() -> None:
    for case in (each.stem for each in (CORPUS / "notes").glob("*.toml")):
        found = help_at(STOCK).help_with(content_of(case)).spelling
        assert found == (), case


def test_paragraphs_that_fit_the_notes_come_first() -> None:
    content = some_content(conclusion=(), points=())
    first, *_ = help_at(STOCK).help_with(content, ["The chair is not independent."]).stock
    assert first.name == "independence"


def test_a_letter_full_of_unknown_words_is_not_slow() -> None:
    words = " ".join(f"qqzx{letter}vw" for letter in "abcdefghijklmnopqrst")
    content = some_content(conclusion=(), points=(Point(words),))
    found = help_at(STOCK).help_with(content).spelling
    assert len(found) == 20
    assert not any(hint.instead for hint in found[MOST_LOOKED_UP:])


def test_without_a_folder_or_dictionary_there_is_less_help_and_no_fault(tmp_path: Path) -> None:
    found = help_at(tmp_path / "none", BritishSpelling(tmp_path)).help_with(some_content())
    assert (found.stock, found.spelling) == ((), ())
    assert found.off
