"""What changed between two versions of a letter's words, word by word.

First paragraphs are set against paragraphs, then words against words where paragraphs were
replaced; so one word in a long letter is found as quickly as one in a short one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from secretariat.domain.letter_content import Addressee, LetterContent, Point
from secretariat.domain.written import in_full

WORDS: Final = re.compile(r"\s+|\w+(?:[’'-]\w+)*|[^\w\s]")
TOO_UNLIKE: Final = 0.35
MOST_WORDS: Final = 2_000


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one fate; the text keeps its spaces."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class PartChanged:
    """One part of the letter that is not the same in both; each of `lines` is a paragraph."""

    part: str
    lines: tuple[tuple[Run, ...], ...]

    def added(self) -> tuple[str, ...]:
        """Return each stretch of words that is new."""
        return _stretches(self.lines, Change.ADDED)

    def removed(self) -> tuple[str, ...]:
        """Return each stretch of words that is gone."""
        return _stretches(self.lines, Change.REMOVED)


def differences(before: LetterContent, after: LetterContent) -> tuple[PartChanged, ...]:
    """Return the parts of a letter that differ, in the letter's order; empty for the same words."""
    old, new = parts_of(before), parts_of(after)
    changed = ((part, old[part], new[part]) for part in new if old[part] != new[part])
    return tuple(PartChanged(part, tuple(_lines(was, now))) for part, was, now in changed)


def parts_of(content: LetterContent) -> dict[str, tuple[str, ...]]:
    """Return every part of a letter by its name, as paragraphs."""
    written = content.date_as_written
    return {
        "Kind of letter": _said(content.kind, _day(content.replaces)),
        "Generation": _said(content.generation),
        "Review": _said(content.review_name, content.death),
        "Addressee": _addressee(content.addressee),
        "Further addressees": tuple(
            ", ".join(_addressee(one)) for one in content.others if _addressee(one)
        ),
        "Area": _said(content.area),
        "Partnerships": _said(content.article and f"Article: {content.article}")
        + content.partnerships,
        "Council's reference": _said(content.local_reference),
        "Pseudonyms": _said(*content.pseudonyms),
        "How they are named": _said(content.case_words or content.naming),
        "Meeting": _said(_day(content.meeting_date), content.mode)
        + _said(written and f"as written: {written}"),
        "Delay": _said(_delay(content)),
        "What the Panel felt": content.conclusion,
        "Points": tuple(line for point in content.points for line in point_lines(point)),
        "List": _said("numbered" if content.numbered else "bullets"),
        "Outcome": _said(content.outcome, content.outcome_words, content.grade),
        "What is asked": _said(*content.asks),
        "Copies": _said(*content.copy_offices),
        "Version referred to": _said(content.version_named),
        "Letterhead and signatory": _said(
            content.head.unit,
            content.head.address,
            content.head.telephone,
            content.head.website,
            content.head.signatory,
            content.head.signatory_title,
            content.head.reply_address,
        ),
    }


def point_lines(point: Point) -> tuple[str, ...]:
    """Write a point as paragraphs: its own first, those below it with a dash."""
    label = f"{point.label.rstrip(':')}: " if point.label else ""
    own = " ".join(filter(None, (f"{label}{point.text}".strip(), point.lead_in)))
    return (own, *(f"– {text}" for text in point.below))


def _addressee(one: Addressee) -> tuple[str, ...]:
    name = " ".join(filter(None, (one.title, one.first, one.last, one.postnominals)))
    greeting = one.salutation and f"Dear {one.salutation}"
    by = "" if one == Addressee() else f"greeted {one.greeting}"
    return _said(name, one.role, one.organisation, *one.address_lines, greeting or by)


def _delay(content: LetterContent) -> str:
    if not content.regret:
        return "not regretted"
    return content.delay_words or f"regretted: {content.delay}"


def _day(day: date | None) -> str:
    return in_full(day) if day else ""


def _said(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Run, ...]]:
    """Set paragraphs against paragraphs; those in the place of others are compared by words."""
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            yield from ((Run(Change.KEPT, text),) for text in after[j1:j2])
            continue
        both = min(i2 - i1, j2 - j1)
        for was, now in zip(before[i1 : i1 + both], after[j1 : j1 + both], strict=True):
            yield from _words(was, now)
        yield from ((Run(Change.REMOVED, text),) for text in before[i1 + both : i2])
        yield from ((Run(Change.ADDED, text),) for text in after[j1 + both : j2])


def _words(before: str, after: str) -> Iterator[tuple[Run, ...]]:
    """Compare two paragraphs; two that have little in common are shown one after the other."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, False)
    if len(old) + len(new) > MOST_WORDS or _alike(matcher, old, new) < TOO_UNLIKE:
        yield (Run(Change.REMOVED, before),)
        yield (Run(Change.ADDED, after),)
        return
    runs: list[Run] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            runs.append(Run(Change.KEPT, "".join(old[i1:i2])))
            continue
        runs += [Run(Change.REMOVED, "".join(old[i1:i2]))] if i2 > i1 else []
        runs += [Run(Change.ADDED, "".join(new[j1:j2]))] if j2 > j1 else []
    yield tuple(_joined(runs))


def _alike(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> float:
    """Return from 0 to 1 how many of the words are common to both; spaces and signs are none."""
    common = (word for at, _, size in matcher.get_matching_blocks() for word in old[at : at + size])
    words = max(sum(map(str.isalnum, old)), sum(map(str.isalnum, new)), 1)
    return sum(map(str.isalnum, common)) / words


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Take a lone space between two replaced words into both, so that a phrase is told as one."""
    held: list[Run] = []
    for place, run in enumerate(runs):
        if run.change is not Change.KEPT:
            held.append(run)
        elif run.text.isspace() and _replaces(runs[:place]) and _replaces(runs[place + 1 :][:2]):
            held += [Run(Change.REMOVED, run.text), Run(Change.ADDED, run.text)]
        else:
            yield from _settled(held)
            held = []
            yield run
    yield from _settled(held)


def _replaces(runs: Sequence[Run]) -> bool:
    return [run.change for run in runs[-2:]] == [Change.REMOVED, Change.ADDED]


def _settled(held: Sequence[Run]) -> Iterator[Run]:
    for change in (Change.REMOVED, Change.ADDED):
        text = "".join(run.text for run in held if run.change is change)
        if text:
            yield Run(change, text)


def _stretches(lines: Sequence[Sequence[Run]], change: Change) -> tuple[str, ...]:
    texts = (run.text.strip() for line in lines for run in line if run.change is change)
    return tuple(text for text in texts if text)
