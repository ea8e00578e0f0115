"""The words by which notes announce their parts and answer them, and what comes near to them.

The headings of the notes form are `LABELS`.  People retype them; what is put differently but can
mean nothing else is read, what is only a guess is told and waits for a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.review import Outcome


class Part(StrEnum):
    """What a heading or label inside a section announces."""

    CONCLUSION = "conclusion"
    POINTS = "points"
    OUTCOME = "outcome"
    RESUBMISSION = "resubmission"
    TYPING_ERRORS = "typing errors"
    UNKNOWN = "unknown"


LABELS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "conclusion": Part.CONCLUSION,
        "conclusions": Part.CONCLUSION,
        "panel conclusion": Part.CONCLUSION,
        "the panel's conclusion": Part.CONCLUSION,
        "overall conclusion": Part.CONCLUSION,
        "points": Part.POINTS,
        "points for the letter": Part.POINTS,
        "points to consider": Part.POINTS,
        "points for consideration": Part.POINTS,
        "points raised": Part.POINTS,
        "areas for development": Part.POINTS,
        "areas for final development": Part.POINTS,
        "areas for improvement": Part.POINTS,
        "outcome": Part.OUTCOME,
        "decision": Part.OUTCOME,
        "resubmission": Part.RESUBMISSION,
        "resubmission wanted": Part.RESUBMISSION,
        "resubmission required": Part.RESUBMISSION,
        "another version wanted": Part.RESUBMISSION,
        "typing errors": Part.TYPING_ERRORS,
        "typing errors noted": Part.TYPING_ERRORS,
        "typographical errors": Part.TYPING_ERRORS,
        "typos": Part.TYPING_ERRORS,
    }
)
PASSED_OVER: Final = frozenset(
    {
        "the", "panel", "panel's", "panels", "qa", "quality", "assurance", "of", "for", "to", "by",
        "a", "our", "their", "home", "office", "noted", "agreed", "letter", "any",
    }
)  # fmt: skip
"""Words beside which a label means the same: "Outcome of the Panel"."""

HINTS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "praise": Part.CONCLUSION,
        "strengths": Part.CONCLUSION,
        "positives": Part.CONCLUSION,
        "summary": Part.CONCLUSION,
        "conclusion": Part.CONCLUSION,
        "conclusions": Part.CONCLUSION,
        "feedback": Part.POINTS,
        "points": Part.POINTS,
        "comments": Part.POINTS,
        "consideration": Part.POINTS,
        "development": Part.POINTS,
        "improvement": Part.POINTS,
        "improvements": Part.POINTS,
        "changes": Part.POINTS,
        "amendments": Part.POINTS,
        "outcome": Part.OUTCOME,
        "decision": Part.OUTCOME,
        "verdict": Part.OUTCOME,
        "resubmission": Part.RESUBMISSION,
        "resubmit": Part.RESUBMISSION,
        "typing": Part.TYPING_ERRORS,
        "typos": Part.TYPING_ERRORS,
        "typographical": Part.TYPING_ERRORS,
        "spelling": Part.TYPING_ERRORS,
        "errata": Part.TYPING_ERRORS,
    }
)
OUTCOMES: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "publish": Outcome.PUBLISH,
        "publish without changes": Outcome.PUBLISH,
        "publish as it is": Outcome.PUBLISH,
        "publish with no changes": Outcome.PUBLISH,
        "publish after changes": Outcome.PUBLISH_AFTER_CHANGES,
        "publish with changes": Outcome.PUBLISH_AFTER_CHANGES,
        "publish subject to changes": Outcome.PUBLISH_AFTER_CHANGES,
        "publish after amendments": Outcome.PUBLISH_AFTER_CHANGES,
        "resubmit": Outcome.RESUBMIT,
        "resubmission": Outcome.RESUBMIT,
        "to be resubmitted": Outcome.RESUBMIT,
        "resubmission required": Outcome.RESUBMIT,
    }
)
ANSWERS: Final[Mapping[str, bool]] = MappingProxyType(
    {
        "yes": True,
        "wanted": True,
        "required": True,
        "no": False,
        "not wanted": False,
        "not required": False,
        "none": False,
        "not needed": False,
    }
)
NOTHING: Final = frozenset({"none", "nil", "n/a", "none noted", "no points", "nothing", "not any"})
NEGATIONS: Final = frozenset({"not", "never", "cannot", "unless", "don't", "nor"})
CHANGES: Final = ("chang", "amend", "revis", "correct", "edit", "subject", "after", "once")
UNCHANGED: Final = frozenset({"no", "without", "unchanged", "is", "stands", "nil"})
MOST_HEADING_WORDS: Final = 6
NEAR_ENOUGH: Final = 0.8
FURTHEST_LENGTH: Final = 4
PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "-": " ", "–": " ", "—": " ", "\u00a0": " ", "_": " ", "*": " "}
)


@dataclass(frozen=True, slots=True)
class Announced:
    """A part that a label announces; guess: what a person must confirm, "" where it is sure."""

    part: Part
    guess: str = ""


def plain(text: str) -> str:
    """Return the words alone: small letters, one blank between, no marks around them."""
    return " ".join(text.translate(PLAIN).lower().strip(" .:;#").split()).strip(" .:;")


def announced(label: str) -> Announced | None:
    """Return the part that the label certainly announces, or None."""
    said = plain(label)
    if part := LABELS.get(said):
        return Announced(part)
    words = said.split()
    left = [word for word in words if word not in PASSED_OVER]
    if len(words) <= MOST_HEADING_WORDS and left and (part := REDUCED.get(" ".join(left))):
        return Announced(part)
    return None


def guessed(label: str) -> Announced | None:
    """Return the part that the label may announce, to be confirmed by a person, or None."""
    said = plain(label)
    words = said.split()
    if not words or len(words) > MOST_HEADING_WORDS:
        return None
    alike = [label for label in LABELS if label[0] == said[0] and _is_as_long(label, said)]
    near = get_close_matches(said, alike, n=1, cutoff=NEAR_ENOUGH)
    parts = {LABELS[near[0]]} if near else {HINTS[word] for word in words if word in HINTS}
    if len(parts) != 1:
        return None
    (part,) = parts
    return Announced(part, f"{said} = {part}")


def _is_as_long(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= FURTHEST_LENGTH


def outcome_of(text: str) -> tuple[Outcome | None, bool]:
    """Return the outcome said, None where there is none, and whether it is sure."""
    said = plain(text)
    if sure := OUTCOMES.get(said):
        return sure, True
    words = set(re.findall(r"[a-z']+", said))
    again = any(word.startswith("resub") for word in words)
    publish = any(word.startswith("publi") for word in words)
    if words & NEGATIONS or again == publish:
        return None, False
    if again:
        return Outcome.RESUBMIT, False
    if words & UNCHANGED:
        return Outcome.PUBLISH, False
    changed = any(word.startswith(CHANGES) for word in words)
    return (Outcome.PUBLISH_AFTER_CHANGES if changed else Outcome.PUBLISH), False


def answer_of(text: str) -> tuple[bool | None, bool]:
    """Return whether another version is wanted, None where nothing says so, and how sure it is."""
    said = plain(text)
    if said in ANSWERS:
        return ANSWERS[said], True
    first = said.replace(",", " ").split()[:1]
    return ({"yes": True, "no": False}.get(first[0]) if first else None), False


def says_nothing(text: str) -> bool:
    """Say whether the words only state that there is nothing ("None noted.")."""
    return plain(text) in NOTHING


def _reduced() -> dict[str, Part]:
    """Return the labels without the words that change nothing."""
    reduced = {}
    for label, part in LABELS.items():
        words = [word for word in label.split() if word not in PASSED_OVER]
        reduced[" ".join(words)] = part
    return reduced


REDUCED: Final = MappingProxyType(_reduced())
