"""Large base64 bodies are cut out of a mail before it is parsed, and decoded where they lie.

The standard parser holds a mail several times over: as text, as lines, joined again, decoded.  A
body of 25 MB is replaced by one short line; what the parser makes of the rest is the same, since
a run of base64 lines can be no header, no boundary and no folded line.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LARGE: Final = 64 * 1024
ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n"
HEAD: Final = re.compile(r"[A-Za-z0-9+/\r\n]*")
TAIL: Final = re.compile(r"[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*")
BREAKS: Final = b"\r\n"


@dataclass(frozen=True, slots=True)
class Cut:
    """A mail without its large bodies.

    small: the bytes for the parser
    word: stands for each body, with its number after it
    places: where each body lies in `raw`, from and up to
    """

    raw: bytes
    small: bytes
    word: str
    places: tuple[tuple[int, int], ...]

    def whole(self, text: str) -> str:
        """Return a text of the parser's with the bodies put back."""
        if not self.places or self.word not in text:
            return text
        return self._pattern().sub(
            lambda hit: str(self.raw[slice(*self.places[int(hit[1])])], "ascii"), text
        )

    def whole_bytes(self, content: bytes) -> bytes | None:
        """Return bytes that the parser wrote with the bodies put back, their newlines as it has it.

        None where it cannot be told whether the parser made bare newlines of them.
        """
        if not self.places or self.word.encode() not in content:
            return content
        pieces: list[bytes] = []
        end = 0
        for hit in re.finditer(rb"%b([0-9]+)e" % self.word.encode(), content):
            start, stop = self.places[int(hit[1])]
            if not self._has_only_pairs(start - 2, stop):
                return None
            body = self.raw[start:stop]
            bare = content[hit.start() - 2 : hit.start()] != b"\r\n"
            pieces += [content[end : hit.start()], body.replace(b"\r\n", b"\n") if bare else body]
            end = hit.end()
        return b"".join((*pieces, content[end:]))

    def _has_only_pairs(self, start: int, stop: int) -> bool:
        counts = {self.raw.count(each, start, stop) for each in (b"\r\n", b"\r", b"\n")}
        return self.raw[start : start + 2] == b"\r\n" and len(counts) == 1

    def decoded(self, text: str) -> bytes | None:
        """Return a base64 body decoded straight from the mail.

        None where it was not cut, or is not wholly sound, so that the parser must judge it.
        """
        if not self.places or self.word not in text:
            return None
        hits = list(self._pattern().finditer(text))
        if len(hits) != 1:
            return None
        head, tail = text[: hits[0].start()], text[hits[0].end() :]
        if not (HEAD.fullmatch(head) and TAIL.fullmatch(tail)):
            return None
        start, end = self.places[int(hits[0][1])]
        start, end = start - len(head), end + len(tail)
        body = memoryview(self.raw)[start:end]
        if body[: len(head)] != head.encode() or body[len(body) - len(tail) :] != tail.encode():
            return None
        breaks = self.raw.count(b"\n", start, end) + self.raw.count(b"\r", start, end)
        return _sound(body) if (len(body) - breaks) % 4 == 0 else None

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"{self.word}([0-9]+)e")


def cut(raw: bytes, large: int = LARGE) -> Cut:
    """Return the mail with its runs of base64 lines cut out, those of about `large` bytes or more.

    A run is looked for in steps of a quarter of that, so its two ends may stay behind.
    """
    places = tuple(_runs(raw, max(large // 4, 8))) if len(raw) >= large else ()
    if not places:
        return Cut(raw, raw, "", ())
    word = "CutOut"
    while word.encode() in raw:
        word += "x"
    pieces: list[bytes | memoryview] = []
    view, end = memoryview(raw), 0
    for number, (start, stop) in enumerate(places):
        pieces += [view[end:start], f"{word}{number}e".encode()]
        end = stop
    return Cut(raw, b"".join((*pieces, view[end:])), word, places)


def _runs(raw: bytes, step: int) -> Iterator[tuple[int, int]]:
    """Go through the runs: from the first letter of a line to the last letter of another."""
    place = 0
    while place + step <= len(raw):
        if not _is_clean(raw, place, step):
            place += step
            continue
        end = place + step
        while end + step <= len(raw) and _is_clean(raw, end, step):
            end += step
        start = raw.find(b"\n", place, end) + 1
        stop = raw.rfind(b"\n", place, end)
        while stop > start and raw[stop - 1] in BREAKS:
            stop -= 1
        if start and stop - start >= step and raw[start] not in BREAKS:
            yield start, stop
        place = end


def _is_clean(raw: bytes, place: int, step: int) -> bool:
    return not raw[place : place + step].translate(None, ALPHABET)


def _sound(body: memoryview) -> bytes | None:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        return None
