"""`secretariat read`: what a paper is and what its front page states."""

from collections.abc import Iterator, Mapping
from typing import Final

import click

from secretariat.cli.answers import Answer, Exit, answer_all, bytes_of
from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import ReadPaper, as_json
from secretariat.office.lookup import open_reader

CALLED: Final = {
    "csp": "partnership",
    "councils": "council",
    "pseudonyms": "who died",
    "review_kind": "kind of review",
    "version_date": "date of the version",
}


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.pass_context
def read(ctx: click.Context, papers: tuple[str, ...], json_wanted: bool) -> None:
    """Say what a PAPER is and what its front page states ("-" reads names of files)."""
    reader = open_reader()
    for_people = len(papers) == 1 and papers != ("-",) and not json_wanted

    def answer(name: str) -> Answer:
        paper = reader.read(bytes_of(name), name.rpartition("/")[2])
        return (_told(paper) if for_people else as_json(paper)), Exit.DONE

    try:
        code = answer_all(papers, answer, as_json=json_wanted)
    finally:
        reader.close()
    ctx.exit(code)


def _told(paper: ReadPaper) -> Mapping[str, object]:
    """Return what was read in the order and the words of a caseworker."""
    facts = dict(_facts(paper))
    return {
        "status": paper.status.value,
        "kind": paper.kind.value,
        "pages": paper.pages or None,
        **facts,
        "look at": [*paper.warnings, *(flag.says for flag in paper.flags)] or "nothing",
        "sha256": paper.sha256,
    }


def _facts(paper: ReadPaper) -> Iterator[tuple[str, object]]:
    """Go through the facts with their places; several of one fact stand in one line."""
    for fact in dict.fromkeys(one.fact for one in paper.found):
        if fact not in {"kind", "pages"}:
            each = [_fact(one) for one in paper.found if one.fact == fact]
            yield CALLED.get(fact, fact), each


def _fact(found: Found) -> str:
    if found.value is None:
        return (
            f"in doubt: {' or '.join(found.others)}{_place(found)}"
            if found.others
            else "not stated"
        )
    beside = "; ".join(filter(None, (found.title, found.letters)))
    apart = f" [{beside}]" if beside else ""
    return f"{found.value}{apart}{_place(found)}"


def _place(found: Found) -> str:
    """Return where the fact stands and, where nothing beside it says what it is, that too."""
    said = [f"page {found.page}, line {found.line}"] if found.page else []
    said += ["likely, not certain"] if found.sure is Sureness.LIKELY else []
    return f" ({'; '.join(said)})" if said else ""
