"""`secretariat read` as a caseworker sees it: each fact, where it stands, what is in doubt."""

from pathlib import Path

from tests.cli.conftest import Ask
from tests.papers_builders import a_pdf

COVER = (
    "Safer Anydale Partnership",
    "Domestic Homicide Review",
    "Overview Report",
    "The death of ‘Ann’ on 4 May 2020",
    "Author: Mr Jo Sample QPM, LLB",
    "Chair: Kim Example",
    "Panel Chair: Lou Other",
    "July 2022",
)


def test_each_fact_is_told_in_a_line_of_its_own(ask: Ask, tmp_path: Path) -> None:
    paper = tmp_path / "report.pdf"
    paper.write_bytes(a_pdf(COVER))
    rows = dict(row.split(": ", 1) for row in ask("read", paper).out.splitlines())
    assert rows["partnership"] == "Safer Anydale Partnership (page 1, line 1)"
    assert rows["who died"] == "Ann (page 1, line 4)"
    assert rows["author"] == "Jo Sample QPM [Mr; QPM LLB] (page 1, line 5)"
    assert rows["chair"] == "in doubt: Kim Example or Lou Other (page 1, line 6)"
    assert rows["date of the version"] == "2022-07 (page 1, line 8; likely, not certain)"
    assert rows["local reference"] == "not stated"
    assert rows["look at"] == "it names more than one chair"


def test_a_file_that_is_no_paper_is_told_too(ask: Ask, tmp_path: Path) -> None:
    paper = tmp_path / "odd.bin"
    paper.write_bytes(b"\x00\x01\x02")
    said = ask("read", paper)
    assert said.code == 0
    assert "status: " in said.out
    assert "look at: " in said.out
