from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from secretariat.domain.ledger import OFFICE
from secretariat.domain.post_in import MailState, ReceivedMail
from secretariat.domain.review import MatterKind
from secretariat.web.candidates import candidates
from tests.builders import CASEWORKER, an_act
from tests.web.case import AWAITED, DRAFTED, LISTED, RECEIVED, REPORT, told
from tests.web.clients import post
from tests.web.desk import Desk

AT = "/held/1"


def mail(desk: Desk, number: int = 1) -> ReceivedMail:
    with desk.database.reading() as register:
        return register.mail(number)


def say(client: FlaskClient, desk: Desk, kind: str, **said: str):
    fields = {"kind": kind, "why": "I read it.", "version": str(mail(desk).version)}
    return post(client, AT, fields | said)


def test_held_mail_is_listed_with_its_reason(caseworker: FlaskClient) -> None:
    page = caseworker.get("/held").text
    assert "DHR15 for quality assurance" in page
    assert "two reviews fit" in page


def test_a_mail_shows_its_words_its_rules_and_its_files(caseworker: FlaskClient) -> None:
    page = caseworker.get(AT).text
    for shown in ("Please find our report attached.", "<li>automatic reply</li>", "402 KB"):
        assert shown in page


def test_a_file_and_the_whole_mail_are_downloads(caseworker: FlaskClient) -> None:
    assert caseworker.get(f"{AT}/papers/1").data == REPORT
    whole = caseworker.get(f"{AT}/mail.eml")
    assert b"Message-ID: <one@anyshire.example>" in whole.data
    assert whole.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["/held/99", f"{AT}/papers/0", f"{AT}/papers/2"])
def test_what_is_not_there_is_told(caseworker: FlaskClient, path: str) -> None:
    assert caseworker.get(path).status_code == 404


def test_a_new_submission_is_registered(caseworker: FlaskClient, filled: Desk) -> None:
    assert say(caseworker, filled, "submission").status_code == 302
    assert mail(filled).state is MailState.REGISTERED
    (reference,) = mail(filled).references
    page = caseworker.get(f"/register/{reference}").text
    assert "report.docx" in page
    assert f"{CASEWORKER}: registered" in told(filled, reference)


def test_papers_join_the_review_that_is_named(caseworker: FlaskClient, filled: Desk) -> None:
    kind = "resubmission or further papers"
    assert say(caseworker, filled, kind, reference=str(RECEIVED)).status_code == 302
    assert mail(filled).references == (RECEIVED,)
    with filled.database.reading() as register:
        assert "report.docx" in [paper.name for paper in register.papers(RECEIVED)]


def test_a_link_is_noted_at_its_review(caseworker: FlaskClient, filled: Desk) -> None:
    say(caseworker, filled, "publication notice", reference=str(AWAITED))
    with filled.database.reading() as register:
        urls = [link.url for link in register.links_of(AWAITED)]
    assert "https://www.anyshire.example/our-report" in urls


@pytest.mark.parametrize(
    ("kind", "opened"),
    [
        ("decision not to review", MatterKind.DECISION_NOT_TO_REVIEW),
        ("request to explain feedback", MatterKind.REQUEST_TO_EXPLAIN),
    ],
)
def test_a_decision_or_a_question_becomes_a_matter(
    caseworker: FlaskClient, filled: Desk, kind: str, opened: MatterKind
) -> None:
    assert say(caseworker, filled, kind, reference=str(AWAITED)).status_code == 302
    with filled.database.reading() as register:
        assert opened in [matter.kind for matter in register.matters() if matter.number > 1]


def test_what_is_not_for_us_is_noted(caseworker: FlaskClient, filled: Desk) -> None:
    say(caseworker, filled, "not for us")
    assert mail(filled).state is MailState.NOTED
    assert any(line.startswith(CASEWORKER) for line in told(filled, OFFICE))


def test_nothing_chosen_is_told_field_by_field(caseworker: FlaskClient, filled: Desk) -> None:
    answer = say(caseworker, filled, "", why="")
    assert answer.status_code == 422
    assert "Choose what this mail is" in answer.text
    assert "Say why, in a sentence" in answer.text


@pytest.mark.parametrize("reference", ["", "blue", "QA-2026-9999"])
def test_papers_need_a_review_that_there_is(
    caseworker: FlaskClient, filled: Desk, reference: str
) -> None:
    answer = say(caseworker, filled, "resubmission or further papers", reference=reference)
    assert answer.status_code == 422
    assert "Choose a review or enter its reference" in answer.text
    assert mail(filled).state is MailState.HELD


def test_the_reviews_that_a_mail_may_belong_to_are_chosen_and_not_typed(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert "Reviews that it may belong to" in caseworker.get(AT).text
    say(caseworker, filled, "resubmission or further papers", candidate=str(AWAITED))
    assert mail(filled).references == (AWAITED,)


def test_a_mail_may_belong_to_what_it_names_or_holds_and_to_its_councils_reviews(
    filled: Desk,
) -> None:
    held = replace(mail(filled), why=f"it may be about {DRAFTED} or QA-2019-0001", attachments=())
    domain = held.sender.rpartition("@")[2]
    councils = {"anyshire": replace(filled.directory.councils["anyshire"], domains=(domain,))}
    directory = replace(filled.directory, councils=councils)
    with filled.database.reading() as register:
        found = candidates(register, directory, held)
        stranger = candidates(register, directory, replace(held, sender="jo@other.example", why=""))
        papers = candidates(register, filled.directory, replace(mail(filled), why=""))
    assert [one.reference for one in found] == [DRAFTED, AWAITED, LISTED, RECEIVED]
    assert stranger == ()
    assert [one.reference for one in papers] == [RECEIVED]


def test_a_mail_that_a_colleague_answered_meanwhile_keeps_what_was_typed(
    caseworker: FlaskClient, filled: Desk
) -> None:
    before = str(mail(filled).version)
    say(caseworker, filled, "not for us")
    why = "My own reason, which I do not want to write twice."
    answer = say(caseworker, filled, "submission", version=before, why=why)
    assert answer.status_code == 409
    assert why in answer.text


def test_a_viewer_reads_held_mail_and_answers_none(viewer: FlaskClient, filled: Desk) -> None:
    assert viewer.get(AT).text.count("<form") == 1
    answer = post(viewer, AT, {"kind": "not for us", "why": "x"}, seen="/")
    assert answer.status_code == 403
    assert mail(filled).state is MailState.HELD


def test_an_unread_answer_is_dealt_with_by_saying_how(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert "/held/2" in caseworker.get("/held/answers").text
    assert post(caseworker, "/held/2/read", seen="/held/2").status_code == 422
    post(caseworker, "/held/2/read", {"why_read": "telephoned"}, seen="/held/2")
    assert not mail(filled, 2).unread_answer
    assert "No answer is unread" in caseworker.get("/held/answers").text


def test_a_matter_is_taken_on_and_answered(caseworker: FlaskClient, filled: Desk) -> None:
    assert "Decision not to review 1" in caseworker.get("/held/matters").text
    post(caseworker, "/held/matters/1/own", {"version": version(filled)}, seen="/held/matters/1")
    assert CASEWORKER in caseworker.get("/held/matters/1").text
    empty = post(caseworker, "/held/matters/1/answer", seen="/held/matters/1")
    assert empty.status_code == 422
    fields = {"why": "The panel agreed.", "version": version(filled)}
    post(caseworker, "/held/matters/1/answer", fields, seen="/held/matters/1")
    assert "None is open." in caseworker.get("/held/matters").text


def version(desk: Desk) -> str:
    with desk.database.reading() as register:
        return str(register.matter(1).version)


def test_an_answer_unread_for_five_working_days_stands_first(
    caseworker: FlaskClient, filled: Desk
) -> None:
    told_first = "A council’s answer has been unread for five working days or more"
    home = caseworker.get("/").text
    assert home.index(told_first) < home.index("What needs you")
    assert 'href="/held/2">DHR15 for quality assurance</a>' in home
    filled.clock.moment -= timedelta(days=2)
    assert told_first not in caseworker.get("/").text


def purge(desk: Desk) -> None:
    """Delete the bytes of the held mail by the rule for mails that bring passwords."""
    held = mail(desk)
    with desk.database.register() as register:
        register.save_mail(replace(held, secret=True, purged=True), an_act())
    for sha256 in (held.raw, *(one.sha256 for one in held.attachments)):
        desk.vault.forget(sha256)


def test_a_purged_mail_says_what_can_still_be_done_with_it(
    caseworker: FlaskClient, filled: Desk
) -> None:
    purge(filled)
    page = caseworker.get(AT).text
    assert "The mail itself was deleted by the rule for such mails" in page
    assert "It can still be noted, put away or joined to a review" in page
    assert say(caseworker, filled, "not for us").status_code == 302
    assert mail(filled).state is MailState.NOTED


@pytest.mark.parametrize("kind", ["submission", "resubmission or further papers"])
def test_what_needs_the_bytes_of_a_purged_mail_is_refused_with_a_sentence(
    caseworker: FlaskClient, filled: Desk, kind: str
) -> None:
    purge(filled)
    answer = say(caseworker, filled, kind, reference=str(RECEIVED))
    assert answer.status_code == 422
    assert "ask for it to be sent again" in answer.text
    assert "I read it." in answer.text
    assert mail(filled).state is MailState.HELD
