"""Registers of many invented reviews, in seconds: a few written by the pen, the rest their copies.

Each status has one review with all that belongs to it (mail, paper, notes, letter, mail of ours,
link, check and ledger); SQL copies the rows under other references and partnerships.  The
copied ledgers are as long as true ones, but their hashes are those of the first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database, migrate, open_database
from secretariat.adapters.register.register import Pen
from secretariat.domain.letter import Letter, LetterStatus
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.publication import LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOW,
    TODAY,
    a_check,
    a_letter_to_approve,
    a_link,
    a_mail,
    a_meeting,
    a_paper,
    a_posting,
    a_review,
    an_act,
    some_notes,
)

OPEN: Final[Mapping[Status, int]] = {
    Status.RECEIVED: 8,
    Status.WITH_PANEL: 8,
    Status.CONSIDERED: 4,
    Status.RESUBMISSION_AWAITED: 5,
    Status.PUBLICATION_AWAITED: 25,
}
ENDED: Final = (*(Status.PUBLISHED,) * 16, Status.NOT_FOR_PUBLICATION, Status.WITHDRAWN)
RARE: Final = (Status.MERGED, Status.UNDONE)
TEMPLATE_YEAR: Final = 2010
YEARS: Final = range(2011, 2026)
FIRST: Final = (
    "Ashel",
    "Brin",
    "Corfe",
    "Dunna",
    "Elver",
    "Fosse",
    "Garra",
    "Holm",
    "Inker",
    "Jarro",
)
MIDDLE: Final = ("ba", "de", "li", "mo", "nu", "ra")
LAST: Final = ("bourne", "combe", "ford", "leigh", "wick")
TOWNS: Final = tuple(f"{a}{b}{c}" for a in FIRST for b in MIDDLE for c in LAST)
LETTER_SENT: Final = NOW - timedelta(days=10)
STRIDE: Final = 100
# Where a table says which review a row is of, and which of its numbers are the row's own.
TABLES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "review": ("reference", ()),
    "review_csp": ("reference", ()),
    "mail_review": ("reference", ("mail",)),
    "paper": ("reference", ("number", "mail")),
    "notes": ("reference", ("number",)),
    "letter": ("reference", ()),
    "letter_hand": ("reference", ()),
    "posting_review": ("reference", ("posting",)),
    "link": ("reference", ("number", "mail")),
    "link_check": ("reference", ("number", "link")),
    "ledger": ("stream", ()),
}
OTHERWISE: Final[Mapping[str, str]] = {
    "ordinal": "seed.ordinal",
    "csp_id": "lower(seed.place)",
    # The template's words are "qa-2010-0001", "2010-0001" and "0001", and so are the copy's.
    "word": """CASE WHEN old.word = 'anytown' THEN lower(seed.place)
        WHEN lower(seed.template) LIKE '%' || old.word
        THEN lower(substr(seed.reference, 1 + length(seed.template) - length(old.word)))
        ELSE old.word END""",
}
LISTED: Final = {"mail": ("mail_review", "mail"), "posting": ("posting_review", "posting")}


def a_register_of(
    folder: Path, reviews: int, *, under_way: Mapping[Status, int] = OPEN
) -> Database:
    """Return a register on SQLite with this many reviews, all but those under way ended."""
    folder.mkdir(parents=True)
    path = folder / "register.sqlite"
    migrate(f"sqlite:///{path}")
    database = open_database(f"sqlite:///{path}", clock=StoppedClock(NOW))
    templates = {status: _template(database, count) for count, status in enumerate(Status, 1)}
    database.close()
    _copy(path, templates, list(_statuses(reviews - len(templates), under_way)))
    return database


def _statuses(reviews: int, under_way: Mapping[Status, int]) -> Iterator[Status]:
    """Yield the statuses of the copies; the templates are the first of each."""
    left = [status for status, count in under_way.items() for _ in range(count - 1)]
    yield from left
    for count in range(reviews - len(left)):
        yield RARE[count // 400 % 2] if count % 400 == 399 else ENDED[count % len(ENDED)]


def _template(database: Database, count: int) -> Reference:
    """Register one review that stands at the `count`th status, with all that belongs to it."""
    status, reference = list(Status)[count - 1], Reference(TEMPLATE_YEAR, count)
    told = f"{reference}@anytown.example"
    with database.register() as pen:
        meeting = pen.add_meeting(a_meeting(), an_act()).number
        review = a_review(reference=reference, status=status, outcome=Outcome.PUBLISH)
        owner = CASEWORKER if count % 2 else ""
        facts = review.facts if count % 2 else replace(review.facts, chair=None)
        review = replace(review, meeting=meeting, owner=owner, facts=facts)
        pen.add_review(review, an_act())
        mail = a_mail(place=told, message_id=f"<{told}>", references=(reference,))
        number = pen.add_mail(mail, an_act()).number
        pen.add_paper(a_paper(reference=reference, mail=number), an_act())
        if status is not Status.RECEIVED and status is not Status.WITH_PANEL:
            pen.add_notes(some_notes(reference=reference, meeting=meeting), an_act())
            _send_letter(pen, _letter(reference, meeting))
        if status is Status.PUBLISHED:
            link = a_link(reference=reference, status=LinkStatus.CHECKED)
            added = pen.add_link(link, an_act())
            assert added
            pen.add_check(a_check(reference=reference, link=added.number), an_act())
        pen.save_review(replace(review), an_act(why="it moved"))
    return reference


def _letter(reference: Reference, meeting: int) -> Letter:
    return a_letter_to_approve(
        reference=reference,
        meeting=meeting,
        status=LetterStatus.SENT,
        approved_by=APPROVER,
        approved_at=LETTER_SENT,
        sent_at=LETTER_SENT,
        message_id=f"<letter-{reference}@secretariat.example>",
    )


def _send_letter(pen: Pen, letter: Letter) -> None:
    pen.add_letter(letter, an_act())
    kinds = (PostingKind.ACKNOWLEDGEMENT, PostingKind.LETTER, PostingKind.COPY)
    for kind in kinds:
        posting = a_posting(
            kind=kind,
            references=(letter.reference,),
            message_id=f"<{kind.name}-{letter.reference}@secretariat.example>",
            status=PostingStatus.SENT,
            sent_at=LETTER_SENT,
            leave_on=LETTER_SENT.date(),
        )
        pen.add_posting(posting, an_act())


def _copy(path: Path, templates: Mapping[Status, Reference], statuses: list[Status]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(
        "CREATE TEMP TABLE seed (template TEXT, first INT, reference TEXT, ordinal INT,"
        " place TEXT, since TEXT, shift INT)"
    )
    rows = (_seed(count, templates[status]) for count, status in enumerate(statuses, start=1))
    connection.executemany("INSERT INTO seed VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX temp.seed_by_template ON seed (template)")
    for table, (column, own) in TABLES.items():
        _copy_rows(connection, table, f"old.{column} = seed.template", own)
    _copy_rows(connection, "review_word", "old.ordinal = seed.first", ())
    for table, (between, key) in LISTED.items():
        about = f"(SELECT reference FROM {between} WHERE {key} = old.number)"
        _copy_rows(connection, table, f"seed.template = {about}", ("number",))
    connection.commit()
    connection.close()


def _seed(count: int, template: Reference) -> tuple[object, ...]:
    reference = Reference(YEARS[count % len(YEARS)], 1 + count // len(YEARS))
    first, ordinal = (one.year * 1_000_000 + one.number for one in (template, reference))
    town = TOWNS[count * 7 % len(TOWNS)]
    since = (TODAY - timedelta(days=20 + count % 4000)).isoformat()
    return str(template), first, str(reference), ordinal, town, since, count * STRIDE


def _copy_rows(connection: sqlite3.Connection, table: str, of: str, shifted: Iterable[str]) -> None:
    """Copy a table's rows of each template to every review that is made after it."""
    columns = list(connection.execute(f"PRAGMA table_info({table})"))
    wanted = [_expression(table, name, kind, shifted) for _, name, kind, *_ in columns]
    names = ", ".join(f'"{name}"' for _, name, *_ in columns)
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(wanted)} FROM {table} AS old, seed"
        f" WHERE {of}"
    )


def _expression(table: str, name: str, kind: str, shifted: Iterable[str]) -> str:
    column = f'old."{name}"'
    if name in shifted:
        return f"{column} + seed.shift"
    if name in OTHERWISE:
        return OTHERWISE[name]
    if table == "review" and name in ("since", "received_on"):
        return "seed.since"
    if kind.partition("(")[0] in ("TEXT", "VARCHAR", "JSON"):
        named = f"replace({column}, seed.template, seed.reference)"
        return f"replace({named}, 'Anytown', seed.place)"
    return column
