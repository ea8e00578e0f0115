"""Every page in a browser: accessible, quiet, narrow, and of use without JavaScript."""

import pytest
from playwright.sync_api import expect

from secretariat.domain.letter import LetterStatus
from secretariat.domain.post_in import MailCount
from secretariat.domain.staff import Role
from tests.browsers import faults_of
from tests.builders import APPROVER, CASEWORKER, NOW
from tests.web.case import AWAITED, LETTER, LISTED, RECEIVED, the_letter
from tests.web.desk import Desk, an_account
from tests.web.reading_case import AT as READ_AT
from tests.web.reading_case import add_locked, add_read

PAGES = (
    "/",
    "/register",
    "/register?words=nobody",
    "/register/import",
    f"/register/{RECEIVED}",
    READ_AT,
    f"{READ_AT}/facts?fact=author&other=1",
    f"{READ_AT}/papers/3/pages/1",
    f"/register/{RECEIVED}/facts",
    f"/register/{RECEIVED}/partnership",
    f"/register/{RECEIVED}/contact",
    f"/register/{RECEIVED}/put-right",
    f"/register/{RECEIVED}/names",
    f"/register/{LISTED}/names",
    "/held",
    "/held/1",
    "/held/2",
    "/held/1/parts",
    "/held/all/noted",
    "/held/locked",
    f"{READ_AT}/papers/4/open",
    "/held/answers",
    "/held/matters",
    "/held/matters/1",
    "/meetings",
    "/meetings/1",
    "/meetings/1/letters",
    "/letters",
    "/letters/handed-to-me",
    LETTER,
    f"{LETTER}/amend",
    f"{LETTER}/versions",
    "/publication",
    f"/publication/{AWAITED}",
    "/letters/post",
    "/letters/post/ahead",
    "/letters/post/1",
    "/letters/post/2",
    "/administration",
)


@pytest.fixture
def everybody(filled: Desk) -> Desk:
    """An office whose caseworker has every role, to see every form."""
    filled.accounts.save(an_account(CASEWORKER, *Role))
    assert add_read(filled).number == 3
    assert add_locked(filled).number == 4
    filled.names.keep(RECEIVED, "Jane Invented", seen="", by=CASEWORKER)
    with filled.database.register() as register:
        register.save_mail_count(MailCount(NOW, 9, 2, 1, 1, 1, 1, 1, 1, ("1772.M1",), ("1772.M2",)))
    return filled


@pytest.mark.usefixtures("everybody")
def test_every_page_is_accessible_quiet_and_fits_a_phone(open_page) -> None:
    page = open_page("/", signed_in=True)
    faults = {}
    for path in PAGES:
        page.goto(path)
        if found := faults_of(page):
            faults[path] = found
    assert faults == {}


@pytest.mark.usefixtures("everybody")
def test_pages_with_faults_are_accessible_and_lead_to_the_fields(open_page) -> None:
    page = open_page("/held/1", signed_in=True)
    with page.expect_navigation():
        page.get_by_role("button", name="Say so").click()
    assert faults_of(page) == []
    page.get_by_role("link", name="Choose what this mail is").click()
    expect(page.get_by_role("radio", name="A new submission")).to_be_focused()
    expect(page.get_by_role("group", name="What is this mail?")).to_be_visible()


def test_a_letter_is_amended_confirmed_and_approved_without_javascript(
    open_page, filled: Desk
) -> None:
    page = open_page(f"{LETTER}/amend", signed_in=True, java_script_enabled=False)
    page.get_by_label("Paragraph 1").fill("The Panel thanks the partnership.")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_role("region", name="Preview of the letter")).to_contain_text(
        "The Panel thanks the partnership."
    )
    for box in page.get_by_role("group", name="I have looked at").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Confirm the chosen facts").click()
    expect(page.get_by_text("somebody else must approve it")).to_be_visible()
    other = open_page(LETTER, signed_in=APPROVER, java_script_enabled=False)
    other.get_by_role("button", name="Approve the letter").click()
    expect(other.get_by_text("The letter is approved")).to_be_visible()
    assert the_letter(filled).status is LetterStatus.APPROVED


@pytest.mark.usefixtures("filled")
def test_two_who_amend_at_once_see_each_others_words(open_page) -> None:
    mine = open_page(f"{LETTER}/amend", signed_in=True)
    theirs = open_page(f"{LETTER}/amend", signed_in=APPROVER)
    theirs.get_by_label("Paragraph 1").fill("Their words.")
    theirs.get_by_role("button", name="Save as a new version").click()
    mine.get_by_label("Paragraph 1").fill("My words.")
    mine.get_by_role("button", name="Save as a new version").click()
    expect(mine.get_by_role("alert")).to_contain_text("Somebody else saved this letter first")
    expect(mine.get_by_label("Paragraph 1")).to_have_value("My words.")
    expect(mine.get_by_role("region", name="Preview of the letter")).to_contain_text("Their words.")
    assert faults_of(mine) == []


@pytest.mark.usefixtures("filled")
def test_the_register_is_searched_with_the_keyboard_alone(open_page) -> None:
    page = open_page("/register", signed_in=True)
    page.get_by_label("Search").press_sequentially("QA-2026-0004")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Showing 1 to 1 of 1 review")
    page.get_by_role("link", name="QA-2026-0004").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("QA-2026-0004")
