"""A letter's words as fields of a form, and back.

One box a paragraph and one a point; a line that begins with "- " stands below its
point; an emptied box takes its paragraph out, and two spare ones take new ones.
What a form does not hold (an older page, a script) stays as it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from secretariat.domain.letter import Letter
from secretariat.domain.letter_content import (
    Addressee,
    Death,
    Delay,
    Grade,
    Greeting,
    LetterContent,
    LetterKind,
    MeetingMode,
    Naming,
    Point,
    ReviewName,
)
from secretariat.web.asking import day_of
from secretariat.web.forms import Form
from secretariat.web.review import addressee_fields, addressee_typed

E = TypeVar("E", bound=StrEnum)

BELOW: Final = "- "
SPARE: Final = 2
NO_DELAY: Final = "none"
OTHER: Final = "other"
CHOSEN: Final[Mapping[str, type[StrEnum]]] = {
    "mode": MeetingMode,
    "kind": LetterKind,
    "review_name": ReviewName,
    "death": Death,
    "naming": Naming,
}
PLAIN: Final = (
    "area",
    "article",
    "local_reference",
    "case_words",
    "date_as_written",
    "outcome_words",
    "version_named",
    "delay_words",
)
LISTED: Final = ("pseudonyms", "partnerships", "asks")


def _named(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), str(one)[:1].upper() + str(one)[1:]) for one in kinds]


CHOICES: Final[Mapping[str, list[tuple[str, str]]]] = {
    **{name: _named(kinds) for name, kinds in CHOSEN.items()},
    "kind": [one for one in _named(LetterKind) if one[0] != LetterKind.CORRECTION],
    "review_name": [(str(one), f"{one.in_full} ({one})") for one in ReviewName],
    "greeting": _named(Greeting),
    "grade": _named(Grade),
    "delay": [
        (NO_DELAY, "Not at all"),
        (str(Delay.STANDARD), "In the standard words"),
        (str(Delay.STRONG), "In the strong words"),
        (str(Delay.OWN), "In the words below"),
    ],
}


def fields_of(letter: Letter) -> dict[str, str]:
    """Return what the fields hold for the letter as it stands."""
    content = letter.content
    fields = addressee_fields(content.addressee) | {
        "version": str(letter.version),
        "meeting_date": _day(content.meeting_date),
        "replaces": _day(content.replaces),
        "delay": str(content.delay) if content.regret else NO_DELAY,
        "grade": str(content.grade or ""),
        "numbered": "yes" if content.numbered else "no",
    }
    fields |= {name: str(getattr(content, name)) for name in (*CHOSEN, *PLAIN)}
    fields |= {name: "\n".join(getattr(content, name)) for name in LISTED}
    for place, other in enumerate((*content.others, Addressee()), start=1):
        fields |= addressee_fields(other, f"{OTHER}-{place}-")
    paragraphs = (*content.conclusion, *[""] * SPARE)
    fields |= {f"conclusion-{place}": text for place, text in enumerate(paragraphs, start=1)}
    points = (*content.points, *[Point("")] * SPARE)
    for place, point in enumerate(points, start=1):
        fields |= {
            f"label-{place}": point.label,
            f"point-{place}": point_text(point),
            f"lead-{place}": point.lead_in,
        }
    return fields


def content_typed(form: Form, before: LetterContent) -> LetterContent:
    """Return the words as typed; faults are noted on `form`."""
    form.required("area", "Enter the area or partnership that the letter names")
    if form["greeting"] != Greeting.BY_ROLE:
        form.required("last", "Enter the addressee's last name")
    elif not form["role"]:
        form.fault("role", "Enter the role by which the letter greets the addressee")
    typed: dict[str, Any] = {name: form[name] for name in PLAIN if name in form.typed}
    typed |= {name: form.lines(name) for name in LISTED if name in form.typed}
    for name, kinds in CHOSEN.items():
        typed[name] = _chosen(form, name, kinds, getattr(before, name))
    return replace(
        before,
        addressee=addressee_typed(form),
        others=_others(form, before),
        meeting_date=_day_typed(form, "meeting_date", "Enter the day of the meeting as 4/6/2026"),
        conclusion=tuple(_boxes(form, "conclusion")),
        points=tuple(_points(form)),
        **typed,
        **_delay(form, before),
        **_rest(form, before),
    )


def point_text(point: Point) -> str:
    """Write a point as its box shows it."""
    return "\n".join((point.text, *(f"{BELOW}{line}" for line in point.below)))


def point_typed(text: str) -> Point:
    """Read a point from its box; lines before the first "- " are one sentence after another.

    A dash with nothing behind it is nothing: no letter has an empty bullet.
    """
    own: list[str] = []
    below: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line or line == BELOW.strip():
            continue
        if line.startswith(BELOW):
            below.append(line.removeprefix(BELOW).strip())
        elif below:
            below[-1] = f"{below[-1]} {line}"
        else:
            own.append(line)
    return Point(" ".join(own), tuple(below))


def boxes(form: Form, kind: str) -> list[str]:
    """Return the names of the boxes of one kind, in their order."""
    named = [name for name in form.typed if name.removeprefix(f"{kind}-").isdecimal()]
    return sorted(named, key=lambda name: int(name.removeprefix(f"{kind}-")))


def further_addressees(form: Form) -> list[str]:
    """Return what the names of the fields of each further addressee begin with, in order."""
    found = {
        name.split("-")[1]
        for name in form.typed
        if name.startswith(f"{OTHER}-") and name.count("-") == 2
    }
    return [f"{OTHER}-{place}-" for place in sorted(filter(str.isdecimal, found), key=int)]


def _boxes(form: Form, kind: str) -> list[str]:
    return [form[name] for name in boxes(form, kind) if form[name]]


def _points(form: Form) -> list[Point]:
    """Return the points with something in their boxes; a label alone is no point."""
    found = []
    for name in boxes(form, "point"):
        place = name.removeprefix("point-")
        point = point_typed(form[name])
        label, lead_in = form[f"label-{place}"], form[f"lead-{place}"]
        if point.text or point.below:
            found.append(replace(point, label=label, lead_in=lead_in))
        elif label or lead_in:
            form.fault(name, "Enter the point that its label or sentence belongs to")
    return found


def _others(form: Form, before: LetterContent) -> tuple[Addressee, ...]:
    places = further_addressees(form)
    if not places:
        return before.others
    typed = (addressee_typed(form, place) for place in places)
    return tuple(one for one in typed if replace(one, greeting=Greeting.BY_TITLE) != Addressee())


def _delay(form: Form, before: LetterContent) -> dict[str, Any]:
    if "delay" not in form.typed:
        return {}
    if form["delay"] == NO_DELAY:
        return {"regret": False}
    delay = _chosen(form, "delay", Delay, before.delay)
    if delay is Delay.OWN and not form["delay_words"]:
        form.fault("delay_words", "Enter how the letter puts the delay")
    return {"regret": True, "delay": delay}


def _rest(form: Form, before: LetterContent) -> dict[str, Any]:
    """Return the grade, the kind of list and the day that a correction replaces."""
    found: dict[str, Any] = {}
    if "grade" in form.typed:
        found["grade"] = _chosen(form, "grade", Grade, before.grade) if form["grade"] else None
    if "numbered" in form.typed:
        found["numbered"] = form["numbered"] == "yes"
    if "replaces" in form.typed and before.kind is LetterKind.CORRECTION:
        sentence = "Enter the day of the letter that this one replaces as 4/6/2026"
        found["replaces"] = _day_typed(form, "replaces", sentence)
    return found


def _chosen(form: Form, name: str, kinds: type[E], before: E | None) -> E | None:
    """Return the choice; what the form does not hold stays, and anything else is a fault."""
    if name not in form.typed:
        return before
    found = next((one for one in kinds if str(one) == form[name]), None)
    if found is None:
        form.fault(name, "Choose one of the answers")
    return found or before


def _day_typed(form: Form, name: str, sentence: str) -> date | None:
    found = day_of(form[name])
    if form[name] and found is None:
        form.fault(name, sentence)
    return found


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
