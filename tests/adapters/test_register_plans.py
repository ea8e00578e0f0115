"""What staff open and what the daemon asks every round never reads a whole table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from secretariat.adapters.register import Database
from secretariat.adapters.register.register import Pen
from secretariat.domain.awaited import Awaited
from secretariat.domain.letter import LetterStatus
from secretariat.domain.listing import RegisterQuery
from secretariat.domain.post import PostingStatus
from secretariat.domain.post_in import MailState
from secretariat.domain.review import Status
from tests.builders import CASEWORKER, COUNCIL_ADDRESS, NOW, REFERENCE, TODAY
from tests.register_builders import with_review

Ask = Callable[[Pen], Any]

ASKED: list[Ask] = [
    lambda register: register.page(RegisterQuery()),
    lambda register: register.page(RegisterQuery(sort="-since")),
    lambda register: register.page(RegisterQuery(statuses=(Status.RECEIVED,))),
    lambda register: register.page(RegisterQuery(owner=CASEWORKER)),
    lambda register: register.page(RegisterQuery(facts_missing=True)),
    lambda register: register.page(RegisterQuery(words="anytown maria")),
    lambda register: register.counts(TODAY),
    lambda register: register.review(REFERENCE),
    lambda register: register.reviews(Status.PUBLICATION_AWAITED),
    lambda register: register.reviews_of("anytown"),
    lambda register: register.papers(REFERENCE),
    lambda register: register.papers_like("ab"),
    lambda register: register.papers_fronted("ab"),
    lambda register: register.papers_due(),
    lambda register: register.locked_papers(),
    lambda register: register.matters(),
    lambda register: register.ledger("office"),
    lambda register: register.mails(MailState.HELD),
    lambda register: register.mails_of(REFERENCE),
    lambda register: register.mails_called("<one@anyshire.example>"),
    lambda register: register.mail_at("place"),
    lambda register: register.mails_from(COUNCIL_ADDRESS, NOW),
    lambda register: register.secrets(before=NOW),
    lambda register: register.mail_count(),
    lambda register: register.unread_answers(),
    lambda register: register.postings(PostingStatus.SENDING, PostingStatus.READY),
    lambda register: register.postings_of(REFERENCE),
    lambda register: register.posting_called(("<one@anyshire.example>",)),
    lambda register: register.mails_for(COUNCIL_ADDRESS, TODAY),
    lambda register: register.claim_postings("me", now=NOW, until=NOW, day=TODAY),
    lambda register: register.claim_links("me", now=NOW, until=NOW),
    lambda register: register.notes_of(REFERENCE),
    lambda register: register.notes_at(1),
    lambda register: register.letters(LetterStatus.APPROVED),
    lambda register: register.letters_of(REFERENCE),
    lambda register: register.to_draft(),
    lambda register: register.contact(str(REFERENCE)),
    lambda register: register.contacts_at(COUNCIL_ADDRESS),
    lambda register: register.kept_names(REFERENCE),
    lambda register: register.links_of(REFERENCE),
    lambda register: register.checks_of(REFERENCE),
    lambda register: register.awaited(),
    lambda register: register.awaited(Awaited.TO_LOOK_AT, page=2),
    lambda register: register.awaited(Awaited.SPENT),
    lambda register: register.postings_about((REFERENCE,)),
    lambda register: register.links_about((REFERENCE,)),
    lambda register: register.checks_about((REFERENCE,)),
]
OF_FEW = (
    "mail_answers",
    "mail_secrets",
    "notes_to_draft",
    "paper_due",
    "paper_locked",
    "review_chases_spent",
)
SMALL = (
    "SCAN review_tally",
    "SCAN mail_count",
    "SCAN CONSTANT ROW",
    "SCAN SUBQUERY",
    "SCAN NULL",
    "SCAN ours",
)


@pytest.mark.parametrize("ask", ASKED)
def test_no_question_reads_a_whole_table(register: Database, ask: Ask) -> None:
    with_review(register)
    told: list[tuple[str, Any]] = []
    event.listen(register._pen, "before_cursor_execute", lambda *said: told.append(said[2:4]))
    with register.register() as pen:
        ask(pen)
        asked = [(said, given) for said, given in told if said.startswith(("SELECT", "WITH"))]
        assert asked
        for statement, given in asked:
            plan = pen._session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", given
            )
            steps = [str(step[3]) for step in plan]
            assert [step for step in steps if reads_all(step, statement)] == [], statement


def reads_all(step: str, statement: str) -> bool:
    """Tell whether SQLite goes through a whole table, or through a whole index without a limit."""
    if not step.startswith("SCAN") or step.startswith(SMALL):
        return False
    stops_early = "USING" in step and " LIMIT " in statement.replace("\n", " ")
    return not stops_early and not any(index in step for index in OF_FEW)
