"""The rules that find the place behind an e-mail address, a domain or a page's address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from secretariat.domain.council import PoliceArea
from secretariat.domain.matching_found import Certainty
from secretariat.domain.matching_index import Finding, Index, Place, distinct
from secretariat.domain.matching_words import BODY, FILLER, listed, words

_HOST: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?:[^\s/@<>]+@)?((?:[a-z0-9_-]+\.)+[a-z]{2,24})\.?(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_MAILBOX: Final = re.compile(r"\s<([^\s<>@]+@[^\s<>@]+)>\s*$")
# The ends of hosts under which anybody may have a name; the label before them is the owner's.
_SUFFIXES: Final = listed("uk co org gov com net info wales cymru llyw eu")
# Owners that keep sites for councils, whose own label then stands before theirs.
_KEEPERS: Final = listed("moderngov modgov cmis")
_POLICE: Final = (".pcc.police.uk", ".pnn.police.uk", ".police.uk")
_ENDS: Final = tuple(
    sorted(
        (
            {word for word in BODY | FILLER if len(word) > 1} - {"gov"}
            | {"bc", "cc", "dc", "mbc", "mdc", "cbc", "lb", "rb", "lbc"}
            | {"portal", "online", "the", "and", "my", "visit", "homicide"}
        ),
        key=len,
        reverse=True,
    )
)


def host_in(text: str) -> str:
    """Return the host that a text consists of (address, domain or URL), lower case; else empty."""
    mailbox = _MAILBOX.search(text[:600])
    found = _HOST.fullmatch(mailbox[1] if mailbox else text.strip().strip("<>")[:600])
    return found[1].lower() if found else ""


def may_be_a_name(host: str) -> bool:
    """Whether what looks like a host is rather a name with a stop in it, as in "St.Helens"."""
    return host.count(".") == 1 and host.rpartition(".")[2] not in _SUFFIXES


class HostRules:
    """Looks hosts up: registered domains first, then what their words may say."""

    def __init__(self, index: Index, police_areas: Mapping[str, PoliceArea]) -> None:
        self._index = index
        domains = {area.domain: area for area in police_areas.values() if area.domain}
        self._offices = {key: area for key, area in domains.items() if key not in index.domains}
        self._forces = {
            label: area for area in police_areas.values() for label in _force_labels(area)
        }

    def office(self, host: str) -> PoliceArea | None:
        """Return the police area whose force's, commissioner's or mayor's site this is."""
        for parent in _parents(host):
            if parent in self._offices:
                return self._offices[parent]
        for end in _POLICE:
            if host.endswith(end):
                label = host.removesuffix(end).rpartition(".")[2]
                return self._forces.get("".join(words(label)))
        return None

    def find(self, host: str) -> Finding:
        """Return the places that a host may belong to."""
        for parent in _parents(host):
            if at := self._index.domains.get(parent):
                return _registered(parent, at)
        owner = _owner(host)
        if places := self._said_by(owner):
            why = f"{owner!r} in the host reads like {places[0].name}"
            return Finding(places, why, Certainty.WEAK)
        return Finding((), f"{host} is not a domain of the directory")

    def _said_by(self, label: str) -> tuple[Place, ...]:
        for form in _forms(label.replace("-", "").replace("_", "")):
            if places := self._index.squeezed.get(form):
                return distinct(places)
        return ()


def _force_labels(area: PoliceArea) -> Iterator[str]:
    """Yield how an area's force may write itself in a host: in one word, or by its initials."""
    for name in (area.name, *area.other_names):
        spoken = re.findall(r"[a-z]+", name.casefold().replace("&", " and "))
        if not spoken or not {"commissioner", "mayor", "pcc"}.isdisjoint(spoken):
            continue
        if len(spoken) > 2:
            yield "".join(word[0] for word in spoken)
        while spoken and spoken[-1] in {"police", "constabulary", "service"}:
            spoken.pop()
        yield "".join(spoken)
        yield "".join(words(" ".join(spoken)))


def _parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def _owner(host: str) -> str:
    """Return the label of whoever registered the host; what stands before it proves nothing."""
    labels = host.split(".")
    while labels and labels[-1] in _SUFFIXES:
        labels.pop()
    if len(labels) > 1 and labels[-1] in _KEEPERS:
        labels.pop()
    return labels[-1] if labels and len(labels) < len(host.split(".")) else ""


def _registered(domain: str, at: Sequence[Place]) -> Finding:
    places = distinct(at)
    if len(places) == 1:
        return Finding(places, f"{domain} is a domain of {places[0].name}", Certainty.LIKELY)
    names = ", ".join(place.name for place in places)
    return Finding(places, f"{domain} is shared by {names}", Certainty.LIKELY, shared=True)


def _forms(label: str) -> list[str]:
    """Return a label as it is, then with general words taken off its ends, one by one."""
    forms = [label]
    while True:
        shorter = _shorter(forms[-1])
        if len(shorter) < 4:
            return forms
        forms.append(shorter)


def _shorter(label: str) -> str:
    for end in _ENDS:
        if label.startswith(end):
            return label[len(end) :]
        if label.endswith(end):
            return label[: -len(end)]
    return ""
