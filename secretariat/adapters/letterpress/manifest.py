"""A pack's manifest.toml: what the pack says of itself, then a table for each sentence.

[pack]
title = "…"            # for staff
from = 2016-01-01      # letters were written so from this day; `until` likewise
review = "DARDR"       # the review's name in every letter of the pack; else the letter's own
fields = ["address"]   # the fields of letter.docx
in_word = ["outcome"]  # slots for which letter.docx has a sentence of its own
asks = ["url"]         # what is asked unless the letter or the configuration says

[pack.needs]           # the kinds of letter, each with what it cannot do without
"first letter" = ["addressee"]

[pack.open]            # what is not known about the whole pack; bars approval until confirmed
closing = "…"

[considered-meeting]   # a sentence; its name begins with its slot
text = "…"
when = ["at a meeting", "dated"]
confirm = true
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeVar

from secretariat.domain.letter_content import LetterKind, ReviewName
from secretariat.domain.letter_pack import Sentence, Wording

PACK: Final = "pack"
KEYS: Final = frozenset(
    ["title", "from", "until", "review", "fields", "in_word", "asks", "needs", "open"]
)
SENTENCE_KEYS: Final = frozenset({"text", "when", "confirm"})
Kind = TypeVar("Kind", LetterKind, ReviewName)
Table = Mapping[str, object]


def wording_in(manifest: Table) -> Wording:
    """Return what a manifest says; raise ValueError for the first thing that cannot be read."""
    pack = _table(manifest, PACK)
    _only(pack, KEYS, PACK)
    needs = {
        _one_of(LetterKind, kind, "pack.needs"): _words(_table(pack, "needs"), kind, "pack.needs")
        for kind in _table(pack, "needs")
    }
    review = _word(pack, "review", PACK)
    still_open = _table(pack, "open")
    return Wording(
        title=_word(pack, "title", PACK),
        needs=MappingProxyType(needs),
        fields=frozenset(_words(pack, "fields", PACK)),
        sentences=MappingProxyType(
            {name: _sentence(name, manifest) for name in manifest if name != PACK}
        ),
        in_word=frozenset(_words(pack, "in_word", PACK)),
        asks=_words(pack, "asks", PACK),
        review=_one_of(ReviewName, review, "pack.review") if review else None,
        since=_day(pack, "from"),
        until=_day(pack, "until"),
        still_open=MappingProxyType(
            {name: _word(still_open, name, "pack.open") for name in still_open}
        ),
    )


def _sentence(name: str, manifest: Table) -> Sentence:
    table = _table(manifest, name)
    _only(table, SENTENCE_KEYS, name)
    text, confirm = _word(table, "text", name), table.get("confirm", False)
    if not text:
        raise ValueError(f"[{name}] lacks its text")
    if not isinstance(confirm, bool):
        raise ValueError(f"[{name}] confirm must be true or false")
    return Sentence(text, confirm, _words(table, "when", name))


def _table(table: Table, key: str) -> Table:
    told = table.get(key, {})
    if not isinstance(told, Mapping):
        raise ValueError(f"{key} must be a table")
    return told


def _only(table: Table, known: frozenset[str], name: str) -> None:
    if strangers := sorted(table.keys() - known):
        raise ValueError(f"[{name}] {strangers[0]} is not known, only {', '.join(sorted(known))}")


def _word(table: Table, key: str, name: str) -> str:
    told = table.get(key, "")
    if not isinstance(told, str):
        raise ValueError(f"[{name}] {key} must be words in quotation marks")
    return told.strip()


def _words(table: Table, key: str, name: str) -> tuple[str, ...]:
    told = table.get(key, [])
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        raise ValueError(f"[{name}] {key} must be a list of words in quotation marks")
    return tuple(told)


def _day(pack: Table, key: str) -> date | None:
    told = pack.get(key)
    if told is None or (isinstance(told, date) and not isinstance(told, datetime)):
        return told
    raise ValueError(f"[{PACK}] {key} must be a day like 2016-01-31")


def _one_of(kind: type[Kind], word: str, name: str) -> Kind:
    if word not in tuple(kind):
        raise ValueError(f"[{name}] {word!r} is none of: {', '.join(kind)}")
    return kind(word)
