from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest

from secretariat.domain.ledger import SYSTEM, Act, Entry, Event, enter
from secretariat.domain.letter_check import Known, faults_of, gaps_in, why_no_draft
from secretariat.domain.letter_content import Addressee, LetterContent, Point
from secretariat.domain.reference import Reference
from tests.builders import NOW, a_head, an_addressee, some_content
from tests.letter_builders import CORPUS, a_press, content_of

OTHER = Reference(2026, 7)
GOLDEN = sorted(each.stem for each in (CORPUS / "notes").glob("*.toml"))


def known(**said: Any) -> Known:
    return replace(Known(head=a_head(), pseudonyms=("Maria",)), **said)


def faults(content: LetterContent, told: Known | None = None) -> tuple[str, ...]:
    """Check the letter as it really comes off the press."""
    press = a_press()
    paper = press.print(content, pdf=False)
    return faults_of(content, press.paragraphs(paper.docx), told or known())


def saying(text: str, **said: Any) -> LetterContent:
    return some_content(points=(Point("The timeline needs dates."), Point(text)), **said)


def test_a_letter_as_it_is_to_be_has_no_fault() -> None:
    assert faults(some_content()) == ()
    assert gaps_in(some_content()) == ()


@pytest.mark.parametrize("case", GOLDEN)
def test_no_golden_letter_has_a_fault_under_its_own_configuration(case: str) -> None:
    content = content_of(case)
    told = Known(content.head, pseudonyms=content.pseudonyms)
    assert faults(content, told) == ()


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("unit", "Public Protection Unit", "unit"),
        ("address", "1 Old Street, London EC1A 1BB", "postal address"),
        ("telephone", "020 7035 0000", "telephone number"),
        ("reply_address", "DHREnquiries@homeoffice.gsi.gov.uk", "reply address"),
        ("signatory_title", "Acting Chair of the Panel", "signatory's title"),
    ],
)
def test_a_head_other_than_the_configured_one_is_told_field_by_field(
    field: str, value: str, word: str
) -> None:
    found = faults(some_content(head=a_head(**{field: value})))
    expected = f"the letter gives another {word} than the one configured for letters of 2017"
    assert expected in found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Write to DHREnquiries@homeoffice.gsi.gov.uk.", "gives an e-mail address"),
        ("Write to somebody@elsewhere.example.", "gives an e-mail address"),
        ("The domain homeoffice.gsi.gov.uk is old.", "names the old domain gsi.gov.uk"),
        ("Ring 020 7035 4849 first.", "gives a telephone number"),
        ("She lived at 4 Long Lane, BA1 2AB.", "gives a postal address"),
        ("The report is good,, and clear.", "has two full stops"),
        ("Add dates:: of birth", "has two full stops"),
        ("Add  dates", "has two spaces"),
        ("Add {{ dates }}", "holds signs of a template"),
        ("Add {% dates", "holds signs of a template"),
        ("Say what [insert name] did", "holds signs of a template"),
        ("None", "says “None”"),
        ("The report on None is good", "says “None”"),
        ("The pseudonym () is missing", "holds brackets or quotation marks with nothing"),
        ("The name ‘’ is missing", "holds brackets or quotation marks with nothing"),
    ],
)
def test_what_must_not_stand_in_a_point_is_told_with_its_place_and_never_with_its_words(
    text: str, why: str
) -> None:
    found = faults(saying(text))
    assert len(found) == 1
    assert found[0].startswith(f"the 2nd point {why}")
    assert "elsewhere" not in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "None of the agencies is named.",
        "Add dates, ages etc.; then number them.",
        "Consider what follows...",
        "Telephone calls of 2 May 2017 at 10.15 are missing.",
        "The Public Protection Unit of the police could say more.",
        "See paragraphs 4.2, 4.3 and 12.1.2.",
    ],
)
def test_ordinary_words_are_no_fault(text: str) -> None:
    assert faults(saying(text)) == ()


def test_an_address_that_is_configured_or_is_the_addressees_own_may_stand() -> None:
    home = an_addressee(address_lines=("Town Hall", "chair@council.example", "01632 960001"))
    told = known(mail_addresses=("copies@commissioner.example",))
    content = saying("Send a copy to Copies@Commissioner.example.", addressee=home)
    assert faults(content, told) == ()


def test_the_templates_own_words_may_bear_no_unit_and_no_title_but_the_configured() -> None:
    content = some_content()
    press = a_press()
    made = press.paragraphs(press.print(content, pdf=False).docx)
    head = ("Violent Crime Unit", *made)
    assert faults_of(content, head, known()) == (
        "the head of the letter names a unit that is not configured",
    )
    signed = (*made, "Acting Chair of the Panel")
    assert faults_of(content, signed, known()) == (
        "the signature bears a title that is not configured",
    )
    words = (*made[:4], "Send it to us at  when it is done.", *made[4:])
    assert [each.split(" ", 2)[-1] for each in faults_of(content, words, known())] == [
        "of the letter lacks a word: a field is empty"
    ]


def test_empty_fields_and_empty_points_are_told() -> None:
    content = some_content(area="", points=(Point(""), Point("Add dates.", ("",))))
    found = faults(content)
    assert "the letter names no partnership: say on the review's page which it is" in found
    assert "the 1st point is empty" in found
    assert "the 2nd point has an empty point below it" in found
    assert faults_of(some_content(), ("Dear you,", "- "), known()) == (
        "paragraph 2 of the letter is an empty bullet",
    )


def test_a_draft_may_lack_its_addressee_and_a_signatory_but_no_letter_may() -> None:
    content = some_content(addressee=Addressee(), head=a_head(signatory=""))
    assert faults(content, known(head=content.head)) == ()
    assert gaps_in(content) == (
        "the letter has no addressee: confirm the contact, or enter who it is",
        "nobody signs the letter: the configuration names no signatory",
    )


def test_a_real_name_of_the_case_is_told_and_not_repeated() -> None:
    told = known(real_names=("Jane Invented", "Will"))
    (why,) = faults(saying("Jane Invented’s mother was not asked."), told)
    assert why == "the 2nd point holds a real name that staff hold for the case"
    assert faults(saying("The review will say more."), told) == ()


def test_the_addressee_may_share_a_name_with_anybody() -> None:
    told = known(others={"Jo": OTHER, "Bloggs": OTHER}, real_names=("Jo",))
    assert faults(some_content(), told) == ()


def test_a_pseudonym_of_another_review_is_told_with_that_review() -> None:
    told = known(others={"Sarah": OTHER, "Maria": OTHER})
    (why,) = faults(saying("The voice of Sarah’s family is clear."), told)
    assert why.startswith("the 2nd point names a pseudonym of another review, QA-2026-0007")
    assert faults(saying("The voice of Maria’s family is clear."), told) == ()
    (called,) = faults(some_content(local_reference="", pseudonyms=("Sarah",)), told)[:1]
    assert called.startswith("the letter calls the case by a pseudonym of another review")


@pytest.mark.parametrize(
    "text",
    [
        "The work of Professor Sarah Example-Jones could be cited.",
        "It was held in May 2017, and Will is a verb: Will it be done?",
        "Adult A and Mr C were not asked.",
        "The sarah of lower case is no name.",
        "The Sarahs are others.",
    ],
)
def test_words_and_longer_names_are_no_pseudonyms_of_other_reviews(text: str) -> None:
    names = ("Sarah", "May", "Will", "Adult A", "Mr C", "A", "TL")
    assert faults(saying(text), known(others=dict.fromkeys(names, OTHER))) == ()


def test_a_name_that_is_a_word_too_counts_in_quotation_marks() -> None:
    told = known(others={"May": OTHER, "TL": OTHER})
    assert len(faults(saying("The voice of ‘May’ is clear."), told)) == 1
    assert len(faults(saying("The voice of (TL) is clear."), told)) == 1


def test_thousands_of_other_reviews_do_not_make_it_slow() -> None:
    names = {f"Name{number}": Reference(2026, 1 + number) for number in range(20_000)}
    content = some_content(points=tuple(Point(f"Point {at} of Maria.") for at in range(200)))
    press = a_press()
    paragraphs = press.paragraphs(press.print(content, pdf=False).docx)
    began = perf_counter()
    assert faults_of(content, paragraphs, known(others=names)) == ()
    assert perf_counter() - began < 2


def test_the_last_word_on_drafting_is_what_counts() -> None:
    told = [(Event.NOT_DRAFTED, "a fault"), (Event.MAIL_JOINED, "")]
    assert why_no_draft(entries(*told)) == "a fault"
    assert why_no_draft(entries(*told, (Event.NOTES_TAKEN, ""))) == ""
    assert why_no_draft(()) == ""


def entries(*told: tuple[Event, str]) -> list[Entry]:
    found: list[Entry] = []
    for what, why in told:
        after = found[-1] if found else None
        found.append(enter(Act(SYSTEM, what, why), stream="x", after=after, at=NOW))
    return found


def test_a_short_point_after_its_label_is_still_the_cases_own_words() -> None:
    content = some_content(points=(Point("Their Child Unit", label="Agencies"), Point("Good.")))
    assert faults(content) == ()


def test_a_real_name_in_capitals_is_the_name() -> None:
    told = known(real_names=("Jane Invented",))
    assert len(faults(saying("JANE INVENTED was not asked."), told)) == 1


def test_a_place_of_the_letter_hides_no_name_that_is_longer_than_it() -> None:
    told = known(real_names=("Clark Anyshire",))
    content = saying("Clark Anyshire was not asked.", area="Anyshire")
    assert len(faults(content, told)) == 1


@pytest.mark.parametrize("text", ["INVENTED, Jane", "Jane  Invented's file", "jane invented"])
def test_a_real_name_is_told_however_it_is_written(text: str) -> None:
    told = known(real_names=("Jane Invented",))
    assert "the 2nd point holds a real name that staff hold for the case" in faults(
        saying(f"The file of {text} was lost."), told
    )


def test_fifty_real_names_do_not_make_a_long_letter_slow() -> None:
    names = tuple(f"Jane Invented{'x' * number}" for number in range(50))
    content = some_content(points=tuple(Point(f"Point {at} of Maria.") for at in range(200)))
    press = a_press()
    paragraphs = press.paragraphs(press.print(content, pdf=False).docx)
    began = perf_counter()
    assert faults_of(content, paragraphs, known(real_names=names)) == ()
    assert perf_counter() - began < 2
