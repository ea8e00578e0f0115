"""A letter's words as fields of a form, and back.

One box a paragraph and one a point; a line that begins with "- " stands below its
point; an emptied box takes its paragraph out, and two spare ones take new ones.
"""

from dataclasses import replace
from typing import Final

from secretariat.domain.letter import Letter
from secretariat.domain.letter_content import LetterContent, Point
from secretariat.web.asking import day_of
from secretariat.web.forms import Form
from secretariat.web.review import addressee_fields, addressee_typed

BELOW: Final = "- "
SPARE: Final = 2


def fields_of(letter: Letter) -> dict[str, str]:
    """Return what the fields hold for the letter as it stands."""
    content = letter.content
    fields = addressee_fields(content.addressee) | {
        "version": str(letter.version),
        "area": content.area,
        "local_reference": content.local_reference,
        "pseudonyms": "\n".join(content.pseudonyms),
        "meeting_date": f"{content.meeting_date:%d/%m/%Y}" if content.meeting_date else "",
        "regret": "yes" if content.regret else "",
    }
    paragraphs = (*content.conclusion, *[""] * SPARE)
    fields |= {f"conclusion-{place}": text for place, text in enumerate(paragraphs, start=1)}
    points = (*map(point_text, content.points), *[""] * SPARE)
    return fields | {f"point-{place}": text for place, text in enumerate(points, start=1)}


def content_typed(form: Form, before: LetterContent) -> LetterContent:
    """Return the words as typed; faults are noted on `form`."""
    form.required("last", "Enter the addressee's last name")
    form.required("area", "Enter the area or partnership that the letter names")
    met_on = day_of(form["meeting_date"])
    if form["meeting_date"] and met_on is None:
        form.fault("meeting_date", "Enter the day of the meeting as 4/6/2026")
    return replace(
        before,
        addressee=addressee_typed(form),
        area=form["area"],
        local_reference=form["local_reference"],
        pseudonyms=form.lines("pseudonyms"),
        meeting_date=met_on,
        regret=form["regret"] == "yes",
        conclusion=tuple(_boxes(form, "conclusion")),
        points=tuple(point_typed(text) for text in _boxes(form, "point")),
    )


def point_text(point: Point) -> str:
    """Write a point as its box shows it."""
    return "\n".join((point.text, *(f"{BELOW}{line}" for line in point.below)))


def point_typed(text: str) -> Point:
    """Read a point from its box; lines before the first "- " are one sentence after another."""
    own: list[str] = []
    below: list[str] = []
    for line in (line.strip() for line in text.splitlines() if line.strip()):
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


def _boxes(form: Form, kind: str) -> list[str]:
    return [form[name] for name in boxes(form, kind) if form[name]]
