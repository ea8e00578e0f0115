"""The words of one letter: a template pack's sentences, filled with what the letter says.

The Word template holds the sentences that every letter has.  Those that change
with the case (how the Panel met, the regret, another version, the copies) stand in
the pack's manifest, where each says whether its wording is still to be confirmed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from secretariat.domain.letter_content import LetterContent, LetterHead, MeetingMode
from secretariat.domain.letter_words import (
    OfficeKind,
    address_block,
    case_name,
    joined,
    long_date,
    office_kind,
    salutation,
)
from secretariat.domain.review import Outcome

THE: Final = re.compile(r"^the ", re.IGNORECASE)
PLACE: Final = re.compile(r"\{(\w+)\}")

CONSIDERED: Final[Mapping[MeetingMode, str]] = MappingProxyType(
    {
        MeetingMode.MEETING: "considered-meeting",
        MeetingMode.VIRTUAL: "considered-virtual",
        MeetingMode.CORRESPONDENCE: "considered-correspondence",
    }
)
UNDATED: Final = "considered-undated"
REGRET: Final = "regret"
ANOTHER_VERSION: Final = "resubmit"
SEVERAL_PCCS: Final = "copy-pcc-several"
SEVERAL: Final = "copy-several"

PLACES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **{name: frozenset({"day"}) for name in CONSIDERED.values()},
        UNDATED: frozenset(),
        REGRET: frozenset(),
        ANOTHER_VERSION: frozenset({"reply_address"}),
        **{f"copy-{kind}": frozenset({"offices"}) for kind in OfficeKind},
        SEVERAL_PCCS: frozenset({"offices"}),
        SEVERAL: frozenset({"offices"}),
    }
)
MUST_SAY: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{name: "day" for name in CONSIDERED.values()},
        ANOTHER_VERSION: "reply_address",
        SEVERAL_PCCS: "offices",
        SEVERAL: "offices",
        "copy-other": "offices",
    }
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a pack; confirm: nobody has confirmed its wording yet."""

    text: str
    confirm: bool = False


Sentences = Mapping[str, Sentence]


def faults_in(sentences: Sentences) -> tuple[str, ...]:
    """Return what is wrong with a pack's sentences, one sentence each."""
    faults = [f"the sentence {name!r} is missing" for name in PLACES if name not in sentences]
    for name, sentence in sentences.items():
        if name not in PLACES:
            faults.append(f"nothing uses the sentence {name!r}: its name may be misspelt")
            continue
        places = set(PLACE.findall(sentence.text))
        faults += [f"{name!r}: {{{word}}} is unknown" for word in sorted(places - PLACES[name])]
        needed = MUST_SAY.get(name)
        if needed and needed not in places:
            faults.append(f"{name!r}: {{{needed}}} is missing")
        if re.search(r"[{}]", PLACE.sub("", sentence.text)):
            faults.append(f"{name!r}: a bracket is not closed")
    return tuple(faults)


def values_of(content: LetterContent, sentences: Sentences) -> dict[str, object]:
    """Return the fields of the Word template, by the names that stand in it."""
    first, *more = content.conclusion or ("",)
    return {
        "unit": content.head.unit,
        "letterhead": "\n".join(_letterhead(content.head)),
        "address": "\n".join(address_block(content.addressee)),
        "letter_date": long_date(content.letter_date) if content.letter_date else "",
        "salutation": salutation(content.addressee),
        "case": case_name(content),
        "considered": " ".join(_considered(content, sentences)),
        "conclusion": first,
        "more_conclusion": tuple(more),
        "points": tuple({"text": each.text, "below": each.below} for each in content.points),
        "publishable": content.outcome is not Outcome.RESUBMIT,
        "reply_address": content.head.reply_address,
        "another_version": _filled(
            sentences, ANOTHER_VERSION, reply_address=content.head.reply_address
        ),
        "copies": copy_sentence(content.copy_offices, sentences),
        "signatory": content.head.signatory,
        "signatory_title": content.head.signatory_title,
    }


def used(content: LetterContent) -> tuple[str, ...]:
    """Return the names of the pack's sentences that this letter uses, in the letter's order."""
    met = UNDATED if content.meeting_date is None else CONSIDERED[content.mode]
    names = (
        met,
        REGRET if content.regret else "",
        ANOTHER_VERSION if content.outcome is Outcome.RESUBMIT else "",
        _copy_name(content.copy_offices),
    )
    return tuple(filter(None, names))


def copy_sentence(offices: tuple[str, ...], sentences: Sentences) -> str:
    """Return what the letter says of its copies; "" where nobody gets one."""
    named = joined([f"the {THE.sub('', title)}" for title in offices])
    return _filled(sentences, _copy_name(offices), offices=named) if offices else ""


def _copy_name(offices: tuple[str, ...]) -> str:
    kinds = {office_kind(title) for title in offices}
    if len(offices) == 1:
        return f"copy-{kinds.pop()}"
    return {False: SEVERAL, True: SEVERAL_PCCS}[kinds == {OfficeKind.PCC}] if kinds else ""


def _letterhead(head: LetterHead) -> tuple[str, ...]:
    telephone = f"T: {head.telephone}" if head.telephone else ""
    return tuple(filter(None, (head.address, telephone, head.website)))


def _considered(content: LetterContent, sentences: Sentences) -> list[str]:
    if content.meeting_date is None:
        said = _filled(sentences, UNDATED)
    else:
        said = _filled(sentences, CONSIDERED[content.mode], day=long_date(content.meeting_date))
    return [said, _filled(sentences, REGRET)] if content.regret else [said]


def _filled(sentences: Sentences, name: str, **places: str) -> str:
    return PLACE.sub(lambda place: places[place[1]], sentences[name].text)
