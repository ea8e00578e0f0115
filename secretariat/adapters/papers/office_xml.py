"""What Word and OpenDocument files share: parts of a zip, each parsed without trust."""

import zipfile
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.zips import open_container, part
from secretariat.domain.papers import ContainerRefused

LOOK_FOR_DOCTYPE: Final = 4_096


def open_office(content: bytes) -> zipfile.ZipFile:
    """Open the zip of an Office file; raise ContainerRefused.

    One that lists a part twice is refused: programs differ in which of the two they show.
    """
    container = open_container(content)
    names = container.namelist()
    if len(set(names)) != len(names):
        raise ContainerRefused("the file holds two parts of one name: it is not safe to read")
    return container


def parse_part(container: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return the root of an XML part, None where there is none; raise ContainerRefused.

    A part that declares a document type is refused: no office program writes one, and it is how
    entities are brought in.
    """
    content = part(container, name)
    if content is None:
        return None
    return parsed(content)


def parsed(content: bytes) -> etree._Element:
    """Return the root of XML that nobody vouches for; raise ContainerRefused."""
    refuse_doctype(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise ContainerRefused("a part of the file is damaged") from fault


def refuse_doctype(content: bytes) -> None:
    """Raise ContainerRefused where a part declares a document type."""
    if b"<!DOCTYPE" in content[:LOOK_FOR_DOCTYPE].replace(b"\0", b""):
        raise ContainerRefused("the file holds a document type declaration: it is not safe to read")


def local(element: etree._Element) -> str:
    """Return the tag without its namespace, so that Strict and Transitional files read alike."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """Return the attribute called `name` in whatever namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
