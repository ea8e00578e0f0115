from dataclasses import replace

import pytest

from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.letter_content import Addressee, Point
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from tests.builders import REFERENCE, a_paper, a_review, an_act, some_content
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
