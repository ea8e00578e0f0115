"""What a template pack says of itself: kinds, fields, sentences and when each is used."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Final

from secretariat.domain.letter_content import (
    Death,
    Delay,
    Grade,
    LetterContent,
    LetterKind,
    MeetingMode,
    ReviewName,
)
from secretariat.domain.letter_naming import named, names_of
from secretariat.domain.letter_words import OfficeKind, office_kind
from secretariat.domain.review import Outcome

PLACE: Final = re.compile(r"\{(\w+)\}")
NOT: Final = "not "
ASKS_FOR: Final = "asks for "
URL: Final = "url"

PLACES: Final = frozenset(
    [
        "review_name",
        "review",
        "case",
        "named",
        "bodies",
        "names",
        "whose",
        "deaths",
        "reply_address",
    ]
)
SLOTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "opening": frozenset(),
        "replaces": frozenset({"day"}),
        "considered": frozenset({"day"}),
        "regret": frozenset(),
        "thanks": frozenset(),
        "grade": frozenset(),
        "outcome": frozenset(),
        "lead": frozenset(),
        "ask": frozenset(),
        "copy": frozenset({"offices"}),
        "closing": frozenset(),
    }
)
FIELD_OF: Final = MappingProxyType({"regret": "considered", "ask": "asks", "copy": "copies"})
MUST_SAY: Final = (
    ("considered", "dated", "day"),
    ("replaces", "correction", "day"),
    ("outcome", "resubmit", "reply_address"),
    ("copy", "several offices", "offices"),
    ("copy", "other", "offices"),
)
WORDS: Final = frozenset(
    {
        *(each.value for kind in (LetterKind, Outcome, MeetingMode, Grade) for each in kind),
        *(each.value for each in (*Death, *ReviewName, *OfficeKind)),
        Delay.STANDARD.value,
        Delay.STRONG.value,
        "dated",
        "conclusion",
        "points",
        "case named",
        "several deaths",
        "several partnerships",
        "several offices",
        "usual asks",
    }
)
FIELDS: Final = frozenset(
    [
        "unit",
        "letterhead",
        "address",
        "more_addresses",
        "letter_date",
        "salutation",
        "replaces",
        "opening",
        "considered",
        "case",
        "bodies",
        "review_name",
        "review",
        "reply_address",
        "thanks",
        "conclusion",
        "more_conclusion",
        "praise",
        "grade",
        "outcome",
        "lead",
        "listed",
        "points",
        "numbered_points",
        "asks",
        "copies",
        "closing",
        "signatory",
        "signatory_title",
    ]
)
MUST_STAND: Final = (
    ("address",),
    ("more_addresses",),
    ("letter_date",),
    ("salutation",),
    ("considered",),
    ("praise", "conclusion"),
    ("praise", "more_conclusion"),
    ("points",),
    ("numbered_points",),
    ("asks",),
    ("copies",),
    ("signatory_title",),
)
NEEDS: Final = MappingProxyType(
    {
        "addressee": "nobody is addressed",
        "area": "no area or partnership is named",
        "unit": "the unit at its head is not named",
        "reply address": "it names no address to answer to",
        "signatory": "nobody is named who signs it",
        "signatory title": "the title of who signs is not named",
        "day replaced": "it does not say which letter it replaces",
    }
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a pack; its name begins with the slot in which it may stand.

    confirm: nobody has confirmed its wording yet
    when: what must hold of the letter, "not " before it for what must not; of the
        sentences of a slot, the first of which all holds is used
    """

    text: str
    confirm: bool = False
    when: tuple[str, ...] = ()

    def fits(self, told: frozenset[str]) -> bool:
        """Say whether all that it waits for holds."""
        return all(
            word.removeprefix(NOT) not in told if word.startswith(NOT) else word in told
            for word in self.when
        )


Sentences = Mapping[str, Sentence]


@dataclass(frozen=True, slots=True)
class Wording:
    """A pack's manifest.

    title: for staff; review: the name of the review in every letter of it, None for the letter's
    since, until: from and until which day letters were written so, None where that is open
    needs: the kinds of letter that it makes, each with what it cannot do without
    fields: the fields of its Word template; in_word: the slots for which the template has a
        sentence of its own, where none here fits
    asks: what it asks of a council unless the letter says, by the names of the sentences
    still_open: what is not known about the whole pack, by a name for each
    """

    title: str
    needs: Mapping[LetterKind, tuple[str, ...]]
    fields: frozenset[str]
    sentences: Sentences
    in_word: frozenset[str] = frozenset()
    asks: tuple[str, ...] = ()
    review: ReviewName | None = None
    since: date | None = None
    until: date | None = None
    still_open: Mapping[str, str] = field(default_factory=dict)

    def chosen(self, slot: str, told: frozenset[str]) -> str:
        """Return the name of the sentence for a slot; "" where none fits."""
        fitting = (
            name
            for name, sentence in self.sentences.items()
            if slot_of(name) == slot and sentence.fits(told)
        )
        return next(fitting, "")

    def ask(self, name: str, told: frozenset[str]) -> str:
        """Return the name of the sentence that asks for something; "" where it is not asked.

        The URL of a report that is to come back is never asked for.
        """
        sentence = self.sentences.get(f"ask-{name}")
        if name == URL and Outcome.RESUBMIT in told:
            return ""
        return f"ask-{name}" if sentence and sentence.fits(told) else ""

    def asks_of(self, content: LetterContent) -> tuple[str, ...]:
        """Return what the letter asks for: what it says itself, else what is usual."""
        return content.asks or self.asks


def slot_of(name: str) -> str:
    """Return the slot of a sentence: "considered" of "considered-virtual"."""
    return name.partition("-")[0]


def told_by(content: LetterContent, wording: Wording) -> frozenset[str]:
    """Return what holds of a letter, in the words that sentences wait for."""
    holds = {
        "dated": bool(content.meeting_date or content.date_as_written.strip()),
        "conclusion": any(each.strip() for each in content.conclusion),
        "points": bool(content.points),
        "case named": bool(named(content)),
        "several deaths": len(names_of(content)) > 1,
        "several partnerships": len(content.partnerships) > 1,
        "usual asks": content.asks in ((), wording.asks),
        content.delay.value: content.regret,
    }
    said = {word for word, true in holds.items() if true}
    said |= {content.kind.value, content.outcome.value, content.mode.value, content.death.value}
    said |= {(wording.review or content.review_name).value}
    said |= {content.grade.value} if content.grade else set()
    said |= {f"{ASKS_FOR}{name}" for name in wording.asks_of(content)}
    return frozenset(said)


def told_by_offices(offices: tuple[str, ...]) -> frozenset[str]:
    """Return what holds of the offices that get a copy: the kind that all are of, and how many."""
    kinds = {office_kind(title) for title in offices}
    said = {kinds.pop().value} if len(kinds) == 1 else set()
    return frozenset(said | ({"several offices"} if len(offices) > 1 else set()))


def faults_in(wording: Wording) -> tuple[str, ...]:
    """Return what is wrong with a pack's manifest, one sentence each."""
    faults = [fault for name in wording.sentences for fault in _faults_of(name, wording)]
    strangers = sorted(wording.fields - FIELDS)
    faults += [f"fields: there is no field {name!r}" for name in strangers]
    faults += [
        f"fields: {either[-1]!r} is missing: its words would be lost"
        for either in MUST_STAND
        if not wording.fields & set(either)
    ]
    for kind, needs in wording.needs.items():
        faults += [f"{kind}: there is no need {need!r}" for need in needs if need not in NEEDS]
    faults += [
        f"asks: there is no sentence 'ask-{name}'"
        for name in wording.asks
        if f"ask-{name}" not in wording.sentences
    ]
    return (*faults, *_gaps(wording))


def _faults_of(name: str, wording: Wording) -> Iterator[str]:
    slot, sentence = slot_of(name), wording.sentences[name]
    if slot not in SLOTS:
        yield f"nothing uses the sentence {name!r}: its name may be misspelt"
        return
    if FIELD_OF.get(slot, slot) not in wording.fields:
        yield f"{name!r}: the letter has no field {FIELD_OF.get(slot, slot)!r}"
    for word in (word.removeprefix(NOT) for word in sentence.when):
        if word not in WORDS and not word.startswith(ASKS_FOR):
            yield f"{name!r}: nothing is called {word!r} in its `when`"
    places = set(PLACE.findall(sentence.text))
    for word in sorted(places - PLACES - SLOTS[slot]):
        yield f"{name!r}: {{{word}}} is unknown"
    for where, word, needed in MUST_SAY:
        if where == slot and word in sentence.when and needed not in places:
            yield f"{name!r}: {{{needed}}} is missing"
    if re.search(r"[{}]", PLACE.sub("", sentence.text)):
        yield f"{name!r}: a bracket is not closed"


def _gaps(wording: Wording) -> Iterator[str]:
    """Tell of letters for which a slot that is always needed has no sentence."""
    sides: dict[str, tuple[tuple[str, ...], ...]] = {
        "opening": tuple((kind,) for kind in wording.needs),
        "considered": tuple(product(MeetingMode, ("dated", "not dated"))),
        "regret": ((Delay.STANDARD,), (Delay.STRONG,)),
        "outcome": tuple((outcome,) for outcome in Outcome),
        "copy": (*((kind,) for kind in OfficeKind), ("several offices",)),
        "replaces": tuple((kind,) for kind in wording.needs if kind is LetterKind.CORRECTION),
    }
    for slot, cases in sides.items():
        for case in cases if slot not in wording.in_word else ():
            told = frozenset(str(word) for word in case)
            if not wording.chosen(slot, told):
                yield f"no sentence {slot!r} is there for a letter that is {', '.join(case)}"
