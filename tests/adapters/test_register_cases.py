"""Reviews, papers, matters and the ledger: the register's contract, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError, StatementError

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database
from secretariat.adapters.register.engine import place_of
from secretariat.domain.errors import NotFound, StaleVersion
from secretariat.domain.ledger import OFFICE, Event, broken_at
from secretariat.domain.listing import RegisterQuery
from secretariat.domain.papers import Facts
from secretariat.domain.reference import Reference
from secretariat.domain.review import (
    MatterKind,
    MatterStatus,
    Outcome,
    Parties,
    Pause,
    Status,
    Step,
    move,
)
from tests.builders import (
    CASEWORKER,
    CSP_ID,
    REFERENCE,
    SHA,
    TODAY,
    a_mail,
    a_matter,
    a_meeting,
    a_paper,
    a_parties,
    a_review,
    an_act,
    some_facts,
)
from tests.register_builders import with_review, with_reviews

OTHER = Reference(2026, 2)


def test_a_review_comes_back_as_it_was_registered(database: Database) -> None:
    whole = a_review(
        facts=Facts(pseudonyms=("Maria", "Baby ‘J’")),
        outcome=Outcome.PUBLISH_AFTER_CHANGES,
        pause=Pause("inquest", date(2026, 9, 1)),
        merged_into=REFERENCE,
        quiet=True,
        owner=CASEWORKER,
    )
    with database.register() as register:
        register.add_review(whole, an_act())
    with database.reading() as reading:
        assert reading.review(REFERENCE) == whole


def test_a_review_that_nobody_registered_is_not_found(database: Database) -> None:
    with database.reading() as reading, pytest.raises(NotFound, match="QA-2026-0001"):
        reading.review(REFERENCE)


def test_of_two_readers_only_the_first_saves(open_another: Callable[[], Database]) -> None:
    one, two = open_another(), open_another()
    with_review(one)
    with one.reading() as mine, two.reading() as theirs:
        first, second = mine.review(REFERENCE), theirs.review(REFERENCE)
    with one.register() as register:
        saved = register.save_review(replace(first, owner=CASEWORKER), an_act())
    assert saved.version == 1
    with pytest.raises(StaleVersion), two.register() as register:
        register.save_review(replace(second, owner="kim@homeoffice.example"), an_act())
    with two.reading() as reading:
        assert reading.review(REFERENCE).owner == CASEWORKER
        assert len(reading.ledger(str(REFERENCE))) == 2


def test_what_fails_midway_leaves_nothing_behind(database: Database) -> None:
    def fail_midway() -> None:
        with database.register() as register:
            register.add_review(a_review(), an_act())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_midway()
    with database.reading() as reading:
        assert reading.ledger(str(REFERENCE)) == ()
        assert reading.page(RegisterQuery()).total == 0


def test_a_reference_is_given_once_however_many_ask(open_another: Callable[[], Database]) -> None:
    offices = [open_another() for _ in range(4)]

    def ask(office: Database) -> list[Reference]:
        given = []
        for _ in range(5):
            with office.register() as register:
                given.append(register.next_reference(2026))
        return given

    with ThreadPoolExecutor(4) as pool:
        given = [one for many in pool.map(ask, offices) for one in many]
    assert sorted(given) == [Reference(2026, number) for number in range(1, 21)]


def test_a_reference_taken_by_hand_is_not_given_again(database: Database) -> None:
    with_review(database, reference=Reference(2026, 41))
    with database.register() as register:
        assert register.next_reference(2026) == Reference(2026, 42)
        assert register.next_reference(2027) == Reference(2027, 1)
    with pytest.raises(StaleVersion):
        with_review(database, reference=Reference(2026, 41))


def test_reviews_at_a_status_come_the_oldest_first(database: Database) -> None:
    with_reviews(database, [3, 1, 2])
    with_reviews(database, [4], status=Status.PUBLISHED)
    with database.reading() as reading:
        assert [one.reference.number for one in reading.reviews(Status.RECEIVED)] == [1, 2, 3]
        assert len(reading.reviews(Status.RECEIVED, limit=2)) == 2


def test_a_joint_review_is_found_under_each_partnership(database: Database) -> None:
    with_review(database, parties=a_parties(csp_ids=(CSP_ID, "otherton")))
    with_review(database, reference=OTHER)
    with database.register() as register:
        assert [one.reference for one in register.reviews_of(CSP_ID)] == [OTHER, REFERENCE]
        moved = replace(register.review(REFERENCE), parties=a_parties(csp_ids=("otherton",)))
        register.save_review(moved, an_act())
        assert [one.reference for one in register.reviews_of(CSP_ID)] == [OTHER]
        assert [one.reference for one in register.reviews_of("otherton")] == [REFERENCE]


def test_papers_stay_in_the_order_they_came_and_are_found_by_their_bytes(
    database: Database,
) -> None:
    with_reviews(database, [1, 2])
    with database.register() as register:
        first = register.add_paper(a_paper(warnings=("no text on page 3",)), an_act())
        second = register.add_paper(a_paper(reference=OTHER), an_act())
        assert register.papers(REFERENCE) == (first,)
        assert register.papers_like(SHA) == (first, second)
        register.save_paper(replace(second, reference=REFERENCE, set_aside=True), an_act())
        assert [paper.set_aside for paper in register.papers(REFERENCE)] == [False, True]


def test_a_paper_that_was_never_added_cannot_be_saved(database: Database) -> None:
    with_review(database)
    with database.register() as register, pytest.raises(NotFound):
        register.save_paper(a_paper(number=7), an_act())


def test_matters_are_listed_while_they_are_open(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        decision = register.add_matter(a_matter(), an_act())
        asked = a_matter(kind=MatterKind.REQUEST_TO_EXPLAIN, reference=REFERENCE)
        request = register.add_matter(asked, an_act(what=Event.MATTER_OPENED))
        assert register.matters() == (decision, request)
        answered = register.save_matter(
            replace(decision, status=MatterStatus.ANSWERED), an_act(what=Event.MATTER_CHANGED)
        )
        assert register.matters() == (request,)
        assert register.matters(open_only=False) == (answered, request)
        assert [one.what for one in register.ledger(OFFICE)] == [
            Event.REGISTERED,
            Event.MATTER_CHANGED,
        ]
        assert register.ledger(str(REFERENCE))[-1].what is Event.MATTER_OPENED


def test_a_stale_matter_is_refused(database: Database) -> None:
    with database.register() as register:
        matter = register.add_matter(a_matter(), an_act())
        register.save_matter(matter, an_act())
        with pytest.raises(StaleVersion):
            register.save_matter(matter, an_act())


def test_the_ledger_is_chained_and_keeps_wording_apart(
    database: Database, clock: StoppedClock
) -> None:
    with_review(database)
    with database.register() as register:
        for why in ("one", "two"):
            register.write(str(REFERENCE), an_act(why=why, wording=f"Ms {why} said so"))
        entries = register.ledger(str(REFERENCE))
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.wording for entry in entries] == ["", "Ms one said so", "Ms two said so"]
    assert entries[0].at == clock.now()
    assert broken_at(entries) is None


def test_wording_can_be_purged_and_the_chain_still_fits(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        told = register.write(str(REFERENCE), an_act(wording="Ms Example said so"))
        register.purge(str(REFERENCE), told.number, an_act(why="wording purged"))
    with database.reading() as reading:
        entries = reading.ledger(str(REFERENCE))
    assert entries[1].wording is None
    assert entries[1].wording_hash == told.wording_hash
    assert broken_at(entries) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET why = 'otherwise'",
        "DELETE FROM ledger",
        "UPDATE ledger_wording SET wording = 'otherwise'",
        "INSERT INTO ledger SELECT * FROM ledger",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(
    database: Database, url: str, statement: str
) -> None:
    with database.register() as register:
        register.write(OFFICE, an_act(wording="as it was"))
    engine = create_engine(place_of(url))
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_sqlite_refuses_to_replace_a_line_of_the_ledger(register: Database) -> None:
    with register.register() as pen:
        pen.write(OFFICE, an_act())
    engine = create_engine(register.url)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("INSERT OR REPLACE INTO ledger SELECT * FROM ledger"))
    engine.dispose()


def test_two_offices_that_write_one_stream_keep_one_chain(
    open_another: Callable[[], Database],
) -> None:
    offices = [open_another() for _ in range(4)]

    def tell(office: Database) -> None:
        for _ in range(5):
            with office.register() as register:
                register.write(OFFICE, an_act())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell, offices))
    with offices[0].reading() as reading:
        assert len(reading.ledger(OFFICE)) == 20
        assert broken_at(reading.ledger(OFFICE)) is None


def test_streams_are_named_once_each(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        register.write(OFFICE, an_act())
        assert register.streams() == (str(REFERENCE), OFFICE)


def test_the_register_page_searches_all_words_in_any_case(database: Database) -> None:
    with_review(database)
    with_review(database, reference=OTHER, facts=some_facts(pseudonyms=("John",)))
    with database.reading() as reading:
        assert reading.page(RegisterQuery(words="ANYTOWN maria")).total == 1
        assert reading.page(RegisterQuery(words="dhr15")).total == 2
        assert reading.page(RegisterQuery(words="2026-0002 john")).rows[0].reference == OTHER
        assert reading.page(RegisterQuery(words="100% maria")).total == 0
        assert reading.page(RegisterQuery(words="qa_2026")).total == 0
        assert reading.page(RegisterQuery(words="anyt 0001 commun")).total == 1


def test_a_review_is_found_by_what_it_is_called_now(database: Database) -> None:
    review = with_review(database, facts=some_facts(pseudonyms=("'Maria' O’Example",)))
    with database.register() as register:
        assert register.page(RegisterQuery(words="maria example")).total == 1
        renamed = replace(review, facts=some_facts(pseudonyms=("Zoë",)))
        register.save_review(renamed, an_act())
    with database.reading() as reading:
        assert reading.page(RegisterQuery(words="maria")).total == 0
        assert reading.page(RegisterQuery(words="ZOË")).total == 1


def test_the_register_page_filters_counts_and_turns(database: Database) -> None:
    with_reviews(database, range(1, 31))
    with_reviews(database, [40], status=Status.PUBLISHED, owner=CASEWORKER)
    with_reviews(database, [41], facts=Facts(), parties=Parties())
    with database.reading() as reading:
        first = reading.page(RegisterQuery())
        assert (first.total, first.pages, len(first.rows)) == (32, 2, 25)
        assert first.rows[0].reference == Reference(2026, 41)
        last = reading.page(RegisterQuery(page=2, sort="reference"))
        assert last.rows[-1].reference == Reference(2026, 41)
        published = reading.page(RegisterQuery(statuses=(Status.PUBLISHED,)))
        assert (published.total, len(published.rows)) == (1, 1)
        assert reading.page(RegisterQuery(owner=CASEWORKER)).total == 1
        wanting = reading.page(RegisterQuery(facts_missing=True))
        assert [row.reference.number for row in wanting.rows] == [41]
        assert wanting.total == 1


def test_the_register_page_can_be_sorted_by_the_day_of_the_status(database: Database) -> None:
    with_review(database, since=date(2026, 3, 9))
    with_review(database, reference=OTHER, since=date(2026, 3, 1))
    with database.reading() as reading:
        since = [row.since.day for row in reading.page(RegisterQuery(sort="since")).rows]
        latest = [row.since.day for row in reading.page(RegisterQuery(sort="-since")).rows]
    assert (since, latest) == ([1, 9], [9, 1])


def test_five_figures_of_a_year_are_sorted_as_numbers(database: Database) -> None:
    with_reviews(database, [9999, 10000])
    with database.reading() as reading:
        rows = reading.page(RegisterQuery(sort="reference")).rows
    assert [row.reference.number for row in rows] == [9999, 10000]


def test_the_home_page_counts_what_waits(database: Database) -> None:
    with_reviews(database, [1, 2])
    with database.register() as register:
        cleared = replace(register.review(REFERENCE), status=Status.PUBLICATION_AWAITED)
        register.save_review(cleared, an_act())
        register.write(str(REFERENCE), an_act(what=Event.CHASE_SPENT))
        register.add_mail(a_mail(unread_answer=True), an_act())
        register.add_matter(a_matter(), an_act())
    with database.reading() as reading:
        counts = reading.counts(TODAY)
    assert dict(counts.by_status)[Status.RECEIVED] == 1
    assert dict(counts.by_status)[Status.PUBLICATION_AWAITED] == 1
    assert dict(counts.by_status)[Status.PUBLISHED] == 0
    assert (counts.chase_spent, counts.answers, counts.matters_open) == (1, 1, 1)
    assert (counts.held, counts.facts_missing) == (0, 0)


def test_a_spent_chase_counts_until_it_is_resumed_or_the_review_moves(
    database: Database,
) -> None:
    with_review(database, status=Status.PUBLICATION_AWAITED)
    with database.register() as register:
        register.write(str(REFERENCE), an_act(what=Event.CHASE_SPENT))
        same = register.save_review(register.review(REFERENCE), an_act())
        assert register.counts(TODAY).chase_spent == 1
        register.write(str(REFERENCE), an_act(what=Event.CHASE_RESUMED))
        assert register.counts(TODAY).chase_spent == 0
        register.write(str(REFERENCE), an_act(what=Event.CHASE_SPENT))
        register.save_review(move(same, Step.PUBLISH, on=TODAY), an_act())
        assert register.counts(TODAY).chase_spent == 0


def test_facts_are_missed_only_while_the_review_is_open(database: Database) -> None:
    with_review(database, facts=some_facts(chair=None))
    with database.register() as register:
        assert register.counts(TODAY).facts_missing == 1
        closed = replace(register.review(REFERENCE), status=Status.WITHDRAWN)
        register.save_review(closed, an_act())
        assert register.counts(TODAY).facts_missing == 0


def test_the_two_busiest_pages_take_two_statements_each(database: Database) -> None:
    told: list[str] = []
    event.listen(database._eyes, "before_cursor_execute", lambda *said: told.append(said[2]))
    with database.reading() as reading:
        reading.page(RegisterQuery(statuses=(Status.RECEIVED,)))
        reading.counts(TODAY)
    assert len([statement for statement in told if statement.startswith("SELECT")]) == 4


def test_eyes_cannot_write(database: Database) -> None:
    with database.reading() as reading, pytest.raises(DBAPIError):
        reading._session.execute(text("UPDATE switch SET released = true"))


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with_review(database)
    naive = datetime(2026, 3, 2, 9, 30)
    with database.register() as register, pytest.raises(StatementError, match="no time zone"):
        register.add_paper(a_paper(received_at=naive), an_act())


def test_a_meeting_that_does_not_exist_is_refused_when_the_transaction_ends(
    database: Database,
) -> None:
    with database.register() as register:
        meeting = register.add_meeting(a_meeting(), an_act())
    with_review(database, meeting=meeting.number)
    with pytest.raises(Exception, match="register refused"):
        with_review(database, reference=OTHER, meeting=meeting.number + 1)
