"""A raw mail opened: parsed, its files kept and read, containers and passed-on mails entered.

No register is needed, so the command that explains a mail opens it in the same way.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from secretariat.domain.links import find_links, is_at, to_a_page
from secretariat.domain.mail import Mail, Part
from secretariat.domain.message_id import reference_in
from secretariat.domain.papers import (
    ContainerRefused,
    Facts,
    PaperKind,
    ReadingStatus,
    ReadPaper,
)
from secretariat.domain.post_in import Attachment
from secretariat.domain.quoted import markup_above_signature, own_markup, parted
from secretariat.domain.reference import Reference
from secretariat.domain.triage import triage
from secretariat.domain.triage_clues import Clues, SeenPaper, TriageWords, mentions, to_be_filed
from secretariat.domain.triage_senders import (
    Trust,
    bounce_in,
    domain_of,
    is_council,
    is_internal,
    is_staff,
)
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Reader

MOST_FILES: Final = 100
DEEPEST: Final = 2
ZIPS: Final = ("application/zip", "application/x-zip-compressed", "application/x-zip")


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail with what is in it.

    papers: every file after reading, those out of containers too
    attachments: the files as sent
    texts: SHA-256 of a paper to the SHA-256 in the vault of its whole text
    links: that may show a report
    """

    mail: Mail
    papers: tuple[SeenPaper, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens mails.

    keep: keeps bytes and returns their SHA-256; the vault's, or a mere hash where nothing is kept
    """

    mail: MailReading
    reader: Reader
    keep: Callable[[bytes], str]
    words: TriageWords

    def open(self, raw: bytes) -> Opened:
        """Return the mail opened; a file that breaks the reading is a status, never a fault."""
        mail = self.mail.parse(raw)
        attachments = tuple(
            Attachment(part.name, self.keep(part.body), len(part.body), part.media_type)
            for part in mail.parts
        )
        papers: list[SeenPaper] = []
        texts: dict[str, str] = {}
        kept = {part.body: each.sha256 for part, each in zip(mail.parts, attachments, strict=True)}
        if bounce_in(mail, self.words) is None:
            for paper in self._papers(mail, kept):
                if len(papers) >= MOST_FILES:
                    fault = f"it brings more than {MOST_FILES} files: the rest was not read"
                    mail = replace(mail, faults=(*mail.faults, fault))
                    break
                papers.append(paper)
                if paper.read.text:
                    texts[paper.sha256] = self.keep(paper.read.text.encode("utf-8", "replace"))
        return Opened(mail, tuple(papers), attachments, texts, self._links(mail))

    def _papers(self, mail: Mail, kept: Mapping[bytes, str]) -> Iterator[SeenPaper]:
        for part, barred in self._files(mail, 0):
            sha256 = kept.get(part.body) or self.keep(part.body)
            read = barred or self._read(part, sha256)
            yield SeenPaper(part.name, sha256, len(part.body), part.media_type, read)

    def _files(self, mail: Mail, depth: int) -> Iterator[tuple[Part, ReadPaper | None]]:
        """Go through a mail's files; a container that stays shut comes with the reason."""
        for part in mail.parts:
            if _is_mail(part) and depth < DEEPEST:
                yield from self._files(self.mail.parse(part.body), depth + 1)
            elif _is_zip(part):
                yield from self._members(part)
            else:
                yield part, None

    def _members(self, part: Part) -> Iterator[tuple[Part, ReadPaper | None]]:
        try:
            members = self.reader.unpack(part.body)
        except ContainerRefused as fault:
            yield part, _barred(str(fault))
            return
        for member in members:
            yield Part(member.name, "", member.content), None

    def _read(self, part: Part, sha256: str) -> ReadPaper:
        if part.media_type.startswith(("image/", "text/calendar", "message/")):
            why = "it is no paper that can be read"
            return ReadPaper(ReadingStatus.UNSUPPORTED, PaperKind.OTHER, 0, Facts(), (why,), sha256)
        return self.reader.read(part.body, part.name)

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


def clues_of(
    opened: Opened,
    words: TriageWords,
    trust: Trust,
    *,
    thread: tuple[Reference, ...],
    named: tuple[Reference, ...],
    strange: tuple[Reference, ...] = (),
) -> Clues:
    """Return what the rules weigh; what is known of reviews is the caller's to say."""
    mail = opened.mail
    ours = reference_in(mail.message_id, domain=trust.own_domain) is not None
    return Clues(
        mail,
        words,
        tuple(paper for paper in opened.papers if to_be_filed(paper)),
        opened.links,
        thread,
        named,
        strange,
        from_us=ours or mail.sender in trust.own_addresses,
        from_staff=is_staff(mail.sender, trust),
        internal=is_internal(mail, trust),
        official=is_council(mail.sender, trust)
        or is_at(domain_of(mail.sender), words.public_hosts),
    )


def named_in(mail: Mail) -> tuple[Reference, ...]:
    """Return the references of our shape in a mail's subject and own words."""
    return Reference.find_all(f"{mail.subject}\n{mail.own_text}")[:20]


def weigh_mail(raw: bytes, *, opening: Opening, trust: Trust) -> dict[str, object]:
    """Return what triage makes of a mail without a register, as `secretariat triage` prints it.

    References in it, and those that our own Message-IDs carry, are taken to be registered.
    """
    opened = opening.open(raw)
    mail = opened.mail
    answered = (reference_in(each, domain=trust.own_domain) for each in _answered(mail))
    thread = tuple(dict.fromkeys(each for each in answered if each))
    clues = clues_of(opened, opening.words, trust, thread=thread, named=named_in(mail))
    if bounce := bounce_in(mail, opening.words):
        about = (reference_in(each, domain=trust.own_domain) for each in bounce.about)
        clues = clues_of(
            opened, opening.words, trust, thread=tuple(filter(None, about))[:1], named=()
        )
    verdict = triage(clues)
    return {
        "kind": verdict.kind.value,
        "rule": verdict.rule,
        "why": verdict.why,
        "review": str(verdict.review) if verdict.review else None,
        "links": list(opened.links),
        "papers": [{"name": each.name, "kind": each.read.kind.value} for each in clues.papers],
    }


def _answered(mail: Mail) -> tuple[str, ...]:
    return (*mail.in_reply_to, *reversed(mail.references))


def _is_mail(part: Part) -> bool:
    return part.media_type == "message/rfc822" or part.name.lower().endswith(".eml")


def _is_zip(part: Part) -> bool:
    return part.media_type in ZIPS or part.name.lower().endswith(".zip")


def _barred(why: str) -> ReadPaper:
    return ReadPaper(ReadingStatus.DAMAGED, PaperKind.OTHER, 0, Facts(), (why,), "")
