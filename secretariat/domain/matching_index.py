"""The directory's names as an index from words to the places they mean.

Every name is kept as written, without the words that only say what kind of body it is,
and in parts ("Stockton" of Stockton-on-Tees).  A part never wins where another place has it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from secretariat.domain.council import Council, Csp, CspKind, Directory
from secretariat.domain.matching_found import Certainty
from secretariat.domain.matching_history import Histories, Past
from secretariat.domain.matching_words import (
    BODY,
    COMPASS,
    FILLER,
    LINKS,
    initials_of,
    names_no_place,
    without_body_words,
    words,
)

Words = tuple[str, ...]

# The kinds of row that a council of today answers through.
_STANDING: Final = frozenset({CspKind.ONS, CspKind.SUCCESSOR, CspKind.PART})
_JOINED: Final = re.compile(r"\band\b|&|,|\bwith\b", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_LEAST_ACRONYM: Final = 4
_KINDS_IN_DOMAINS: Final = ("council", "cbc", "mbc", "bc", "cc", "dc")


class Tier(IntEnum):
    """How near an indexed name is to what the directory holds; the least is the nearest."""

    WRITTEN = 0
    DERIVED = 1
    PART = 2


@dataclass(frozen=True, slots=True)
class Place:
    """What a name of the directory means.

    csp_ids: who answers today, lead first
    council_ids: today's councils meant
    name: the name in the directory that led here
    ground: every council of the partnerships meant, those named among them
    past: what the body named was until it ended
    bodies: words that say what kind its councils are
    """

    csp_ids: Words
    council_ids: Words
    name: str = field(compare=False)
    ground: frozenset[str] = field(default=frozenset(), compare=False)
    past: Past = field(default=Past(), compare=False)
    bodies: frozenset[str] = field(default=frozenset(), compare=False)

    def holds(self, other: "Place") -> bool:
        """Whether the other place is a part, not all, of this one's ground."""
        return other.ground < self.ground


@dataclass(frozen=True, slots=True)
class Index:
    """Names by their words.

    named: places by words, each with its nearest tier; never words that name no place
    whole: names made of general words only; they count only when nothing else is said
    acronyms: short forms by their letters; a short form that several share keeps them all
    initials: places by the first letters of the words that name them, two letters or more
    squeezed: names written in one word, as host names write them
    domains: places by e-mail or website domain
    areas: codes of police areas by the words of the area or its force
    """

    named: Mapping[Words, Mapping[Place, Tier]]
    whole: Mapping[Words, Sequence[Place]]
    acronyms: Mapping[str, Sequence[Place]]
    initials: Mapping[str, Sequence[Place]]
    squeezed: Mapping[str, Sequence[Place]]
    domains: Mapping[str, Sequence[Place]]
    areas: Mapping[Words, str]

    def places(self, key: Words) -> tuple[Place, ...]:
        """Return the places a key means; several where it cannot tell them apart.

        A name as the directory writes it beats what was only made from other names.
        """
        found = self.named.get(key, {})
        written = tuple(each for each, tier in found.items() if tier is Tier.WRITTEN)
        return _without_wider(found) if not written else _on_own_ground(distinct(written))

    def only_in_part(self, key: Words) -> bool:
        """Whether no place has all of these words for its name."""
        return all(tier is Tier.PART for tier in self.named.get(key, {}).values())

    def area(self, key: Words) -> str:
        """Return the code of the police area that these words name, empty where a place does."""
        return self.areas.get(key, "") if self.only_in_part(key) else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The places that a text may mean, before they are told.

    places: one for a match; several for an ambiguous text; none where nothing was found
    joint: `places` are named together and meant together
    shared: `places` share what was looked up, and may be one partnership
    doubt: a person must look even where only one place is told
    areas: codes of the police areas named, where no place was
    open: other places than these may be meant too, so that nothing is told of them all
    """

    places: tuple[Place, ...]
    why: str
    certainty: Certainty = Certainty.CERTAIN
    joint: bool = False
    shared: bool = False
    doubt: bool = False
    areas: tuple[str, ...] = ()
    open: bool = False

    @property
    def clear(self) -> bool:
        """Whether exactly one place, or one group of places named together, is meant."""
        return not self.doubt and (len(self.places) == 1 or (self.joint and bool(self.places)))


def distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return one place for each set of partnerships, the first of each in its order."""
    first: dict[frozenset[str], Place] = {}
    for place in places:
        first.setdefault(frozenset(place.csp_ids), place)
    return tuple(first.values())


def _on_own_ground(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Leave out a place that means the same councils as an earlier one: Cumbria, abolished."""
    first: dict[frozenset[str], Place] = {}
    for place in places:
        first.setdefault(frozenset(place.council_ids), place)
    return tuple(first.values())


def _without_wider(found: Mapping[Place, Tier]) -> tuple[Place, ...]:
    """Leave out a place named only in part if it holds another one: Southend is not all Essex."""
    places = tuple(found)
    narrow = (
        place
        for place in places
        if found[place] is not Tier.PART or not any(place.holds(other) for other in places)
    )
    return distinct(narrow)


def index_of(directory: Directory) -> Index:
    """Return the index of a directory; some 80 ms of work, once at the start."""
    building = _Building()
    histories = Histories(directory)
    for csp in directory.csps.values():
        place = place_of_csp(directory, csp, histories.of_csp(csp))
        names = (_IN_BRACKETS.sub("", csp.name), *csp.alt_names, *csp.unverified_names)
        for name in dict.fromkeys(names):
            building.add(name, place, keep_generic=False)
        building.add_acronyms(csp.alt_names, place)
        building.add_acronym_forms(csp.name, place)
    for council in directory.councils.values():
        at = place_of_council(directory, council, histories.of_council(council))
        if at is None:
            continue
        official = (council.name, *council.alt_names, council.welsh_name)
        for name in dict.fromkeys(each for each in official if each):
            building.add(name, at, keep_generic=True)
        building.add_acronyms(official, at)
        for domain in council.domains:
            building.domains[domain].append(at)
    for area in directory.police_areas.values():
        for name in (area.name, *area.other_names[:1]):
            building.areas[words(name)] = area.code
    return building.finished()


def place_of_csp(directory: Directory, csp: Csp, past: Past) -> Place:
    """Return what a partnership's name means, with who answers for it today."""
    return Place(
        csp_ids=(csp.current_id,),
        council_ids=csp.council_ids,
        name=csp.name,
        ground=ground_of(directory, (csp.current_id,), csp.council_ids),
        past=past,
        bodies=_bodies(directory.councils_of(csp.id)),
    )


def place_of_council(directory: Directory, council: Council, past: Past) -> Place | None:
    """Return what a council's name means; None where no partnership answers for it."""
    standing = directory.successors(council.id)
    leads = (_lead(directory, each) for each in standing)
    csp_ids = tuple(dict.fromkeys(lead for lead in leads if lead))
    if not csp_ids:
        return None
    council_ids = tuple(each.id for each in standing)
    return Place(
        csp_ids=csp_ids,
        council_ids=council_ids,
        name=council.name,
        ground=ground_of(directory, csp_ids, council_ids),
        past=past,
        bodies=_bodies((council,)),
    )


def ground_of(directory: Directory, csp_ids: Words, council_ids: Words) -> frozenset[str]:
    """Return the councils of these partnerships together with these councils."""
    held = (each for csp_id in csp_ids for each in directory.csp(csp_id).council_ids)
    return frozenset((*held, *council_ids))


def _lead(directory: Directory, council: Council) -> str:
    rows = directory.csps_of(council.id)
    if council.type == "county":
        return next((csp.id for csp in rows if csp.kind is CspKind.COUNTY), "")
    standing = [csp for csp in rows if csp.kind in _STANDING]
    standing.sort(key=lambda csp: len(csp.council_ids))
    return standing[0].current_id if standing else ""


def _bodies(councils: Iterable[Council]) -> frozenset[str]:
    found = {word for each in councils for word in words(each.name) if word in BODY}
    return frozenset(found - {"council"})


@dataclass(slots=True)
class _Building:
    """An index while it grows."""

    named: dict[Words, dict[Place, Tier]] = field(default_factory=lambda: defaultdict(dict))
    whole: dict[Words, list[Place]] = field(default_factory=lambda: defaultdict(list))
    acronyms: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    initials: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    domains: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[Words, str] = field(default_factory=dict)

    def add(self, name: str, place: Place, *, keep_generic: bool) -> None:
        """Index one name in all its forms; `keep_generic` for official ones ("City of London")."""
        key = words(name)
        if not key:
            return
        for letters in initials_of(_IN_BRACKETS.sub("", name)):
            self.initials[letters].append(place)
        if names_no_place(key) and not (keep_generic and len(key) > 1):
            self.whole[key].append(place)
        else:
            self._put(key, place, Tier.WRITTEN)
        for tier, form in _forms(name, key):
            if form != key and not names_no_place(form):
                self._put(form, place, tier)

    def add_acronyms(self, names: Iterable[str], place: Place) -> None:
        """Index the initials of names of several words."""
        for name in names:
            key = words(name)
            if len(key) > 2:
                spoken = name.replace("&", " and ").casefold().split()
                whole = "".join(word[0] for word in spoken if word != "of")
                for form in {"".join(word[0] for word in key), whole}:
                    self.acronyms[form].append(place)

    def add_acronym_forms(self, name: str, place: Place) -> None:
        """Index "XCSP" and "SXP", which any partnership may be called, so none owns them."""
        initials = "".join(word[0] for word in without_body_words(words(name)))
        for form in (f"{initials}csp", f"s{initials}p", f"{initials}sp"):
            self.acronyms[form].append(place)

    def finished(self) -> Index:
        """Return what was gathered, with the short forms that councils' own domains show."""
        for domain, places in self.domains.items():
            if len(distinct(places)) == 1:
                for label in _own_forms(domain.partition(".")[0]):
                    self._put((label,), places[0], Tier.PART)
        self._share_beginnings()
        index = Index(
            named={key: dict(found) for key, found in self.named.items()},
            whole=dict(self.whole),
            acronyms=dict(self.acronyms),
            initials=dict(self.initials),
            squeezed={},
            domains=dict(self.domains),
            areas=dict(self.areas),
        )
        squeezed: dict[str, list[Place]] = defaultdict(list)
        for key in self.named:
            squeezed["".join(key)].extend(index.places(key))
        return replace(index, squeezed=dict(squeezed))

    def _share_beginnings(self) -> None:
        """Give a word made from one name to every place whose name begins with it: Vale."""
        beginnings: dict[str, set[Place]] = defaultdict(set)
        for key, found in self.named.items():
            if len(key) > 1:
                beginnings[key[0]].update(at for at in found if found[at] is Tier.WRITTEN)
        for word, places in beginnings.items():
            if min(self.named.get((word,), {}).values(), default=None) is Tier.DERIVED:
                for place in places:
                    self._put((word,), place, Tier.PART)

    def _put(self, key: Words, place: Place, tier: Tier) -> None:
        known = self.named[key].get(place, tier)
        self.named[key][place] = min(known, tier)


def _forms(name: str, key: Words) -> Iterator[tuple[Tier, Words]]:
    core = without_body_words(key)
    yield Tier.DERIVED, core
    yield Tier.PART, _before_link(core)
    if core[:1] == ("sir",):
        yield Tier.PART, core[2:] if core[1:2] == ("y",) else core[1:]
    parts = _JOINED.split(name)
    if len(parts) > 1:
        for part in parts:
            yield Tier.PART, without_body_words(words(part))


def _own_forms(label: str) -> Iterator[str]:
    """Yield a label of a council's domain, in one word, with and without its kind of council."""
    joined = label.replace("-", "")
    yield joined
    for kind in _KINDS_IN_DOMAINS:
        short = joined.removesuffix(kind)
        if short != joined and len(short) > 2 and not is_known_word(short):
            yield short


def _before_link(core: Words) -> Words:
    for at, word in enumerate(core):
        if at and word in LINKS:
            return core[:at]
    return core


def is_acronym(text: str) -> bool:
    """Whether a word is long enough to be taken for a short form that names one body."""
    return len(text) >= _LEAST_ACRONYM


def is_known_word(word: str) -> bool:
    """Whether a word is general language, so that its presence beside a place changes nothing."""
    if len(word) == 1 or "safe" in word:
        return True
    return word in BODY or word in FILLER or word in COMPASS
