"""The page of a mail: reasons, rules, files with what was seen in them, and what stays closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.post_in import (
    Attachment,
    Candidate,
    MailKind,
    MailPaper,
    MailState,
    ReceivedMail,
)
from tests.builders import a_mail, a_paper, some_facts
from tests.web.case import AWAITED, LISTED, RECEIVED
from tests.web.clients import post
from tests.web.desk import Desk

TURNED = "report\u202efdp.exe"


def a_mail_paper(**said: object) -> MailPaper:
    """Return a report as triage saw it, with one flag and one warning."""
    flag = Flag(FlagKind.TRACKED_CHANGES, "It holds <b>tracked</b> changes", 3, (2, 5))
    plain = MailPaper(
        "<b>report</b>.docx",
        "ab" * 32,
        "overview report",
        ReadingStatus.TEXT,
        some_facts(author="<i>A. Writer</i>"),
        64,
        ("its cover has two dates",),
        (flag,),
    )
    return replace(plain, **said)  # type: ignore[arg-type]


def add(desk: Desk, **said: object) -> ReceivedMail:
    """Add a held mail whose one file triage saw."""
    raw = desk.vault.keep(b"Subject: x\n\nx")
    file = Attachment("<b>report</b>.docx", desk.vault.keep(b"a report"), 8)
    plain = a_mail(
        raw=raw,
        place="read",
        message_id="<read@anyshire.example>",
        kind=MailKind.UNKNOWN,
        state=MailState.HELD,
        references=(),
        attachments=(file,),
        papers=(a_mail_paper(sha256=file.sha256),),
        looked=("bounce", "automatic reply", "password"),
        rule="papers",
        why="two reviews fit",
        authentication="the sender's domain is confirmed (DMARC passed)",
    )
    mail: ReceivedMail = desk.add("mail", replace(plain, **said))  # type: ignore[arg-type]
    return mail


def page_of(client: FlaskClient, mail: ReceivedMail) -> str:
    return client.get(f"/held/{mail.number}").text


def test_the_page_tells_which_rule_spoke_and_which_passed(
    caseworker: FlaskClient, filled: Desk
) -> None:
    page = page_of(caseworker, add(filled))
    assert "papers: two reviews fit" in page
    assert "3 rules looked first and passed" in page
    assert "<li>password</li>" in page
    assert "DMARC passed" in page


def test_each_file_has_its_kind_its_facts_and_its_flags_and_no_markup_of_its_own(
    caseworker: FlaskClient, filled: Desk
) -> None:
    page = page_of(caseworker, add(filled))
    for shown in (
        "Overview report, reading: text, 64 pages",
        "&lt;b&gt;report&lt;/b&gt;.docx",
        "&lt;i&gt;A. Writer&lt;/i&gt;",
        "its cover has two dates",
        "tracked changes</strong> It holds &lt;b&gt;tracked&lt;/b&gt; changes",
        "(3 in all, pages 2, 5)",
        "advice: there may be more",
    ):
        assert shown in page
    assert "<b>" not in page


def test_a_name_that_turns_its_reading_direction_is_shown_in_plain_order(
    caseworker: FlaskClient, filled: Desk
) -> None:
    file = Attachment(TURNED, filled.vault.keep(b"MZ"), 2)
    page = page_of(caseworker, add(filled, attachments=(file,), subject=f"see {TURNED}"))
    assert "reportfdp.exe</a>" in page
    assert "\u202e" not in page


def test_the_reviews_that_triage_found_stand_first_with_the_reason(
    caseworker: FlaskClient, filled: Desk
) -> None:
    why = "its report has the same pseudonyms"
    mail = add(filled, candidates=(Candidate(LISTED, why), Candidate(RECEIVED, "same sender")))
    page = page_of(caseworker, mail)
    assert page.index(f'value="{LISTED}"') < page.index(f'value="{RECEIVED}"')
    assert f"; {why}" in page


@pytest.mark.parametrize("kind", ["challenge of feedback", "withdrawal"])
def test_a_challenge_and_a_withdrawal_are_about_a_review(
    caseworker: FlaskClient, filled: Desk, kind: str
) -> None:
    mail = add(filled)
    fields = {"kind": kind, "why": "I read it.", "version": str(mail.version)}
    at = f"/held/{mail.number}"
    assert post(caseworker, at, fields).status_code == 422
    assert post(caseworker, at, fields | {"reference": str(AWAITED)}).status_code == 302
    with filled.database.reading() as register:
        entered = register.mail(mail.number)
    assert (entered.kind, entered.references) == (kind, (AWAITED,))


@pytest.mark.parametrize(
    "kind", ["new-case notification", "from a family, the press or Parliament"]
)
def test_what_has_no_review_yet_is_named_and_put_away(
    caseworker: FlaskClient, filled: Desk, kind: str
) -> None:
    mail = add(filled)
    fields = {"kind": kind, "why": "I read it.", "version": str(mail.version)}
    assert post(caseworker, f"/held/{mail.number}", fields).status_code == 302
    with filled.database.reading() as register:
        assert register.mail(mail.number).kind == kind


def test_an_absent_officer_is_shown_with_the_day_and_the_colleague(
    caseworker: FlaskClient, filled: Desk
) -> None:
    away = {"returns_on": date(2026, 12, 7), "colleague": "kim@anyshire.example"}
    mail = add(filled, unread_answer=True, **away)
    sentence = "is away until 7 December 2026; colleague named in the reply: kim@anyshire.example"
    assert sentence in page_of(caseworker, mail)
    assert sentence in caseworker.get("/held/answers").text


def a_secret(desk: Desk, **said: object) -> ReceivedMail:
    words = {"subject": "The password is hunter22", "text": "It is hunter22"}
    links = ("https://hunter22.example/",)
    return add(desk, secret=True, kind=MailKind.PASSWORD, links=links, **words, **said)


def test_a_mail_with_a_password_shows_none_of_its_words(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mail = a_secret(filled, unread_answer=True, references=(RECEIVED,))
    at = f"/held/{mail.number}"
    for page in (at, "/held", "/held/answers", "/", f"/register/{RECEIVED}"):
        shown = caseworker.get(page).text
        assert "hunter22" not in shown, page
    assert "This mail brings a password: its words are not kept" in caseworker.get(at).text
    for path in (f"{at}/mail.eml", f"{at}/papers/1"):
        answer = caseworker.get(path)
        assert answer.status_code == 403
        assert "This mail brings a password" in answer.text


def test_a_purged_mail_says_that_it_was_deleted(caseworker: FlaskClient, filled: Desk) -> None:
    mail = a_secret(filled, purged=True)
    assert "The mail itself was deleted" in page_of(caseworker, mail)
    answer = caseworker.get(f"/held/{mail.number}/mail.eml")
    assert answer.status_code == 403
    assert "was deleted by the rule" in answer.text


def test_a_file_with_a_virus_and_the_mail_that_holds_it_are_handed_out_to_nobody(
    administrator: FlaskClient, filled: Desk
) -> None:
    infected = a_mail_paper(
        sha256=filled.vault.keep(b"a report"), reading=ReadingStatus.QUARANTINED
    )
    mail = add(filled, papers=(infected,))
    at = f"/held/{mail.number}"
    page = administrator.get(at).text
    assert f'href="{at}/papers/1"' not in page
    assert f'href="{at}/mail.eml"' not in page
    for path in (f"{at}/papers/1", f"{at}/mail.eml"):
        answer = administrator.get(path)
        assert answer.status_code == 403
        assert "handed out to nobody" in answer.text


def test_a_container_with_a_virus_inside_stays_closed_and_its_neighbour_does_not(
    caseworker: FlaskClient, filled: Desk
) -> None:
    files = tuple(
        Attachment(name, filled.vault.keep(name.encode()), 5) for name in ("papers.zip", "plan.pdf")
    )
    inside = a_mail_paper(name="bad.doc", sha256="12" * 32, reading=ReadingStatus.QUARANTINED)
    plan = a_mail_paper(name="plan.pdf", sha256=files[1].sha256)
    mail = add(filled, attachments=files, papers=(inside, plan))
    assert caseworker.get(f"/held/{mail.number}/papers/1").status_code == 403
    assert caseworker.get(f"/held/{mail.number}/papers/2").status_code == 200


def test_a_file_that_another_mail_brought_with_a_virus_is_closed_here_too(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mail = add(filled, papers=())
    sha = mail.attachments[0].sha256
    filled.add("paper", a_paper(sha256=sha, reading=ReadingStatus.QUARANTINED))
    assert caseworker.get(f"/held/{mail.number}/papers/1").status_code == 403
    assert caseworker.get(f"/held/{mail.number}/mail.eml").status_code == 403
