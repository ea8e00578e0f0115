import pytest
from flask.testing import FlaskClient

from secretariat.domain.papers import PaperKind
from secretariat.domain.review import Review, Status
from tests.builders import APPROVER, CASEWORKER, COUNCIL_ADDRESS, some_facts
from tests.web.case import AWAITED, LISTED, RECEIVED, REPORT, told
from tests.web.clients import post
from tests.web.desk import OTHER_CSP, OTHER_CSP_ID, Desk

AT = f"/register/{RECEIVED}"
FACTS = {"csp": "Anytown CSP", "pseudonyms": "Maria\r\nRose\r\n", "author": "B. Writer"}


def review(desk: Desk) -> Review:
    with desk.database.reading() as register:
        return register.review(RECEIVED)


def test_the_page_shows_what_is_known_and_asks_for_what_is_not(caseworker: FlaskClient) -> None:
    page = caseworker.get(AT).text
    for known in ("QA-2026-0001: Maria", "Anytown Community Safety Partnership", "DHR15"):
        assert known in page
    author = page.split(">Author</dt>")[1].split("</dd>")[0]
    assert "a person must say" in author


def test_the_ledger_is_a_timeline_in_words(caseworker: FlaskClient) -> None:
    page = caseworker.get(AT).text
    assert "Registered" in page
    assert '<p class="moj-timeline__byline">by the service</p>' in page
    assert "10 March 2026 at midday" in page


def test_a_viewer_sees_everything_and_no_form_but_signing_out(viewer: FlaskClient) -> None:
    page = viewer.get(AT).text
    assert "DHR15" in page
    assert page.count("<form") == 1


@pytest.mark.parametrize("path", ["facts", "partnership", "contact", "put-right"])
def test_a_viewer_may_change_nothing(viewer: FlaskClient, path: str) -> None:
    assert viewer.get(f"{AT}/{path}").status_code == 403
    assert post(viewer, f"{AT}/{path}", {"why": "x"}, seen="/").status_code == 403


def test_a_paper_is_handed_out_as_a_download_under_a_harmless_name(
    caseworker: FlaskClient,
) -> None:
    answer = caseworker.get(f"{AT}/papers/1")
    assert answer.data == REPORT
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Overview_ report.pdf"'
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_paper_of_another_review_is_not_found_here(caseworker: FlaskClient) -> None:
    assert caseworker.get(f"/register/{LISTED}/papers/1").status_code == 404


def test_a_review_that_is_not_there_is_told_as_such(caseworker: FlaskClient) -> None:
    answer = caseworker.get("/register/QA-2026-9999")
    assert answer.status_code == 404
    assert "QA-2026-9999 is not in the register" in answer.text


def test_facts_said_by_a_person_are_saved_with_their_reason(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = FACTS | {"version": str(review(filled).version), "why": "read on page 2"}
    assert post(caseworker, f"{AT}/facts", fields).status_code == 302
    assert review(filled).facts.pseudonyms == ("Maria", "Rose")
    assert review(filled).facts.author == "B. Writer"
    assert review(filled).facts.chair is None
    assert told(filled, RECEIVED)[-1] == f"{CASEWORKER}: facts changed"


def test_a_day_that_is_none_is_refused_beside_its_field(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = FACTS | {"version": str(review(filled).version), "date_of_death": "last spring"}
    answer = post(caseworker, f"{AT}/facts", fields)
    assert answer.status_code == 422
    assert 'href="#date_of_death">Date of death must be like 2025' in answer.text
    assert "last spring" in answer.text


def test_facts_saved_by_a_colleague_meanwhile_stand_beside_what_was_typed(
    caseworker: FlaskClient, filled: Desk
) -> None:
    version = review(filled).version
    theirs = some_facts(author="T. Heirs")
    filled.casework.change_facts(RECEIVED, theirs, version=version, by=APPROVER)
    answer = post(caseworker, f"{AT}/facts", FACTS | {"version": str(version)})
    assert answer.status_code == 409
    assert "B. Writer" in answer.text
    assert "T. Heirs" in answer.text
    assert review(filled).facts.author == "T. Heirs"
    again = FACTS | {"version": str(review(filled).version)}
    assert post(caseworker, f"{AT}/facts", again).status_code == 302
    assert review(filled).facts.author == "B. Writer"


def test_a_person_says_whose_review_it_is(caseworker: FlaskClient, filled: Desk) -> None:
    fields = {"lead": OTHER_CSP_ID, "joint": "", "version": str(review(filled).version)}
    assert post(caseworker, f"{AT}/partnership", fields).status_code == 302
    assert review(filled).parties.csp == OTHER_CSP
    assert review(filled).parties.sure


def test_no_partnership_is_no_answer(caseworker: FlaskClient) -> None:
    answer = post(caseworker, f"{AT}/partnership", {"lead": ""})
    assert answer.status_code == 422
    assert "Choose the partnership" in answer.text


def test_a_confirmed_contact_carries_the_name_of_who_confirmed_it(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = {"email": COUNCIL_ADDRESS, "last": "Bloggs", "organisation": "Anytown CSP"}
    assert post(caseworker, f"{AT}/contact", fields).status_code == 302
    with filled.database.reading() as register:
        contact = register.contact(str(RECEIVED))
    assert contact
    assert (contact.email, contact.confirmed_by) == (COUNCIL_ADDRESS, CASEWORKER)
    assert "Bloggs" in caseworker.get(f"{AT}/contact").text


def test_a_contact_without_an_address_is_refused(caseworker: FlaskClient) -> None:
    answer = post(caseworker, f"{AT}/contact", {"email": "at home", "organisation": ""})
    assert answer.status_code == 422
    assert "Enter an email address, like name@example.gov.uk" in answer.text
    assert "Enter the partnership or council" in answer.text


def test_an_owner_is_one_of_the_staff_or_nobody(caseworker: FlaskClient, filled: Desk) -> None:
    assert post(caseworker, f"{AT}/owner", {"owner": APPROVER}, seen=AT).status_code == 302
    assert review(filled).owner == APPROVER
    stranger = post(caseworker, f"{AT}/owner", {"owner": "x@y.example"}, seen=AT)
    assert stranger.status_code == 404
    post(caseworker, f"{AT}/owner", {"owner": ""}, seen=AT)
    assert review(filled).owner == ""


def test_a_person_says_what_a_paper_is(caseworker: FlaskClient, filled: Desk) -> None:
    post(caseworker, f"{AT}/papers/2", {"kind": "executive summary"}, seen=AT)
    with filled.database.reading() as register:
        assert register.papers(RECEIVED)[1].kind == PaperKind.EXECUTIVE_SUMMARY


def test_merging_needs_a_reason_and_another_review(caseworker: FlaskClient) -> None:
    answer = post(caseworker, f"{AT}/put-right", {"step": "merged into another review"})
    assert answer.status_code == 422
    assert "Say why, in a sentence" in answer.text
    assert "Enter the reference of the other review" in answer.text


def test_a_merged_review_leads_to_the_one_that_took_it_over_and_comes_back(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = {"step": "merged into another review", "into": str(LISTED), "why": "same report"}
    answer = post(caseworker, f"{AT}/put-right", fields)
    assert answer.headers["Location"].endswith(str(LISTED))
    assert review(filled).status is Status.MERGED
    assert f"/register/{LISTED}" in caseworker.get(AT).text
    post(caseworker, f"{AT}/put-right", {"step": "reopened", "why": "it was another report"})
    assert review(filled).status is Status.RECEIVED


def test_papers_split_off_make_a_review_of_their_own(caseworker: FlaskClient, filled: Desk) -> None:
    fields = {"step": "split", "papers": "2", "why": "two reports in one mail"}
    answer = post(caseworker, f"{AT}/put-right", fields)
    made = answer.headers["Location"].rsplit("/", 1)[1]
    assert made not in (str(RECEIVED), "")
    assert "summary.docx" in caseworker.get(f"/register/{made}").text


def test_splitting_off_nothing_is_refused(caseworker: FlaskClient) -> None:
    answer = post(caseworker, f"{AT}/put-right", {"step": "split", "why": "two reports"})
    assert "Choose at least one paper" in answer.text


def test_an_undone_registration_keeps_its_reference(caseworker: FlaskClient, filled: Desk) -> None:
    post(caseworker, f"{AT}/put-right", {"step": "undone as a registration", "why": "a test mail"})
    assert review(filled).status is Status.UNDONE


def test_only_what_is_lawful_is_offered(caseworker: FlaskClient) -> None:
    page = caseworker.get(f"/register/{AWAITED}/put-right").text
    assert "nothing can be put right from here" in page


def test_a_persons_reason_stands_in_the_timeline_in_their_own_words(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = FACTS | {"version": str(review(filled).version), "why": "read on page 2"}
    post(caseworker, f"{AT}/facts", fields)
    assert "“read on page 2”" in caseworker.get(AT).text
