"""The reviews whose publication is awaited: the register's contract, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from secretariat.adapters.register import Database
from secretariat.domain.awaited import Awaited, AwaitedPage
from secretariat.domain.ledger import Event
from secretariat.domain.publication import Finding, LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from tests.builders import REFERENCE, a_check, a_link, a_posting, a_review, an_act
from tests.register_builders import with_reviews

SECOND, THIRD = Reference(2026, 2), Reference(2026, 3)
AWAITED = Status.PUBLICATION_AWAITED


def shown(database: Database, which: Awaited = Awaited.EVERY, page: int = 1) -> AwaitedPage:
    with database.reading() as reading:
        return reading.awaited(which, page=page)


def references(page: AwaitedPage) -> list[Reference]:
    return [review.reference for review in page.reviews]


def with_check(database: Database, reference: Reference, finding: Finding) -> None:
    """Add a link that was checked, and what the check found."""
    with database.register() as register:
        link = register.add_link(a_link(reference=reference, status=LinkStatus.CHECKED), an_act())
        assert link is not None
        check = a_check(link=link.number, reference=reference, finding=finding)
        register.add_check(check, an_act())


def test_the_longest_awaited_comes_first_and_others_are_not_shown(database: Database) -> None:
    with_reviews(database, [1], status=AWAITED, since=date(2026, 2, 2))
    with_reviews(database, [2], status=AWAITED, since=date(2025, 9, 1))
    with_reviews(database, [3], status=Status.PUBLISHED)
    assert references(shown(database)) == [SECOND, REFERENCE]


def test_twenty_five_stand_on_a_page(database: Database) -> None:
    with_reviews(database, range(1, 28), status=AWAITED)
    last = shown(database, page=2)
    assert (len(last.reviews), last.total, last.pages) == (2, 27, 2)
    assert shown(database, page=9).reviews == ()


def test_only_what_a_person_must_look_at_is_shown_so(database: Database) -> None:
    with_reviews(database, [1, 2, 3], status=AWAITED)
    with_check(database, REFERENCE, Finding.PUBLISHED)
    with_check(database, SECOND, Finding.NOT_FOUND)
    assert references(shown(database, Awaited.TO_LOOK_AT)) == [REFERENCE]
    with database.register() as register:
        link = register.links_of(REFERENCE)[0]
        register.save_link(replace(link, status=LinkStatus.SET_ASIDE), an_act())
    assert shown(database, Awaited.TO_LOOK_AT).total == 0


def test_spent_chases_are_shown_so(database: Database) -> None:
    with_reviews(database, [1, 2], status=AWAITED)
    with database.register() as register:
        register.write(str(SECOND), an_act(what=Event.CHASE_SPENT))
    assert references(shown(database, Awaited.SPENT)) == [SECOND]


def test_what_belongs_to_many_reviews_comes_at_once(database: Database) -> None:
    with_reviews(database, [1, 2, 3], status=AWAITED)
    with_check(database, REFERENCE, Finding.PUBLISHED)
    with_check(database, THIRD, Finding.UNSURE)
    with database.register() as register:
        register.add_posting(a_posting(references=(REFERENCE, SECOND)), an_act())
        register.add_review(a_review(reference=Reference(2026, 4)), an_act())
    with database.reading() as reading:
        postings = reading.postings_about((REFERENCE, SECOND))
        links = reading.links_about((REFERENCE, THIRD))
        checks = reading.checks_about((THIRD, SECOND))
        assert reading.links_about(()) == ()
    assert [one.references for one in postings] == [(REFERENCE, SECOND)]
    assert [one.reference for one in links] == [THIRD, REFERENCE]
    assert [one.finding for one in checks] == [Finding.UNSURE]
