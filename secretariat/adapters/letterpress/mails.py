"""The words of our mails: templates/mail/<name>.txt.j2, whose first line is "Subject: …".

A template that an editor broke is not used: the last version that worked stays in use.
"""

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from secretariat.adapters.letterpress.values import cleaned
from secretariat.ports.letterpress import TemplateBroken

NAME: Final = re.compile(r"[\w-]{1,60}")
SUBJECT: Final = "Subject:"
MOST_COMPILED: Final = 64
FAULTS: Final = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)


class MailWords:
    """The mail templates in a folder; kept: where those that worked are kept."""

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        """Nothing is read before it is needed."""
        self._folder = folder
        self._kept = kept
        self._environment = ImmutableSandboxedEnvironment(
            autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.globals.clear()
        # By its very words: an edited template is another one.
        self._compiled = lru_cache(MOST_COMPILED)(self._environment.from_string)

    def word(self, name: str, values: Mapping[str, object]) -> tuple[str, str]:
        """Return (subject, body); raise ValueRefused, or TemplateBroken where none works."""
        if not NAME.fullmatch(name):
            raise TemplateBroken(name, ("it is no name of a template",))
        clean = {key: cleaned(value, key) for key, value in values.items()}
        try:
            text = (self._folder / f"{name}.txt.j2").read_text(encoding="utf-8")
            found = self._filled(name, text, clean)
        except (OSError, UnicodeDecodeError) as fault:
            return self._last_good(name, clean, TemplateBroken(name, (str(fault),)))
        except TemplateBroken as fault:
            return self._last_good(name, clean, fault)
        self._keep(name, text)
        return found

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the templates' shape, with file and line."""
        found = []
        for path in self._files():
            try:
                text = path.read_text(encoding="utf-8")
                self._environment.parse(text)
            except TemplateSyntaxError as fault:
                found.append(f"{path.name}, line {fault.lineno}: {fault.message}")
            except (OSError, UnicodeDecodeError) as fault:
                found.append(f"{path.name}: {fault}")
            else:
                if not text.startswith(SUBJECT):
                    found.append(f"{path.name}, line 1: it must begin with {SUBJECT}")
        return tuple(found)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.txt.j2"))

    def _filled(self, name: str, text: str, values: Mapping[str, object]) -> tuple[str, str]:
        first, _, rest = text.partition("\n")
        try:
            said, body = (self._compiled(each).render(values) for each in (first, rest))
        except TemplateSyntaxError as fault:
            raise TemplateBroken(f"{name}.txt.j2", (str(fault.message),)) from fault
        except FAULTS as fault:
            raise TemplateBroken(f"{name}.txt.j2", (str(fault),)) from fault
        subject = " ".join(said.removeprefix(SUBJECT).split())
        if not said.startswith(SUBJECT) or not subject or not body.strip():
            why = f"it must begin with {SUBJECT}, a line of its own, before the words of the mail"
            raise TemplateBroken(f"{name}.txt.j2", (why,))
        return subject, body.strip() + "\n"

    def _keep(self, name: str, text: str) -> None:
        if self._kept is None:
            return
        path = self._kept / f"{name}.txt.j2"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(path)

    def _last_good(
        self, name: str, values: Mapping[str, object], fault: TemplateBroken
    ) -> tuple[str, str]:
        path = self._kept / f"{name}.txt.j2" if self._kept else None
        if path is None or not path.exists():
            raise fault
        return self._filled(name, path.read_text(encoding="utf-8"), values)
