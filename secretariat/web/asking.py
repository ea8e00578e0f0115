"""What every page asks: the register's eyes, a reference in an address, a whole number or a day."""

from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO

from flask import Response, request, send_file
from werkzeug.routing import BaseConverter, ValidationError

from secretariat.domain.errors import NotAReference
from secretariat.domain.reference import Reference
from secretariat.ports.register import Reading
from secretariat.web.guard import office

HARMLESS = "application/octet-stream"


class ReferenceInAddress(BaseConverter):
    """A reference as part of an address: /register/QA-2026-0001."""

    regex = r"QA-\d{4}-\d{4,5}"

    def to_python(self, value: str) -> Reference:
        """Return the reference; anything else is no page of ours."""
        try:
            return Reference.parse(value)
        except NotAReference:
            raise ValidationError from None

    def to_url(self, value: Reference) -> str:
        """Write the reference as staff do."""
        return str(value)


def eyes() -> AbstractContextManager[Reading]:
    """Open the register for reading, for one page."""
    opened: AbstractContextManager[Reading] = office().open_reading()
    return opened


def asked_number(name: str, otherwise: int = 1) -> int:
    """Return a whole number of 1 or more from the query; `otherwise` for anything else."""
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and 0 < int(text) < 1_000_000 else otherwise


def day_of(text: str) -> date | None:
    """Return the day written as 2026-06-04 or 4/6/2026; None if it is no day."""
    parts = text.strip().split("/")
    if len(parts) == 3 and all(part.strip().isdecimal() for part in parts):
        text = f"{parts[2].strip():0>4}-{parts[1].strip():0>2}-{parts[0].strip():0>2}"
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def download(sha256: str, name: str) -> Response:
    """Return a kept file as a download, never shown in the browser, under a plain name."""
    plain = "".join(sign if sign.isprintable() and sign not in '\\/:"' else "_" for sign in name)
    content: bytes = office().vault.open(sha256)
    return as_file(content, plain or "paper")


def as_file(content: bytes, name: str) -> Response:
    """Return bytes as a download that no browser opens by itself."""
    return send_file(
        BytesIO(content), mimetype=HARMLESS, as_attachment=True, download_name=name, max_age=0
    )
