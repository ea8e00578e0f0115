"""What a person has typed into a letter and not saved, kept so that no power cut takes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from secretariat.domain.letter import Typed
from secretariat.domain.reference import Reference
from secretariat.ports.clock import Clock
from secretariat.ports.register import OpenRegister


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Keeps one text a person and letter; it is no version, and nobody else is shown it."""

    open_register: OpenRegister
    clock: Clock

    def keep(
        self, reference: Reference, number: int, fields: Mapping[str, str], *, version: int, by: str
    ) -> None:
        """Keep what is typed, in place of what was kept before; raise NotFound for no letter.

        version: of the letter that the person has before them
        """
        listed = tuple(part for pair in fields.items() for part in pair)
        with self.open_register() as register:
            register.letter(reference, number)
            now = self.clock.now()
            register.put_typed(Typed(reference, number, by, version, listed, now))

    def forget(self, reference: Reference, number: int, *, by: str) -> None:
        """Forget it; nothing happens where nothing is kept."""
        with self.open_register() as register:
            register.forget_typed(reference, number, by)
