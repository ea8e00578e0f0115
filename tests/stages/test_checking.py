from dataclasses import replace

import pytest

from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.adapters.secrecy import FernetSealing
from secretariat.domain.kept_names import SHUT, KeptNames
from secretariat.domain.letter_content import Addressee, LetterContent, Point
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from tests.builders import CASEWORKER, NOW, REFERENCE, a_paper, a_review, an_act, some_content
from tests.letter_builders import a_letter_check, a_press

OTHER = Reference(2026, 7)
STRANGER = some_content(points=(Point("The voice of Sarah is clear."),))


@pytest.fixture
def two_reviews(register: Database) -> Database:
    review = a_review()
    other = replace(review.facts, pseudonyms=("Sarah",))
    with register.register() as pen:
        pen.add_review(review, an_act())
        pen.add_review(a_review(reference=OTHER, facts=other), an_act())
    return register


def faults(register: Database, vault: Vault) -> tuple[str, ...]:
    made = a_press().print(STRANGER, pdf=False)
    return a_letter_check(register, vault).faults(REFERENCE, STRANGER, made.docx)


def test_a_pseudonym_of_another_review_of_the_register_is_told(
    two_reviews: Database, vault: Vault
) -> None:
    (why,) = faults(two_reviews, vault)
    assert why.startswith("the 1st point names a pseudonym of another review, QA-2026-0007")
    assert "Sarah" not in why


def test_a_name_that_this_reviews_own_report_has_too_is_no_fault(
    two_reviews: Database, vault: Vault
) -> None:
    text = vault.keep(b"Sarah was a neighbour of Maria.")
    with two_reviews.register() as pen:
        pen.add_paper(a_paper(text=text), an_act())
    assert faults(two_reviews, vault) == ()


def test_a_report_that_is_gone_from_the_vault_excuses_nothing(
    two_reviews: Database, vault: Vault
) -> None:
    with two_reviews.register() as pen:
        pen.add_paper(a_paper(text="0" * 64), an_act())
    assert len(faults(two_reviews, vault)) == 1


def test_a_review_that_was_undone_or_merged_lends_no_names(
    two_reviews: Database, vault: Vault
) -> None:
    with two_reviews.register() as pen:
        pen.save_review(replace(pen.review(OTHER), status=Status.UNDONE), an_act())
    assert faults(two_reviews, vault) == ()


def test_what_is_still_to_be_filled_in_bars_the_approval_alone(
    two_reviews: Database, vault: Vault
) -> None:
    nobody = some_content(addressee=Addressee())
    docx = a_press().print(nobody, pdf=False).docx
    check = a_letter_check(two_reviews, vault)
    assert check.faults(REFERENCE, nobody, docx) == ()
    assert len(check.hindrances(REFERENCE, nobody, docx)) == 1


KEY, OTHER_KEY = (FernetSealing((letter * 43 + "=",)) for letter in "AB")
NAMED = some_content(points=(Point("INVENTED, Jane was not asked."),))


def keep_names(register: Database, reference: Reference = REFERENCE) -> None:
    kept = KeptNames(reference, KEY.seal("Jane Invented\nSam Madeup"), 2, CASEWORKER, NOW)
    with register.register() as pen:
        pen.keep_names(reference, (kept,), an_act())


def hindrances(
    register: Database, vault: Vault, sealing: FernetSealing | None, content: LetterContent = NAMED
) -> tuple[str, ...]:
    docx = a_press().print(content, pdf=False).docx
    return a_letter_check(register, vault, sealing=sealing).hindrances(REFERENCE, content, docx)


def test_a_name_kept_for_the_review_is_told_by_its_place_and_not_repeated(
    two_reviews: Database, vault: Vault
) -> None:
    assert hindrances(two_reviews, vault, KEY) == ()
    keep_names(two_reviews)
    (why,) = hindrances(two_reviews, vault, KEY)
    assert why == "the 1st point holds a real name that staff hold for the case"


def test_names_kept_for_another_review_bar_no_letter_of_this_one(
    two_reviews: Database, vault: Vault
) -> None:
    keep_names(two_reviews, OTHER)
    assert hindrances(two_reviews, vault, KEY) == ()


def test_names_are_known_to_the_check_of_many_letters_too(
    two_reviews: Database, vault: Vault
) -> None:
    many = a_letter_check(two_reviews, vault, sealing=KEY).for_many()
    keep_names(two_reviews)
    docx = a_press().print(NAMED, pdf=False).docx
    assert len(many.faults(REFERENCE, NAMED, docx)) == 1


@pytest.mark.parametrize("sealing", [None, OTHER_KEY])
def test_names_that_no_key_opens_bar_the_approval_and_no_draft(
    two_reviews: Database, vault: Vault, sealing: FernetSealing | None
) -> None:
    assert hindrances(two_reviews, vault, sealing) == ()
    keep_names(two_reviews)
    assert hindrances(two_reviews, vault, sealing, some_content()) == (SHUT,)
    docx = a_press().print(NAMED, pdf=False).docx
    check = a_letter_check(two_reviews, vault, sealing=sealing)
    assert check.faults(REFERENCE, NAMED, docx) == ()


def test_names_that_can_be_opened_count_beside_those_that_cannot(
    two_reviews: Database, vault: Vault
) -> None:
    keep_names(two_reviews, OTHER)
    shut = KeptNames(REFERENCE, OTHER_KEY.seal("Nobody Else"), 1, CASEWORKER, NOW)
    with two_reviews.register() as pen:
        pen.keep_names(REFERENCE, (shut,), an_act())
        merged = replace(pen.review(OTHER), status=Status.MERGED, merged_into=REFERENCE)
        pen.save_review(merged, an_act())
    assert len(hindrances(two_reviews, vault, KEY)) == 2
