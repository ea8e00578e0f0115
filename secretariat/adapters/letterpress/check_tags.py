"""The fields of a template, line by line: which are finished, known, in their place, closed.

A field is looked up as it will be when a letter is made: in a loop, the loop's own name
stands for one of the list.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

NAME: Final = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?"
FIELD: Final = re.compile(rf"\{{\{{\s*({NAME})\s*\}}\}}")
IF: Final = re.compile(rf"\{{%p if (?:not )?({NAME})\s*%\}}")
FOR: Final = re.compile(rf"\{{%p for ([a-z][a-z0-9_]*) in ({NAME})\s*%\}}")
END: Final = re.compile(r"\{%p (else|endif|endfor)\s*%\}")
TAG: Final = re.compile(r"\{[{%#].*?[}%#]\}")
OPENING: Final = re.compile(r"\{[{%#]")
CLOSING: Final = re.compile(r"[}%#]\}")
SINGLE: Final = re.compile(r"(?<!\{)\{(?![{%#])[^{}]{1,40}\}(?!\})")
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
WORDS_CURLED: Final = re.compile("[‘’“”–—]")
WORD: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Known:
    """What every field holds, as far as the samples show it: a text, yes or no, a list, parts."""

    shapes: Mapping[str, object]

    @classmethod
    def of(cls, samples: tuple[Mapping[str, object], ...]) -> "Known":
        """Return the fullest value that any sample gives of each field."""
        shapes: dict[str, object] = {}
        for sample in samples:
            for name, value in sample.items():
                shapes[name] = shapes.get(name) or value
        return cls(shapes)


@dataclass(slots=True)
class Tags:
    """What the whole template uses.

    used: fields that stand in it; spoilt: words of lines that could not be read
    """

    known: Known
    used: set[str] = field(default_factory=set)
    spoilt: set[str] = field(default_factory=set)

    def missing(self) -> Iterator[str]:
        """Tell of fields with words that stand nowhere."""
        for name, shape in sorted(self.known.shapes.items()):
            if not isinstance(shape, bool) and name not in self.used | self.spoilt:
                yield f"the field {name!r} is missing: its words would be lost"


@dataclass(slots=True)
class _Open:
    """A block that was begun: what with, where, in which cell or body, and its loop's name."""

    kind: str
    tag: str
    where: str
    holder: object
    loop: str = ""
    one: object = None


@dataclass(slots=True)
class Reading:
    """One part of the file, read from its first line to its last."""

    tags: Tags
    _open: list[_Open] = field(default_factory=list)

    def faults(self, text: str, where: str, holder: object) -> Iterator[str]:
        """Return what is wrong with a line; holder: the body, or the cell, that it stands in."""
        tags = TAG.findall(text)
        if len(OPENING.findall(text)) != len(tags) or len(CLOSING.findall(text)) != len(tags):
            self.tags.spoilt |= set(WORD.findall(text))
            yield "a field is not finished; it begins with {{ and ends with }}"
            return
        if SINGLE.search(text):
            self.tags.spoilt |= set(WORD.findall(" ".join(SINGLE.findall(text))))
            yield "single brackets are not filled in; a field has two of each"
        for tag in tags:
            yield from self._faults_of_tag(tag, where, holder)
            if not tag.startswith("{{") and text.strip() != tag:
                yield f"{tag} must stand alone on its line: other words on it would be deleted"

    def left_open(self) -> Iterator[str]:
        """Return what is wrong with blocks that nothing has closed."""
        for begun in self._open:
            yield f"{begun.where}: {begun.tag} is never closed: {{%p end{begun.kind} %}} is missing"

    def _faults_of_tag(self, tag: str, where: str, holder: object) -> Iterator[str]:
        if found := FIELD.fullmatch(tag):
            yield from self._faults_of_field(found[1])
        elif found := IF.fullmatch(tag):
            yield from self._looked_up(found[1])[1]
            self._open.append(_Open("if", tag, where, holder))
        elif found := FOR.fullmatch(tag):
            yield from self._begin_loop(found[1], found[2], _Open("for", tag, where, holder))
        elif found := END.fullmatch(tag):
            yield from self._close(found[1], tag, holder)
        else:
            self.tags.spoilt |= set(WORD.findall(tag))
            yield _odd(tag)

    def _faults_of_field(self, name: str) -> Iterator[str]:
        shape, faults = self._looked_up(name)
        yield from faults
        if not faults and isinstance(shape, tuple | list):
            yield (
                f"{name!r} is a list: go through it with "
                f"{{%p for one in {name} %}} … {{%p endfor %}}"
            )
        elif not faults and isinstance(shape, Mapping):
            yield f"{name!r} has parts: name one of {', '.join(f'{name}.{part}' for part in shape)}"

    def _begin_loop(self, loop: str, name: str, begun: _Open) -> Iterator[str]:
        shape, faults = self._looked_up(name)
        yield from faults
        if not faults and not isinstance(shape, tuple | list):
            yield f"{name!r} is no list: {{%p for … %}} cannot go through it"
        begun.loop, begun.one = (
            loop,
            shape[0] if isinstance(shape, tuple | list) and shape else None,
        )
        self._open.append(begun)

    def _close(self, word: str, tag: str, holder: object) -> Iterator[str]:
        kind = "if" if word == "else" else word.removeprefix("end")
        if not self._open:
            yield f"{tag} closes nothing: no {{%p {kind} … %}} stands before it"
            return
        begun = self._open[-1]
        if begun.kind != kind:
            yield f"{tag} comes too early: {begun.tag} is still open ({begun.where})"
        if begun.holder is not holder:
            yield f"{tag} stands in another table cell than {begun.tag} ({begun.where})"
        if word != "else":
            self._open.pop()

    def _looked_up(self, name: str) -> tuple[Any, list[str]]:
        """Return what a field holds, and why there is no such field."""
        root, _, part = name.partition(".")
        loops = {begun.loop: begun.one for begun in self._open if begun.loop}
        if root in loops:
            shape = loops[root]
        else:
            shape = self.tags.known.shapes.get(root)
            self.tags.used.add(root)
            if root not in self.tags.known.shapes:
                return None, [_unknown(root, [*self.tags.known.shapes, *loops])]
        if not part or shape is None:
            return shape, []
        if not isinstance(shape, Mapping):
            return None, [f"{root!r} has no parts: write {{{{ {root} }}}}"]
        if part not in shape:
            return None, [_unknown(name, [f"{root}.{each}" for each in shape])]
        return shape[part], []


def _odd(tag: str) -> str:
    if INVISIBLE.search(tag):
        return "an invisible sign stands inside a field: type the field anew"
    curled = " (Word has made curly quotes or long dashes of its signs)"
    why = curled if WORDS_CURLED.search(tag) else ""
    if tag.startswith("{{"):
        return f"{tag} is no field; write one as {{{{ name }}}}{why}"
    return f"{tag} cannot be used; write {{%p if … %}}, {{%p for … in … %}} or their end{why}"


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    said = f"did you mean {near[0]!r}? All are" if near else "only"
    return f"there is no field {name!r}, {said} {', '.join(sorted(known))}"
