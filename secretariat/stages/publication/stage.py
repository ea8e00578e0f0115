"""From a link that a council gave to a report that a person confirms as published.

A look at a link never closes a case: what was seen is kept and proposed.  A site that is
down is asked again on the days after; every other finding waits for a person or is told
to one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from secretariat.domain.calendar import LONDON
from secretariat.domain.errors import Refused, SecretariatError
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import Letter, LetterStatus
from secretariat.domain.likeness import LetterMarks, LikenessPolicy
from secretariat.domain.papers import PaperKind
from secretariat.domain.post import PostingKind, PostingStatus, drop
from secretariat.domain.post_in import Paper, ReceivedMail, dealt_with
from secretariat.domain.publication import (
    FAILED,
    RETRY_AFTER,
    TRIES,
    Check,
    Evidence,
    Finding,
    Link,
    LinkSource,
    LinkStatus,
    proposal,
    seen_in_words,
)
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Review, Status, Step, move, steps_open_to
from secretariat.domain.verdict import Seen, Sought
from secretariat.domain.watching import (
    STANDS,
    Fate,
    WatchPolicy,
    after_look,
    stands_elsewhere,
    watched_from,
)
from secretariat.domain.written import in_full
from secretariat.ports.clock import Clock
from secretariat.ports.pages import Pages
from secretariat.ports.papers import Reader, Vault
from secretariat.ports.register import OpenRegister, Reading, Register
from secretariat.stages.publication.look import Look, Looked

CLAIMANT: Final = "publication"
CLAIM: Final = timedelta(minutes=30)
MOST_LINKS: Final = 20
MOST_KEPT: Final = 50


@dataclass(frozen=True, slots=True)
class Publication:
    """Takes links at GIVEN; leaves them checked, with what was seen, for a person to confirm.

    close_by_itself: whether a clear yes closes the case without a person
    """

    open_register: OpenRegister
    pages: Pages
    reader: Reader
    vault: Vault
    clock: Clock
    policy: LikenessPolicy = field(default_factory=LikenessPolicy)
    close_by_itself: bool = False
    watch: WatchPolicy = field(default_factory=WatchPolicy)

    def work(self) -> Tally:
        """Look at the links that wait, one after the other; each is claimed when its turn comes."""
        tally = Tally()
        for _ in range(MOST_LINKS):
            now = self.clock.now()
            with self.open_register() as register:
                links = register.claim_links(CLAIMANT, now=now, until=now + CLAIM, limit=1)
            if not links:
                break
            try:
                tally += self._check(links[0])
            except SecretariatError as fault:
                tally += Tally(0, ((str(links[0].reference), str(fault)),))
        return tally

    def look(self, url: str, sought: Sought) -> Looked:
        """Fetch and judge one link; faults of the site are findings too."""
        return Look(self.pages, self.reader, self.policy).at(url, sought)

    def give_link(self, reference: Reference, url: str, *, by: str) -> Link | None:
        """Note a link that a person was told; None when the review has it already."""
        if not url.strip().lower().startswith(("http://", "https://")):
            raise Refused("a link begins with http:// or https://")
        link = Link(0, reference, url.strip(), self.clock.now(), source=LinkSource.STAFF)
        with self.open_register() as register:
            register.review(reference)
            return register.add_link(link, Act(by, Event.LINK_GIVEN, "a person gave the link"))

    def set_link_aside(self, number: int, why: str, *, by: str) -> Link:
        """Say that a link shows no publication of its review; the chase goes on."""
        _reason(why)
        with self.open_register() as register:
            link = replace(register.link(number), status=LinkStatus.SET_ASIDE)
            return register.save_link(
                link, Act(by, Event.CHECKED, "a person set the link aside", why)
            )

    def look_again(self, number: int, *, by: str) -> Link:
        """Have a link looked at once more in the next round."""
        with self.open_register() as register:
            link = replace(register.link(number), status=LinkStatus.GIVEN)
            return register.save_link(link, Act(by, Event.LINK_GIVEN, "to be looked at again"))

    def confirm_published(self, reference: Reference, why: str, *, by: str) -> Review:
        """Close a case: a person has seen that the report is published."""
        with self.open_register() as register:
            return self._publish(register, reference, _told(why, by))

    def confirm_as_found(self, reference: Reference, *, by: str) -> Review:
        """Close a case as the newest check of its links proposes; Refused where none does."""
        with self.open_register() as register:
            found = proposal(register.links_of(reference), register.checks_of(reference))
            if found is None:
                raise Refused("no check proposes it any more: say what you saw, and where")
            told = Act(by, Event.PUBLISHED, f"{Step.PUBLISH}: {seen_in_words(found)}")
            return self._publish(register, reference, told)

    def agree_not_to_publish(self, reference: Reference, why: str, *, by: str) -> Review:
        """Close a case whose report is not to be published, with the reason."""
        _reason(why)
        act = Act(by, Event.MOVED, Step.AGREE_NOT_TO_PUBLISH, why)
        with self.open_register() as register:
            return _close(register, reference, Step.AGREE_NOT_TO_PUBLISH, act, self.clock)

    def reopen(self, reference: Reference, why: str, *, by: str) -> Review:
        """Wait for publication again."""
        _reason(why)
        with self.open_register() as register:
            moved = move(register.review(reference), Step.REOPEN, on=self.clock.today())
            return register.save_review(moved, Act(by, Event.MOVED, Step.REOPEN, why))

    def _check(self, link: Link) -> Tally:
        with self.open_register() as register:
            past = tuple(
                check for check in register.checks_of(link.reference) if check.link == link.number
            )
            wanted = _wanted(register, link.reference)
        watching = link.look_at is not None and link.status is LinkStatus.CHECKED
        if not watching and _asked_lately(past, self.clock.now()):
            return Tally()
        looked = self.look(link.url, self._sought(wanted))
        seen = looked.seen
        kept = self.vault.keep(looked.body) if looked.body else ""
        check = _as_check(link, seen, at=self.clock.now(), page=kept)
        if watching:
            return self._watch(link, check, past)
        over = seen.finding is not Finding.SITE_DOWN or _times_down(past) + 1 >= TRIES
        with self.open_register() as register:
            register.add_check(check, Act(SYSTEM, Event.CHECKED, f"{seen.finding}: {seen.why}"))
            now = register.link(link.number)
            if over and now.status is LinkStatus.GIVEN:
                done = replace(now, status=LinkStatus.CHECKED)
                register.save_link(done, Act(SYSTEM, Event.CHECKED, seen.finding))
            if self.close_by_itself and seen.finding is Finding.PUBLISHED and seen.letter_found:
                self._close_alone(register, link.reference)
        failed = over and seen.finding in FAILED
        return Tally(1, ((str(link.reference), seen.finding),) if failed else ())

    def _watch(self, link: Link, check: Check, past: Sequence[Check]) -> Tally:
        """Keep what a look at a published report saw; one that is gone for good ends its state."""
        now, today = self.clock.now(), self.clock.today()
        with self.open_register() as register:
            review = register.review(link.reference)
            register.add_check(check, Act(SYSTEM, Event.CHECKED, f"{check.finding}: {check.why}"))
            standing = register.link(link.number)
            if review.status is not Status.PUBLISHED or standing.look_at is None:
                rested = replace(standing, look_at=None)
                register.save_link(rested, Act(SYSTEM, Event.CHECKED, "it is watched no longer"))
                return Tally(1)
            watched, fate = after_look(
                standing, (check, *past), now=now, today=today, policy=self.watch
            )
            register.save_link(watched, Act(SYSTEM, Event.CHECKED, fate))
            elsewhere = stands_elsewhere(link, register.links_of(link.reference))
            if fate in (Fate.GONE, Fate.WITHDRAWN) and not elsewhere:
                _end_publication(register, review, fate, today)
        failed = fate in (Fate.GONE, Fate.WITHDRAWN)
        return Tally(1, ((str(link.reference), fate),) if failed else ())

    def _close_alone(self, register: Register, reference: Reference) -> None:
        if Step.PUBLISH in steps_open_to(register.review(reference)):
            told = Act(SYSTEM, Event.PUBLISHED, f"{Step.PUBLISH}: the page shows report and letter")
            self._publish(register, reference, told)

    def _publish(self, register: Register, reference: Reference, told: Act) -> Review:
        """Close a review as published; its links at which the report was seen are watched."""
        newest: dict[int, Check] = {}
        for check in register.checks_of(reference):
            newest.setdefault(check.link, check)
        checked = [
            (link, seen)
            for link in register.links_of(reference)
            if link.status is LinkStatus.CHECKED
            and (seen := newest.get(link.number)) is not None
            and seen.finding in STANDS
        ]
        whole = [(link, seen) for link, seen in checked if seen.finding is Finding.PUBLISHED]
        for link, seen in whole or checked:
            on = seen.at.astimezone(LONDON).date()
            watched = watched_from(link, now=self.clock.now(), on=on, policy=self.watch)
            register.save_link(watched, Act(told.who, Event.CHECKED, "it is watched from now on"))
        return _close(register, reference, Step.PUBLISH, told, self.clock)

    def _sought(self, wanted: "Wanted") -> Sought:
        """Read what should be found: the words of our papers and of our letter."""
        texts = {paper: self._text(paper) for paper in wanted.papers}
        letter = wanted.letter
        older = tuple((self._text(paper), _called(paper)) for paper in wanted.older)
        short = tuple(self._text(paper) for paper in wanted.summaries)
        if letter is None:
            return Sought(tuple(texts.values()), older=older, summaries=short)
        seen = [text for paper, text in texts.items() if _panel_saw(paper, letter)]
        asked = letter.content.outcome is Outcome.PUBLISH_AFTER_CHANGES and seen
        marks = LetterMarks(
            letter.content.area,
            tuple(filter(None, (letter.content.local_reference, *letter.content.pseudonyms))),
            letter.content.meeting_date,
        )
        words = self.reader.read(self.vault.open(letter.docx), "letter.docx").text
        saw, points = seen[-1] if asked else "", letter.content.points
        return Sought(tuple(texts.values()), words, marks, saw, older, points, short)

    def _text(self, paper: Paper) -> str:
        return self.vault.open(paper.text).decode("utf-8", errors="replace") if paper.text else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The overview reports of a review, the oldest first, and the letter that was sent last.

    older: the reports of submissions that came before
    summaries: the executive summaries, where there are reports beside them
    """

    papers: tuple[Paper, ...]
    letter: Letter | None
    older: tuple[Paper, ...] = ()
    summaries: tuple[Paper, ...] = ()


def _wanted(register: Reading, reference: Reference) -> Wanted:
    papers = [paper for paper in register.papers(reference) if not paper.set_aside and paper.text]
    reports = [paper for paper in papers if paper.kind == PaperKind.OVERVIEW_REPORT]
    latest = max((paper.submission for paper in reports or papers), default=0)
    sent = [one for one in register.letters_of(reference) if one.status is LetterStatus.SENT]
    return Wanted(
        tuple(paper for paper in reports or papers if paper.submission == latest),
        sent[-1] if sent and sent[-1].docx else None,
        tuple(paper for paper in reports if paper.submission < latest),
        tuple(paper for paper in papers if reports and paper.kind == PaperKind.EXECUTIVE_SUMMARY),
    )


def _called(paper: Paper) -> str:
    return f"the version received on {in_full(paper.received_at.astimezone(LONDON).date())}"


def _panel_saw(paper: Paper, letter: Letter) -> bool:
    return letter.sent_at is None or paper.received_at <= letter.sent_at


def _asked_lately(past: Sequence[Check], now: datetime) -> bool:
    """Say whether a site that is down has had its look today.

    After the last look it is only asked again because a person said so.
    """
    down = bool(past) and past[0].finding is Finding.SITE_DOWN and _times_down(past) < TRIES
    return down and now - past[0].at < RETRY_AFTER


def _times_down(past: Sequence[Check]) -> int:
    return sum(check.finding is Finding.SITE_DOWN for check in past)


def _as_check(link: Link, seen: Seen, *, at: datetime, page: str) -> Check:
    return Check(
        link.number,
        link.reference,
        at,
        seen.finding,
        seen.why,
        seen.likeness,
        seen.letter_found,
        seen.url or link.url,
        page,
        seen.missing,
        Evidence(changes=seen.changes[:MOST_KEPT], points=seen.points),
    )


def _close(register: Register, reference: Reference, step: Step, act: Act, clock: Clock) -> Review:
    """Take the step that ends the wait: chasers are held back, answers are dealt with."""
    moved = move(register.review(reference), step, on=clock.today())
    for answer in register.mails_of(reference):
        if answer.unread_answer and not _waits_elsewhere(register, answer, reference):
            told = Act(act.who, Event.MAIL_ANSWERED, "the wait for publication is over")
            register.save_mail(dealt_with(answer), told)
    for posting in register.postings_of(reference):
        waiting = posting.status in (PostingStatus.FOR_RELEASE, PostingStatus.READY)
        if waiting and posting.kind is PostingKind.CHASER:
            held = drop(posting, "publication is no longer awaited")
            register.save_posting(held, Act(act.who, Event.NOT_SENT, held.why))
    return register.save_review(replace(moved, pause=None), act)


def _end_publication(register: Register, review: Review, fate: Fate, today: date) -> None:
    """Ask anew for a report that is gone, or note that it was taken down in its time."""
    if fate is Fate.WITHDRAWN:
        moved = move(review, Step.TAKE_DOWN, on=today)
        register.save_review(moved, Act(SYSTEM, Event.MOVED, Step.TAKE_DOWN, fate))
        return
    moved = replace(move(review, Step.REOPEN, on=today), gone_on=today)
    register.save_review(moved, Act(SYSTEM, Event.MOVED, Step.REOPEN, "the report is gone"))


def _waits_elsewhere(register: Reading, answer: ReceivedMail, reference: Reference) -> bool:
    """Say whether an answer is about another review, too, whose publication is awaited."""
    others = (one for one in answer.references if one != reference)
    return any(register.review(one).status is Status.PUBLICATION_AWAITED for one in others)


def _told(why: str, by: str) -> Act:
    _reason(why)
    return Act(by, Event.PUBLISHED, Step.PUBLISH, why)


def _reason(why: str) -> None:
    if not why.strip():
        raise Refused("say why, in a sentence")
