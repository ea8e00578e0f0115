"""The office opened: settings seated at the stages, what a round is, what is swept up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clamav import ClamAv
from secretariat.adapters.register.schema import SchemaUnfit
from secretariat.domain.ledger import Tally
from secretariat.office.office import Office
from secretariat.ports.sessions import StoredSession
from tests.builders import CASEWORKER, NOW
from tests.office_builders import CONFIG, an_office_at, deliver, waiting_in

SAID = """
[publication]
close_by_itself = true
same_likeness = 0.9
timeout_seconds = 7
[papers]
scanner = "127.0.0.1:3310"
[limits]
acknowledgements_a_day = 3
mail_mb = 7
answered_an_hour = 8
automatic_an_hour = 9
[web]
cookie_secure = false
"""


@pytest.fixture
def open_it(tmp_path: Path, empty_register: Path) -> Iterator[Callable[[str], Office]]:
    opened = []

    def opening(said: str = "") -> Office:
        (tmp_path / "secretariat.toml").write_text(CONFIG + said)
        shutil.copyfile(empty_register, tmp_path / "register.db")
        opened.append(an_office_at(tmp_path, f"sqlite:///{tmp_path / 'register.db'}"))
        return opened[-1]

    yield opening
    for office in opened:
        office.close()


def test_what_staff_set_reaches_the_stages(open_it: Callable[[str], Office]) -> None:
    office = open_it(SAID)
    assert office.publication.close_by_itself
    assert office.publication.policy.alike == 0.9
    assert office.intake.policy.acknowledgements_a_day == 3
    assert office.intake.policy.most_bytes == 7 * 2**20
    assert office.intake.policy.answered_an_hour == 8
    assert office.intake.policy.automatic_an_hour == 9
    assert office.drafting.style.generation == "2017"
    assert office.drafting.style.head.signatory == "Pat Example"
    assert office.dispatch.sender == "dhr@homeoffice.example"
    assert not office.secure_cookies
    assert office.panel.scanner == office.intake.scanner == ClamAv("127.0.0.1:3310")


def test_every_stage_of_a_round_has_its_pace(open_it: Callable[[str], Office]) -> None:
    office = open_it("")
    assert office.round().keys() == office.seconds().keys()


def test_an_office_that_is_to_stop_leaves_the_mails_that_wait(
    open_it: Callable[[str], Office], tmp_path: Path
) -> None:
    office = open_it("")
    deliver(tmp_path, 3)
    asked = iter([False, True])
    assert office.round(lambda: next(asked))["intake"]() == Tally(1)
    assert waiting_in(tmp_path) == 2
    assert office.round()["intake"]() == Tally(2)


def test_sessions_that_have_lapsed_are_swept_up(open_it: Callable[[str], Office]) -> None:
    office = open_it("")
    old = NOW - timedelta(hours=9)
    office.sessions.save(StoredSession("ab" * 32, CASEWORKER, "{}", old, old))
    office.sessions.save(StoredSession("cd" * 32, CASEWORKER, "{}", NOW, NOW))
    assert office.round()["sessions"]() == Tally()
    assert office.sessions.end_lapsed(NOW) == 0
    assert office.sessions.open("cd" * 32, NOW)


def test_sending_is_held_in_an_empty_register(open_it: Callable[[str], Office]) -> None:
    assert open_it("").sending_is_held()


def test_an_office_without_its_tables_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(SchemaUnfit, match="secretariat migrate"):
        an_office_at(tmp_path, f"sqlite:///{tmp_path / 'nothing.db'}")
