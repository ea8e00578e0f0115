"""Versions of the letter's templates: kept by their hash for good, one of each pack in use.

The folder of templates is what letters are made with, whoever put a file there; the data
folder holds every sound version that was ever in it or was uploaded.  What comes from outside
is opened in the reading process alone until it has been found sound there.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from secretariat.adapters.letterpress import apart
from secretariat.adapters.letterpress.packs import (
    LETTER,
    MANIFEST,
    Packs,
    put,
    samples_of,
    wording_of,
)
from secretariat.adapters.letterpress.preview import cleaned
from secretariat.adapters.letterpress.sample import SAMPLE
from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.letter_wording import values_of
from secretariat.domain.wording import Mark
from secretariat.ports.letterpress import TemplateBroken
from secretariat.ports.templates import Looked, TemplateNotPut, TemplateVersion

NAME: Final = re.compile(r"[0-9a-f]{16}")
LARGEST: Final = 20 * 2**20
MOST_TOLD: Final = 200


class Apart(Protocol):
    """Does a task with a file in the reading process."""

    def __call__(
        self, task: str, content: bytes, /, **asked: Any
    ) -> tuple[Mapping[str, Any], bytes]:
        """Return what was said and the bytes beside it; "broken" says why there is no answer."""


class Shelf:
    """The packs in a folder, and their versions kept in another."""

    def __init__(self, folder: Path, kept: Path, work: Apart) -> None:
        """Nothing is read before it is needed; work: the door to the reading process."""
        self._folder, self._kept, self._work = folder, kept, work
        self._packs = Packs(folder, kept)

    def generations(self) -> tuple[str, ...]:
        """Return the names of the packs, in their order."""
        return self._packs.generations()

    def faults(self, generation: str) -> tuple[str, ...]:
        """Return what is wrong with the pack that lies in the folder; empty when it is in use."""
        return self._packs.faults(generation)

    def look(self, generation: str, template: bytes) -> Looked:
        """Look over a Word template for this pack, in a process apart; keep nothing."""
        return look_over(template, self._manifest(generation), self._work)

    def keep(self, generation: str, template: bytes) -> Looked:
        """Look over a Word template, and keep it under its hash if it is sound."""
        manifest = self._manifest(generation)
        looked = look_over(template, manifest, self._work)
        if not looked.faults:
            home = self._kept / generation / looked.version
            home.mkdir(parents=True, exist_ok=True)
            put(home / MANIFEST, manifest)
            put(home / LETTER, template)
        return looked

    def versions(self, generation: str) -> tuple[TemplateVersion, ...]:
        """Return the versions kept, the newest first; what lies in the folder is among them."""
        self._known(generation)
        self._packs.faults(generation)
        used = self._in_use(generation)
        found = [
            self._version(generation, home, used)
            for home in (self._kept / generation).glob("*")
            if NAME.fullmatch(home.name) and (home / LETTER).is_file()
        ]
        return tuple(sorted(found, key=lambda one: one.kept_at, reverse=True))

    def template(self, generation: str, version: str) -> bytes:
        """Return the Word template of a version; raise NotFound."""
        return (self._home(generation, version) / LETTER).read_bytes()

    def use(self, generation: str, version: str) -> None:
        """Put a version into use; raise NotFound, Refused with its faults, or TemplateNotPut."""
        home = self._home(generation, version)
        template, manifest = (home / LETTER).read_bytes(), (home / MANIFEST).read_bytes()
        if looked := look_over(template, manifest, self._work).faults:
            raise Refused(*looked)
        try:
            put(self._folder / generation / MANIFEST, manifest)
            put(self._folder / generation / LETTER, template)
        except OSError as fault:
            told = f"the folder {self._folder} cannot be written: {fault.strerror}"
            raise TemplateNotPut(told) from fault
        self._packs.faults(generation)

    def marks(self) -> tuple[Mark, ...]:
        """Return all wording of all packs that is marked to be confirmed."""
        return tuple(self._marks())

    def _marks(self) -> Iterator[Mark]:
        for generation in self.generations():
            try:
                yield from self._packs.pack(generation).marks()
            except TemplateBroken:
                continue

    def _manifest(self, generation: str) -> bytes:
        self._known(generation)
        return (self._folder / generation / MANIFEST).read_bytes()

    def _known(self, generation: str) -> None:
        if generation not in self.generations():
            raise NotFound(f"a template for letters of {generation!r}")

    def _home(self, generation: str, version: str) -> Path:
        self._known(generation)
        home = self._kept / generation / version
        if not NAME.fullmatch(version) or not (home / LETTER).is_file():
            raise NotFound("that version of the template")
        return home

    def _in_use(self, generation: str) -> str:
        try:
            return self._packs.pack(generation).sha256
        except TemplateBroken:
            return ""

    def _version(self, generation: str, home: Path, used: str) -> TemplateVersion:
        template, manifest = (home / LETTER).read_bytes(), (home / MANIFEST).read_bytes()
        sha256 = hashlib.sha256(template + manifest).hexdigest()
        first = datetime.fromtimestamp((home / LETTER).stat().st_mtime, UTC)
        return TemplateVersion(generation, home.name, sha256, first, sha256 == used)


def look_over(template: bytes, manifest: bytes, work: Apart) -> Looked:
    """Look over a Word template for a pack with this manifest, in the reading process."""
    if len(template) > LARGEST:
        return Looked(("the file is larger than 20 MB",))
    try:
        wording = wording_of(manifest)
    except TemplateBroken as fault:
        return Looked(fault.faults)
    said, docx = work(
        f"{apart.__name__}:template",
        template,
        samples=samples_of(wording),
        sample=values_of(SAMPLE, wording),
    )
    if told := str(said.get("broken", "")):
        return Looked((told,))
    faults = tuple(str(each) for each in list(said.get("faults", ()))[:MOST_TOLD])
    return Looked(
        faults,
        tuple(str(each) for each in list(said.get("advice", ()))[:MOST_TOLD]),
        cleaned(str(said.get("html", ""))),
        docx,
        "" if faults else hashlib.sha256(template + manifest).hexdigest()[:16],
    )
