from flask.testing import FlaskClient

from secretariat.domain.post import Posting, PostingStatus
from tests.builders import CASEWORKER
from tests.web.clients import post
from tests.web.desk import Desk

CHASER, STUCK, READY = 1, 2, 3
ANSWER = 2


def posting(desk: Desk, number: int) -> Posting:
    with desk.database.reading() as register:
        return register.posting(number)


def test_what_waits_is_listed_by_why_it_waits(caseworker: FlaskClient) -> None:
    page = caseworker.get("/letters/post").text
    first, second = page.index("Waiting for a person"), page.index(">Sending<")
    assert first < second


def test_a_mail_is_read_word_for_word_before_it_is_released(
    caseworker: FlaskClient, filled: Desk
) -> None:
    at = f"/letters/post/{CHASER}"
    assert "It is published at" in caseworker.get(at).text
    stopped = post(caseworker, f"{at}/release", seen=at)
    assert "the council has answered" in stopped.text
    filled.publication.set_link_aside(1, "another report", by=CASEWORKER)
    filled.casework.mark_read(ANSWER, "they ask for time", by=CASEWORKER)
    post(caseworker, f"{at}/release", seen=at)
    assert posting(filled, CHASER).status is PostingStatus.READY


def test_a_mail_is_given_up_with_a_reason_only(caseworker: FlaskClient, filled: Desk) -> None:
    at = f"/letters/post/{CHASER}"
    assert post(caseworker, f"{at}/drop", seen=at).status_code == 422
    post(caseworker, f"{at}/drop", {"why_drop": "they telephoned"}, seen=at)
    assert posting(filled, CHASER).status is PostingStatus.DROPPED


def test_a_mail_that_may_have_left_is_settled_after_a_look_in_sent(
    caseworker: FlaskClient, filled: Desk
) -> None:
    at = f"/letters/post/{STUCK}"
    assert "does not stand in the sent folder now" in caseworker.get(at).text
    assert "Choose whether it stands" in post(caseworker, f"{at}/settle", seen=at).text
    fields = {"left": "no", "why_settle": "the mailbox's Sent"}
    assert post(caseworker, f"{at}/settle", fields, seen=at).status_code == 302
    assert posting(filled, STUCK).status is PostingStatus.READY


def test_only_what_is_lawful_is_offered(caseworker: FlaskClient) -> None:
    assert "/release" not in caseworker.get(f"/letters/post/{STUCK}").text
    assert "/settle" not in caseworker.get(f"/letters/post/{CHASER}").text


def test_what_is_not_lawful_is_refused_in_words(caseworker: FlaskClient) -> None:
    answer = post(caseworker, f"/letters/post/{STUCK}/release", seen="/letters/post/1")
    assert answer.status_code == 422
    assert "This cannot be done now" in answer.text


def test_a_viewer_releases_nothing(viewer: FlaskClient, filled: Desk) -> None:
    answer = post(viewer, f"/letters/post/{CHASER}/release", seen="/")
    assert answer.status_code == 403
    assert posting(filled, CHASER).status is PostingStatus.FOR_RELEASE
