"""Mails as councils, machines and staff send them; every name is plainly invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, Final

from secretariat.adapters.mail.mime import MimeReading
from secretariat.config import defaults
from secretariat.config.triage import read_triage_words
from secretariat.domain.mail import Mail
from secretariat.domain.papers import Facts, PaperKind, ReadingStatus, ReadPaper
from secretariat.domain.triage_clues import Clues, SeenPaper
from secretariat.domain.triage_senders import Trust

OURS: Final = "dhr@homeoffice.example"
OUR_DOMAIN: Final = "homeoffice.example"
COUNCIL: Final = "jo.bloggs@anyshire.gov.uk"
STAFF: Final = "pat.notetaker@homeoffice.example"
BORDER: Final = "mx.homeoffice.example"
CORPUS: Final = Path(__file__).parent / "corpus" / "mail"
WORDS: Final = read_triage_words(defaults() / "config" / "triage.toml")
TRUST: Final = Trust(
    own_addresses=frozenset({OURS}),
    own_domain=OUR_DOMAIN,
    staff=frozenset({"homeoffice.example"}),
    council_domains=frozenset({"anyshire.gov.uk", "kent.gov.uk", "medway.gov.uk"}),
    authserv_ids=frozenset({BORDER}),
)
PLAIN: Final = MimeReading(lambda html: html)
PASSED: Final = f"{BORDER}; spf=pass; dkim=pass; dmarc=pass header.from=anyshire.gov.uk"


@dataclass(frozen=True, slots=True)
class Written:
    """An ordinary mail of a council without attachments."""

    sender: str = f"Jo Bloggs <{COUNCIL}>"
    to: str = OURS
    subject: str = "A question"
    body: str = "Good morning\n\nPlease ring me.\n\nJo Bloggs"
    message_id: str = "<one@anyshire.gov.uk>"
    date: datetime = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    answers: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    html: str = ""


def a_raw(files: Mapping[str, bytes] | None = None, **said: Any) -> bytes:
    """Return the bytes of a mail with these files; `said` as in `Written`."""
    written = replace(Written(), **said)
    mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
    for name, value in written.headers:
        mail[name] = value
    mail["From"], mail["To"], mail["Subject"] = written.sender, written.to, written.subject
    mail["Date"] = written.date
    if written.message_id:
        mail["Message-ID"] = written.message_id
    if written.answers:
        mail["In-Reply-To"] = written.answers
        mail["References"] = written.answers
    mail.set_content(written.body)
    if written.html:
        mail.add_alternative(written.html, subtype="html")
    for name, content in (files or {}).items():
        main, sub = _media_type(name)
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def _media_type(name: str) -> tuple[str, str]:
    known = {".pdf": "pdf", ".zip": "zip"}
    return "application", known.get(Path(name).suffix, "octet-stream")


def a_parsed(**said: Any) -> Mail:
    """Return an ordinary mail after parsing."""
    body = said.pop("body", "Good morning\n\nPlease ring me.\n\nJo Bloggs")
    plain = Mail(
        message_id="<one@anyshire.gov.uk>",
        sent_at=datetime(2026, 3, 10, 9, 0, tzinfo=UTC),
        sender=COUNCIL,
        recipients=(OURS,),
        subject="A question",
        text=body,
        own_text=body,
        headers=(("from", COUNCIL),),
    )
    return replace(plain, **said)


def a_seen(
    kind: PaperKind = PaperKind.OVERVIEW_REPORT,
    status: ReadingStatus = ReadingStatus.TEXT,
    *,
    name: str = "Paper.pdf",
    facts: Facts = Facts(),  # noqa: B008 a frozen value
    media_type: str = "application/pdf",
) -> SeenPaper:
    """Return a paper after reading."""
    sha256 = f"{abs(hash((kind, name))):064x}"[-64:]
    return SeenPaper(name, sha256, 10, media_type, ReadPaper(status, kind, 3, facts, (), sha256))


def some_clues(**said: Any) -> Clues:
    """Return what triage weighs for an ordinary mail that no rule knows."""
    mail = said.pop("mail", None) or a_parsed(
        **{key: said.pop(key) for key in ("subject", "body", "headers", "parts") if key in said}
    )
    return Clues(mail, WORDS, **said)
