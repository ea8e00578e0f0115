"""What the staff of a real office do in a browser, one method for each thing that they say."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from mailbox import Maildir
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, expect

from secretariat.adapters.clock import StoppedClock
from secretariat.cli.demo import papers
from secretariat.cli.demo.cases import EXETER, ROBIN, WREN
from secretariat.cli.demo.mails import HOUSE, Written, council_mail, out_of_office
from secretariat.cli.demo.papers import PDF_TYPE, Sheet
from secretariat.cli.demo.telling import SETTINGS
from secretariat.cli.running import server_of
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import Letter
from secretariat.domain.post_in import Due
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Role
from secretariat.office.office import Office
from secretariat.office.opening import open_office, settings_at
from secretariat.office.starting import start_office
from tests.browsers import faults_of, listen, sign_in
from tests.papers_builders import a_pdf

ADMINISTRATOR: Final = f"ada.invented@{HOUSE}"
CASEWORKER: Final = f"casey.invented@{HOUSE}"
APPROVER: Final = f"avery.invented@{HOUSE}"
PLANS_PASSWORD: Final = "spring lambs"
OWN_PASSWORD: Final = "seven quiet yellow bicycles"
MORNING: Final = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)
COMMISSIONER: Final = "office@invented-pcc.example"
NOTES: Final = """\
# {reference}
## Conclusion
The Panel felt that this was a careful report.
## Points
- Say in which year each event was.
- Name the agencies that were asked.
## Outcome
Publish after changes
## Resubmission
no
"""


@dataclass
class Drive:
    """An office that is served, and a browser context for each person who uses it.

    faults: what axe, the console and a phone said, by the page's address
    """

    office: Office
    passwords: dict[str, str]
    browser: Browser
    address: str
    javascript: bool
    contexts: ExitStack
    faults: dict[str, list[str]] = field(default_factory=dict)

    def person(self, email: str) -> Page:
        """Sign somebody in for the first time: they choose a password of their own."""
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=self.javascript
        )
        self.contexts.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(8000)
        listen(page)
        sign_in(page, email, self.passwords[email])
        self.look(page)
        page.get_by_label("One-time password", exact=True).fill(self.passwords[email])
        page.get_by_label("New password", exact=True).fill(OWN_PASSWORD)
        page.get_by_label("New password again", exact=True).fill(OWN_PASSWORD)
        self.press(page, "Change password")
        return page

    def look(self, page: Page) -> None:
        """Note what is wrong with a page; without JavaScript axe cannot look."""
        if self.javascript and (found := faults_of(page)):
            self.faults[page.url.removeprefix(self.address)] = found

    def press(self, page: Page, button: str) -> None:
        """Press a button and look at the page that it leads to."""
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()
        self.look(page)

    def follow(self, page: Page, *links: str) -> None:
        """Follow links, one after the other, each by what it says."""
        for link in links:
            with page.expect_navigation():
                page.get_by_role("link", name=link, exact=True).first.click()
        self.look(page)

    def told(self, page: Page, words: str) -> None:
        """Expect the green banner to say so."""
        expect(page.get_by_role("alert")).to_contain_text(words)

    def round(self, stage: str) -> None:
        """Let one stage of the daemon work once."""
        assert self.office.round()[stage]().stuck == ()

    def letter(self) -> Letter:
        """Return the one letter of the one review."""
        with self.office.open_reading() as reading:
            return reading.letter(Reference(MORNING.year, 1), 1)


@contextmanager
def a_drive(folder: Path, browser: Browser, *, javascript: bool) -> Iterator[Drive]:
    """Open a new office in `folder`, serve its pages and yield the drive."""
    started = start_office(folder, ADMINISTRATOR, {})
    started.config.write_text(SETTINGS, encoding="utf-8")
    settings = settings_at(started.config, {"SECRETARIAT_SECRET_KEY": "ab" * 32})
    office = open_office(settings, clock=StoppedClock(MORNING))
    passwords = {ADMINISTRATOR: started.password}
    for email, name, role in (
        (CASEWORKER, "Casey Invented", Role.CASEWORKER),
        (APPROVER, "Avery Invented", Role.APPROVER),
    ):
        passwords[email] = office.staff.add(email, name, (role,))
    server: Any = server_of(office, "127.0.0.1", 0)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    with ExitStack() as contexts:
        address = f"http://127.0.0.1:{server.effective_port}"
        try:
            yield Drive(office, passwords, browser, address, javascript, contexts)
        finally:
            contexts.close()
            server.close()
            serving.join(timeout=5)
            office.close()


def deliver(office: Office) -> None:
    """Put a report into the mailbox whose cover names no partnership and whose sender is away."""
    report = papers.overview(replace(ROBIN, order="bare"))
    written = Written(
        EXETER.sender,
        "Automatic reply: our Domestic Homicide Review",
        "Please find attached our report for quality assurance. I am away until Monday.",
        MORNING,
        "<robin@exeter.gov.uk>",
        (report,),
    )
    Maildir(office.settings.mailbox.in_folder).add(out_of_office(written))


def deliver_two_reviews(office: Office) -> None:
    """Put one mail into the mailbox that brings the reports of two reviews."""
    sheets = (papers.overview(ROBIN), papers.overview(WREN, named="Second report.pdf"))
    written = Written(
        EXETER.sender,
        "Two Domestic Homicide Reviews",
        "Please find attached two reports for quality assurance.",
        MORNING,
        "<two@exeter.gov.uk>",
        sheets,
    )
    Maildir(office.settings.mailbox.in_folder).add(council_mail(written))


def deliver_locked(office: Office) -> None:
    """Put a mail into the mailbox with a report that names two authors, and a locked plan."""
    front = (
        "Exeter Community Safety Partnership",
        "Domestic Homicide Review",
        "Overview Report into the death of Robin",
        "Died in April 2023",
        "Report Author: Avis Specimen",
        "Author: Bea Sample",
    )
    report = a_pdf(front, ("The second page.",) * 9)
    plan = a_pdf(("Action Plan",), ("Recommendation and action.",) * 9, password=PLANS_PASSWORD)
    written = Written(
        EXETER.sender,
        "Domestic Homicide Review for quality assurance",
        "Please find attached our report for quality assurance; we telephone the password.",
        MORNING,
        "<locked@exeter.gov.uk>",
        (
            Sheet("Overview report.pdf", PDF_TYPE, report),
            Sheet("Plan.pdf", PDF_TYPE, plan),
        ),
    )
    Maildir(office.settings.mailbox.in_folder).add(council_mail(written))


def read_to_the_end(office: Office) -> None:
    """Let the reading room read the first paper of the first review, whatever is due on it."""
    with office.database.register() as register:
        (first, *_) = register.papers(Reference(MORNING.year, 1))
        told = Act(SYSTEM, Event.PAPER_READ, "to be read again")
        register.save_paper(replace(first, due=Due.READING), told)
    assert office.round()["reading"]().stuck == ()


def papers_that_left(office: Office) -> dict[str, set[str]]:
    """Return the SHA-256 of the papers in the outbox, by the address that they went to."""
    left: dict[str, set[str]] = {}
    for mail in Maildir(office.settings.mailbox.outbox_folder, create=False):
        read = BytesParser(policy=policy.default).parsebytes(mail.as_bytes())
        hashes = {
            hashlib.sha256(part.get_content()).hexdigest() for part in read.iter_attachments()
        }
        left[str(read["To"])] = hashes
    return left


def written_reference(page: Page) -> str:
    """Return the reference that the page's heading bears."""
    found = re.search(r"QA-\d{4}-\d{4}", page.get_by_role("heading", level=1).inner_text())
    assert found
    return found[0]
