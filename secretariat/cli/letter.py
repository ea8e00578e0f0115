"""`secretariat letter`: a letter from notes and facts, without a register."""

import tomllib
from dataclasses import replace
from pathlib import Path

import click

from secretariat.cli.answers import InputUnusable, bytes_of
from secretariat.domain.errors import Refused
from secretariat.domain.letter_check import Known, faults_of
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.letter_facts import LetterFacts, facts_from, letter_from
from secretariat.domain.notes import NotesRead, is_wrapped, read_notes
from secretariat.domain.panel import Section
from secretariat.office.lookup import open_reader
from secretariat.office.printing import open_press
from secretariat.ports.letterpress import Letterpress


@click.command()
@click.argument("notes", metavar="NOTES")
@click.option("--facts", required=True, metavar="FACTS.toml", help="The facts beside the notes.")
@click.option(
    "--generation", default="", help="The template pack, such as 2017; else the facts' own."
)
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of templates to try, such as the office's own; else the delivered ones.",
)
@click.option("--out", default="", metavar="L.docx", help="Write the letter as a Word file.")
@click.option("--text", is_flag=True, help="Print its paragraphs, a blank line between.")
def letter(
    notes: str, facts: str, generation: str, templates: Path | None, out: str, text: bool
) -> None:
    """Make one letter from NOTES (Word, Markdown or plain text) with one section."""
    if not out and not text:
        raise click.UsageError("say where the letter is to go: --out L.docx, or --text")
    press = open_press(templates)
    content = _content(_section(notes), _facts(facts), generation)
    _only_complete(press, content)
    docx = press.print(content, pdf=False).docx
    said = Known(pseudonyms=content.pseudonyms)
    if faults := faults_of(content, press.paragraphs(docx), said):
        raise Refused(*faults)
    if out:
        _write(out, docx)
    if text:
        click.echo("\n\n".join(press.paragraphs(docx)))


def _only_complete(press: Letterpress, content: LetterContent) -> None:
    """Raise Refused with all that the letter lacks; what is odd about it is told beside it."""
    if not content.generation:
        packs = ", ".join(press.generations())
        raise Refused(
            "no generation of the letter is named: say --generation, or generation = in the "
            f"facts; there are {packs}"
        )
    if reasons := press.lacking(content):
        raise Refused(*reasons)
    for odd in press.odd(content):
        click.echo(f"look again: {odd}", err=True)


def _write(out: str, docx: bytes) -> None:
    try:
        Path(out).write_bytes(docx)
    except OSError as fault:
        raise InputUnusable(f"{out} cannot be written: {fault.strerror}") from None


def _content(section: Section, facts: LetterFacts, generation: str) -> LetterContent:
    content = letter_from(section, facts)
    return replace(content, generation=generation) if generation else content


def _section(name: str) -> Section:
    content = bytes_of(name)
    reader = open_reader()
    try:
        lines = reader.notes_text(content, name)
    finally:
        reader.close()
    read = read_notes(lines, wrapped=is_wrapped(content))
    if read.faults or len(read.sections) != 1:
        raise Refused(*_faults(read))
    return read.sections[0]


def _faults(read: NotesRead) -> list[str]:
    faults = [f"line {fault.line}: {fault.why}" for fault in read.faults]
    if len(read.sections) != 1:
        faults.append(f"the notes hold {len(read.sections)} sections; a letter takes one")
    return faults


def _facts(name: str) -> LetterFacts:
    try:
        return facts_from(tomllib.loads(bytes_of(name).decode()))
    except ValueError as fault:
        raise InputUnusable(f"{name}: {fault}") from fault
