"""`secretariat check`: whether a link shows a report, and our letter with it."""

from dataclasses import asdict

import click

from secretariat.cli.answers import Answer, Exit, InputUnusable, answer_all, bytes_of
from secretariat.domain.publication import Finding
from secretariat.domain.review import Outcome
from secretariat.domain.verdict import Sought, marks_in
from secretariat.office.looking import open_look
from secretariat.ports.papers import Reader
from secretariat.stages.publication import Look


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--paper", required=True, help="The report as it was registered.")
@click.option("--letter", help="Our letter, if it should stand there too.")
@click.option(
    "--outcome",
    type=click.Choice([Outcome.PUBLISH.value, Outcome.PUBLISH_AFTER_CHANGES.value]),
    help="What the Panel decided: after changes, the very same text is told of.",
)
@click.option("--trust", multiple=True, metavar="HOST:PORT", help="Fetch from here unchecked.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.pass_context
def check(
    ctx: click.Context,
    urls: tuple[str, ...],
    paper: str,
    letter: str | None,
    outcome: str | None,
    trust: tuple[str, ...],
    json_wanted: bool,
) -> None:
    """Say whether each URL shows the report and our letter ("-" reads URLs)."""
    look = open_look(frozenset(trust))
    try:
        after_changes = outcome == Outcome.PUBLISH_AFTER_CHANGES
        sought = _sought(look.reader, paper, letter, after_changes=after_changes)
        code = answer_all(urls, lambda url: _answer(look, url, sought), as_json=json_wanted)
    finally:
        look.reader.close()
    ctx.exit(code)


def _answer(look: Look, url: str, sought: Sought) -> Answer:
    seen = look.at(url, sought).seen
    answer = {
        "finding": seen.finding.value,
        "why": seen.why,
        "likeness": None if seen.likeness is None else round(seen.likeness, 4),
        "letter_found": seen.letter_found,
        "url": seen.url,
        "missing": list(seen.missing),
        "changes": [asdict(each) for each in seen.changes],
    }
    return answer, Exit.DONE if seen.finding is Finding.PUBLISHED else Exit.NO


def _sought(reader: Reader, paper: str, letter: str | None, *, after_changes: bool) -> Sought:
    report = reader.read(bytes_of(paper), paper.rpartition("/")[2])
    if not report.text:
        raise InputUnusable(f"{paper}: {'; '.join(report.warnings) or 'it has no text'}")
    seen = report.text if after_changes else ""
    facts = report.facts
    cases = tuple(filter(None, (facts.local_reference, *facts.pseudonyms)))
    if letter is None:
        return Sought((report.text,), seen=seen, marks=marks_in("", csp=facts.csp, cases=cases))
    ours = reader.read(bytes_of(letter), letter.rpartition("/")[2])
    if not ours.text:
        raise InputUnusable(f"{letter}: {'; '.join(ours.warnings) or 'it has no text'}")
    marks = marks_in(ours.text, csp=facts.csp, cases=cases)
    return Sought((report.text,), ours.text, marks, seen)
