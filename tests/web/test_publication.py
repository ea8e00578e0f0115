import pytest
from flask.testing import FlaskClient

from secretariat.domain.publication import LinkStatus
from secretariat.domain.review import Review, Status
from tests.builders import CASEWORKER
from tests.web.case import AWAITED, told
from tests.web.clients import post
from tests.web.desk import Desk

AT = f"/publication/{AWAITED}"


def review(desk: Desk) -> Review:
    with desk.database.reading() as register:
        return register.review(AWAITED)


def test_what_is_awaited_is_listed_with_its_last_finding(caseworker: FlaskClient) -> None:
    page = caseworker.get("/publication").text
    assert str(AWAITED) in page
    assert "the report with its letter" in page


def test_the_links_and_what_was_found_stand_on_one_page(caseworker: FlaskClient) -> None:
    page = caseworker.get(AT).text
    assert "https://www.anyshire.example/dhr15.pdf" in page
    assert "Likeness to our paper: 97 in 100" in page


def test_a_link_of_a_council_is_shown_and_never_led_to(caseworker: FlaskClient) -> None:
    assert 'href="https://www.anyshire.example' not in caseworker.get(AT).text


def test_a_link_that_staff_found_waits_to_be_checked(caseworker: FlaskClient, filled: Desk) -> None:
    fields = {"url": "https://www.anytown.example/report"}
    assert post(caseworker, f"{AT}/link", fields, seen=AT).status_code == 302
    with filled.database.reading() as register:
        newest = register.links_of(AWAITED)[0]
    assert (newest.url, newest.status) == (fields["url"], LinkStatus.GIVEN)


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "www.anytown.example"])
def test_only_a_whole_link_is_taken(caseworker: FlaskClient, url: str) -> None:
    assert post(caseworker, f"{AT}/link", {"url": url}, seen=AT).status_code == 422


def test_a_person_confirms_with_a_reason_and_reopens_with_another(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert post(caseworker, f"{AT}/confirm", seen=AT).status_code == 422
    post(caseworker, f"{AT}/confirm", {"why_confirm": "read on their page"}, seen=AT)
    assert review(filled).status is Status.PUBLISHED
    post(caseworker, f"{AT}/reopen", {"why_reopen": "it was taken down"}, seen=AT)
    assert review(filled).status is Status.PUBLICATION_AWAITED


def test_not_publishing_is_agreed_with_a_reason(caseworker: FlaskClient, filled: Desk) -> None:
    post(caseworker, f"{AT}/agree", {"why_agree": "the family's safety"}, seen=AT)
    assert review(filled).status is Status.NOT_FOR_PUBLICATION


def test_a_chase_waits_until_a_day_and_goes_on(caseworker: FlaskClient, filled: Desk) -> None:
    fields = {"why_pause": "an inquest", "until": "1/6/2026"}
    post(caseworker, f"{AT}/pause", fields, seen=AT)
    pause = review(filled).pause
    assert pause
    assert pause.until
    assert (pause.reason, pause.until.isoformat()) == ("an inquest", "2026-06-01")
    assert "It waits until 1 June 2026: an inquest" in caseworker.get(AT).text
    post(caseworker, f"{AT}/resume", {"why_resume": "the inquest is over"}, seen=AT)
    assert review(filled).pause is None
    assert told(filled, AWAITED)[-1].startswith(CASEWORKER)


@pytest.mark.parametrize(
    "fields", [{"why_pause": "x", "until": "never"}, {"until": "1/6/2026"}, {}]
)
def test_a_pause_needs_a_reason_and_a_day_that_there_is(
    caseworker: FlaskClient, fields: dict[str, str]
) -> None:
    assert post(caseworker, f"{AT}/pause", fields, seen=AT).status_code == 422


def test_a_link_is_looked_at_again_or_set_aside(caseworker: FlaskClient, filled: Desk) -> None:
    assert post(caseworker, f"{AT}/links/1/again", seen=AT).status_code == 302
    assert post(caseworker, f"{AT}/links/1/aside", seen=AT).status_code == 422
    post(caseworker, f"{AT}/links/1/aside", {"why_link_1": "another report"}, seen=AT)
    with filled.database.reading() as register:
        assert register.link(1).status is LinkStatus.SET_ASIDE


def test_a_viewer_looks_on(viewer: FlaskClient, filled: Desk) -> None:
    assert viewer.get(AT).text.count("<form") == 1
    answer = post(viewer, f"{AT}/confirm", {"why_confirm": "x"}, seen="/")
    assert answer.status_code == 403
    assert review(filled).status is Status.PUBLICATION_AWAITED
