"""The words that staff write in a list for an outcome and for where a case stands."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from secretariat.domain.review import Outcome, Status

OUTCOMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.PUBLISH: "publish|approved|approved for publication|content|content to publish"
        "|cleared|cleared for publication|agreed|agreed for publication|publish without changes"
        "|adequate|no changes|publish no changes|approve|ok to publish|pass|passed",
        Outcome.PUBLISH_AFTER_CHANGES: "publish after changes|publish with changes"
        "|publish subject to changes|approved with changes|approved subject to changes"
        "|approved subject to amendments|approved with amendments|minor changes|minor amendments"
        "|publish with amendments|publish after amendments|adequate with changes|amendments"
        "|publish subject to amendments|changes|changes required|minor changes required"
        "|publish after minor changes|cleared subject to changes|content subject to changes",
        Outcome.RESUBMIT: "resubmit|resubmission|to be resubmitted|inadequate|not approved"
        "|major changes|resubmission required|re submit|re submission|returned|rejected"
        "|not adequate|refer back|referred back|sent back|resubmit to panel",
    }
)
STATUSES: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.RECEIVED: "received|submitted|new|awaiting panel|awaiting qa|in queue|logged"
        "|registered|waiting for panel|awaiting qa panel|awaiting consideration|resubmitted",
        Status.WITH_PANEL: "with the panel|with panel|listed|allocated to panel|at panel"
        "|with qa panel|on agenda",
        Status.CONSIDERED: "considered|awaiting letter|letter drafted|letter to be sent"
        "|letter in draft|letter being drafted|panel held|drafting letter|awaiting feedback letter",
        Status.RESUBMISSION_AWAITED: "resubmission awaited|awaiting resubmission|resubmit"
        "|sent back|returned|with csp for resubmission|resubmission requested",
        Status.PUBLICATION_AWAITED: "publication awaited|awaiting publication|letter sent"
        "|cleared|approved|approved for publication|feedback sent|not published"
        "|not yet published|unpublished|to be published|awaiting url|awaiting link"
        "|not published yet"
        "|feedback letter sent|with csp for publication|open awaiting publication",
        Status.PUBLISHED: "published|closed published|complete published|published closed",
        Status.NOT_FOR_PUBLICATION: "not for publication|agreed not to publish|not to be published"
        "|will not be published|publication exempt|no publication|exempt from publication",
        Status.WITHDRAWN: "withdrawn|withdrawn by csp|cancelled",
    }
)
ENDED: Final = frozenset(("closed", "complete", "completed", "done", "finished", "archived"))


def _turned(words: Mapping[Outcome, str] | Mapping[Status, str]) -> dict[str, str]:
    return {word: kind for kind, listed in words.items() for word in listed.split("|")}


OUTCOME_OF: Final = _turned(OUTCOMES)
STATUS_OF: Final = _turned(STATUSES)


def outcome_of(text: str) -> Outcome | None:
    """Return the Panel's outcome as somebody wrote it, None where the words are not known."""
    found = OUTCOME_OF.get(plain(text))
    return Outcome(found) if found else None


def status_of(text: str) -> Status | None:
    """Return where a case stands as somebody wrote it, None where the words are not known."""
    found = STATUS_OF.get(plain(text))
    return Status(found) if found else None


def plain(text: str) -> str:
    """Return words in small letters with single blanks and without signs."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())
