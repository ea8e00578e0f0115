"""`secretariat demo`, run as a newcomer runs it: from the wheel alone, in an empty environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")


def run(*command: object, cwd: Path = TOP, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console command of the wheel, in an environment that holds it and what it needs alone."""
    home = tmp_path_factory.mktemp("installed")
    run(UV, "build", "--wheel", "--quiet", "--out-dir", home)
    locked = ("sync", "--frozen", "--no-dev", "--no-install-project", "--quiet")
    run(UV, *locked, UV_PROJECT_ENVIRONMENT=str(home / "venv"))
    python = home / "venv" / "bin" / "python"
    wheel = next(home.glob("*.whl"))
    run(UV, "pip", "install", "--quiet", "--no-deps", "--python", python, wheel)
    return home / "venv" / "bin" / "secretariat"


@pytest.fixture(scope="module")
def table(installed: Path) -> str:
    """What the demonstration prints, away from the checkout."""
    return run(installed, "demo", "--no-serve", cwd=installed.parent)


def row(table: str, beginning: str) -> str:
    return next(line for line in table.splitlines() if line.split("  ", 1)[0] == beginning)


def test_at_least_fifteen_mails_arrive_and_each_is_accounted_for(table: str) -> None:
    mails = table.partition("\n\n")[0].splitlines()[2:]
    assert len(mails) >= 15
    assert not [line for line in mails if "not taken in" in line]


@pytest.mark.parametrize(
    ("number", "became"),
    [
        pytest.param("1", "registered QA-2026-0001", id="an ordinary submission"),
        pytest.param("2", "noted QA-2026-0001", id="the same mail again"),
        pytest.param("4", "joined to a review QA-2026-0002", id="the second of two mails"),
        pytest.param("5", "registered QA-2026-0003", id="a Welsh council"),
        pytest.param("6", "registered QA-2026-0004", id="a merged council"),
        pytest.param("9", "registered QA-2026-0007", id="a scan without a text layer"),
        pytest.param("10", "held for a person", id="broken MIME"),
        pytest.param("11", "noted QA-2026-0004", id="an out-of-office"),
        pytest.param("12", "registered", id="a decision not to review"),
        pytest.param("14", "noted QA-2026-0001", id="the same papers from elsewhere"),
        pytest.param("16", "noted QA-2026-0001", id="a bounce"),
        pytest.param("23", "joined to a review QA-2026-0005", id="a resubmission"),
        pytest.param("29", "held for a person", id="a borrowed Message-ID"),
        pytest.param("31", "registered QA-2026-0010", id="a winmail.dat"),
        pytest.param("32", "registered QA-2026-0011", id="a mail signed as one piece"),
        pytest.param("33", "registered QA-2026-0012", id="a mail passed on in base64"),
        pytest.param("34", "registered QA-2026-0013", id="a locked report"),
        pytest.param("35", "joined to a review QA-2026-0013", id="its password"),
        pytest.param("36", "registered QA-2026-0014 and 1 more", id="two reviews in one mail"),
        pytest.param("37", "registered QA-2026-0016", id="a date that no calendar has"),
        pytest.param("38", "registered QA-2026-0017", id="a name under a black box"),
        pytest.param("39", "registered QA-2026-0018", id="a scan to be recognised"),
        pytest.param("40", "registered QA-2026-0019", id="a report in rich text"),
        pytest.param("41", "held for a person QA-2026-0003", id="a challenge of feedback"),
        pytest.param("42", "held for a person QA-2026-0019", id="a withdrawal"),
        pytest.param("43", "noted QA-2026-0018", id="an absence until a day"),
        pytest.param("44", "held for a person", id="a new case"),
        pytest.param("45", "held for a person", id="a forged council"),
    ],
)
def test_each_mail_becomes_what_it_should(table: str, number: str, became: str) -> None:
    assert row(table, number).endswith(became)


@pytest.mark.parametrize(
    ("reference", "stands"),
    [
        pytest.param("QA-2026-0001", ("Exeter", "published"), id="published"),
        pytest.param("QA-2026-0002", ("published", "a person must look"), id="late letter"),
        pytest.param(
            "QA-2026-0003", ("publication awaited", "published unchanged"), id="unchanged"
        ),
        pytest.param("QA-2026-0004", ("North Northamptonshire", "published"), id="successor"),
        pytest.param(
            "QA-2026-0005", ("sent, sent", "the report with its letter"), id="resubmitted"
        ),
        pytest.param("QA-2026-0006", ("publication awaited", " 3 "), id="never answers"),
        pytest.param("QA-2026-0007", ("not for publication",), id="not for publication"),
        pytest.param("QA-2026-0008", ("considered", "draft"), id="waits for approval"),
        pytest.param("QA-2026-0009", ("received",), id="just received"),
    ],
)
def test_each_review_stands_where_it_should(
    table: str, reference: str, stands: tuple[str, ...]
) -> None:
    assert [words for words in stands if words not in row(table, reference)] == []


def test_what_needed_a_person_is_told(table: str) -> None:
    told = table.partition("What needed a person on the way:")[2]
    assert "not this report" in told
    assert "stopped by a fault" not in told


def test_the_commands_that_explain_work_without_a_checkout(installed: Path) -> None:
    told = run(installed, "match", "Kettering Community Safety Partnership", cwd=installed.parent)
    assert "North Northamptonshire" in told
