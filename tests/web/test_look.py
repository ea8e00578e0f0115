from datetime import UTC, date, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from secretariat.domain.written import counted, in_full
from secretariat.web.look import moment
from tests.browsers import RULES, sign_in
from tests.builders import CASEWORKER
from tests.web.desk import PASSWORD, an_account


def accessible(page) -> None:
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 6, 4, 8, 32, tzinfo=UTC), "4 June 2026 at 9:32am"),
        (datetime(2026, 1, 4, 0, 5), "4 January 2026 at 12:05am"),
        (datetime(2026, 1, 31, 12, 0, tzinfo=UTC), "31 January 2026 at midday"),
        (datetime(2026, 1, 31, 0, 0, tzinfo=UTC), "31 January 2026 at midnight"),
        (datetime(2026, 1, 31, 11, 0, tzinfo=UTC), "31 January 2026 at 11am"),
        (datetime(2026, 1, 31, 12, 1, tzinfo=UTC), "31 January 2026 at 12:01pm"),
        (datetime(2026, 6, 30, 13, 0, tzinfo=UTC), "30 June 2026 at 2pm"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026 at 12:30am"),
    ],
)
def test_moments_are_written_in_london_time(at: datetime, written: str) -> None:
    assert moment(at) == written


def test_days_are_written_without_zeros() -> None:
    assert in_full(date(2026, 3, 3)) == "3 March 2026"


def test_one_is_not_many() -> None:
    assert counted(1, "copy", "copies") == "1 copy"
    assert [counted(number, "point") for number in (0, 1, 2)] == ["0 points", "1 point", "2 points"]


@pytest.mark.parametrize("path", ["/", "/change-password", "/accessibility", "/no/such/page"])
def test_pages_are_accessible_and_the_browser_has_nothing_to_complain_of(open_page, path) -> None:
    page = open_page(path, signed_in=True)
    accessible(page)
    assert page.told == []


def test_the_sign_in_page_is_accessible_with_and_without_faults(open_page) -> None:
    page = open_page("/sign-in")
    accessible(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your email address")
    accessible(page)
    page.get_by_role("link", name="Enter your email address").click()
    expect(page.get_by_label("Email address")).to_be_focused()
    assert page.told == []


def test_axe_would_tell_of_a_fault(open_page) -> None:
    page = open_page("/sign-in")
    page.evaluate("document.querySelector('label').remove()")
    assert Axe().run(page, options=RULES).violations_count > 0


def test_an_inline_script_of_somebody_else_is_blocked_and_told(open_page) -> None:
    page = open_page("/sign-in")
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.evil = 1';"
        " document.body.append(s)"
    )
    assert page.evaluate("window.evil") is None
    assert any("Content Security Policy" in line for line in page.told)


def test_a_first_sign_in_changes_the_password_without_javascript(open_page, desk) -> None:
    desk.accounts.save(an_account(must_change=True))
    page = open_page("/sign-in", java_script_enabled=False)
    sign_in(page, CASEWORKER, PASSWORD)
    page.get_by_label("One-time password", exact=True).fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("a quiet yellow bicycle")
    page.get_by_label("New password again", exact=True).fill("a quiet yellow bicycle")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")


def test_a_narrow_screen_needs_no_sideways_scrolling(open_page) -> None:
    page = open_page("/", signed_in=True, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_secondary_button_can_be_seen_on_the_grey_page(open_page) -> None:
    page = open_page("/sign-in")
    shadow = page.get_by_role("button", name="Show password").evaluate(
        "button => getComputedStyle(button).boxShadow"
    )
    assert "rgb(11, 12, 12)" in shadow


def test_the_pages_bring_their_own_typeface(open_page) -> None:
    page = open_page("/sign-in")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Roboto'))")
    assert "Roboto" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
