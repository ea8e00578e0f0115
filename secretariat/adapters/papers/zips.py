"""Opens zips within limits, because a small file can declare to be enormous.

Python's zipfile reads no further than a member declares, so checking what is declared is enough.
"""

import io
import zipfile
from typing import Final

from secretariat.domain.containers import is_mail
from secretariat.domain.papers import ContainerRefused, Member

MOST_MEMBERS: Final = 5_000
MOST_BYTES: Final = 300 * 2**20
MOST_BYTES_OF_ONE: Final = 100 * 2**20
MOST_BYTES_UNPACKED: Final = 150 * 2**20
MOST_FILES: Final = 200
RATIO: Final = 200
RATIO_MATTERS_FROM: Final = 20 * 2**20
ENCRYPTED: Final = 0x1
MAIL: Final = "message/rfc822"


def open_container(content: bytes) -> zipfile.ZipFile:
    """Open a zip whose declared sizes are within limits; raise ContainerRefused."""
    try:
        container = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise ContainerRefused("the container is damaged") from fault
    members = container.infolist()
    sizes = [member.file_size for member in members]
    if len(members) > MOST_MEMBERS:
        raise ContainerRefused("the container holds too many files to be safe")
    if sum(sizes) > MOST_BYTES or max(sizes, default=0) > MOST_BYTES_OF_ONE:
        raise ContainerRefused("the container would unpack to more than is safe")
    if sum(sizes) > RATIO_MATTERS_FROM and sum(sizes) > RATIO * len(content):
        raise ContainerRefused("the container would unpack to far more than was sent")
    return container


def part(container: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> bytes | None:
    """Return a member, by its name the last of it, None for none; raise ContainerRefused."""
    try:
        return container.read(name)
    except KeyError:
        return None
    except Exception as fault:  # zipfile meets damage with errors of many types
        raise ContainerRefused("a part of the file is damaged or locked") from fault


def files_of_zip(content: bytes) -> tuple[Member, ...]:
    """Return the files of a zip in its order, one level deep; raise ContainerRefused.

    Folders, empty files and what an operating system leaves behind are no papers.  A container
    inside stays a container.
    """
    container = open_container(content)
    wanted = [member for member in container.infolist() if _is_paper(member)]
    if len(wanted) > MOST_FILES or sum(one.file_size for one in wanted) > MOST_BYTES_UNPACKED:
        raise ContainerRefused("the container holds more papers than can be taken at once")
    if any(member.flag_bits & ENCRYPTED for member in wanted):
        raise ContainerRefused("the container is locked: ask for the papers without a password")
    found = []
    for member in wanted:
        held = part(container, member)
        if held:
            kind = MAIL if is_mail(held) else ""
            name = member.filename.replace("\\", "/").rsplit("/", 1)[-1]
            found.append(Member(name or "file without a name", held, kind))
    return tuple(found)


def _is_paper(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    leftover = name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in {".DS_Store", "Thumbs.db"}
    return not (name.endswith("/") or leftover or member.file_size == 0)
