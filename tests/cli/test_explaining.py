"""The commands that explain: shapes, several inputs, exit codes, faults in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Ask
from tests.letter_builders import CORPUS, TEMPLATES, golden
from tests.mail_builders import a_raw
from tests.papers_builders import a_pdf
from tests.publication_builders import a_pdf_answer, a_pdf_of, a_site, letter_text, report_text

KENT = (CORPUS / "notes" / "kent-dhr15.md", "--facts", CORPUS / "notes" / "kent-dhr15.toml")
TRIAGE = {"kind", "rule", "why", "review", "links", "papers"} | {
    "held",
    "looked",
    "authentication",
    "returns_on",
    "colleague",
}
READ = {"status", "kind", "pages", "facts", "warnings", "sha256"}
MORE = {"review_kind", "councils", "version", "marking", "found", "flags"}
FACTS = {
    "csp",
    "pseudonyms",
    "local_reference",
    "date_of_death",
    "author",
    "chair",
    "version_date",
}
MATCH = {
    "outcome",
    "csp_id",
    "csp",
    "council_ids",
    "pfa_codes",
    "pfas",
    "copy_to",
    "why",
    "candidates",
}
CHECK = {"finding", "why", "likeness", "letter_found", "url", "missing", "changes"}


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    mail = tmp_path / "submission.eml"
    report = a_pdf_of(report_text())
    mail.write_bytes(
        a_raw(
            {"Overview report.pdf": report},
            subject="DHR15 for quality assurance",
            body="Please find our overview report attached for the QA Panel.",
        )
    )
    return mail


@pytest.fixture
def report(tmp_path: Path) -> Path:
    paper = tmp_path / "Overview report.pdf"
    paper.write_bytes(a_pdf_of(report_text()))
    return paper


def one_sentence(err: str) -> bool:
    return len(err.strip().splitlines()) == 1 and "Traceback" not in err


def test_triage_says_what_a_mail_is_by_which_rule_and_why(ask: Ask, submission: Path) -> None:
    said = ask("triage", submission, "--json")
    assert said.code == 0
    assert set(said.json) == TRIAGE
    assert said.json["kind"] == "submission"
    assert said.json["papers"] == [{"name": "Overview report.pdf", "kind": "overview report"}]
    assert said.json["review"] is None
    assert said.json["links"] == []


def test_triage_finds_links(ask: Ask, tmp_path: Path) -> None:
    mail = tmp_path / "published.eml"
    body = "QA-2026-0001 is now published at https://www.anyshire.gov.uk/dhr15"
    mail.write_bytes(a_raw(subject="Re: QA-2026-0001", body=body))
    said = ask("triage", mail, "--json").json
    assert said["links"] == ["https://www.anyshire.gov.uk/dhr15"]
    assert said["review"] == "QA-2026-0001"


def test_several_mails_give_a_line_each_with_their_input(ask: Ask, submission: Path) -> None:
    mails = sorted((CORPUS / "mail").glob("*.eml"))[:4]
    said = ask("triage", submission, *mails, "--json")
    assert [line["input"] for line in said.lines] == [str(submission), *map(str, mails)]
    assert all(set(line) == TRIAGE | {"input"} for line in said.lines)


def test_every_mail_of_the_corpus_can_be_weighed(ask: Ask) -> None:
    mails = "\n".join(map(str, sorted((CORPUS / "mail").glob("*.eml"))))
    said = ask("triage", "-", "--json", stdin=mails)
    assert said.code == 0
    assert len(said.lines) == len(mails.splitlines())


def test_read_says_what_a_paper_is_and_states(ask: Ask, report: Path) -> None:
    said = ask("read", report, "--json")
    assert said.code == 0
    assert set(said.json) == READ | MORE
    assert set(said.json["facts"]) == FACTS
    assert said.json["status"] == "text"
    assert said.json["kind"] == "overview report"
    assert said.json["facts"]["local_reference"] == "DHR15"
    assert said.json["facts"]["date_of_death"] is None


@pytest.mark.parametrize(
    ("content", "status"),
    [
        pytest.param(a_pdf([]), "no text", id="a scan"),
        pytest.param(a_pdf(["Secret"], password="locked"), "locked", id="a locked paper"),
        pytest.param(b"%PDF-1.7 and then nothing", "damaged", id="a damaged paper"),
        pytest.param(b"\x89PNG\r\n\x1a\n....", "damaged", id="a picture"),
    ],
)
def test_a_paper_that_cannot_be_read_has_a_status(
    ask: Ask, tmp_path: Path, content: bytes, status: str
) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(content)
    said = ask("read", paper, "--json")
    assert (said.code, said.json["status"]) == (0, status)


def test_match_names_the_partnership_its_councils_and_who_gets_a_copy(ask: Ask) -> None:
    said = ask("match", "Medway Community Safety Partnership", "--json")
    assert said.code == 0
    assert set(said.json) == MATCH
    assert said.json["outcome"] == "match"
    assert said.json["pfas"] == ["Kent"]
    assert said.json["copy_to"] == ["Police and Crime Commissioner for Kent"]


def test_a_name_that_nobody_has_is_a_no(ask: Ask) -> None:
    said = ask("match", "Narnia Safer Partnership", "--json")
    assert said.code == 1
    assert (said.json["outcome"], said.json["csp_id"]) == ("none", None)


def test_names_come_from_standard_input_with_their_letters(ask: Ask) -> None:
    said = ask("match", "-", "--json", stdin="Ynys Môn\n\nMedway\n")
    assert [line["input"] for line in said.lines] == ["Ynys Môn", "Medway"]


def test_a_list_of_one_is_still_a_line(ask: Ask) -> None:
    said = ask("match", "-", "--json", stdin="Medway\n")
    assert said.lines[0]["input"] == "Medway"


def test_without_json_the_answer_is_words(ask: Ask) -> None:
    said = ask("match", "Medway")
    assert "outcome: match\n" in said.out
    assert "candidates: not stated\n" in said.out


def test_the_letter_is_the_seeds_word_for_word(ask: Ask) -> None:
    said = ask("letter", *KENT, "--text")
    assert said.code == 0
    assert said.out.strip().split("\n\n") == golden("kent-dhr15")


def test_the_letter_is_written_as_a_word_file(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "letter.docx"
    assert ask("letter", *KENT, "--generation", "2017", "--out", out).code == 0
    paragraphs = [one.text for one in Document(str(out)).paragraphs]
    assert "Dear Councillor Hill," in paragraphs


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param((), 2, id="nowhere to put it"),
        pytest.param(("--out", "/nowhere/letter.docx"), 3, id="no such folder"),
        pytest.param(("--generation", "1066", "--text"), 3, id="no such template"),
    ],
)
def test_a_letter_that_cannot_be_made(ask: Ask, arguments: tuple[str, ...], code: int) -> None:
    said = ask("letter", *KENT, *arguments)
    assert said.code == code
    assert said.out == ""
    assert code == 2 or one_sentence(said.err)


def test_notes_with_two_sections_make_no_letter(ask: Ask, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(KENT[0].read_text() * 2)  # type: ignore[union-attr]
    said = ask("letter", notes, *KENT[1:], "--text")
    assert said.code == 3
    assert one_sentence(said.err)


def test_check_sees_the_report_with_its_letter(ask: Ask, report: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(a_pdf_of(letter_text()))
    with a_site() as site:
        site.answers["/dhr15.pdf"] = a_pdf_answer(f"{report_text()}\n{letter_text()}")
        url = site.at("/dhr15.pdf")
        papers = ("--paper", report, "--letter", letter, "--json")
        said = ask("check", url, *papers, "--trust", site.pair)
        refused = ask("check", url, *papers)
    assert said.code == 0
    assert set(said.json) == CHECK
    assert said.json["finding"] == "the report with its letter"
    assert said.json["letter_found"] is True
    assert said.json["url"] == url
    assert (refused.code, refused.json["finding"]) == (1, "an address that is never fetched")


@pytest.mark.parametrize("command", ["triage", "read"])
def test_a_file_that_is_not_there_is_one_sentence(ask: Ask, command: str) -> None:
    said = ask(command, "no-such-file", "--json")
    assert (said.code, said.out) == (3, "")
    assert one_sentence(said.err)


def test_one_file_that_is_not_there_never_stops_the_others(ask: Ask, report: Path) -> None:
    said = ask("read", "no-such-file", report, "--json")
    assert said.code == 3
    assert [line.get("status") for line in said.lines] == [None, "text"]
    assert "no-such-file" in said.lines[0]["error"]


def test_the_gravest_answer_is_the_exit_code(ask: Ask) -> None:
    assert ask("match", "Medway", "Narnia Safer Partnership", "--json").code == 1


@pytest.mark.parametrize("command", ["triage", "read", "match", "letter", "check"])
def test_a_command_without_its_input_is_misused(ask: Ask, command: str) -> None:
    assert ask(command).code == 2


def test_a_name_in_broken_letters_is_still_answered(ask: Ask, tmp_path: Path) -> None:
    paper = Path(os.fsdecode(bytes(tmp_path) + b"/report\xff.pdf"))
    paper.write_bytes(a_pdf(["Overview report"]))
    said = ask("read", paper, paper, "--json")
    assert said.code == 0
    assert said.lines[0]["input"].endswith("report?.pdf")


def test_without_any_environment_the_command_answers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "secretariat", "match", "Ynys Môn", "--json"]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Isle of Anglesey" in done.stdout.decode()
    assert not list(tmp_path.iterdir())


def test_a_template_that_an_editor_broke_is_told_with_its_paragraph(
    ask: Ask, tmp_path: Path
) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    broken = tmp_path / "templates" / "letters" / "2017" / "letter.docx"
    document = Document(str(broken))
    document.add_paragraph("Yours in haste, {{ nobody_of_that_name }}")
    document.save(str(broken))
    said = ask("letter", *KENT, "--templates", tmp_path / "templates", "--text")
    assert said.code == 3
    assert "Yours in haste" in said.err
