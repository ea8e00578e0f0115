"""The wording of letters: templates that staff put into use, and sentences that they confirm.

Who did it and when stands in the office's ledger; the files themselves are kept on the shelf.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.ledger import OFFICE, Act, Entry, Event
from secretariat.domain.wording import ConfirmedWording, Mark
from secretariat.ports.clock import Clock
from secretariat.ports.papers import Scanner
from secretariat.ports.register import OpenReading, OpenRegister
from secretariat.ports.templates import Looked, TemplateShelf, TemplateVersion


@dataclass(frozen=True, slots=True)
class Wording:
    """Looks after templates and marks.

    scanner: looks for viruses in an uploaded template before anything opens it; None without one
    """

    open_register: OpenRegister
    open_reading: OpenReading
    shelf: TemplateShelf
    clock: Clock
    scanner: Scanner | None = None

    def offer(self, generation: str, template: bytes) -> Looked:
        """Look over an uploaded template and keep it if it is sound; raise Refused for a virus."""
        if self.scanner is not None and (found := self.scanner.scan(template)):
            raise Refused(f"the virus scanner found {found} in the file: it was not opened")
        return self.shelf.keep(generation, template)

    def look(self, generation: str, version: str) -> Looked:
        """Look over a version that is kept, and print a made-up letter with it."""
        return self.shelf.look(generation, self.shelf.template(generation, version))

    def use(self, generation: str, version: str, *, by: str) -> None:
        """Put a version into use, also an earlier one; raise NotFound, Refused, TemplateNotPut."""
        found = self._version(generation, version)
        if found.in_use:
            raise Refused("that version is in use already")
        with self.open_register() as register:
            register.write(OFFICE, Act(by, Event.TEMPLATE_USED, _told(found)))
            self.shelf.use(generation, version)

    def versions(self, generation: str) -> tuple[TemplateVersion, ...]:
        """Return the versions of a pack, the newest first."""
        return self.shelf.versions(generation)

    def uses(self) -> Mapping[str, tuple[Entry, ...]]:
        """Return who put which version into use and when, by what `told_of` says of a version."""
        with self.open_reading() as register:
            entries = register.ledger(OFFICE)
        used = [entry for entry in entries if entry.what == Event.TEMPLATE_USED]
        return {why: tuple(e for e in used if e.why == why) for why in {e.why for e in used}}

    def open_marks(self) -> tuple[Mark, ...]:
        """Return the wording that nobody has confirmed in the words that stand now."""
        with self.open_reading() as register:
            done = {_key(each) for each in register.confirmed_wordings()}
        return tuple(
            mark
            for mark in self.shelf.marks()
            if (mark.generation, mark.name, mark.text_hash) not in done
        )

    def confirmed(self) -> tuple[tuple[Mark, ConfirmedWording], ...]:
        """Return the wording that stands now and is confirmed, and by whom."""
        with self.open_reading() as register:
            done = {_key(each): each for each in register.confirmed_wordings()}
        return tuple(
            (mark, done[key])
            for mark in self.shelf.marks()
            if (key := (mark.generation, mark.name, mark.text_hash)) in done
        )

    def confirm(self, generation: str, name: str, text_hash: str, *, by: str) -> None:
        """Confirm the words that `by` has read; raise Refused when others stand there now."""
        marks = self.shelf.marks()
        stand = {one.text_hash for one in marks if (one.generation, one.name) == (generation, name)}
        if not stand:
            raise NotFound("that wording")
        if text_hash not in stand:
            raise Refused("other words stand there now: read them and confirm them")
        confirmed = ConfirmedWording(generation, name, text_hash, by, self.clock.now())
        told = f"the wording of {name} in letters of {generation} was confirmed ({text_hash[:16]})"
        with self.open_register() as register:
            if _key(confirmed) in {_key(each) for each in register.confirmed_wordings()}:
                return
            register.confirm_wording(confirmed, Act(by, Event.WORDING_CONFIRMED, told))

    def told_of(self, version: TemplateVersion) -> str:
        """Return the sentence that the ledger has of a version that was put into use."""
        return _told(version)

    def _version(self, generation: str, name: str) -> TemplateVersion:
        for each in self.shelf.versions(generation):
            if each.name == name:
                return each
        raise NotFound("that version of the template")


def _told(version: TemplateVersion) -> str:
    return f"version {version.name} of the template for letters of {version.generation}"


def _key(confirmed: ConfirmedWording) -> tuple[str, str, str]:
    return confirmed.generation, confirmed.mark, confirmed.text_hash
