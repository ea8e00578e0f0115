"""docxtpl behind a wrapper: by itself it loses text in silence and runs code from a template.

Values are escaped and cleaned, unknown fields are an error, and what was printed is
looked for in the letter that came out.
"""

import functools
import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate  # type: ignore[attr-defined]
from jinja2 import StrictUndefined, Template, TemplateError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from secretariat.adapters.letterpress.values import cleaned
from secretariat.adapters.letterpress.wordml import (
    TEXT_PARTS,
    W,
    parse_part,
    text_of,
)
from secretariat.ports.letterpress import PressFailed, TemplateBroken

PRINTED: Final = "_printed"
PERSONAL: Final = frozenset(
    {
        *("core-properties", "extended-properties", "custom-properties", "thumbnail", "people"),
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible"),
    }
)
FAULTS: Final = (
    TemplateError,
    etree.LxmlError,
    zipfile.BadZipFile,
    PackageNotFoundError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without globals, filters or tests; each template is compiled once."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_note)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._compiled = functools.lru_cache(maxsize=64)(super().from_string)

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """Return the compiled template; the same source is compiled once."""
        return self._compiled(source)


@pass_context
def _note(context: Context, value: object) -> object:
    """Note what is printed, so that it can be looked for in the letter."""
    printed = context.get(PRINTED)
    if printed is not None:
        printed.append(value)
    return value


class LetterTemplate(DocxTemplate):
    """docxtpl without fields in the properties: it would escape them twice."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties alone."""


ENVIRONMENT: Final = LetterEnvironment()


def fill(template: bytes, values: Mapping[str, object], *, title: str) -> bytes:
    """Return the template filled in as a Word file with this title and no author.

    Raise ValueRefused for a value, TemplateBroken for the template, PressFailed where
    the letter does not hold what was printed into it.
    """
    clean = {name: cleaned(value, name) for name, value in values.items()}
    printed: list[object] = []
    try:
        letter = LetterTemplate(io.BytesIO(template))
        letter.render({**clean, PRINTED: printed}, ENVIRONMENT)
        _leave_at_home(letter)
        properties = letter.core_properties
        properties.title, properties.author, properties.last_modified_by = title, "", ""
        out = io.BytesIO()
        letter.save(out)
        made = out.getvalue()
        _look_over(made, printed)
    except FAULTS as fault:
        raise TemplateBroken("letter.docx", (f"it cannot be filled in: {fault}",)) from fault
    return made


def _leave_at_home(letter: LetterTemplate) -> None:
    """Take out what tells of those who edited the template: names, their firm, older properties."""
    document: Any = letter.docx
    for links in (document.part.package.rels, document.part.rels):
        for name, link in list(links.items()):
            own = link.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES
            if not own and link.reltype.rpartition("/")[2] in PERSONAL:
                del links[name]


def _look_over(made: bytes, printed: list[object]) -> None:
    """Raise PressFailed unless all that was printed stands in the file, and Word can open it."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = package.namelist()
        parts = [parse_part(package, name) for name in names if TEXT_PARTS.match(name)]
    if len(set(names)) != len(names):
        raise PressFailed("the file holds a part twice: Word would call it damaged")
    text = "\n".join(text_of(paragraph) for part in parts for paragraph in part.iter(f"{W}p"))
    if any(str(value) not in text for value in printed):
        raise PressFailed("a value did not come out as it was written; nothing was kept")
    for part in parts:
        if any(len(cell) == 0 or cell[-1].tag != f"{W}p" for cell in part.iter(f"{W}tc")):
            raise PressFailed("a table cell came out empty: Word would call the file damaged")
