"""The files of a mail: what triage saw in each, and which of them may be handed out.

What a virus scanner found is handed out to nobody, and neither is a mail or a container that
holds it.  A mail that brings a password stays closed: the password would be in it.
"""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, abort

from secretariat.domain.by_hand import PURGED as BARE
from secretariat.domain.errors import NotFound
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.post_in import Attachment, MailPaper, ReceivedMail
from secretariat.ports.register import Reading
from secretariat.web.asking import download, eyes
from secretariat.web.shown import facts_shown

pages = Blueprint("mail_files", __name__)

QUARANTINED: Final = "A virus was found in this file: it is kept apart and handed out to nobody"
HOLDS_ONE: Final = "A virus was found in a file in this one: it is handed out to nobody"
CLOSED: Final = "This mail brings a password: it is not handed out"
PURGED: Final = "This mail was deleted by the rule for mails that bring passwords"
OLD: Final = "This mail was deleted by the rule for old mail"


@dataclass(frozen=True, slots=True)
class MailFile:
    """One file as the page shows it.

    place: its number among the mail's attachments, 0 for one out of a container
    barred: why it is not handed out, "" where it is
    facts: the name and the value of each fact that it states
    """

    name: str
    size: int
    place: int
    barred: str
    paper: MailPaper | None
    facts: tuple[tuple[str, str], ...] = ()


def files_of(mail: ReceivedMail) -> list[MailFile]:
    """Return the files of a mail, those that came out of a container last."""
    seen = {paper.sha256: paper for paper in mail.papers}
    attached = [
        _shown(file.name, file.size, place, bar_to(mail, file), seen.get(file.sha256))
        for place, file in enumerate(mail.attachments, start=1)
    ]
    own = {file.sha256 for file in mail.attachments}
    inside = (paper for paper in mail.papers if paper.sha256 not in own)
    return attached + [_shown(paper.name, 0, 0, "", paper) for paper in inside]


def bar_to(mail: ReceivedMail, file: Attachment) -> str:
    """Return why a file of a mail is not handed out, "" where it is."""
    if is_old(mail):
        return OLD
    infected = infected_in(mail)
    if file.sha256 in infected:
        return QUARANTINED
    if mail.secret:
        return CLOSED
    attached = {one.sha256 for one in mail.attachments}
    seen = {paper.sha256 for paper in mail.papers}
    if infected - attached and file.sha256 not in seen:
        return HOLDS_ONE
    return ""


def bar_to_whole(mail: ReceivedMail) -> str:
    """Return why the mail as it came is not handed out, "" where it is."""
    if mail.purged:
        return OLD if is_old(mail) else PURGED
    if mail.secret:
        return CLOSED
    return HOLDS_ONE if infected_in(mail) else ""


def is_old(mail: ReceivedMail) -> bool:
    """Say whether its words and bytes were deleted by the rule for old mail."""
    return mail.purged and mail.subject == BARE


def infected_in(mail: ReceivedMail) -> set[str]:
    """Return the SHA-256 of the files in which a virus was found."""
    return {paper.sha256 for paper in mail.papers if paper.reading == ReadingStatus.QUARANTINED}


def is_infected(register: Reading, sha256: str) -> bool:
    """Say whether a review has this file with a virus in it, whoever sent it here."""
    papers = register.papers_like(sha256)
    return any(paper.reading == ReadingStatus.QUARANTINED for paper in papers)


@pages.get("/held/<int:number>/papers/<int:place>")
def attachment(number: int, place: int) -> Response:
    """Hand out one file of a mail; `place` counts from 1."""
    with eyes() as register:
        mail = register.mail(number)
        if not 0 < place <= len(mail.attachments):
            raise NotFound(f"file {place} of mail {number}")
        file = mail.attachments[place - 1]
        barred = bar_to(mail, file) or (QUARANTINED if is_infected(register, file.sha256) else "")
    if barred:
        abort(403, description=barred)
    return download(file.sha256, file.name)


@pages.get("/held/<int:number>/mail.eml")
def whole_mail(number: int) -> Response:
    """Hand out the mail as it came."""
    with eyes() as register:
        mail = register.mail(number)
        barred = bar_to_whole(mail)
        if not barred and any(is_infected(register, one.sha256) for one in mail.attachments):
            barred = HOLDS_ONE
    if barred:
        abort(403, description=barred)
    return download(mail.raw, f"mail-{number}.eml")


def _shown(name: str, size: int, place: int, barred: str, paper: MailPaper | None) -> MailFile:
    if paper is None:
        return MailFile(name, size, place, barred, None)
    facts = tuple((called, value) for _, called, value in facts_shown(paper.facts) if value)
    return MailFile(name, size, place, barred, paper, facts)
