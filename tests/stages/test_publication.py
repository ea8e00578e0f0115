"""From a council's link to a case that a person closes, on a real site with real papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.pages import FetchLimits, GuardedPages
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import Refused, UnlawfulMove
from secretariat.domain.ledger import Event
from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import PostingStatus
from secretariat.domain.publication import Check, Finding, LinkStatus
from secretariat.domain.review import Outcome, Status
from secretariat.stages.publication import Publication
from tests.builders import (
    APPROVER,
    CASEWORKER,
    MET_ON,
    REFERENCE,
    a_chaser,
    a_letter,
    a_paper,
    a_review,
    an_act,
)
from tests.publication_builders import (
    Site,
    a_page,
    a_pdf_answer,
    a_pdf_of,
    a_site,
    leading_to,
    letter_text,
    paragraphs,
    report_text,
    typed,
)

SENT_AT = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
REPORT, LETTER = report_text(), letter_text()
WHY = "seen on the council's page"


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as site:
        yield site


@pytest.fixture
def publication(
    register: Database, reader: Reader, vault: Vault, clock: StoppedClock, site: Site
) -> Publication:
    pages = GuardedPages("secretariat/0.1", frozenset({site.pair}), FetchLimits(seconds=5))
    return Publication(register.register, pages, reader, vault, clock)


def awaited(register: Database, vault: Vault, outcome: Outcome = Outcome.PUBLISH) -> None:
    """Register a review whose report and letter are in the vault and whose letter was sent."""
    text = vault.keep(REPORT.encode())
    content = replace(
        a_letter().content,
        area="Anytown",
        local_reference="DHR15",
        meeting_date=MET_ON,
        outcome=outcome,
    )
    with register.register() as pen:
        status = Status.PUBLICATION_AWAITED
        pen.add_review(a_review(status=status, outcome=outcome), an_act())
        pen.add_paper(a_paper(text=text), an_act())
        letter = a_letter(
            content=content,
            status=LetterStatus.SENT,
            meeting=None,
            approved_by=APPROVER,
            approved_at=SENT_AT,
            docx=vault.keep(a_pdf_of(LETTER)),
            sent_at=SENT_AT,
        )
        pen.add_letter(letter, an_act())


def checked(publication: Publication, register: Database, url: str) -> tuple[Check, LinkStatus]:
    """Have one link looked at; return what was found and where the link stands."""
    publication.give_link(REFERENCE, url, by=CASEWORKER)
    assert publication.work().done == 1
    with register.reading() as eyes:
        return eyes.checks_of(REFERENCE)[0], eyes.links_of(REFERENCE)[0].status


@pytest.mark.parametrize(
    ("published", "finding"),
    [
        pytest.param(f"{REPORT}\n{LETTER}", Finding.PUBLISHED, id="report and letter"),
        pytest.param(REPORT, Finding.LETTER_MISSING, id="no letter"),
        pytest.param(
            f"{REPORT}\n{letter_text(area='Othertown', case='DHR3')}",
            Finding.LETTER_MISSING,
            id="another council's letter",
        ),
        pytest.param("Bins are emptied. " * 30, Finding.ANOTHER_REPORT, id="bins"),
    ],
)
def test_a_pdf_is_looked_at_and_what_was_seen_is_kept(
    published: str,
    finding: Finding,
    publication: Publication,
    register: Database,
    vault: Vault,
    site: Site,
) -> None:
    awaited(register, vault)
    site.answers["/dhr.pdf"] = a_pdf_answer(published)
    check, status = checked(publication, register, site.at("/dhr.pdf"))
    assert (check.finding, status) == (finding, LinkStatus.CHECKED)
    assert vault.open(check.page) == a_pdf_of(published)
    with register.reading() as eyes:
        assert eyes.review(REFERENCE).status is Status.PUBLICATION_AWAITED


def test_a_page_that_leads_to_report_and_letter_is_followed(
    publication: Publication, register: Database, vault: Vault, site: Site
) -> None:
    awaited(register, vault)
    links = '<li><a href="/dhr15.pdf">Overview report</a></li><li><a href="/l">The letter</a></li>'
    site.answers.update(
        {
            "/old": leading_to("/reviews"),
            "/reviews": typed(a_page("landing", area="Anytown", links=links)),
            "/dhr15.pdf": a_pdf_answer(REPORT),
            "/l": typed(a_page("one-document", words=paragraphs(LETTER))),
        }
    )
    check, _ = checked(publication, register, site.at("/old"))
    assert (check.finding, check.letter_found) == (Finding.PUBLISHED, True)
    assert check.url == site.at("/dhr15.pdf")
    assert site.paths() == ["/old", "/reviews", "/dhr15.pdf", "/l"]


def test_a_report_that_is_a_web_page_is_read_as_one(
    publication: Publication, register: Database, vault: Vault, site: Site
) -> None:
    awaited(register, vault)
    words = paragraphs(f"{REPORT}\n{LETTER}")
    site.answers["/dhr"] = typed(a_page("one-document", words=words))
    check, _ = checked(publication, register, site.at("/dhr"))
    assert check.finding is Finding.PUBLISHED
    assert site.paths() == ["/dhr"]


@pytest.mark.parametrize(
    ("outcome", "finding"),
    [
        (Outcome.PUBLISH_AFTER_CHANGES, Finding.UNCHANGED),
        (Outcome.PUBLISH, Finding.PUBLISHED),
    ],
)
def test_the_very_text_that_should_have_been_changed_is_told_of(
    outcome: Outcome,
    finding: Finding,
    publication: Publication,
    register: Database,
    vault: Vault,
    site: Site,
) -> None:
    awaited(register, vault, outcome)
    site.answers["/dhr.pdf"] = a_pdf_answer(f"{REPORT}\n{LETTER}")
    assert checked(publication, register, site.at("/dhr.pdf"))[0].finding is finding


def test_a_revised_version_that_came_by_mail_is_what_should_be_published(
    publication: Publication, register: Database, vault: Vault, site: Site
) -> None:
    awaited(register, vault, Outcome.PUBLISH_AFTER_CHANGES)
    revised = f"{REPORT}\nWe offer our condolences to the family of Maria."
    with register.register() as pen:
        text = vault.keep(revised.encode())
        later = a_paper(text=text, sha256="ee" * 32, received_at=SENT_AT + timedelta(days=9))
        pen.add_paper(later, an_act())
    site.answers["/dhr.pdf"] = a_pdf_answer(f"{revised}\n{LETTER}")
    assert checked(publication, register, site.at("/dhr.pdf"))[0].finding is Finding.PUBLISHED


@pytest.mark.parametrize(
    ("page", "finding"),
    [
        ("soft-404", Finding.SOFT_404),
        ("awaiting", Finding.STILL_TO_COME),
        ("robots", Finding.BARRED),
    ],
)
def test_a_page_without_the_report_says_why(
    page: str,
    finding: Finding,
    publication: Publication,
    register: Database,
    vault: Vault,
    site: Site,
) -> None:
    awaited(register, vault)
    site.answers["/dhr"] = typed(a_page(page))
    assert checked(publication, register, site.at("/dhr"))[0].finding is finding


@pytest.mark.parametrize(
    ("answer", "finding", "told"),
    [
        pytest.param(typed(b"", status=404), Finding.NOT_FOUND, True, id="gone"),
        pytest.param(typed(b"", status=403), Finding.BARRED, False, id="barred"),
        pytest.param(leading_to("http://10.0.0.1/"), Finding.REFUSED, True, id="led inside"),
        pytest.param(typed(b"%PDF-1.4 broken"), Finding.UNSURE, False, id="a broken PDF"),
    ],
)
def test_staff_are_told_of_a_failed_check(
    answer: Any,
    finding: Finding,
    told: bool,
    publication: Publication,
    register: Database,
    vault: Vault,
    site: Site,
) -> None:
    awaited(register, vault)
    site.answers["/dhr"] = answer
    publication.give_link(REFERENCE, site.at("/dhr"), by=CASEWORKER)
    tally = publication.work()
    with register.reading() as eyes:
        assert eyes.checks_of(REFERENCE)[0].finding is finding
    assert bool(tally.stuck) is told


def test_a_site_that_is_down_is_asked_again_on_the_days_after_and_then_given_up(
    publication: Publication, register: Database, vault: Vault, site: Site, clock: StoppedClock
) -> None:
    awaited(register, vault)
    site.answers["/dhr"] = typed(b"", status=503)
    publication.give_link(REFERENCE, site.at("/dhr"), by=CASEWORKER)
    for _ in range(4 * 7):
        publication.work()
        clock.moment += timedelta(hours=6)
    assert len(site.asked) == 5
    with register.reading() as eyes:
        assert eyes.links_of(REFERENCE)[0].status is LinkStatus.CHECKED
        assert {check.finding for check in eyes.checks_of(REFERENCE)} == {Finding.SITE_DOWN}


def test_a_site_that_comes_back_is_checked_then(
    publication: Publication, register: Database, vault: Vault, site: Site, clock: StoppedClock
) -> None:
    awaited(register, vault)
    site.answers["/dhr"] = typed(b"", status=503)
    assert checked(publication, register, site.at("/dhr"))[1] is LinkStatus.GIVEN
    site.answers["/dhr"] = a_pdf_answer(f"{REPORT}\n{LETTER}")
    clock.moment += timedelta(days=1)
    assert publication.work().done == 1
    with register.reading() as eyes:
        assert eyes.checks_of(REFERENCE)[0].finding is Finding.PUBLISHED


def test_a_site_that_was_given_up_is_asked_once_more_when_a_person_says_so(
    publication: Publication, register: Database, vault: Vault, site: Site, clock: StoppedClock
) -> None:
    awaited(register, vault)
    site.answers["/dhr"] = typed(b"", status=503)
    publication.give_link(REFERENCE, site.at("/dhr"), by=CASEWORKER)
    for _ in range(5):
        publication.work()
        clock.moment += timedelta(days=1)
    site.answers["/dhr"] = a_pdf_answer(f"{REPORT}\n{LETTER}")
    with register.reading() as eyes:
        number = eyes.links_of(REFERENCE)[0].number
    clock.moment -= timedelta(days=1)
    publication.look_again(number, by=CASEWORKER)
    assert publication.work().done == 1
    with register.reading() as eyes:
        assert eyes.checks_of(REFERENCE)[0].finding is Finding.PUBLISHED


@pytest.mark.parametrize(
    ("alone", "published", "status"),
    [
        pytest.param(True, f"{REPORT}\n{LETTER}", Status.PUBLISHED, id="a clear yes"),
        pytest.param(True, REPORT, Status.PUBLICATION_AWAITED, id="no letter"),
        pytest.param(False, f"{REPORT}\n{LETTER}", Status.PUBLICATION_AWAITED, id="switched off"),
    ],
)
def test_a_case_closes_by_itself_only_where_that_is_switched_on_and_the_yes_is_clear(
    alone: bool,
    published: str,
    status: Status,
    publication: Publication,
    register: Database,
    vault: Vault,
    site: Site,
) -> None:
    awaited(register, vault)
    site.answers["/dhr.pdf"] = a_pdf_answer(published)
    checked(replace(publication, close_by_itself=alone), register, site.at("/dhr.pdf"))
    with register.reading() as eyes:
        assert eyes.review(REFERENCE).status is status


def test_a_paper_that_is_missing_stops_only_its_own_link(
    publication: Publication, register: Database, vault: Vault, site: Site
) -> None:
    awaited(register, vault)
    with register.register() as pen:
        pen.add_paper(a_paper(text="0" * 64, sha256="f" * 64), an_act())
    publication.give_link(REFERENCE, site.at("/dhr"), by=CASEWORKER)
    publication.give_link(REFERENCE, site.at("/dhr2"), by=CASEWORKER)
    assert len(publication.work().stuck) == 2
    assert site.asked == []


def test_one_link_is_looked_at_once(
    publication: Publication, register: Database, vault: Vault, site: Site
) -> None:
    awaited(register, vault)
    site.answers["/dhr.pdf"] = a_pdf_answer(f"{REPORT}\n{LETTER}")
    checked(publication, register, site.at("/dhr.pdf"))
    assert publication.give_link(REFERENCE, site.at("/dhr.pdf"), by=CASEWORKER) is None
    assert publication.work().done == 0
    assert len(site.asked) == 1


def test_a_person_has_a_link_looked_at_again_or_sets_it_aside(
    publication: Publication, register: Database, vault: Vault, site: Site
) -> None:
    awaited(register, vault)
    checked(publication, register, site.at("/dhr.pdf"))
    site.answers["/dhr.pdf"] = a_pdf_answer(f"{REPORT}\n{LETTER}")
    with register.reading() as eyes:
        number = eyes.links_of(REFERENCE)[0].number
    publication.look_again(number, by=CASEWORKER)
    assert publication.work().done == 1
    aside = publication.set_link_aside(number, "an older review", by=CASEWORKER)
    assert aside.status is LinkStatus.SET_ASIDE


def test_a_person_confirms_and_a_reminder_that_has_not_left_is_held_back(
    publication: Publication, register: Database, vault: Vault
) -> None:
    awaited(register, vault)
    with register.register() as pen:
        pen.add_posting(a_chaser(), an_act())
    review = publication.confirm_published(REFERENCE, WHY, by=CASEWORKER)
    assert review.status is Status.PUBLISHED
    with register.reading() as eyes:
        assert eyes.postings_of(REFERENCE)[0].status is PostingStatus.DROPPED
        told = eyes.ledger(str(REFERENCE))[-1]
    assert (told.who, told.what, told.wording) == (CASEWORKER, Event.PUBLISHED, WHY)


def test_a_case_may_end_without_publication_and_be_reopened(
    publication: Publication, register: Database, vault: Vault
) -> None:
    awaited(register, vault)
    agreed = publication.agree_not_to_publish(REFERENCE, "agreed by the chair", by=CASEWORKER)
    assert agreed.status is Status.NOT_FOR_PUBLICATION
    assert publication.reopen(REFERENCE, "a mistake", by=CASEWORKER).status is (
        Status.PUBLICATION_AWAITED
    )


def test_closing_needs_a_reason_and_a_case_that_waits(
    publication: Publication, register: Database, vault: Vault
) -> None:
    awaited(register, vault)
    with pytest.raises(Refused):
        publication.agree_not_to_publish(REFERENCE, " ", by=CASEWORKER)
    publication.confirm_published(REFERENCE, WHY, by=CASEWORKER)
    with pytest.raises(UnlawfulMove):
        publication.confirm_published(REFERENCE, WHY, by=CASEWORKER)


def test_a_link_is_a_web_address(publication: Publication, register: Database) -> None:
    with pytest.raises(Refused):
        publication.give_link(REFERENCE, "www.anyshire.example", by=CASEWORKER)
