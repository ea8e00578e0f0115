"""What triage weighs: the mail, its papers, its links, and what the register knows of it."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from secretariat.domain.links import is_at
from secretariat.domain.mail import Mail
from secretariat.domain.papers import PaperKind, ReadingStatus, ReadPaper
from secretariat.domain.passwords_in import gives_password
from secretariat.domain.post_in import MailKind
from secretariat.domain.quoted import is_forwarded
from secretariat.domain.reference import Reference

READABLE: Final = (ReadingStatus.TEXT, ReadingStatus.NO_TEXT)
OF_A_REVIEW: Final = (PaperKind.OVERVIEW_REPORT, PaperKind.EXECUTIVE_SUMMARY)
NO_PAPERS: Final = ("text/calendar", "message/")
SMALLEST_PAGE: Final = 150 * 2**10
"""Bytes: a smaller picture is a crest or a signature's, a larger one may show a page."""
LONGEST_WEIGHED: Final = 20_000

_SENTENCE_ENDS: Final = re.compile(r"(?<=[.?!;])\s+|\n\s*\n|\n\s*(?=(?:[-*\u2022]|\d+[.)])\s)")
_IF: Final = re.compile(r"\b(?:if|os)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TriageWords:
    """The phrases by which the rules know a mail; staff keep them in config/triage.toml.

    A phrase is matched word by word, whatever its case; "clarif*" stands for every word that
    begins so, "will|shall" for either, "..." for up to six words between.
    decision_about: what the sentence of a decision speaks of; decision_not_yet: what it never says
    asking: words of a sentence that asks; not_yet_published: of one that speaks of publication
        to come, or of none
    outsiders: how families, the press, Parliament and researchers write
    public_hosts: of public bodies; outside_hosts: of the press and Parliament
    private_hosts: where private persons have their mail
    challenge, challenge_not: how councils contest feedback, and how such a sentence says less
    new_case: how they announce a review to come; withdrawal: how they take papers back
    meetings: words of invitations, whose passcodes open no paper
    ignored_hosts: sites that never show a report; ignored_paths: parts of addresses that never do
    """

    bounce_senders: tuple[str, ...] = ()
    bounce_subjects: tuple[str, ...] = ()
    automatic_subjects: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    submission: tuple[str, ...] = ()
    publication: tuple[str, ...] = ()
    decision_not_to_review: tuple[str, ...] = ()
    decision_about: tuple[str, ...] = ()
    decision_not_yet: tuple[str, ...] = ()
    request_to_explain: tuple[str, ...] = ()
    feedback: tuple[str, ...] = ()
    panel_notes: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    not_yet_published: tuple[str, ...] = ()
    outsiders: tuple[str, ...] = ()
    public_hosts: tuple[str, ...] = ()
    outside_hosts: tuple[str, ...] = ()
    private_hosts: tuple[str, ...] = ()
    challenge: tuple[str, ...] = ()
    challenge_not: tuple[str, ...] = ()
    new_case: tuple[str, ...] = ()
    new_case_not: tuple[str, ...] = ()
    withdrawal: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    ignored_hosts: tuple[str, ...] = ()
    ignored_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenPaper:
    """One file of a mail after reading.

    name: as sent; sha256: in the vault; size: in bytes; media_type: as claimed
    """

    name: str
    sha256: str
    size: int
    media_type: str
    read: ReadPaper


@dataclass(frozen=True, slots=True)
class Clues:
    """Everything that the rules may look at.

    links: web addresses that may show a report, unwrapped
    thread: the reviews of the mail of ours that it answers
    named: registered reviews whose reference stands in its subject or its own words
    strange: references of our shape that the register does not hold
    from_us: it bears an address or a Message-ID of ours
    from_staff: its sender is, or claims to be, one of the staff
    internal: it is authenticated as coming from inside
    official: its sender has, or claims, an address of a council or another public body
    false_council: it claims a council's address, and our border server says otherwise
    locked: the reviews with locked papers that a password in it may be for
    """

    mail: Mail
    words: TriageWords
    papers: tuple[SeenPaper, ...] = ()
    links: tuple[str, ...] = ()
    thread: tuple[Reference, ...] = ()
    named: tuple[Reference, ...] = ()
    strange: tuple[Reference, ...] = ()
    from_us: bool = False
    from_staff: bool = False
    internal: bool = False
    official: bool = False
    false_council: bool = False
    locked: tuple[Reference, ...] = ()

    @property
    def text(self) -> str:
        """The subject and its own words; of a mail passed on, all its words."""
        body = self.mail.text if is_forwarded(self.mail.subject) else self.mail.own_text
        words = f"{self.mail.subject}\n\n{body}"[:LONGEST_WEIGHED]
        return words.replace("\u2019", "'")

    @property
    def answers_us(self) -> bool:
        """Whether it stands on our thread or names a review of ours."""
        return bool(self.thread or self.named)

    @property
    def candidates(self) -> tuple[Reference, ...]:
        """The reviews that may be meant; what the sender names counts before the thread."""
        return self.named or self.thread

    @property
    def at_odds(self) -> bool:
        """Whether the sender names a review that our thread is not about."""
        return bool(self.thread and self.named) and not set(self.named) <= set(self.thread)

    @property
    def meant(self) -> Reference | None:
        """The one review that is meant; None where it is none, several or in doubt."""
        if len(self.candidates) != 1 or self.at_odds:
            return None
        return self.candidates[0]

    @property
    def review_papers(self) -> tuple[SeenPaper, ...]:
        """The papers that only a review has: overview reports and executive summaries."""
        return tuple(paper for paper in self.papers if paper.read.kind in OF_A_REVIEW)

    @property
    def asks(self) -> bool:
        """Whether it asks for an explanation of the Panel's feedback."""
        words = self.words
        about_us = self.answers_us or (self.says(words.feedback) and self.says(words.review))
        return about_us and any(
            mentions(each, words.request_to_explain)
            and (each.endswith("?") or mentions(each, words.asking))
            for each in sentences(self.text)
        )

    @property
    def tells_of_publication(self) -> bool:
        """Whether a sentence says that something is published, not that it will be."""
        words = self.words
        return any(
            mentions(each, words.publication) and not mentions(each, words.not_yet_published)
            for each in sentences(self.text)
        )

    @property
    def decides_not_to_review(self) -> bool:
        """Whether a sentence says that no review is held; a question or an "if" says nothing."""
        words = self.words
        return any(
            mentions(_IF.split(each)[0], words.decision_not_to_review)
            and mentions(each, words.decision_about)
            and not mentions(each, words.decision_not_yet)
            for each in sentences(self.text)
            if not each.endswith("?")
        )

    @property
    def challenges(self) -> bool:
        """Whether a sentence contests what the Panel said."""
        words = self.words
        about_us = self.answers_us or (self.says(words.feedback) and self.says(words.review))
        return about_us and any(
            mentions(each, words.challenge) and not mentions(each, words.challenge_not)
            for each in sentences(self.text)
        )

    @property
    def announces_a_case(self) -> bool:
        """Whether a sentence says that a review is to be held."""
        words = self.words
        return self.says(words.review) and any(
            mentions(each, words.new_case) and not mentions(each, words.new_case_not)
            for each in sentences(self.text)
            if not each.endswith("?")
        )

    @property
    def withdraws(self) -> bool:
        """Whether it takes a report back."""
        return any(mentions(each, self.words.withdrawal) for each in sentences(self.text))

    @property
    def gives_password(self) -> bool:
        """Whether its words give a password, other than that of a meeting held at a distance."""
        return gives_password(self.text) and not self.says(self.words.meetings)

    @property
    def from_outside(self) -> bool:
        """Whether it reads as a letter of a family, the press, Parliament or a researcher."""
        if self.official and not is_forwarded(self.mail.subject):
            return False
        return self.is_at(self.words.outside_hosts) or self.says(self.words.outsiders)

    @property
    def private(self) -> bool:
        """Whether its sender writes from where private persons have their mail."""
        return self.is_at(self.words.private_hosts)

    @property
    def to_file(self) -> tuple[SeenPaper, ...]:
        """The papers that a review may need: no small pictures, no calendar entries."""
        return tuple(paper for paper in self.papers if to_be_filed(paper))

    def is_at(self, hosts: tuple[str, ...]) -> bool:
        """Whether its sender's address lies at one of the hosts."""
        return is_at(self.mail.sender.rpartition("@")[2], hosts)

    def says(self, phrases: tuple[str, ...]) -> bool:
        """Whether one of the phrases stands in its subject or own words."""
        return mentions(self.text, phrases)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says.

    why: one sentence that a caseworker can read, without names of people
    review: the review it belongs to, where one is known
    held: a person must look, whatever the kind
    looked: the rules that looked and passed before it, in order
    """

    kind: MailKind
    why: str
    review: Reference | None = None
    held: bool = False
    rule: str = ""
    looked: tuple[str, ...] = field(default=())


def to_be_filed(paper: SeenPaper) -> bool:
    """Say whether a file may be a paper of a review: no small picture, no calendar entry."""
    return may_be_paper(paper.media_type, paper.size)


def may_be_paper(media_type: str, size: int) -> bool:
    """Say whether a file of this kind and size can be read as a paper."""
    if media_type.startswith("image/"):
        return size >= SMALLEST_PAGE
    return not media_type.startswith(NO_PAPERS)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a mail, each on one line; a blank line or a list mark ends one."""
    return tuple(" ".join(each.split()) for each in _SENTENCE_ENDS.split(text) if each.strip())


def mentions(text: str, phrases: tuple[str, ...]) -> bool:
    """Say whether one of the phrases stands in `text`."""
    return bool(phrases) and _any_of(phrases).search(text) is not None


def begins_with(text: str, phrases: tuple[str, ...]) -> bool:
    """Say whether `text` begins with one of the phrases."""
    return bool(phrases) and _any_of(phrases).match(text.lstrip(" \"'[(")) is not None


@lru_cache(maxsize=64)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, phrases)), re.IGNORECASE)


def _pattern(phrase: str) -> str:
    """Return the expression for one phrase as staff write it."""
    pattern, gap = "", ""
    for word in phrase.split():
        if word in ("...", "…"):
            gap = r"(?:\W{1,5}\w+){0,6}?\W{1,5}"
            continue
        pattern += (gap if pattern else "") + f"(?:{'|'.join(map(_stem, word.split('|')))})"
        gap = r"[\s,]{1,5}"
    return rf"(?<!\w){pattern}(?!\w)"


def _stem(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
