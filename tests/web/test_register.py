import pytest
from flask import Flask
from flask.testing import FlaskClient

from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from tests.builders import CASEWORKER, a_parties, a_review, some_facts
from tests.web.clients import signed_in, statements
from tests.web.desk import Desk


def references(page: str) -> list[str]:
    """Return the references in the rows of the register page."""
    return [
        line.split("<")[0]
        for line in page.split('app-reference" href="')[1:]
        for line in [line.split(">")[1]]
    ]


@pytest.fixture
def many(desk: Desk) -> Desk:
    """Sixty reviews: each third is published, each tenth is Sam's, one is of Othertown."""
    for number in range(1, 61):
        status = Status.PUBLISHED if number % 3 == 0 else Status.RECEIVED
        desk.add(
            "review",
            a_review(
                reference=Reference(2026, number),
                status=status,
                owner=CASEWORKER if number % 10 == 0 else "",
                parties=a_parties(csp="Othertown CSP" if number == 7 else "Anytown CSP"),
                facts=some_facts(pseudonyms=("Rose",) if number == 8 else ("Maria",)),
            ),
        )
    return desk


def ask(app: Flask, query: str = "") -> str:
    return signed_in(app).get(f"/register{query}").text


def test_a_page_holds_twenty_five_reviews_the_newest_first(app: Flask, many: Desk) -> None:
    page = ask(app)
    assert references(page)[:2] == ["QA-2026-0060", "QA-2026-0059"]
    assert len(references(page)) == 25
    assert "Showing <strong>1</strong> to <strong>25</strong> of <strong>60</strong>" in page


def test_the_last_page_holds_what_is_left(app: Flask, many: Desk) -> None:
    page = ask(app, "?page=3&sort=reference")
    assert references(page)[0] == "QA-2026-0051"
    assert len(references(page)) == 10


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?words=othertown", ["QA-2026-0007"]),
        ("?words=rose+anytown", ["QA-2026-0008"]),
        ("?words=QA-2026-0033", ["QA-2026-0033"]),
        ("?words=nobody", []),
        ("?words=rose&status=published", []),
        ("?mine=yes&status=published", ["QA-2026-0060", "QA-2026-0030"]),
    ],
)
def test_words_and_filters_narrow_the_list(
    app: Flask, many: Desk, query: str, found: list[str]
) -> None:
    assert references(ask(app, query)) == found


def test_a_filter_stays_in_the_links_to_other_pages(app: Flask, many: Desk) -> None:
    page = ask(app, "?status=received&words=maria")
    assert "/register?status=received&amp;words=maria&amp;sort=-reference&amp;page=2" in page


def test_nonsense_in_the_address_is_passed_over(app: Flask, many: Desk) -> None:
    assert len(references(ask(app, "?page=-3&status=blue&sort=name"))) == 25


def test_nothing_found_says_what_to_try(app: Flask, many: Desk) -> None:
    assert "Take a word or a filter away" in ask(app, "?words=nobody")


def test_the_page_asks_six_statements_at_most_however_many_reviews(app: Flask, many: Desk) -> None:
    client: FlaskClient = signed_in(app)
    with statements() as asked:
        client.get("/register?words=anytown&page=2")
    selects = [one for one in asked if one.lstrip().upper().startswith(("SELECT", "UPDATE"))]
    assert 0 < len(selects) <= 6, selects


def test_what_a_council_wrote_is_never_markup(app: Flask, desk: Desk) -> None:
    evil = "<script>alert(1)</script>"
    desk.add("review", a_review(parties=a_parties(csp=evil), facts=some_facts(pseudonyms=(evil,))))
    client = signed_in(app)
    assert evil not in client.get("/register").text + client.get("/register/QA-2026-0001").text
