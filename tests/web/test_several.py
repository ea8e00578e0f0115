"""One mail with papers of several reviews, parted in one screen."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest
from flask.testing import FlaskClient

from secretariat.domain.post_in import Attachment, MailPaper, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from tests.builders import COUNCIL_ADDRESS, a_mail, an_act
from tests.intake_builders import a_plan, a_report
from tests.web.case import LISTED, RECEIVED
from tests.web.clients import post
from tests.web.desk import Desk

CSP = "Nowhere Community Safety Partnership"
FILES = {
    "one.pdf": a_report(csp=CSP),
    "two.pdf": a_report("Jane", csp=CSP, local="DHR16"),
    "plan.pdf": a_plan("Jane", csp=CSP, local="DHR16"),
}


def add(desk: Desk) -> ReceivedMail:
    """Add a held mail with two reports and the plan of the second, parted as triage sees it."""
    mail = EmailMessage()
    mail["From"], mail["To"] = COUNCIL_ADDRESS, "reviews@secretariat.example"
    mail["Subject"], mail["Message-ID"] = "Two reviews", "<both@anyshire.example>"
    mail["Date"] = "Mon, 02 Mar 2026 09:28:00 +0000"
    mail.set_content("Please find both attached.\n")
    for name, content in FILES.items():
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    files = tuple(
        Attachment(name, desk.vault.keep(content), len(content)) for name, content in FILES.items()
    )
    papers = tuple(
        MailPaper(file.name, file.sha256, "overview report", "text", part=part)
        for file, part in zip(files, (1, 2, 0), strict=True)
    )
    held = a_mail(
        raw=desk.vault.keep(bytes(mail)),
        place="both",
        message_id="<both@anyshire.example>",
        subject="Two reviews",
        state=MailState.HELD,
        references=(),
        attachments=files,
        papers=papers,
        why="it brings the reports of more than one review",
    )
    added: ReceivedMail = desk.add("mail", held)
    return added


def part(client: FlaskClient, mail: ReceivedMail, *choices: str, **said: str):
    fields = {f"paper-{place}": choice for place, choice in enumerate(choices, start=1)}
    plain = {"why": "two cases in one mail", "version": str(mail.version)}
    return post(client, f"/held/{mail.number}/parts", fields | plain | said)


def now(desk: Desk, mail: ReceivedMail) -> ReceivedMail:
    with desk.database.reading() as register:
        return register.mail(mail.number)


def names(desk: Desk, reference: Reference) -> list[str]:
    with desk.database.reading() as register:
        return [paper.name for paper in register.papers(reference)]


def test_who_says_several_reviews_is_led_to_the_screen_that_sorts_them(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mail = add(filled)
    answer = post(caseworker, f"/held/{mail.number}", {"kind": "several"})
    assert answer.headers["Location"] == f"/held/{mail.number}/parts"
    page = caseworker.get(answer.headers["Location"]).text
    assert page.count('value="new-1" selected') == 1
    assert page.count('value="new-2" selected') == 1
    assert "Leave it out" in page


def test_all_papers_are_registered_in_one_go(caseworker: FlaskClient, filled: Desk) -> None:
    mail = add(filled)
    assert part(caseworker, mail, "new-1", "new-2", "new-2").status_code == 302
    first, second = now(filled, mail).references
    assert names(filled, first) == ["one.pdf"]
    assert names(filled, second) == ["two.pdf", "plan.pdf"]


def test_a_part_joins_a_review_that_there_is_and_another_is_left_out(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mail = add(filled)
    answer = part(caseworker, mail, "named", "out", "new-1", reference=str(RECEIVED))
    assert answer.status_code == 302
    joined, new = now(filled, mail).references
    assert joined == RECEIVED
    assert "one.pdf" in names(filled, RECEIVED)
    assert names(filled, new) == ["plan.pdf"]


@pytest.mark.parametrize(
    ("choices", "said", "fault"),
    [
        (("new-1", "new-2", ""), {}, "Say of which review plan.pdf is, or leave it out"),
        (("new-1", "blue", "out"), {}, "Say of which review two.pdf is, or leave it out"),
        (("out", "out", "out"), {}, "Choose a review for at least one paper"),
        (("new-1", "named", "out"), {}, "Enter the reference of the review"),
        (("new-1", "named", "out"), {"reference": "QA-2019-0001"}, "Enter the reference of the"),
        (("new-1", "new-2", "out"), {"why": " "}, "Say why, in a sentence"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_registered(
    caseworker: FlaskClient, filled: Desk, choices: tuple[str, ...], said: dict[str, str], fault
) -> None:
    mail = add(filled)
    answer = part(caseworker, mail, *choices, **said)
    assert answer.status_code == 422
    assert fault in answer.text
    assert now(filled, mail) == mail


def test_two_parts_that_join_one_review_are_refused_in_words(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mail = add(filled)
    with filled.database.register() as register:
        by_name = replace(mail, why=f"it may be about {LISTED}")
        mail = register.save_mail(by_name, an_act())
    answer = part(caseworker, mail, str(LISTED), "named", "out", reference=str(LISTED))
    assert answer.status_code == 422
    assert "Two parts join the same review" in answer.text


def test_a_mail_that_a_colleague_parted_meanwhile_keeps_what_was_chosen(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mail = add(filled)
    part(caseworker, mail, "new-1", "new-2", "new-2")
    why = "My own reason, which I do not want to write twice."
    answer = part(caseworker, mail, "new-1", "out", "out", why=why)
    assert answer.status_code == 409
    assert why in answer.text
    assert "a person parted its papers among 2 reviews" in answer.text
    assert len(now(filled, mail).references) == 2


def test_a_viewer_parts_nothing(viewer: FlaskClient, filled: Desk) -> None:
    mail = add(filled)
    assert viewer.get(f"/held/{mail.number}/parts").status_code == 403
