"""What must never stand in a letter: checked in the made letter, before anybody is shown a draft.

A fault is one plain sentence that says where it stands.  It never repeats what stands there:
the sentence goes into logs and the ledger, and names of people do not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Final

from secretariat.domain.ledger import Entry, Event
from secretariat.domain.letter_content import Addressee, LetterContent, LetterHead
from secretariat.domain.letter_names import alone_in, perhaps_in, stands_in
from secretariat.domain.letter_words import address_block, salutation, tidy
from secretariat.domain.real_names import names_in
from secretariat.domain.reference import Reference

ABOUT_DRAFTING: Final = (Event.NOTES_TAKEN, Event.DRAFTED, Event.NOT_DRAFTED)
HEAD_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unit": "unit",
        "address": "postal address",
        "telephone": "telephone number",
        "website": "website",
        "signatory": "signatory",
        "signatory_title": "signatory's title",
        "reply_address": "reply address",
    }
)
MAIL: Final = re.compile(r"[\w.+'%-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE: Final = re.compile(r"(?<![\d.])(?:\+44[ -]?(?:\(0\))?|0)\d(?:[ -]?\d){8,9}(?!\d)")
POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
OLD_DOMAIN: Final = re.compile(r"\bgsi\.gov\.uk\b", re.IGNORECASE)
OLD_TITLE: Final = re.compile(r"\b(?:acting|interim|deputy|former) chair\b", re.IGNORECASE)
UNIT: Final = re.compile(r"\b(?:[A-Z][\w&’'-]+ ){1,4}(?:Unit|Directorate|Team)\b")
TEMPLATE_SIGNS: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[(?:insert|tbc|name|date)\b[^]]*\]")
NONE: Final = re.compile(r"\bNone\b")
NONE_AMONG_WORDS: Final = re.compile(r"(?<=[a-z,] )None\b|^\W*None\W*$|\(None\)|[‘“\"']None[’”\"']")
NOTHING_IN: Final = re.compile(r"\(\s*\)|‘\s*’|\(\s*‘\s*’\s*\)|“\s*”")
TWICE: Final = re.compile(r"(?<!\.)\.\.(?!\.)|;;|,,|::|;\.|,\.|(?<!etc)\.;")
WIDE: Final = re.compile(r"\S[ \u00a0]{2,}\S")
BEFORE_NOTHING: Final = re.compile(r"\b(?:for|to|of|on|at|by|from|the)(?: {2,}\S| ?[.,;)]|$)")
BULLET: Final = re.compile(r"^\s*(?:-|\d{1,3}[.)])(?: |$)")
GREETING: Final = "Dear "
CLOSING: Final = re.compile(r"^Yours (?:sincerely|faithfully|truly)\b", re.IGNORECASE)
FRAME: Final = ("the head of the letter", "the signature")
UNLESS: Final = "; if it is this review's too, say so on the review's page"
ORDINALS: Final = ("1st", "2nd", "3rd")


@dataclass(frozen=True, slots=True)
class Known:
    """What may and what may not stand in the letters of one case.

    head: who writes letters of this generation, from the configuration
    mail_addresses: further ones that a letter may give, from the configuration
    pseudonyms: of the case, as the register holds them
    others: pseudonyms of other cases, and the review that each belongs to
    real_names: that staff hold for the case, as they typed them
    """

    head: LetterHead | None = None
    mail_addresses: tuple[str, ...] = ()
    pseudonyms: tuple[str, ...] = ()
    others: Mapping[str, Reference] = field(default_factory=dict)
    real_names: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Passage:
    """One paragraph of the made letter; own: its words are the case's, not the template's."""

    place: str
    text: str
    own: bool = False


def faults_of(content: LetterContent, paragraphs: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """Return what must not stand in the letter, one sentence each; empty for a clean one.

    paragraphs: of the letter as printed, header first; a point begins with "- "
    """
    passages = tuple(_passages(content, paragraphs))
    found = [
        *_head_faults(content, known),
        *_empty_fields(content),
        *_residue(content, passages, known),
        *_signs(passages),
        *_names(content, passages, known),
    ]
    return tuple(dict.fromkeys(found))


def gaps_in(content: LetterContent) -> tuple[str, ...]:
    """Return what a draft may lack and a letter may not, one sentence each."""
    gaps = []
    if any(not address_block(one) for one in (content.addressee, *content.others)):
        gaps.append("the letter has no addressee: confirm the contact, or enter who it is")
    if not content.head.signatory.strip():
        gaps.append("nobody signs the letter: the configuration names no signatory")
    return tuple(gaps)


def why_no_draft(entries: Sequence[Entry]) -> str:
    """Return what a review's ledger says of the letter that could not be drafted, "" otherwise."""
    told = [entry for entry in entries if entry.what in ABOUT_DRAFTING]
    return told[-1].why if told and told[-1].what is Event.NOT_DRAFTED else ""


def strangers_in(
    content: LetterContent, paragraphs: tuple[str, ...], known: Known
) -> tuple[str, ...]:
    """Return the pseudonyms of other cases that stand in the letter and are not this case's."""
    passages = tuple(_passages(content, paragraphs))
    others = _others_perhaps_in(content, passages, known)
    if not others:
        return ()
    lawful = _lawful(content)
    body = [_without(passage.text, lawful) for passage in passages]
    found = [name for name in others if _calls_it(content, name)]
    return tuple(
        dict.fromkeys((*found, *(name for text in body for name in alone_in(text, others))))
    )


def _passages(content: LetterContent, paragraphs: tuple[str, ...]) -> Iterator[_Passage]:
    written = _written(content)
    where = "the head of the letter"
    for number, paragraph in enumerate(paragraphs, start=1):
        text = BULLET.sub("", paragraph).strip()
        place = written.get(text) or _place_within(text, written, paragraph)
        if place:
            yield _Passage(place, text, own=True)
            continue
        if CLOSING.match(text):
            where = "the signature"
        shown = where if where in FRAME else f"paragraph {number} of the letter"
        yield _Passage(shown, text or paragraph.strip())
        if text.startswith(GREETING):
            where = ""


def _place_within(text: str, written: Mapping[str, str], paragraph: str) -> str:
    """Return whose words stand in a paragraph beside others, such as a point's after its label."""
    fewest = 1 if BULLET.match(paragraph) else 20
    fits = (name for words, name in written.items() if len(words) >= fewest and words in text)
    return next(fits, "")


def _written(content: LetterContent) -> dict[str, str]:
    """Return the case's own words, paragraph by paragraph, and what a sentence calls each."""
    places = {
        text.strip(): f"the {_nth(at)} paragraph of the conclusion"
        for at, text in enumerate(content.conclusion, start=1)
    }
    for at, point in enumerate(content.points, start=1):
        name = f"the {_nth(at)} point"
        texts = (point.text, point.lead_in, *point.below)
        places |= {shown: name for text in texts for shown in (text.strip(), tidy(text))}
    return {text: name for text, name in places.items() if text}


def _nth(number: int) -> str:
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}th"


def _head_faults(content: LetterContent, known: Known) -> Iterator[str]:
    """Yield what the letter says of us that the configuration does not say."""
    if known.head is None or known.head == content.head:
        return
    for each in fields(LetterHead):
        if getattr(content.head, each.name) != getattr(known.head, each.name):
            yield (
                f"the letter gives another {HEAD_WORDS[each.name]} than the one configured for "
                f"letters of {content.generation}"
            )


def _empty_fields(content: LetterContent) -> Iterator[str]:
    if not content.area.strip() and not content.partnerships and not content.case_words.strip():
        yield "the letter names no partnership: say on the review's page which it is"
    for word in ("unit", "address", "reply_address", "signatory_title"):
        if not getattr(content.head, word).strip():
            yield f"the {HEAD_WORDS[word]} is empty: it must be configured"
    for at, text in enumerate(content.conclusion, start=1):
        if not text.strip():
            yield f"the {_nth(at)} paragraph of the conclusion is empty"
    for at, point in enumerate(content.points, start=1):
        if not (point.text.strip() or point.lead_in.strip()):
            yield f"the {_nth(at)} point is empty"
        if any(not text.strip() for text in point.below):
            yield f"the {_nth(at)} point has an empty point below it"


def _residue(content: LetterContent, passages: tuple[_Passage, ...], known: Known) -> Iterator[str]:
    """Yield addresses, numbers, units and titles that are nobody's whom the letter may name."""
    head = known.head or content.head
    ours = _joined(_values(head))
    blocks = _joined(line for one in _addressees(content) for line in address_block(one))
    mails = {each.casefold() for each in (*MAIL.findall(ours), *known.mail_addresses)}
    mails |= {each.casefold() for each in MAIL.findall(blocks)}
    numbers = {_digits(each) for each in TELEPHONE.findall(f"{ours} {blocks}")}
    codes = set(POSTCODE.findall(f"{ours} {blocks}"))
    old = OLD_DOMAIN.search(ours) is None
    whole = (" ".join(address_block(one)) for one in _addressees(content))
    allowed = _longest_first((*_values(head), *whole))
    for each in passages:
        addresses = {found.casefold() for found in MAIL.findall(each.text)}
        if addresses - mails:
            yield f"{each.place} gives an e-mail address that is not configured"
        elif old and OLD_DOMAIN.search(each.text):
            yield f"{each.place} names the old domain gsi.gov.uk"
        if {_digits(found) for found in TELEPHONE.findall(each.text)} - numbers:
            yield f"{each.place} gives a telephone number that is not configured"
        if set(POSTCODE.findall(each.text)) - codes:
            yield f"{each.place} gives a postal address that is not configured"
        yield from () if each.own else _old_words(each, allowed)


def _old_words(passage: _Passage, allowed: tuple[str, ...]) -> Iterator[str]:
    """Yield units and titles among the template's own words that nobody configured."""
    text = _without(passage.text, allowed)
    if OLD_TITLE.search(text):
        yield f"{passage.place} bears a title that is not configured"
    if UNIT.search(text):
        yield f"{passage.place} names a unit that is not configured"


def _signs(passages: tuple[_Passage, ...]) -> Iterator[str]:
    """Yield what shows that a field was empty or a template was not filled."""
    for each in passages:
        if TEMPLATE_SIGNS.search(each.text):
            yield f"{each.place} holds signs of a template that was not filled"
        shape = NONE_AMONG_WORDS if each.own else NONE
        if shape.search(each.text):
            yield f"{each.place} says “None” where something is to stand"
        if BULLET.fullmatch(each.text) or each.text in ("", "-", "•"):
            yield f"{each.place} is an empty bullet"
        if NOTHING_IN.search(each.text):
            yield f"{each.place} holds brackets or quotation marks with nothing in them"
        if not each.own and each.place not in FRAME and BEFORE_NOTHING.search(each.text):
            yield f"{each.place} lacks a word: a field is empty"
        elif WIDE.search(each.text):
            yield f"{each.place} has two spaces where one is to stand"
        if TWICE.search(each.text):
            yield f"{each.place} has two full stops or other marks where one is to stand"


def _names(content: LetterContent, passages: tuple[_Passage, ...], known: Known) -> Iterator[str]:
    lawful = _lawful(content)
    others = _others_perhaps_in(content, passages, known)
    for name, where in others.items():
        if _calls_it(content, name):
            yield f"the letter calls the case by a pseudonym of another review, {where}{UNLESS}"
    for each in passages:
        text = _without(each.text, lawful)
        if _holds_one(each.text, known.real_names, lawful):
            yield f"{each.place} holds a real name that staff hold for the case"
        for name in alone_in(text, others):
            yield f"{each.place} names a pseudonym of another review, {others[name]}{UNLESS}"


def _holds_one(text: str, names: tuple[str, ...], lawful: tuple[str, ...]) -> bool:
    """Say whether a real name stands in the text other than as a name that may stand there."""
    return any(
        names_in(_without(text, (one for one in lawful if names_in(one, (name,)))), (name,))
        for name in names_in(text, names)
    )


def _others_perhaps_in(
    content: LetterContent, passages: tuple[_Passage, ...], known: Known
) -> Mapping[str, Reference]:
    """Return the other reviews' names of which a word stands in the letter: few of thousands."""
    own = {name.casefold() for name in known.pseudonyms}
    said = " ".join((*content.pseudonyms, content.case_words, *(each.text for each in passages)))
    near = perhaps_in(said, known.others)
    return {name: known.others[name] for name in near if name.casefold() not in own}


def _calls_it(content: LetterContent, name: str) -> bool:
    return any(stands_in(name, words) for words in (*content.pseudonyms, content.case_words))


def _lawful(content: LetterContent) -> tuple[str, ...]:
    """Return what the letter may name whosoever's name it is: addressees, offices, ourselves."""
    people = [words for one in _addressees(content) for words in _named(one)]
    head = content.head
    places = (content.area, *content.partnerships, *content.copy_offices)
    words = (*people, *places, head.signatory, head.signatory_title, head.unit, head.address)
    return _longest_first(words)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((word for word in words if word.strip()), key=len, reverse=True))


def _values(head: LetterHead) -> tuple[str, ...]:
    return tuple(getattr(head, each.name) for each in fields(LetterHead))


def _named(addressee: Addressee) -> tuple[str, ...]:
    block = address_block(addressee)
    return (" ".join(block), *block[:1], addressee.organisation, salutation(addressee))


def _addressees(content: LetterContent) -> tuple[Addressee, ...]:
    return (content.addressee, *content.others)


def _without(text: str, lawful: Iterable[str]) -> str:
    for words in lawful:
        text = text.replace(words, "…")
    return text


def _joined(words: Iterable[str]) -> str:
    return " | ".join(words)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number.replace("+44", "0").replace("(0)", ""))[-10:]
