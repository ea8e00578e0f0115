"""Looks over a Word template that staff have edited, and tells every fault at once.

Three things may stand in a template: {{ field }}; {%p if field %} with {%p else %} and
{%p endif %}; {%p for point in points %} with {%p endfor %}.  Each {%p … %} stands alone
on its line, because docxtpl deletes the words beside it.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from secretariat.adapters.letterpress.check_file import faults_of_file
from secretariat.adapters.letterpress.check_tags import CLOSING, OPENING, Known, Reading, Tags
from secretariat.adapters.letterpress.filling import ENVIRONMENT, FAULTS, LetterTemplate, fill
from secretariat.adapters.letterpress.wordml import (
    TEXT_PARTS,
    W,
    parse_part,
    part_name,
    short,
    text_of,
)
from secretariat.domain.errors import SecretariatError

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
TAGS_ELSEWHERE: Final = etree.XPath("//@*[contains(., '{{') or contains(., '{%')]")
Values = Mapping[str, object]


def faults_in(template: bytes, samples: tuple[Values, ...]) -> tuple[str, ...]:
    """Return all that is wrong with a template, one sentence each; empty when it may be used.

    samples: values of every field, used to fill it in on trial; each must come out
    in at least one of the letters
    """
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            faults = list(_faults_of(package, samples))
            if not faults:
                faults += _nothing_but_plain_fields(template, package)
    except (*FAULTS, zipfile.LargeZipFile) as fault:
        return (f"it is no Word file that can be read: {fault}",)
    return tuple(dict.fromkeys(faults)) or _faults_on_trial(template, samples)


def _faults_of(package: zipfile.ZipFile, samples: tuple[Values, ...]) -> Iterator[str]:
    yield from faults_of_file(package)
    tags = Tags(Known.of(samples))
    for name in filter(TEXT_PARTS.fullmatch, package.namelist()):
        yield from _faults_in_part(name, parse_part(package, name), tags)
    yield from tags.missing()


def _faults_in_part(name: str, part: etree._Element, tags: Tags) -> Iterator[str]:
    if TAGS_ELSEWHERE(part):
        yield f"{part_name(name)}: a field stands where no words are, such as a picture's text"
    reading = Reading(tags)
    for number, paragraph in enumerate(part.iter(f"{W}p"), start=1):
        text = text_of(paragraph)
        where = f"{part_name(name)}, paragraph {number} (“{short(text)}”)"
        if "{" in text or "}" in text:
            holder = paragraph.getparent()
            yield from (f"{where}: {why}" for why in reading.faults(text, where, holder))
    yield from reading.left_open()


def _nothing_but_plain_fields(template: bytes, package: zipfile.ZipFile) -> Iterator[str]:
    """Parse each part as it will be filled in: a second wall behind what stands on the lines."""
    word = LetterTemplate(io.BytesIO(template))
    for name in filter(TEXT_PARTS.fullmatch, package.namelist()):
        source = etree.tostring(parse_part(package, name), encoding="unicode")
        try:
            tree = ENVIRONMENT.parse(word.patch_xml(source))  # type: ignore[no-untyped-call]
        except TemplateSyntaxError as fault:
            yield f"{part_name(name)}: {fault.message}"
            continue
        if not all(isinstance(node, ALLOWED) for node in tree.find_all(nodes.Node)):
            yield f"{part_name(name)}: something stands in a field that is no plain name"


def _faults_on_trial(template: bytes, samples: tuple[Values, ...]) -> tuple[str, ...]:
    """Fill the template in with signs that no letter holds, and look for them."""
    shown, faults = "", []
    for sample in samples:
        try:
            made = fill(template, sample, title="trial")
        except SecretariatError as fault:
            faults.append(str(fault))
            continue
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            parts = [
                parse_part(package, name) for name in package.namelist() if TEXT_PARTS.match(name)
            ]
        shown += "\n".join(text_of(each) for part in parts for each in part.iter(f"{W}p"))
    if faults:
        return tuple(dict.fromkeys(faults))
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
