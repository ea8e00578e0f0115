"""The letter's templates: which versions there are, what is wrong with one, which is in use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from secretariat.domain.errors import OutOfOrder
from secretariat.domain.wording import Mark


class TemplateNotPut(OutOfOrder):
    """A version could not be put into use: the folder of templates cannot be written."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a template, sound or not.

    faults: one sentence each, with its paragraph; empty when it may be used
    advice: where it leaves the house style
    html: a made-up letter printed with it, safe HTML; docx: the same as a Word file
    version: under which name a sound one is kept
    """

    faults: tuple[str, ...]
    advice: tuple[str, ...] = ()
    html: str = ""
    docx: bytes = b""
    version: str = ""


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """One version of a pack, its Word template and its sentences, as it is kept.

    name: the first 16 signs of `sha256`, which every letter bears that was made with it
    kept_at: when it was first seen; in_use: letters are made with it now
    """

    generation: str
    name: str
    sha256: str
    kept_at: datetime
    in_use: bool


class TemplateShelf(Protocol):
    """Where versions of templates are kept for good."""

    def generations(self) -> tuple[str, ...]:
        """Return the names of the packs, in their order."""

    def faults(self, generation: str) -> tuple[str, ...]:
        """Return what is wrong with the pack that lies in the folder; empty when it is in use."""

    def look(self, generation: str, template: bytes) -> Looked:
        """Look over a Word template for this pack, in a process apart; keep nothing."""

    def keep(self, generation: str, template: bytes) -> Looked:
        """Look over a Word template, and keep it under its hash if it is sound."""

    def versions(self, generation: str) -> tuple[TemplateVersion, ...]:
        """Return the versions kept, the newest first."""

    def template(self, generation: str, version: str) -> bytes:
        """Return the Word template of a version; raise NotFound."""

    def use(self, generation: str, version: str) -> None:
        """Put a version into use; raise NotFound, Refused with its faults, or TemplateNotPut."""

    def marks(self) -> tuple[Mark, ...]:
        """Return all wording of all packs that is marked to be confirmed."""
