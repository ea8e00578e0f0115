"""What a person has typed and not saved, kept so that no power cut takes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from secretariat.domain.letter import MEETING, Typed
from secretariat.domain.reference import Reference
from secretariat.ports.clock import Clock
from secretariat.ports.register import OpenRegister


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Keeps one text a person and letter or meeting; it is no version, and theirs alone."""

    open_register: OpenRegister
    clock: Clock

    def keep(
        self, about: str, number: int, fields: Mapping[str, str], *, version: int = 0, by: str
    ) -> None:
        """Keep what is typed, in place of what was kept before; raise NotFound for nothing.

        about: the reference of the letter's review, or MEETING for the notes of a meeting
        version: of the letter that the person has before them
        """
        listed = tuple(part for pair in fields.items() for part in pair)
        with self.open_register() as register:
            if about == MEETING:
                register.meeting(number)
            else:
                register.letter(Reference.parse(about), number)
            register.put_typed(Typed(about, number, by, version, listed, self.clock.now()))

    def forget(self, about: str, number: int, *, by: str) -> None:
        """Forget it; nothing happens where nothing is kept."""
        with self.open_register() as register:
            register.forget_typed(about, number, by)
