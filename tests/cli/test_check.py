"""`secretariat check`: one link, one finding."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from secretariat.cli.check import check
from tests.publication_builders import (
    Site,
    a_pdf_answer,
    a_pdf_of,
    a_site,
    letter_text,
    report_text,
)

REPORT, LETTER = report_text(), letter_text()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "report.pdf").write_bytes(a_pdf_of(REPORT))
    (tmp_path / "letter.pdf").write_bytes(a_pdf_of(LETTER))
    with a_site() as site:
        site.answers["/both.pdf"] = a_pdf_answer(f"{REPORT}\n{LETTER}")
        site.answers["/other.pdf"] = a_pdf_answer(f"{REPORT}\n{letter_text(case='DHR3')}")
        yield site


def asked(site: Site, folder: Path, path: str, *more: str) -> tuple[int, dict[str, object]]:
    papers = ("--paper", str(folder / "report.pdf"), "--letter", str(folder / "letter.pdf"))
    answer = CliRunner().invoke(
        check, [site.at(path), *papers, "--trust", site.pair, "--json", *more]
    )
    return answer.exit_code, json.loads(answer.stdout)


def test_a_link_that_shows_both_is_a_yes(site: Site, tmp_path: Path) -> None:
    code, said = asked(site, tmp_path, "/both.pdf")
    assert code == 0
    assert list(said)[:5] == ["finding", "why", "likeness", "letter_found", "url"]
    assert said["changes"] == []
    assert (said["finding"], said["likeness"]) == ("the report with its letter", 1.0)


@pytest.mark.parametrize(
    ("path", "finding"),
    [
        ("/other.pdf", "the report without its letter"),
        ("/gone", "not found"),
    ],
)
def test_any_other_finding_is_a_no(site: Site, tmp_path: Path, path: str, finding: str) -> None:
    code, said = asked(site, tmp_path, path)
    assert (code, said["finding"]) == (1, finding)


def test_the_panels_outcome_makes_the_very_text_unchanged(site: Site, tmp_path: Path) -> None:
    code, said = asked(site, tmp_path, "/both.pdf", "--outcome", "publish after changes")
    assert (code, said["finding"]) == (1, "published unchanged")


def test_without_trust_the_machine_itself_is_never_fetched(site: Site, tmp_path: Path) -> None:
    paper = str(tmp_path / "report.pdf")
    answer = CliRunner().invoke(check, [site.at("/both.pdf"), "--paper", paper, "--json"])
    assert json.loads(answer.stdout)["finding"] == "an address that is never fetched"
    assert site.asked == []


def test_a_report_without_words_cannot_be_looked_for(site: Site, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4 broken")
    papers = ["--paper", str(tmp_path / "report.pdf")]
    answer = CliRunner().invoke(check, [site.at("/both.pdf"), *papers])
    assert answer.exit_code != 0
    assert "report.pdf" in str(answer.exception)
