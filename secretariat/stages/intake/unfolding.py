"""The files of a mail, those out of containers and passed-on mails too, each scanned first.

A container is told by its bytes and opened in the reading process alone.  What the scanner
finds is kept and never opened; a container that stays shut is one file with the reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.containers import is_container, is_sealed, is_winmail, is_zip_of_files
from secretariat.domain.mail import Mail, Part
from secretariat.domain.papers import (
    ContainerRefused,
    Facts,
    Member,
    PaperKind,
    ReadingStatus,
    ReadPaper,
)
from secretariat.domain.triage_clues import SeenPaper, may_be_paper
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Reader, Scanner

DEEPEST: Final = 2
A_MAIL: Final = "message/rfc822"
PHOTOGRAPHS: Final = ("image/heic", "image/heif", "image/avif")


@dataclass(frozen=True, slots=True)
class Unfolding:
    """Takes mails apart.

    keep: keeps bytes and returns their SHA-256
    scanner: looks at every file before anything else opens it; None where none is installed
    """

    mail: MailReading
    reader: Reader
    keep: Callable[[bytes], str]
    scanner: Scanner | None = None

    def papers(self, mail: Mail) -> Iterator[SeenPaper]:
        """Go through a mail's files after reading their front pages; raise ScannerAway."""
        for part, barred in self._files(mail, 0):
            sha256 = self.keep(part.body)
            read = replace(barred, sha256=sha256) if barred else self._read(part, sha256)
            yield SeenPaper(part.name, sha256, len(part.body), part.media_type, read)

    def as_meant(self, mail: Mail) -> Mail:
        """Return a mail that wholly lies in a signed piece or a winmail.dat as it was written.

        The outer headers stay: they say who sent it and what our border found.
        """
        for _ in range(DEEPEST):
            inner = self._only_inner(mail)
            if inner is None:
                return mail
            mail = replace(
                mail,
                text=inner.text,
                own_text=inner.own_text,
                html=inner.html,
                parts=inner.parts,
                faults=(*mail.faults, *inner.faults),
            )
        return mail

    def _only_inner(self, mail: Mail) -> Mail | None:
        if len(mail.parts) != 1 or mail.text.strip():
            return None
        (part,) = mail.parts
        if not (is_sealed(part.body) or is_winmail(part.body)) or self._infection(part):
            return None
        try:
            members = self.reader.unpack(part.body, part.name)
        except ContainerRefused:
            return None
        if len(members) == 1 and members[0].media_type == A_MAIL:
            return self.mail.parse(members[0].content)
        return None

    def _files(self, mail: Mail, depth: int) -> Iterator[tuple[Part, ReadPaper | None]]:
        for part in mail.parts:
            yield from self._file(part, depth)

    def _file(
        self, part: Part, depth: int, *, zipped: bool = False
    ) -> Iterator[tuple[Part, ReadPaper | None]]:
        """Go through one file: itself, or what it holds; zipped: it lay in a zip, as one level."""
        if found := self._infection(part):
            yield part, _quarantined(found)
            return
        closed = depth >= DEEPEST or (zipped and is_zip_of_files(part.body))
        if not closed and is_container(part.body, part.media_type, part.name):
            yield from self._members(part, depth + 1)
        else:
            yield part, None

    def _members(self, part: Part, depth: int) -> Iterator[tuple[Part, ReadPaper | None]]:
        try:
            members = self.reader.unpack(part.body, part.name)
        except ContainerRefused as fault:
            yield part, _barred(ReadingStatus.DAMAGED, str(fault))
            return
        for member in members:
            if member.media_type == A_MAIL:
                yield from self._files(self.as_meant(self.mail.parse(member.content)), depth)
            else:
                zipped = is_zip_of_files(part.body)
                yield from self._file(_part_of(member), depth, zipped=zipped)

    def _infection(self, part: Part) -> str:
        return self.scanner.scan(part.body) if self.scanner is not None else ""

    def _read(self, part: Part, sha256: str) -> ReadPaper:
        readable = may_be_paper(part.media_type, len(part.body))
        if not readable and part.media_type not in PHOTOGRAPHS:
            why = "it is no paper that can be read"
            return replace(_barred(ReadingStatus.UNSUPPORTED, why), sha256=sha256)
        return self.reader.read(part.body, part.name, whole=False)


def _part_of(member: Member) -> Part:
    return Part(member.name, member.media_type, member.content)


def _quarantined(found: str) -> ReadPaper:
    name = "".join(each for each in found if each.isprintable())[:80]
    why = f"the virus scanner found {name} in it: it was never opened and is kept closed"
    return _barred(ReadingStatus.QUARANTINED, why)


def _barred(status: ReadingStatus, why: str) -> ReadPaper:
    return ReadPaper(status, PaperKind.OTHER, 0, Facts(), (why,), "")
