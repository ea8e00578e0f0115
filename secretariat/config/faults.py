"""Faults in what staff may edit, each with its file and line, all told at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from secretariat.domain.errors import SecretariatError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    file: as the reader would name it
    line: counted from 1; 0 where no line is to blame
    sentence: what is wrong and what would be right
    """

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.sentence}"


class ConfigFaults(SecretariatError):
    """The configuration or the directory cannot be used; `faults` holds every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
