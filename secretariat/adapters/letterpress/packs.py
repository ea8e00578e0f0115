"""Template packs: what staff edit, and the last good copy that stays in use when an edit breaks it.

A pack is a folder templates/letters/<generation>/ with letter.docx and manifest.toml.
Each version that passes the check is kept by its hash in the data folder.
"""

import hashlib
import re
import secrets
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from secretariat.adapters.letterpress.check import faults_in
from secretariat.adapters.letterpress.manifest import wording_in
from secretariat.domain import letter_pack
from secretariat.domain.letter_pack import Wording
from secretariat.domain.wording import Mark
from secretariat.ports.letterpress import TemplateBroken

LETTER: Final = "letter.docx"
MANIFEST: Final = "manifest.toml"
CURRENT: Final = "last-good"
GENERATION: Final = re.compile(r"[\w-]{1,40}")
Stamp = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One generation of the letter; sha256: of the Word template and the manifest."""

    generation: str
    template: bytes
    sha256: str
    wording: Wording

    def marks(self) -> tuple[Mark, ...]:
        """Return all that is marked to be confirmed, what is open for the whole pack first."""
        whole = tuple(Mark(self.generation, *each) for each in self.wording.still_open.items())
        named = self.wording.sentences.items()
        return whole + tuple(
            Mark(self.generation, name, each.text) for name, each in named if each.confirm
        )


def _sign(word: str) -> str:
    return f"⟦{word} & <x>⟧"


POINTS: Final = (
    {"text": _sign("point"), "below": (_sign("below"),)},
    {"text": _sign("last point"), "below": ()},
)
LISTS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "more_addresses": (_sign("another address"),),
        "more_conclusion": (_sign("more"),),
        "praise": (_sign("praise"), _sign("more praise")),
        "points": POINTS,
        "numbered_points": tuple({**each, "text": f"{each['text']} 1"} for each in POINTS),
        "listed": True,
    }
)
ALWAYS_SAID: Final = frozenset(
    [
        "salutation",
        "considered",
        "case",
        "bodies",
        "review_name",
        "review",
        "reply_address",
        "signatory_title",
    ]
)


def samples_of(wording: Wording) -> tuple[dict[str, object], dict[str, object]]:
    """Return values to try a template with: all that a letter can say, and the least."""
    full = {name: LISTS.get(name, _sign(name)) for name in sorted(wording.fields)}
    least = {
        name: value if name in ALWAYS_SAID else {str: "", bool: False}.get(type(value), ())
        for name, value in full.items()
    }
    return full, least


class Packs:
    """The packs in a folder; kept: where good versions are kept, None to keep none."""

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        """Nothing is read before it is needed."""
        self._folder = folder
        self._kept = kept
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[Stamp, Pack | None, tuple[str, ...]]] = {}

    def generations(self) -> tuple[str, ...]:
        """Return the names of the packs, in their order."""
        return tuple(sorted(each.parent.name for each in self._folder.glob(f"*/{LETTER}")))

    def pack(self, generation: str) -> Pack:
        """Return the pack as it stands, else its last good version; raise TemplateBroken."""
        found, faults = self._look(generation)
        found = found or self._last_good(generation)
        if found is None:
            raise TemplateBroken(f"{generation}/{LETTER}", faults)
        return found

    def faults(self, generation: str) -> tuple[str, ...]:
        """Return what is wrong with the pack as it stands; empty when it is in use."""
        return self._look(generation)[1]

    def _look(self, generation: str) -> tuple[Pack | None, tuple[str, ...]]:
        if not generation:
            return None, ('no generation of the letter is named, such as "2017"',)
        if not GENERATION.fullmatch(generation):
            return None, (f"{generation!r} names no generation of the letter",)
        folder = self._folder / generation
        with self._lock:
            stamp = tuple(_stamp(folder / name) for name in (LETTER, MANIFEST))
            if generation not in self._seen or self._seen[generation][0] != stamp:
                self._seen[generation] = (stamp, *self._read(generation, folder))
            return self._seen[generation][1:]

    def _read(self, generation: str, folder: Path) -> tuple[Pack | None, tuple[str, ...]]:
        try:
            template = (folder / LETTER).read_bytes()
            manifest = (folder / MANIFEST).read_bytes()
        except OSError as fault:
            return None, (f"{generation}: {fault.strerror} ({LETTER} and {MANIFEST} are needed)",)
        pack, faults = _opened(generation, template, manifest)
        if pack:
            self._keep(generation, template, manifest)
        return pack, faults

    def _keep(self, generation: str, template: bytes, manifest: bytes) -> None:
        if self._kept is None:
            return
        name = hashlib.sha256(template + manifest).hexdigest()[:16]
        home = self._kept / generation / name
        home.mkdir(parents=True, exist_ok=True)
        if not (home / LETTER).exists():
            put(home / MANIFEST, manifest)
            put(home / LETTER, template)
        put(self._kept / generation / CURRENT, name.encode())

    def _last_good(self, generation: str) -> Pack | None:
        if self._kept is None or not GENERATION.fullmatch(generation):
            return None
        home = self._kept / generation
        try:
            version = home / (home / CURRENT).read_text().strip()
            contents = [(version / name).read_bytes() for name in (LETTER, MANIFEST)]
        except OSError:
            return None
        return _opened(generation, *contents)[0]


def _opened(
    generation: str, template: bytes, manifest: bytes
) -> tuple[Pack | None, tuple[str, ...]]:
    try:
        wording = wording_of(manifest)
    except TemplateBroken as fault:
        return None, fault.faults
    if faults := faults_in(template, samples_of(wording)):
        return None, tuple(f"{LETTER}: {each}" for each in faults)
    return Pack(generation, template, hashlib.sha256(template + manifest).hexdigest(), wording), ()


def wording_of(manifest: bytes) -> Wording:
    """Return what a manifest says; raise TemplateBroken with its faults."""
    try:
        wording = wording_in(tomllib.loads(manifest.decode()))
    except (ValueError, TypeError) as fault:
        raise TemplateBroken(MANIFEST, (f"{MANIFEST}: {fault}",)) from fault
    if faults := letter_pack.faults_in(wording):
        raise TemplateBroken(MANIFEST, tuple(f"{MANIFEST}: {each}" for each in faults))
    return wording


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def put(path: Path, content: bytes) -> None:
    """Put the whole content there at once, so that a crash leaves the old one."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    beside.write_bytes(content)
    beside.replace(path)
