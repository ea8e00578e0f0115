"""Published reports are looked at again: still there, gone for good, withdrawn in their time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.pages import FetchLimits, GuardedPages
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.publication import Link
from secretariat.domain.review import Review, Status
from secretariat.domain.watching import WatchPolicy
from secretariat.stages.publication import Publication
from tests.builders import CASEWORKER, REFERENCE
from tests.publication_builders import Site, a_pdf_answer, a_site, letter_text, report_text, typed
from tests.stages.test_publication import awaited

THERE = a_pdf_answer(f"{report_text()}\n{letter_text()}")
MISSING = typed(b"Not found", "text/plain", 404)
DOWN = typed(b"Out of order", "text/plain", 503)


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as site:
        yield site


@pytest.fixture
def publication(
    register: Database, reader: Reader, vault: Vault, clock: StoppedClock, site: Site
) -> Publication:
    """Return the stage with one review published, as a person confirmed what a check saw."""
    awaited(register, vault)
    pages = GuardedPages("secretariat/0.1", frozenset({site.pair}), FetchLimits(seconds=5))
    stage = Publication(register.register, pages, reader, vault, clock)
    site.answers["/dhr.pdf"] = THERE
    stage.give_link(REFERENCE, site.at("/dhr.pdf"), by=CASEWORKER)
    stage.work()
    stage.confirm_as_found(REFERENCE, by=CASEWORKER)
    return stage


def stands(register: Database) -> tuple[Review, Link]:
    with register.reading() as eyes:
        return eyes.review(REFERENCE), eyes.links_of(REFERENCE)[0]


def look(publication: Publication, clock: StoppedClock, *, after: int) -> int:
    clock.moment += timedelta(days=after)
    return publication.work().done


def test_a_published_report_is_looked_at_again_after_a_month(
    publication: Publication, register: Database, clock: StoppedClock
) -> None:
    _, link = stands(register)
    assert link.live_on == clock.today()
    assert link.look_at is not None
    assert look(publication, clock, after=20) == 0
    assert look(publication, clock, after=14) == 1
    review, link = stands(register)
    assert review.status is Status.PUBLISHED
    assert link.look_at > clock.now() + timedelta(days=20)


def test_a_report_is_gone_after_three_looks_over_days_and_the_council_is_asked_anew(
    publication: Publication, register: Database, clock: StoppedClock, site: Site
) -> None:
    site.answers["/dhr.pdf"] = MISSING
    assert look(publication, clock, after=34) == 1
    assert look(publication, clock, after=1) == 0
    assert look(publication, clock, after=1) == 1
    assert stands(register)[0].status is Status.PUBLISHED
    assert look(publication, clock, after=2) == 1
    review, link = stands(register)
    assert (review.status, review.gone_on) == (Status.PUBLICATION_AWAITED, clock.today())
    assert link.look_at is None
    assert look(publication, clock, after=60) == 0


def test_a_report_that_comes_back_was_never_gone(
    publication: Publication, register: Database, clock: StoppedClock, site: Site
) -> None:
    site.answers["/dhr.pdf"] = MISSING
    look(publication, clock, after=34)
    look(publication, clock, after=2)
    site.answers["/dhr.pdf"] = THERE
    look(publication, clock, after=2)
    site.answers["/dhr.pdf"] = MISSING
    look(publication, clock, after=34)
    assert stands(register)[0].status is Status.PUBLISHED


def test_a_site_that_is_down_proves_nothing(
    publication: Publication, register: Database, clock: StoppedClock, site: Site
) -> None:
    site.answers["/dhr.pdf"] = DOWN
    assert [look(publication, clock, after=34) for _ in range(4)] == [1, 1, 1, 1]
    assert stands(register)[0].status is Status.PUBLISHED


def test_a_report_may_be_taken_down_after_its_time(
    publication: Publication, register: Database, clock: StoppedClock, site: Site
) -> None:
    stage = replace(publication, watch=WatchPolicy(keep_up_months=2))
    site.answers["/dhr.pdf"] = MISSING
    for days in (64, 2, 2):
        look(stage, clock, after=days)
    review, _ = stands(register)
    assert (review.status, review.gone_on) == (Status.TAKEN_DOWN, None)


def test_a_report_that_stands_under_another_link_is_not_gone(
    publication: Publication, register: Database, clock: StoppedClock, site: Site
) -> None:
    site.answers["/copy.pdf"] = THERE
    publication.reopen(REFERENCE, "a second link came", by=CASEWORKER)
    publication.give_link(REFERENCE, site.at("/copy.pdf"), by=CASEWORKER)
    publication.work()
    publication.confirm_as_found(REFERENCE, by=CASEWORKER)
    site.answers["/dhr.pdf"] = MISSING
    for days in (34, 2, 2):
        look(publication, clock, after=days)
    assert stands(register)[0].status is Status.PUBLISHED
