"""One review in a browser, from a held mail to the letter that leaves; every page is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from secretariat.domain.letter import LetterStatus
from tests.journeys.browser_drive import (
    ADMINISTRATOR,
    APPROVER,
    CASEWORKER,
    COMMISSIONER,
    NOTES,
    PLANS_PASSWORD,
    Drive,
    a_drive,
    deliver,
    deliver_locked,
    deliver_two_reviews,
    papers_that_left,
    read_to_the_end,
    written_reference,
)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def drive(request: pytest.FixtureRequest, tmp_path: Path, browser: Browser) -> Iterator[Drive]:
    with a_drive(tmp_path / "office", browser, javascript=request.param) as driven:
        yield driven


def test_a_browser_goes_from_a_held_mail_to_an_approved_letter(drive: Drive) -> None:
    deliver(drive.office)
    drive.office.round()["intake"]()
    casey = drive.person(CASEWORKER)
    says_what_the_mail_is(drive, casey)
    says_whose_review_it_is(drive, casey)
    confirms_the_contact(drive, casey)
    holds_the_meeting(drive, casey)
    drive.round("drafting")
    puts_the_letter_right(drive, casey)
    another_person_approves(drive, drive.person(APPROVER))
    approved = drive.letter()
    assert approved.status is LetterStatus.APPROVED
    drive.round("dispatch")
    assert papers_that_left(drive.office) == {}
    the_administrator_lets_it_leave(drive, drive.person(ADMINISTRATOR))
    drive.round("dispatch")
    paper = {approved.pdf or approved.docx}
    assert papers_that_left(drive.office) == {approved.to: paper, COMMISSIONER: paper}
    assert drive.letter().status is LetterStatus.SENT
    sees_that_publication_is_awaited(drive, casey)
    assert drive.faults == {}


def test_a_caseworker_splits_a_mail_that_brings_two_reviews(drive: Drive) -> None:
    deliver_two_reviews(drive.office)
    drive.office.round()["intake"]()
    casey = drive.person(CASEWORKER)
    drive.follow(casey, "Mail held for a person", "Two Domestic Homicide Reviews")
    casey.get_by_role("radio", name="Papers of several reviews").check()
    drive.press(casey, "Say so")
    casey.get_by_label("Review of paper 1").select_option("New review 1")
    drive.press(casey, "Confirm and register all")
    expect(casey.get_by_role("alert")).to_contain_text("Say why, in a sentence")
    casey.get_by_label("Review of paper 2").select_option("New review 2")
    casey.get_by_label("Why?").fill("two cases in one mail")
    drive.press(casey, "Confirm and register all")
    drive.told(casey, "every paper is with its review")
    drive.follow(casey, "QA-2026-0001")
    expect(casey.get_by_role("heading", level=1)).to_contain_text("Robin")
    drive.follow(casey, "Register", "QA-2026-0002")
    expect(casey.get_by_role("heading", level=1)).to_contain_text("Wren")
    expect(casey.get_by_role("heading", name="Second report.pdf")).to_be_visible()
    assert drive.faults == {}


def test_a_caseworker_opens_a_locked_paper_with_the_password_that_a_council_telephoned(
    drive: Drive,
) -> None:
    deliver_locked(drive.office)
    drive.office.round()["intake"]()
    casey = drive.person(CASEWORKER)
    drive.follow(casey, "Reviews that wait for a password", "QA-2026-0001")
    drive.follow(casey, "Type the password of Plan.pdf")
    casey.get_by_label("Password of this paper").fill("summer lambs")
    drive.press(casey, "Open the paper")
    expect(casey.get_by_role("alert")).to_contain_text("This password does not open it")
    expect(casey.get_by_text("1 of at most 20 passwords have been tried")).to_be_visible()
    expect(casey.get_by_label("Password of this paper")).to_have_value("")
    casey.get_by_label("Password of this paper").fill(PLANS_PASSWORD)
    drive.press(casey, "Open the paper")
    drive.told(casey, "The paper is open")
    expect(casey.get_by_text("Opened from Plan.pdf")).to_be_visible()
    assert PLANS_PASSWORD not in casey.content()
    assert drive.faults == {}


def test_a_caseworker_sees_where_a_fact_was_read_and_takes_the_other_candidate(
    drive: Drive,
) -> None:
    deliver_locked(drive.office)
    drive.office.round()["intake"]()
    read_to_the_end(drive.office)
    casey = drive.person(CASEWORKER)
    drive.follow(casey, "Register", "QA-2026-0001")
    expect(casey.get_by_text("in doubt: a person must say").first).to_be_visible()
    drive.follow(casey, "page 1, line 5 of Overview report.pdf, paper 1")
    picture = casey.get_by_role("img", name="Page 1 of Overview report.pdf")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 500
    drive.follow(casey, "QA-2026-0001", "Use this for author: Bea Sample")
    expect(casey.get_by_label("Author")).to_have_value("Bea Sample")
    drive.press(casey, "Save facts")
    drive.told(casey, "The facts are saved")
    other = casey.get_by_role("link", name="Use this for author")
    expect(other).to_have_text("Use this for author: Avis Specimen")
    assert drive.faults == {}


def says_what_the_mail_is(drive: Drive, page: Page) -> None:
    drive.follow(page, "Mail held for a person", "Automatic reply: our Domestic Homicide Review")
    page.get_by_role("radio", name="A new submission").check()
    page.get_by_label("Why?").fill("the officer's machine answered on top of the report")
    drive.press(page, "Say so")
    drive.told(page, "The mail is dealt with")


def says_whose_review_it_is(drive: Drive, page: Page) -> None:
    drive.follow(page, "Register", "QA-2026-0001")
    drive.follow(page, "Change the partnership")
    page.get_by_label("Partnership", exact=True).select_option("Exeter")
    drive.press(page, "Save partnership")
    drive.told(page, "The partnership is saved")


def confirms_the_contact(drive: Drive, page: Page) -> None:
    drive.follow(page, "Change the contact")
    page.get_by_label("Email address").fill("chair@exeter.gov.uk")
    page.get_by_label("Title").fill("Cllr")
    page.get_by_label("First name").fill("Invented")
    page.get_by_label("Last name").fill("Example")
    page.get_by_label("Address", exact=True).fill("Civic Centre\nExeter")
    drive.press(page, "Confirm contact")
    drive.told(page, "The contact is confirmed")


def holds_the_meeting(drive: Drive, page: Page) -> None:
    reference = written_reference(page)
    drive.follow(page, "Meetings")
    page.get_by_label("Day").fill("20/10/2026")
    page.get_by_label("Chair").fill("Chris Invented")
    drive.press(page, "Add meeting")
    page.get_by_role("checkbox", name=reference).check()
    drive.press(page, "Put on the agenda")
    written = NOTES.format(reference=reference).encode()
    page.get_by_label("File with the notes").set_input_files(
        {"name": "notes.md", "mimeType": "text/markdown", "buffer": written}
    )
    drive.press(page, "Upload notes")
    drive.told(page, f"Notes taken on {reference}")


def puts_the_letter_right(drive: Drive, page: Page) -> None:
    drive.follow(page, "Letters", "Letter 1 on QA-2026-0001")
    drive.press(page, "Amend the words")
    point = page.get_by_label("Point 1", exact=True)
    point.fill("Say in which year")
    if drive.javascript:
        expect(page.get_by_text("Kept for you at")).to_be_visible(timeout=10_000)
    else:
        drive.press(page, "Keep without saving")
        drive.told(page, "not saved as a version")
    expect(point).to_have_value("Say in which year")
    point.fill("Say in which year and season each event was.")
    drive.press(page, "Save as a new version")
    page.get_by_role("textbox", name="Copy to the").fill(COMMISSIONER)
    drive.press(page, "Save recipients")
    for box in page.get_by_role("group", name="I have looked at").get_by_role("checkbox").all():
        box.check()
    drive.press(page, "Confirm the chosen facts")
    expect(page.get_by_text("somebody else must approve it")).to_be_visible()


def another_person_approves(drive: Drive, page: Page) -> None:
    drive.follow(page, "Letters to check and approve", "Letter 1 on QA-2026-0001")
    preview = page.get_by_role("region", name="Preview of the letter")
    expect(preview).to_contain_text("Say in which year and season each event was.")
    drive.press(page, "Make the letter as it will leave")
    expect(preview).to_contain_text("20 October 2026")
    drive.press(page, "Approve the letter")
    drive.told(page, "The letter is approved")


def the_administrator_lets_it_leave(drive: Drive, page: Page) -> None:
    drive.follow(page, "Administration")
    expect(page.get_by_text("chair@exeter.gov.uk")).to_be_visible()
    page.get_by_role("radio", name="Yes: release sending").check()
    page.get_by_label("Why?").fill("the outbox was looked through")
    drive.press(page, "Switch sending")
    drive.told(page, "Sending is released")


def sees_that_publication_is_awaited(drive: Drive, page: Page) -> None:
    drive.follow(page, "Publication", "QA-2026-0001")
    expect(page.get_by_text("Next reminder: 15 December 2026")).to_be_visible()
