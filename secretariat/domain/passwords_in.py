"""What in a mail may be the password of a paper: places are known, no meaning is guessed.

Nothing here decides that a mail brings a password; the caller tries what is found on a locked
paper, in the reading process alone, and keeps none of it.
"""

import re
from collections.abc import Iterator
from typing import Final

MOST_TRIES: Final = 20
MOST_CANDIDATES: Final = MOST_TRIES
LONGEST: Final = 128
SHORTEST: Final = 3
LONGEST_TEXT: Final = 20_000
HIDDEN: Final = "[hidden]"

_NAMED: Final = (
    r"(?:pass[\s-]?(?:word|code|phrase)|pwd?|pin(?:\s+(?:code|number))?"
    r"|(?:g|ch|ngh)?yfrinair|cyfrinair|cod\s+mynediad)s?"
)
_TURN: Final = re.compile(
    rf"\b{_NAMED}\b"
    r"(?P<between>[^\n:=\u2013\u2014\"'\u201c\u2018]{0,60}?)"
    r"(?P<turn>\s+(?:is|are|was|will\s+be|yw|ydy|ydi)\b\s*:?|\s*[:=]|\s+[\u2013\u2014-](?=\s)"
    r"|\s+(?:below|as\s+follows|follows|isod)\b[.:]*(?=\s*\n))"
    r"[\s*_]*(?P<rest>[^\n]*)(?P<below>(?:\n[^\n]*){0,3})",
    re.IGNORECASE,
)
_YW: Final = re.compile(rf"(?:^|\s)(\S+)\s+yw(?:'r|\s+y)\s+{_NAMED}\b", re.IGNORECASE)
_QUOTED: Final = re.compile(
    r"\"([^\"\n]{3,128})\"|\u201c([^\u201d\n]{3,128})\u201d|\u2018([^\u2019\n]{3,128})\u2019"
    r"|(?<!\w)'([^'\n]{3,128})'(?!\w)|`([^`\n]{3,128})`|\*([^*\s]{3,128})\*"
)
_NAMES_ONE: Final = re.compile(rf"\b{_NAMED}\b", re.IGNORECASE)
_ENDINGS: Final = ".,;:!?)"
_MARKS: Final = "\"'\u2018\u2019\u201c\u201d*_`"
_OPENING_MARKS: Final = tuple("\"'\u201c\u2018`*")
_NOT_ONE: Final = re.compile(
    r"(?:https?://|www\.)\S*|\S+@\S+\.\S+|QA-\d{4}-\d+|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|\d{1,2}:\d{2}|[(+\d][\d ()]{7,}",
    re.IGNORECASE,
)
_SAYS_NOTHING: Final = re.compile(
    r"the|a|an|as|in|to|be|it|of|on|for|sent|provided|given|attached|below|above|following"
    r"|protected|required|needed|separate|separately|same|usual|follows|shown|not|available"
    r"|unknown|known|case|sensitive|correct|wrong|incorrect|here|our|your|this|that|these|those"
    r"|by|and|or|only|with|still|also|now|too|its|all|from|what|which|isod|uchod|canlynol",
    re.IGNORECASE,
)
_PARTICIPLE: Final = re.compile(r"[a-z]+(?:ed|ing|wn|nt)", re.IGNORECASE)


def candidates(text: str) -> tuple[str, ...]:
    """Return what may be a password, the likeliest first, each once, at most 20.

    First what stands behind a word for it, then what is in quotation marks, then marked tokens
    alone on their line; () for a text that names no password.
    """
    text = text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\xa0", " ")
    if not _NAMES_ONE.search(text):
        return ()
    found = dict.fromkeys((*_behind_its_name(text), *_quoted(text), *_alone(text)))
    return tuple(each for each in found if SHORTEST <= len(each) <= LONGEST)[:MOST_CANDIDATES]


def gives_password(text: str) -> bool:
    """Say whether the words themselves give a password: it stands behind a word for one."""
    text = text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\xa0", " ")
    return any(SHORTEST <= len(each) <= LONGEST for each in _behind_its_name(text, sure=True))


def hidden(line: str, passwords: tuple[str, ...]) -> str:
    """Return a line, such as a subject, with everything that may be a password covered."""
    for each in sorted({*passwords, *candidates(line)}, key=len, reverse=True):
        line = line.replace(each, HIDDEN)
    return line


def _behind_its_name(text: str, *, sure: bool = False) -> Iterator[str]:
    """Go through what stands behind a word for a password; sure: only what can be nothing else."""
    for hit in _TURN.finditer(text):
        rest = hit["rest"].strip()
        lines = [rest] if rest else [one.strip() for one in hit["below"].splitlines()]
        line = next((one for one in lines if one), "")
        said = not rest or hit["turn"].strip() in (":", "=") or ":" in hit["turn"]
        yield from (_stated(line, said=said) if sure else _on(line, whole=said))
    for hit in _YW.finditer(text):
        if _telling(hit[1]):
            yield hit[1].strip(_MARKS)


def _stated(line: str, *, said: bool) -> Iterator[str]:
    """Go through what a line surely states; said: a colon or a line of its own announces it."""
    first = next(iter(line.split()), "").rstrip(_ENDINGS).strip(_MARKS)
    quoted = line.startswith(_OPENING_MARKS)
    alone = len(line.rstrip(".").split()) == 1
    plain = _PARTICIPLE.fullmatch(first)
    if quoted or (_telling(first) and (said or _marked(first) or (alone and not plain))):
        yield first


def _on(line: str, *, whole: bool) -> Iterator[str]:
    """Go through what a line may state: what is quoted, its first word, the line itself."""
    quoted = next((group for hit in _QUOTED.finditer(line) for group in hit.groups() if group), "")
    first = next(iter(line.split()), "")
    bare = first.rstrip(_ENDINGS).strip(_MARKS)
    if quoted and line.startswith(_OPENING_MARKS):
        yield quoted
        return
    if _telling(bare):
        yield bare
        if first != bare:
            yield first
    if whole and 1 < len(line.split()) <= 8 and _telling(bare):
        yield line.rstrip(".")
        yield line


def _quoted(text: str) -> Iterator[str]:
    for hit in _QUOTED.finditer(text):
        found = next(group for group in hit.groups() if group)
        if _marked(found):
            yield found


def _alone(text: str) -> Iterator[str]:
    """Go through the lines of one word that people would not write otherwise."""
    for line in text.splitlines():
        word = line.strip(f" \t>{_MARKS}")
        if word and not word.count(" ") and _marked(word):
            yield word


def _telling(word: str) -> bool:
    plain = word.casefold().strip(_ENDINGS)
    return bool(plain) and not _SAYS_NOTHING.fullmatch(plain) and not _NOT_ONE.fullmatch(word)


def _marked(word: str) -> bool:
    """Whether a word bears a digit or a symbol beside letters, as no common word does."""
    if _NOT_ONE.fullmatch(word) or not 4 <= len(word) <= LONGEST:
        return False
    symbols = sum(not each.isalnum() and each not in " -'.,:" for each in word)
    digits = sum(each.isdigit() for each in word)
    return any(each.isalpha() for each in word) and bool(digits or symbols)
