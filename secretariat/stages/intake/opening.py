"""A raw mail opened: parsed, its files kept, scanned and read, its links found.

No register is needed, so the command that explains a mail opens it in the same way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.links import find_links, to_a_page
from secretariat.domain.mail import Mail
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.post_in import Attachment, ReceivedMail
from secretariat.domain.quoted import markup_above_signature, own_markup, parted
from secretariat.domain.triage_clues import SeenPaper, TriageWords, mentions
from secretariat.domain.triage_senders import bounce_in
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Reader, Scanner
from secretariat.stages.intake.unfolding import Unfolding

MOST_FILES: Final = 100
LONGEST_HEAD: Final = 256 * 1024
_BLANK_LINES: Final = (b"\r\n\r\n", b"\n\n")


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail with what is in it.

    papers: every file after reading its front pages, those out of containers too
    attachments: the files as sent
    links: that may show a report
    refused: why the mail is not taken, one sentence; "" for a mail that is
    """

    mail: Mail
    papers: tuple[SeenPaper, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens mails.

    keep: keeps bytes and returns their SHA-256; the vault's, or a mere hash where nothing is kept
    scanner: looks for viruses in every file before it is opened; None where none is installed
    most_bytes: of one mail; a larger one is not taken apart
    """

    mail: MailReading
    reader: Reader
    keep: Callable[[bytes], str]
    words: TriageWords
    scanner: Scanner | None = None
    most_bytes: int = 100 * 2**20

    def open(self, raw: bytes) -> Opened:
        """Return the mail opened; a file that breaks the reading is a status, never a fault.

        Raise ScannerAway where files must be scanned and cannot be.
        """
        if len(raw) > self.most_bytes:
            most = self.most_bytes // 2**20
            why = f"it is larger than {most} MB"
            return Opened(self.mail.parse(_head_of(raw)), refused=why)
        sent = self.mail.parse(raw)
        attachments = tuple(
            Attachment(part.name, self.keep(part.body), len(part.body), part.media_type)
            for part in sent.parts
        )
        unfolding = Unfolding(self.mail, self.reader, self.keep, self.scanner)
        mail = unfolding.as_meant(sent)
        papers: list[SeenPaper] = []
        if bounce_in(mail, self.words) is None:
            for paper in unfolding.papers(mail):
                if len(papers) >= MOST_FILES:
                    fault = f"it brings more than {MOST_FILES} files: the rest was not read"
                    mail = replace(mail, faults=(*mail.faults, fault))
                    break
                papers.append(paper)
        return Opened(mail, tuple(papers), attachments, self._links(mail), _all_infected(papers))

    def _links(self, mail: Mail) -> tuple[str, ...]:
        body, signature = parted(mail.own_text)
        telling = "\n".join(self._telling(signature))
        found = find_links(f"{body}\n{telling}", markup_above_signature(own_markup(mail.html)))
        dropped = {*find_links(signature)} - {*find_links(f"{body}\n{telling}")}
        return to_a_page(
            [each for each in found if each not in dropped],
            ignored_hosts=self.words.ignored_hosts,
            ignored_paths=self.words.ignored_paths,
        )

    def _telling(self, signature: str) -> Iterator[str]:
        """Go through the lines of a signature that speak of a report, and what stands below."""
        words = (*self.words.review, *self.words.publication)
        before = ""
        for line in signature.splitlines():
            if mentions(line, words) or mentions(before, words):
                yield line
            before = line


def as_kept(held: ReceivedMail) -> Opened:
    """Return a mail whose bytes were purged as the register knows it: no words and no papers."""
    mail = Mail(
        held.message_id,
        held.in_reply_to,
        sent_at=held.sent_at,
        sender=held.sender,
        subject=held.subject,
    )
    return Opened(mail, (), held.attachments, held.links)


def _all_infected(papers: list[SeenPaper]) -> str:
    """Return why a mail whose every file bears a virus is not taken, "" for any other."""
    if papers and all(each.read.status is ReadingStatus.QUARANTINED for each in papers):
        return "the virus scanner found something in every file of it"
    return ""


def _head_of(raw: bytes) -> bytes:
    """Return the headers of a mail alone."""
    head = raw[:LONGEST_HEAD]
    ends = [place for blank in _BLANK_LINES if (place := head.find(blank)) >= 0]
    return head[: min(ends, default=len(head))] + b"\r\n\r\n"
