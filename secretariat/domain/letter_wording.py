"""The words of one letter: a template pack's sentences, filled with what the letter says.

What changes with the case (how the Panel met, the regret, the outcome, the copies) stands in
the pack's manifest, where each sentence says when it is used and whether its wording is still
to be confirmed.  A pack's Word template may hold sentences of its own for the usual case.
"""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from secretariat.domain.letter_content import (
    Addressee,
    Delay,
    Greeting,
    LetterContent,
    LetterHead,
    LetterKind,
    Point,
)
from secretariat.domain.letter_naming import (
    NOT_KNOWN,
    area_named,
    bodies,
    case_name,
    deaths,
    named,
    names_of,
    whose,
)
from secretariat.domain.letter_pack import (
    NEEDS,
    Wording,
    told_by,
    told_by_offices,
)
from secretariat.domain.letter_words import (
    OfficeKind,
    address_block,
    day_named,
    greeting,
    joined,
    long_date,
    office_kind,
    tidy,
)
from secretariat.domain.review import Outcome
from secretariat.domain.wording import Mark

THE: Final = re.compile(r"^the ", re.IGNORECASE)
ENDED: Final = re.compile(r"[.:;,!?…]$")
SPACED_PLACE: Final = re.compile(r"( ?)\{(\w+)\}")
SAID: Final = MappingProxyType(
    {
        "opening": "what the letter answers",
        "considered": "how the Panel considered the report",
        "regret": "such a regret for the delay",
        "replaces": "the letter that is replaced",
        "grade": "a grade",
        "outcome": "this outcome",
        "copy": "these copies",
    }
)


def values_of(content: LetterContent, wording: Wording) -> dict[str, object]:
    """Return the fields of the Word template, by the names that stand in it.

    Paragraphs and points that say nothing are left out; `lacking` tells them.
    """
    values: dict[str, object] = {**_block(content), **_places(content, wording), **_lists(content)}
    values |= _sentences(content, wording)
    tidied = {name: tidy(each) if isinstance(each, str) else each for name, each in values.items()}
    return {name: each for name, each in tidied.items() if name in wording.fields}


def used(content: LetterContent, wording: Wording) -> tuple[str, ...]:
    """Return the names of the pack's sentences that this letter uses, each once."""
    return tuple(dict.fromkeys(name for _, name in _uses(content, wording)))


def marks_of(content: LetterContent, wording: Wording) -> tuple[Mark, ...]:
    """Return what is marked to be confirmed about this letter, what is open for its pack first."""
    whole = tuple(Mark(content.generation, *each) for each in wording.still_open.items())
    named = ((name, wording.sentences[name]) for name in used(content, wording))
    return whole + tuple(
        Mark(content.generation, name, said.text) for name, said in named if said.confirm
    )


def lacking(content: LetterContent, wording: Wording) -> tuple[str, ...]:
    """Return why the letter cannot leave as it is, one plain sentence each; no names in them."""
    needs = wording.needs.get(content.kind)
    if needs is None:
        return (f"the {content.generation} templates make no {content.kind}",)
    lacks = _absent(content)
    reasons = [NEEDS[need] for need in needs if lacks[need]]
    reasons += [
        f"an addressee is to be greeted {each.greeting}, which is not known"
        for each in (content.addressee, *content.others)
        if each != Addressee() and not _can_greet(each)
    ]
    reasons += _empty_texts(content)
    reasons += _wordless(content, wording)
    return tuple(dict.fromkeys(reasons))


def oddities(content: LetterContent, wording: Wording) -> tuple[str, ...]:
    """Return what is odd about the letter, one sentence each; nothing is refused for it."""
    day = content.letter_date
    odd = []
    if day and wording.since and day < wording.since:
        odd.append(f"letters are written so only since {long_date(wording.since)}")
    if day and wording.until and day > wording.until:
        odd.append(f"letters were written so until {long_date(wording.until)}")
    if content.outcome is Outcome.PUBLISH_AFTER_CHANGES and not content.points:
        odd.append("the report is to be changed, but no point says how")
    return tuple(odd)


def copy_sentence(content: LetterContent, wording: Wording) -> str:
    """Return what the letter says of its copies; "" where nobody gets one.

    The Domestic Abuse Commissioner has a sentence of her own, after the others'.
    """
    found = []
    places = _places(content, wording)
    for group in _groups(content.copy_offices):
        offices = joined([f"the {THE.sub('', title)}" for title in group])
        name = wording.chosen("copy", told_by_offices(group))
        found.append(_filled(wording, name, {**places, "offices": offices}))
    return " ".join(filter(None, found))


def _uses(content: LetterContent, wording: Wording) -> Iterator[tuple[str, str]]:
    """Go through the slots that the letter fills, with the name of the sentence for each."""
    told = told_by(content, wording)
    for slot in ("opening", "replaces", "considered", "thanks", "grade", "lead"):
        yield from _found(slot, wording.chosen(slot, told))
    if content.regret and content.delay is not Delay.OWN:
        yield from _found("regret", wording.chosen("regret", told))
    outcome = "" if content.outcome_words.strip() else wording.chosen("outcome", told)
    yield from _found("outcome", outcome)
    if outcome or content.outcome_words.strip():
        for ask in wording.asks_of(content):
            yield from _found("ask", wording.ask(ask, told))
    for group in _groups(content.copy_offices):
        yield from _found("copy", wording.chosen("copy", told_by_offices(group)))
    yield from _found("closing", wording.chosen("closing", told))


def _found(slot: str, name: str) -> Iterator[tuple[str, str]]:
    if name:
        yield slot, name


def _groups(offices: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Part the Domestic Abuse Commissioner from the offices of the police areas."""
    dac = tuple(each for each in offices if office_kind(each) is OfficeKind.DAC)
    police = tuple(each for each in offices if each not in dac)
    return tuple(filter(None, (police, dac[:1])))


def _block(content: LetterContent) -> dict[str, object]:
    head = content.head
    blocks = ["\n".join(address_block(each)) for each in (content.addressee, *content.others)]
    shown = tuple(filter(None, blocks))
    return {
        "unit": head.unit,
        "letterhead": "\n".join(_letterhead(head)),
        "address": shown[0] if shown else "",
        "more_addresses": shown[1:],
        "letter_date": long_date(content.letter_date) if content.letter_date else "",
        "salutation": greeting(content),
        "signatory": head.signatory,
        "signatory_title": head.signatory_title,
    }


def _places(content: LetterContent, wording: Wording) -> dict[str, str]:
    """Return what every sentence of a pack may name."""
    review = wording.review or content.review_name
    own = content.case_words.strip()
    return {
        "review_name": review.in_full,
        "review": review.value,
        "case": case_name(content),
        "named": "" if own else named(content),
        "bodies": own or bodies(content),
        "names": joined(names_of(content)),
        "whose": whose(content),
        "deaths": deaths(content),
        "reply_address": content.head.reply_address,
    }


def _lists(content: LetterContent) -> dict[str, object]:
    praise = tuple(tidy(each) for each in content.conclusion if each.strip())
    shown = (_point(each) for each in content.points)
    points = tuple(each for each in shown if each["text"])
    return {
        "conclusion": praise[0] if praise else "",
        "more_conclusion": praise[1:],
        "praise": praise,
        "listed": bool(points),
        "points": () if content.numbered else points,
        "numbered_points": points if content.numbered else (),
    }


def _point(point: Point) -> dict[str, object]:
    """Return a point as its bullet says it: label, text and lead-in in one, what is below apart."""
    below = tuple(tidy(each) for each in point.below if each.strip())
    label, lead = point.label.strip().rstrip(":"), point.lead_in.strip()
    if lead and not ENDED.search(lead):
        lead += ":"
    pieces = (f"{label}:" if label else "", point.text.strip(), lead)
    text = " ".join(filter(None, pieces))
    return {"text": tidy(text) or (NOT_KNOWN if below else ""), "below": below}


def _sentences(content: LetterContent, wording: Wording) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    places = _places(content, wording)
    days = {"considered": day_named(content)}
    if content.replaces:
        days["replaces"] = long_date(content.replaces)
    for slot, name in _uses(content, wording):
        if slot != "copy":
            filled = _filled(wording, name, {**places, "day": days.get(slot, NOT_KNOWN)})
            said.setdefault(slot, []).append(filled)
    if content.regret and content.delay is Delay.OWN:
        said["regret"] = [content.delay_words.strip()]
    if content.outcome_words.strip():
        said["outcome"] = [content.outcome_words.strip()]
    slots = ("opening", "replaces", "thanks", "grade", "outcome", "lead", "closing")
    return {slot: " ".join(said.get(slot, ())) for slot in slots} | {
        "considered": " ".join((*said.get("considered", ()), *said.get("regret", ()))),
        "asks": " ".join(said.get("ask", ())),
        "copies": copy_sentence(content, wording),
    }


def _filled(wording: Wording, name: str, places: dict[str, str]) -> str:
    if not name:
        return ""

    def put(place: re.Match[str]) -> str:
        value = places.get(place[2], "")
        return f"{place[1]}{value}" if value else ""

    return tidy(SPACED_PLACE.sub(put, wording.sentences[name].text))


def _letterhead(head: LetterHead) -> tuple[str, ...]:
    telephone = f"T: {head.telephone}" if head.telephone else ""
    return tuple(filter(None, (head.address, telephone, head.website)))


def _absent(content: LetterContent) -> dict[str, bool]:
    head = content.head
    return {
        "addressee": not address_block(content.addressee),
        "area": area_named(content) == NOT_KNOWN and not content.case_words.strip(),
        "unit": not head.unit.strip(),
        "reply address": not head.reply_address.strip(),
        "signatory": not head.signatory.strip(),
        "signatory title": not head.signatory_title.strip(),
        "day replaced": content.replaces is None,
    }


def _can_greet(addressee: Addressee) -> bool:
    """Say whether the addressee has what the chosen greeting speaks."""
    has = {
        Greeting.BY_TITLE: True,
        Greeting.BY_FIRST_NAME: bool(addressee.first.strip()),
        Greeting.BY_ROLE: bool(addressee.role.strip()),
    }
    return has[addressee.greeting] or bool(addressee.salutation.strip())


def _empty_texts(content: LetterContent) -> Iterator[str]:
    for number, paragraph in enumerate(content.conclusion, start=1):
        if not paragraph.strip():
            yield f"paragraph {number} of the conclusion says nothing"
    for number, point in enumerate(content.points, start=1):
        if not (point.text.strip() or point.label.strip() or point.lead_in.strip()):
            yield f"point {number} says nothing"
        if not all(each.strip() for each in point.below):
            yield f"something below point {number} says nothing"
    if content.regret and content.delay is Delay.OWN and not content.delay_words.strip():
        yield "the own words for the delay are not written"


def _wordless(content: LetterContent, wording: Wording) -> Iterator[str]:
    """Tell of what the letter says and its pack has no words for."""
    told, filled = told_by(content, wording), {slot for slot, _ in _uses(content, wording)}
    wanted = {
        "opening": True,
        "considered": True,
        "regret": content.regret and content.delay is not Delay.OWN,
        "replaces": content.kind is LetterKind.CORRECTION,
        "grade": content.grade is not None,
        "outcome": not content.outcome_words.strip(),
        "copy": bool(content.copy_offices),
    }
    for slot, wants in wanted.items():
        if wants and slot not in filled | wording.in_word:
            yield f"the {content.generation} templates have no words for {SAID[slot]}"
    for ask in content.asks:
        if not wording.ask(ask, told) and f"ask-{ask}" not in wording.sentences:
            yield f"the {content.generation} templates do not know how to ask for {ask!r}"
