"""What the reading process answers, made into values; it is trusted no more than the paper was."""

import json
import struct
from dataclasses import fields
from typing import Any, Final

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import (
    ContainerRefused,
    Facts,
    Member,
    NotesLine,
    PaperKind,
    ReadingStatus,
    ReadPaper,
)

FRAME: Final = struct.Struct("!QQ")
MOST_FOUND: Final = 200


class Broken(Exception):
    """The child gave no answer; the reason is a sentence for staff."""


def opened(raw: bytes, otherwise: str) -> tuple[dict[str, Any], bytes]:
    """Return what was said and the bytes beside it; raise Broken, saying `otherwise`."""
    if len(raw) < FRAME.size:
        raise Broken(otherwise)
    head, blob = FRAME.unpack_from(raw)
    if len(raw) != FRAME.size + head + blob:
        raise Broken(otherwise)
    try:
        said = json.loads(raw[FRAME.size : FRAME.size + head])
    except (ValueError, RecursionError):
        raise Broken(otherwise) from None
    if not isinstance(said, dict) or said.get("fault") == "MemoryError":
        raise Broken(otherwise)
    if "fault" in said:
        raise Broken("the file is damaged: ask for another copy")
    return said, raw[FRAME.size + head :]


def unread(status: ReadingStatus, why: str, sha256: str) -> ReadPaper:
    """Return a paper of which nothing was read, and why."""
    return ReadPaper(status, PaperKind.OTHER, 0, Facts(), (why,), sha256)


def as_paper(said: dict[str, Any], blob: bytes, sha256: str, *, whole: bool) -> ReadPaper:
    """Make a value of the child's answer; raise Broken."""
    try:
        return ReadPaper(
            ReadingStatus(said["status"]),
            PaperKind(said["kind"]),
            int(said["pages"]),
            _facts(said["facts"]),
            tuple(map(str, said["warnings"])),
            sha256,
            text=blob.decode("utf-8", errors="replace"),
            marking=_text_or_none(said["marking"]),
            found=tuple(map(_found, said["found"][:MOST_FOUND])),
            flags=as_flags(said),
            whole=whole,
            front=str(said["front"])[:64],
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Broken("the file broke the reading: a person must look at it") from None


def as_flags(said: dict[str, Any]) -> tuple[Flag, ...]:
    """Make values of the flags answered; raise Broken."""
    try:
        return tuple(
            Flag(
                FlagKind(one["kind"]),
                str(one["says"]),
                max(1, int(one["count"])),
                tuple(map(int, one["pages"])),
            )
            for one in said["flags"]
        )
    except (KeyError, TypeError, ValueError):
        raise Broken("the file broke the reading: a person must look at it") from None


def as_members(said: dict[str, Any], blob: bytes) -> tuple[Member, ...]:
    """Make values of a container's files; raise ContainerRefused."""
    if "refused" in said:
        raise ContainerRefused(str(said["refused"]))
    members, start = [], 0
    for name, size, media_type in said.get("members", ()):
        members.append(Member(str(name), blob[start : start + int(size)], str(media_type)))
        start += int(size)
    return tuple(members)


def as_notes(said: dict[str, Any]) -> tuple[NotesLine, ...]:
    """Make values of the paragraphs of notes."""
    return tuple(
        NotesLine(
            int(one["number"]),
            str(one["text"]),
            str(one["style"]),
            int(one["level"]),
            int(one["indent"]),
            tuple(map(int, one["cell"])),
            bool(one["continues"]),
            tuple(map(str, one["marks"])),
            str(one["seen"]),
        )
        for one in said.get("notes", ())
    )


def _facts(said: dict[str, Any]) -> Facts:
    """Make the facts; a field is text, or a list of texts where its plain value is a tuple."""
    plain = Facts()
    return Facts(
        **{each.name: _as(said.get(each.name), getattr(plain, each.name)) for each in fields(Facts)}
    )


def _found(said: dict[str, Any]) -> Found:
    return Found(
        str(said["fact"]),
        _text_or_none(said["value"]),
        str(said["written"]),
        int(said["page"]),
        int(said["line"]),
        Sureness(said["sure"]),
        str(said["title"]),
        str(said["letters"]),
        tuple(map(str, said["others"])),
    )


def _as(value: Any, plain: object) -> Any:
    return tuple(map(str, value or ())) if isinstance(plain, tuple) else _text_or_none(value)


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)
