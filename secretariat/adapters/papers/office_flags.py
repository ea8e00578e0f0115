"""What the parts of a Word, Excel, PowerPoint or OpenDocument file give away beside its words."""

import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

from secretariat.adapters.papers.office_xml import attribute, local, parse_part
from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.papers import ContainerRefused

SAYS: Final[Mapping[FlagKind, str]] = {
    FlagKind.TRACKED_CHANGES: "it holds tracked changes",
    FlagKind.COMMENTS: "it holds comments",
    FlagKind.HIDDEN_TEXT: "it holds hidden text",
    FlagKind.MACROS: "it holds macros, which run when it is opened",
    FlagKind.EMBEDDED_OBJECTS: "it holds embedded files",
    FlagKind.EXTERNAL_LINKS: "it brings in something from outside when it is opened",
    FlagKind.AUTHOR_IN_PROPERTIES: "its properties name a person as its author",
}
WARNED: Final = (FlagKind.TRACKED_CHANGES, FlagKind.COMMENTS, FlagKind.HIDDEN_TEXT)
PROPERTIES: Final = ("docProps/core.xml", "meta.xml")
AUTHORS: Final = frozenset({"creator", "lastModifiedBy", "initial-creator"})
MACROS: Final = ("vbaProject.bin", "Basic/", "Scripts/")
OBJECTS: Final = ("/embeddings/", "/activeX/")
MOST_RELATIONS: Final = 200


def flags_of(container: zipfile.ZipFile, seen: Mapping[FlagKind, int]) -> tuple[Flag, ...]:
    """Return the flags of an Office file; seen: what its walker has counted."""
    counted = {**seen, **dict(_of_parts(container))}
    return tuple(Flag(kind, SAYS[kind], count) for kind, count in counted.items() if count)


def warnings_of(seen: Mapping[FlagKind, int]) -> tuple[str, ...]:
    """Return the sentences for staff on what the walker has counted."""
    return tuple(sorted(SAYS[kind] for kind in WARNED if seen.get(kind)))


def _of_parts(container: zipfile.ZipFile) -> Iterator[tuple[FlagKind, int]]:
    names = container.namelist()
    macros = sum(name.endswith(MACROS[0]) or name.startswith(MACROS[1:]) for name in names)
    objects = sum(any(place in f"/{name}" for place in OBJECTS) for name in names)
    objects += sum(name.startswith("Object ") and name.endswith("/content.xml") for name in names)
    yield FlagKind.MACROS, min(macros, 1)
    yield FlagKind.EMBEDDED_OBJECTS, objects
    yield FlagKind.EXTERNAL_LINKS, sum(_outside(container, name) for name in _relations(names))
    yield FlagKind.AUTHOR_IN_PROPERTIES, int(any(_names_author(container, p) for p in PROPERTIES))


def _relations(names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(".rels")][:MOST_RELATIONS]


def _outside(container: zipfile.ZipFile, name: str) -> int:
    """Count what a part fetches from elsewhere; a link that a reader must click is not counted."""
    try:
        root = parse_part(container, name)
    except ContainerRefused:
        return 0
    return sum(
        (attribute(each, "TargetMode") or "").lower() == "external"
        and not (attribute(each, "Type") or "").endswith("/hyperlink")
        for each in (root if root is not None else ())
    )


def _names_author(container: zipfile.ZipFile, name: str) -> bool:
    try:
        root = parse_part(container, name)
    except ContainerRefused:
        return False
    elements = root.iter() if root is not None else iter(())
    return any(local(each) in AUTHORS and (each.text or "").strip() for each in elements)
