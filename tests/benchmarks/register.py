"""The register page over 100,000 reviews against the same page over 100."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from flask.testing import FlaskClient

from secretariat.adapters.register import Database
from secretariat.domain.listing import RegisterQuery
from secretariat.web.app import create_app
from tests.benchmarks.measuring import Figure, Work, side_by_side
from tests.benchmarks.offices import an_office
from tests.benchmarks.seeding import a_register_of
from tests.web.clients import signed_in, statements
from tests.web.desk import an_account

AIM, MOST_STATEMENTS = 1.5, 6
MANY, FEW = 100_000, 100
LAST_PAGES = "/register?page=4000", "/register?page=4"
PAGES: Mapping[str, str] = {
    "home page": "/",
    "/register": "/register",
    "/register, one status": "/register?status=publication+awaited",
    "/register, two statuses, by date": "/register?status=published&status=withdrawn&sort=since",
    "/register, facts missing": "/register?missing=yes",
    "/register, own reviews": "/register?mine=yes",
    "/register, page 3": "/register?page=3",
    "/register, words: a reference": "/register?words=QA-2011-0003",
    "/register, words: a partnership": "/register?words=brindeford",
    "/register, words and status": "/register?words=brindeford&status=published",
    "/register, a word that all have": "/register?words=community",
    "/register, words that nothing has": "/register?words=nowhere",
}


def figures(*, quick: bool) -> list[Figure]:
    """Return the list alone, then the whole page with each kind of question."""
    times = 10 if quick else 30
    with tempfile.TemporaryDirectory() as folder:
        many = a_register_of(Path(folder) / "many", MANY)
        few = a_register_of(Path(folder) / "few", FEW)
        alone = side_by_side(_listed(many), _listed(few), times=times, warm=3)
        found = [Figure(f"list of {MANY:,}", f"list of {FEW}", alone, AIM)]
        home = Path(folder)
        ours, floor = _browser(many, home / "a"), _browser(few, home / "b")
        found += [_page(name, address, ours, floor, times=times) for name, address in PAGES.items()]
        last = side_by_side(
            *(_got(one, to) for one, to in zip((ours, floor), LAST_PAGES, strict=True)),
            times=times,
            warm=2,
        )
        found.append(Figure("/register, last page", f"last page of {FEW} reviews", last, AIM))
        many.close()
        few.close()
    return found


def _page(name: str, address: str, ours: FlaskClient, floor: FlaskClient, *, times: int) -> Figure:
    with statements() as asked:
        assert ours.get(address).status_code == 200
    # BEGIN is a statement too, but asks nothing of the register.
    count = sum(not one.upper().startswith("BEGIN") for one in asked)
    too_many = name.startswith("/register") and count > MOST_STATEMENTS
    verdict = f", MISSED: at most {MOST_STATEMENTS}" if too_many else ""
    return Figure(
        name,
        f"over {FEW} reviews",
        side_by_side(_got(ours, address), _got(floor, address), times=times, warm=2),
        AIM,
        f"{count} statements{verdict}",
    )


def _listed(database: Database) -> Work:
    def work() -> None:
        with database.reading() as reading:
            reading.page(RegisterQuery())

    return work


def _got(browser: FlaskClient, address: str) -> Work:
    return lambda: browser.get(address)


def _browser(database: Database, home: Path) -> FlaskClient:
    """Return a caseworker's browser, signed in."""
    office = an_office(home, database.url)
    office.accounts.add(an_account())
    return signed_in(create_app(office))
