"""A review with papers that were read in depth, for the tests of the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.post_in import Due, MailKind, MailState, Paper
from secretariat.domain.reference import Reference
from tests.builders import a_mail, a_paper, a_review, some_facts
from tests.papers_builders import a_pdf
from tests.web.desk import Desk

READ = Reference(2026, 9)
AT = f"/register/{READ}"
FRONT = (
    "Anytown Community Safety Partnership",
    "Domestic Homicide Review",
    "Overview Report into the death of Maria",
    "Report Author: Dr A. Writer MBE",
    "Author: B. Other",
)
REPORT = a_pdf(FRONT, ("The second page.",))
FOUND = (
    Found("csp", FRONT[0], FRONT[0], 1, 1),
    Found("pseudonyms", "Maria", "Maria", 1, 3),
    Found("chair", "C. Chair", "<b>C. Chair</b>", 1, 4, Sureness.LIKELY, "Dr", "MBE"),
    Found("author", None, FRONT[3], 1, 4, Sureness.IN_DOUBT, others=("Dr A. Writer", "B. Other")),
    Found("date_of_death", "2023-04-07", "7 April 2023", 1, 5, others=("2023-05", "2022")),
    Found("local_reference", "DHR16", "", 0, 0),
    Found("marking", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE", 1, 9),
)
FLAGS = (
    Flag(FlagKind.COMMENTS, "It holds <i>comments</i>", 12),
    Flag(FlagKind.UNDER_BLACK_BOXES, "Words can be copied from under black boxes", 1, (2,)),
)


def add_read(desk: Desk, **said: Any) -> Paper:
    """Add QA-2026-0009 with a report read in depth, a locked plan, and a colleague who is away."""
    facts = some_facts(
        author=None, date_of_death="2023-04-07", version="Final", councils=("A", "B")
    )
    desk.add("review", a_review(reference=READ, facts=facts))
    report = a_paper(
        reference=READ,
        name="<b>report</b>\u202efdp.exe",
        sha256=desk.vault.keep(REPORT),
        pages=2,
        found=FOUND,
        flags=FLAGS,
        due=Due.RECOGNITION,
    )
    added: Paper = desk.add("paper", replace(report, **said))
    away = a_mail(
        place="away",
        message_id="<away@anyshire.example>",
        kind=MailKind.AUTOMATIC_REPLY,
        state=MailState.JOINED,
        references=(READ,),
        returns_on=date(2026, 12, 7),
        colleague="kim@anyshire.example",
    )
    desk.add("mail", away)
    return added


def add_locked(desk: Desk, password: str = "spring lambs", **said: Any) -> Paper:
    """Add a plan that waits for its password to QA-2026-0009."""
    content = a_pdf(("Action Plan", "into the death of Maria"), password=password)
    plain = a_paper(
        reference=READ,
        name="plan.pdf",
        sha256=desk.vault.keep(content),
        kind=PaperKind.OTHER,
        reading=ReadingStatus.LOCKED,
        pages=None,
        text="",
    )
    added: Paper = desk.add("paper", replace(plain, **said))
    return added
