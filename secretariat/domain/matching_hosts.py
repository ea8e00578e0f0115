"""The rules that find the place behind an e-mail address, a domain or a page's address."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from secretariat.domain.council import PoliceArea
from secretariat.domain.matching_found import Certainty
from secretariat.domain.matching_index import Index, Place, distinct
from secretariat.domain.matching_names import Finding
from secretariat.domain.matching_words import BODY, FILLER, listed

_HOST: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?:[^\s/@<>]+@)?((?:[a-z0-9_-]+\.)+[a-z]{2,24})\.?(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
# Labels of hosts that say nothing of whose they are.
_OF_NOBODY: Final = listed("""
    www gov org com net uk co info ac nhs police pnn pcc llyw cymru wales eu modgov moderngov
    democracy democratic committee committees committeemeetings secure mail email gcsx cmis web
    cms intranet my new services
    """)
_ENDS: Final = tuple(
    sorted(
        (
            {word for word in BODY | FILLER if len(word) > 1}
            | {"portal", "online", "the", "and", "my", "visit", "homicide"}
        ),
        key=len,
        reverse=True,
    )
)


def host_in(text: str) -> str:
    """Return the host that a text consists of (address, domain or URL), lower case; else empty."""
    found = _HOST.fullmatch(text.strip().strip("<>")[:600])
    return found[1].lower() if found else ""


class HostRules:
    """Looks hosts up: registered domains first, then what their words may say."""

    def __init__(self, index: Index, police_areas: Mapping[str, PoliceArea]) -> None:
        self._index = index
        domains = {area.domain: area for area in police_areas.values() if area.domain}
        self._offices = {key: area for key, area in domains.items() if key not in index.domains}

    def office(self, host: str) -> PoliceArea | None:
        """Return the police area whose commissioner's or mayor's site this is."""
        return next((self._offices[each] for each in _parents(host) if each in self._offices), None)

    def find(self, host: str) -> Finding:
        """Return the places that a host may belong to."""
        for parent in _parents(host):
            if at := self._index.domains.get(parent):
                return _registered(parent, at)
        labels = [label for label in host.split(".")[:-1] if label not in _OF_NOBODY]
        for label in reversed(labels):
            places = self._said_by(label)
            if places:
                why = f"{label!r} in the host reads like {places[0].name}"
                return Finding(places, why, Certainty.LIKELY)
        return Finding((), f"{host} is not a domain of the directory")

    def _said_by(self, label: str) -> tuple[Place, ...]:
        for form in _forms(label.replace("-", "").replace("_", "")):
            if places := self._index.squeezed.get(form):
                return distinct(places)
        return ()


def _parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


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
