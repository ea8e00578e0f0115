"""What the reading process does with a template that came from outside: look, and print a sample.

It runs without rights, network or sight of files, as papers are read; the service believes its
answer no more than it believes the file.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from secretariat.adapters.letterpress.check import faults_in
from secretariat.adapters.letterpress.filling import fill
from secretariat.adapters.letterpress.house_style import advice_on
from secretariat.adapters.letterpress.preview import html_of

TITLE: Final = "A made-up letter"


def template(content: bytes, task: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Answer with the faults, or with advice and a made-up letter, as HTML and as a Word file.

    The task's "samples" are values to be filled in on trial, its "sample" those of the letter.
    """
    if faults := faults_in(content, tuple(task["samples"])):
        return {"faults": faults}, b""
    docx = fill(content, task["sample"], title=TITLE)
    return {"faults": [], "advice": advice_on(content), "html": html_of(docx)}, docx


TASKS: Final[Mapping[str, Callable[[bytes, Mapping[str, Any]], tuple[dict[str, Any], bytes]]]] = {
    "template": template
}
