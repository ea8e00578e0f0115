import pytest
from flask.testing import FlaskClient

from secretariat.domain.ledger import Event
from secretariat.domain.post import PostingStatus
from secretariat.domain.publication import LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Review, Status
from tests.builders import CASEWORKER, NOW, a_check, a_link, a_posting, a_review, an_act
from tests.web.case import AWAITED, told
from tests.web.clients import post, statements
from tests.web.desk import Desk

AT = f"/publication/{AWAITED}"


def review(desk: Desk) -> Review:
    with desk.database.reading() as register:
        return register.review(AWAITED)


def listed(client: FlaskClient, show: str = "") -> str:
    return client.get(f"/publication{show}").text


def add_sent_letter(desk: Desk) -> None:
    """Note that the letter on the awaited review left on 10 March 2026."""
    sent = {"status": PostingStatus.SENT, "sent_at": NOW, "message_id": "<4@secretariat.example>"}
    desk.add("posting", a_posting(references=(AWAITED,), **sent))


def test_what_is_awaited_is_listed_with_its_last_finding(caseworker: FlaskClient) -> None:
    page = caseworker.get("/publication").text
    assert str(AWAITED) in page
    assert "the report with its letter" in page


def test_each_chase_is_told_with_its_reason(caseworker: FlaskClient, filled: Desk) -> None:
    add_sent_letter(filled)
    assert "The council has answered and nobody has dealt with it yet" in listed(caseworker)
    filled.casework.mark_read(2, "they ask for time", by=CASEWORKER)
    assert "A person must look at a link: the report with its letter" in listed(caseworker)
    filled.publication.set_link_aside(1, "another report", by=CASEWORKER)
    assert "Next reminder: 8 May 2026" in listed(caseworker)
    assert "no link yet" in listed(caseworker)


def test_the_counts_of_the_home_page_lead_to_the_very_reviews(
    caseworker: FlaskClient, filled: Desk
) -> None:
    home = caseworker.get("/").text
    assert 'href="/publication?show=look"' in home
    assert str(AWAITED) in listed(caseworker, "?show=look")
    assert str(AWAITED) not in listed(caseworker, "?show=spent")
    with filled.database.register() as register:
        register.write(str(AWAITED), an_act(what=Event.CHASE_SPENT))
    filled.publication.set_link_aside(1, "another report", by=CASEWORKER)
    assert str(AWAITED) not in listed(caseworker, "?show=look")
    assert str(AWAITED) in listed(caseworker, "?show=spent")
    assert str(AWAITED) in listed(caseworker, "?show=nonsense")


def test_a_full_page_costs_no_more_statements_than_a_page_of_one(
    caseworker: FlaskClient, filled: Desk
) -> None:
    caseworker.get("/publication")
    with statements() as for_one:
        caseworker.get("/publication")
    for number in range(5, 29):
        reference = Reference(2026, number)
        said = {"status": Status.PUBLICATION_AWAITED, "outcome": Outcome.PUBLISH}
        filled.add("review", a_review(reference=reference, **said))
        link = filled.add("link", a_link(reference=reference, status=LinkStatus.CHECKED))
        filled.add("check", a_check(reference=reference, link=link.number))
    with statements() as for_many:
        page = caseworker.get("/publication").text
    assert page.count("app-reference") == 25
    assert len(for_many) == len(for_one) <= 16


def test_a_clear_check_is_confirmed_without_typing(caseworker: FlaskClient, filled: Desk) -> None:
    assert "The service proposes to close this review" in caseworker.get(AT).text
    post(caseworker, f"{AT}/as-found", seen=AT)
    assert review(filled).status is Status.PUBLISHED
    with filled.database.reading() as register:
        entry = register.ledger(str(AWAITED))[-1]
        assert register.unread_answers() == ()
    assert entry.why == (
        "confirmed as published: on 10 March 2026 the check saw the report with its letter"
        " at www.anyshire.example"
    )


def test_a_link_set_aside_proposes_nothing(caseworker: FlaskClient, filled: Desk) -> None:
    filled.publication.set_link_aside(1, "another report", by=CASEWORKER)
    assert "The service proposes" not in caseworker.get(AT).text
    assert post(caseworker, f"{AT}/as-found", seen=AT).status_code == 422
    assert review(filled).status is Status.PUBLICATION_AWAITED


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
