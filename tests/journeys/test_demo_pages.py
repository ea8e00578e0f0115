"""After the story the demonstration's pages are served, with a daemon behind them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from secretariat.cli.demo import papers
from secretariat.cli.demo.cases import EXETER, ROBIN
from secretariat.cli.demo.letters_in import arrives_broken, submits
from secretariat.cli.demo.site import Site
from secretariat.cli.demo.staff import ADMINISTRATOR, STAFF
from secretariat.cli.demo.story import BEGINS, ENDS, steps
from secretariat.cli.demo.table import lines
from secretariat.cli.demo.telling import open_world, pages_of
from secretariat.cli.demo.world import World


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[World, dict[str, str]]]:
    with Site() as site, open_world(tmp_path / "demo", site) as (world, passwords):
        world.go_to(BEGINS)
        yield world, dict(passwords)


def test_the_pages_answer_on_a_free_port(opened: tuple[World, dict[str, str]]) -> None:
    with pages_of(opened[0], 0) as address:
        assert httpx.get(f"{address}healthz", trust_env=False).text == "ok"
        home = httpx.get(address, trust_env=False, follow_redirects=True)
    assert home.status_code == 200
    assert "Sign in" in home.text


def test_each_invented_member_of_staff_gets_a_password(
    opened: tuple[World, dict[str, str]],
) -> None:
    assert opened[1].keys() == {email for email, _, _ in STAFF}
    assert ADMINISTRATOR in opened[1]
    assert len(set(opened[1].values())) == len(STAFF)


def test_nothing_is_sent_before_the_administrator_releases_it(
    opened: tuple[World, dict[str, str]],
) -> None:
    world, _ = opened
    submits("robin", "a submission", EXETER, ROBIN, papers.overview(ROBIN))(world)
    sent = world.office.settings.mailbox.sent_folder
    assert list(sent.rglob("*.*")) == []
    steps()[0].act(world)
    world.work()
    assert len([one for one in sent.rglob("*") if one.is_file()]) == 1


def test_the_table_tells_what_became_of_a_mail(opened: tuple[World, dict[str, str]]) -> None:
    world, _ = opened
    arrives_broken("siskin", "broken MIME")(world)
    told = list(lines(world))
    assert told[2].split("  ")[0] == "1"
    assert told[2].endswith("held for a person")


def test_the_story_is_told_in_the_order_of_its_days() -> None:
    days = [(step.on, step.hour) for step in steps()]
    assert days == sorted(days)
    assert days[0][0] >= BEGINS
    assert days[-1][0] < ENDS
    assert all(day.weekday() < 5 for day, _ in days)
