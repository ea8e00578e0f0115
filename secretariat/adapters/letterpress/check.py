"""Looks over a Word template that staff have edited, and names the paragraph of each fault.

Three things may stand in a template: {{ field }}; {%p if field %} with {%p else %} and
{%p endif %}; {%p for point in points %} with {%p endfor %}.  Each {%p … %} stands alone
on its line, because docxtpl deletes the words beside it.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import TemplateSyntaxError, meta, nodes
from lxml import etree

from secretariat.adapters.letterpress.filling import ENVIRONMENT, FAULTS, LetterTemplate, fill
from secretariat.adapters.letterpress.wordml import MOST_BYTES, TEXT_PARTS, W, parse_part, text_of
from secretariat.domain.errors import SecretariatError

NAME: Final = r"[a-z][a-z_]*(\.[a-z][a-z_]*)?"
FIELD: Final = re.compile(rf"\{{\{{\s*{NAME}\s*\}}\}}")
BLOCK: Final = re.compile(
    rf"\{{%p (if (not )?{NAME}|for [a-z][a-z_]* in {NAME}|else|endif|endfor)\s*%\}}"
)
TAG: Final = re.compile(r"\{[{%#].*?[}%#]\}")
OPENING: Final = re.compile(r"\{[{%#]")
CLOSING: Final = re.compile(r"[}%#]\}")
SINGLE: Final = re.compile(r"(?<!\{)\{(?![{%#])[^{}]{1,40}\}(?!\})")
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
CHANGES: Final = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
UNFILLED: Final = ("word/comments.xml", "word/endnotes.xml", "docProps/core.xml")
ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
)
Values = Mapping[str, object]


def faults_in(template: bytes, samples: tuple[Values, ...]) -> tuple[str, ...]:
    """Return what is wrong with a template, one sentence each; empty when it may be used.

    samples: values of every field, used to fill it in on trial; each must come out
    in at least one of the letters
    """
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            faults = list(_faults_of(package))
            if not faults:
                faults += _unknown_fields(template, package, samples[0])
    except (*FAULTS, zipfile.LargeZipFile) as fault:
        return (f"it is no Word file that can be read: {fault}",)
    return tuple(dict.fromkeys(faults)) or _faults_on_trial(template, samples)


def _faults_of(package: zipfile.ZipFile) -> Iterator[str]:
    names = package.namelist()
    if sum(member.file_size for member in package.infolist()) > MOST_BYTES:
        raise ValueError("it is too large")
    if "word/document.xml" not in names:
        raise ValueError("it holds no document")
    if any("vbaproject" in name.lower() for name in names):
        yield "it contains macros: save it as an ordinary Word document (.docx)"
    for name in names:
        if name in UNFILLED:
            yield from _faults_unfilled(name, parse_part(package, name))
        elif TEXT_PARTS.fullmatch(name):
            yield from _faults_in_part(name, parse_part(package, name))


def _faults_unfilled(name: str, part: etree._Element) -> Iterator[str]:
    if name.endswith("comments.xml") and len(part):
        yield "it holds comments, which would go out with every letter: delete them"
    elif OPENING.search("".join(part.itertext())):
        yield f"a field stands in {name}, where none is filled in"


def _faults_in_part(name: str, part: etree._Element) -> Iterator[str]:
    if next(part.iter(*CHANGES), None) is not None:
        yield f"{_part_name(name)}: accept or reject the tracked changes first"
    for number, paragraph in enumerate(part.iter(f"{W}p"), start=1):
        text = text_of(paragraph)
        where = f"{_part_name(name)}, paragraph {number} (“{_short(text)}”)"
        yield from (f"{where}: {why}" for why in _faults_in_paragraph(text))


def _faults_in_paragraph(text: str) -> Iterator[str]:
    tags = TAG.findall(text)
    if len(OPENING.findall(text)) != len(tags) or len(CLOSING.findall(text)) != len(tags):
        yield "a field is not finished; it begins with {{ and ends with }}"
        return
    if SINGLE.search(text):
        yield "single brackets are not filled in; a field has two of each"
    for tag in tags:
        if INVISIBLE.search(tag):
            yield "an invisible sign stands inside a field: type the field anew"
        elif tag.startswith("{{") and not FIELD.fullmatch(tag):
            yield f"{tag} is no field; write one as {{{{ name }}}}"
        elif not tag.startswith("{{") and not BLOCK.fullmatch(tag):
            yield f"{tag} cannot be used; write {{%p if … %}}, {{%p for … in … %}} or their end"
        elif not tag.startswith("{{") and text.strip() != tag:
            yield f"{tag} must stand alone on its line: other words on it would be deleted"


def _unknown_fields(template: bytes, package: zipfile.ZipFile, known: Values) -> Iterator[str]:
    """Tell of fields that nobody fills in, and of anything that is no plain field."""
    word = LetterTemplate(io.BytesIO(template))
    for name in filter(TEXT_PARTS.fullmatch, package.namelist()):
        part = parse_part(package, name)
        source = etree.tostring(part, encoding="unicode")
        try:
            tree = ENVIRONMENT.parse(word.patch_xml(source))  # type: ignore[no-untyped-call]
            unknown = meta.find_undeclared_variables(tree) - known.keys()
        except TemplateSyntaxError as fault:
            yield f"{_part_name(name)}: {fault.message}"
            continue
        for field in sorted(unknown):
            fields = ", ".join(sorted(known))
            yield f"{_where(name, part, field)}: there is no field {field!r}, only {fields}"
        if not all(isinstance(node, ALLOWED) for node in tree.find_all(nodes.Node)):
            yield f"{_part_name(name)}: something stands in a field that is no plain name"


def _faults_on_trial(template: bytes, samples: tuple[Values, ...]) -> tuple[str, ...]:
    """Fill the template in with signs that no letter holds, and look for them."""
    shown = ""
    for sample in samples:
        try:
            made = fill(template, sample, title="trial")
        except SecretariatError as fault:
            return (str(fault),)
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            parts = [
                parse_part(package, name) for name in package.namelist() if TEXT_PARTS.match(name)
            ]
        shown += "\n".join(text_of(each) for part in parts for each in part.iter(f"{W}p"))
    if OPENING.search(shown) or CLOSING.search(shown):
        return ("a field was left unfilled",)
    lacking = {
        name
        for sample in samples
        for name, value in sample.items()
        if not all(text in shown for text in _texts(value))
    }
    return tuple(
        f"the field {name!r} is missing: its words would be lost" for name in sorted(lacking)
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)


def _where(name: str, part: etree._Element, field: str) -> str:
    for number, paragraph in enumerate(part.iter(f"{W}p"), start=1):
        text = text_of(paragraph)
        if any(re.search(rf"\b{field}\b", tag) for tag in TAG.findall(text)):
            return f"{_part_name(name)}, paragraph {number} (“{_short(text)}”)"
    return _part_name(name)


def _part_name(name: str) -> str:
    stem = re.sub(r"word/(\D+)\d*\.xml", r"\1", name)
    return {"document": "letter"}.get(stem, stem)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}…"
