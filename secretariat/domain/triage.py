"""What a mail is: ordered, named rules, each giving its reason; the first that speaks decides.

A rule may name a kind and yet hold the mail.  What no rule knows is held: held mail never
gets an automatic answer, and nothing is thrown away.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.post_in import MailKind
from secretariat.domain.quoted import is_forwarded
from secretariat.domain.triage_clues import (
    READABLE,
    Clues,
    SeenPaper,
    Verdict,
    mentions,
)
from secretariat.domain.triage_senders import bounce_in, is_automatic, is_from_a_list

Rule = Callable[[Clues], Verdict | None]

NO_RULE: Final = "no rule"
OPENING: Final = 500
NO_PAPER_OF_A_REVIEW: Final = (PaperKind.LETTER, PaperKind.OTHER)


def triage(clues: Clues) -> Verdict:
    """Return what the first rule that speaks says, with the rules that passed before it."""
    looked: list[str] = []
    for rule in RULES:
        name = rule_name(rule)
        if verdict := rule(clues):
            return replace(verdict, rule=name, looked=tuple(looked))
        looked.append(name)
    why = "no rule knows what this mail is: a person must say"
    if clues.mail.faults:
        why = f"{why}; {clues.mail.faults[0]}"
    verdict = _held(why, clues)
    return replace(verdict, rule=NO_RULE, looked=tuple(looked))


def rule_name(rule: Rule) -> str:
    """Return a rule's name as staff read it."""
    return rule.__name__.replace("_", " ")


def unparsable(clues: Clues) -> Verdict | None:
    """Hold what no parser could take apart."""
    mail = clues.mail
    if mail.faults and not (mail.headers or mail.text or mail.parts):
        return _held(mail.faults[0], clues)
    return None


def false_council(clues: Clues) -> Verdict | None:
    """A mail under a council's address of which our own border server says that it is forged."""
    if not clues.false_council:
        return None
    why = "it claims to be from a council's address, and our border server says that it is not"
    return _held(why, clues)


def bounce(clues: Clues) -> Verdict | None:
    """A report that a mail of ours was not delivered."""
    if (found := bounce_in(clues.mail, clues.words)) is None:
        return None
    if not found.final:
        return Verdict(MailKind.BOUNCE, "a server reports that it still tries to deliver our mail")
    why = "a server reports that a mail of ours was not delivered"
    return Verdict(MailKind.BOUNCE, why, clues.meant)


def our_own_mail(clues: Clues) -> Verdict | None:
    """A mail that we sent ourselves and that came back to us; with a report it is for a person."""
    if not clues.from_us:
        return None
    if clues.internal and _names_panel_notes(clues):
        return None
    if clues.review_papers:
        return _held("it bears our own address, and yet it carries a report", clues)
    return Verdict(MailKind.OUR_OWN, "it bears our own address or a Message-ID of ours")


def automatic_reply(clues: Clues) -> Verdict | None:
    """An answer by a machine; one that carries a report is for a person."""
    if not is_automatic(clues.mail, clues.words):
        return None
    if clues.review_papers:
        return _held("it says that a machine sent it, and yet it carries a report", clues)
    why = "its headers or its subject say that a machine answered"
    return Verdict(MailKind.AUTOMATIC_REPLY, why, clues.meant)


def panel_notes(clues: Clues) -> Verdict | None:
    """Notes of a meeting from staff; they count only when the mail is proved to be internal."""
    if not clues.from_staff or clues.review_papers or not _names_panel_notes(clues):
        return None
    if not clues.internal:
        return _held("panel notes from a staff address, but nothing proves who sent them", clues)
    why = "panel notes from a staff address, authenticated as internal"
    return Verdict(MailKind.PANEL_NOTES, why)


def note_from_staff(clues: Clues) -> Verdict | None:
    """Any other mail of our own staff that they do not pass on from somebody else."""
    if not clues.from_staff or clues.review_papers or is_forwarded(clues.mail.subject):
        return None
    return _held("it is from one of our own staff, not from a council", clues)


def password(clues: Clues) -> Verdict | None:
    """The password of papers that are locked; its words are never kept."""
    if clues.review_papers or not clues.gives_password:
        return None
    if clues.to_file and (_some_readable(clues) or clues.answers_us is False):
        return None
    kind = MailKind.PASSWORD
    if len(clues.locked) == 1:
        return Verdict(
            kind,
            f"it gives a password, and papers of {clues.locked[0]} are locked",
            clues.locked[0],
        )
    if clues.locked:
        listed = ", ".join(str(each) for each in clues.locked)
        return Verdict(kind, f"it gives a password, which may be for any of {listed}", held=True)
    why = "it gives a password, but no locked papers of its sender or thread are known"
    return Verdict(kind, why, clues.meant, held=True)


def letter_from_outside(clues: Clues) -> Verdict | None:
    """A family, the press, Parliament or a researcher: only a person may answer."""
    if clues.review_papers or not clues.from_outside:
        return None
    why = "it reads as a letter of a family, the press, Parliament or a researcher"
    return _held(why, clues, MailKind.FROM_OUTSIDE)


def mass_mailing(clues: Clues) -> Verdict | None:
    """What came by a mailing list."""
    if clues.answers_us or clues.review_papers or not is_from_a_list(clues.mail):
        return None
    return _held("it came by a mailing list", clues)


def strange_reference(clues: Clues) -> Verdict | None:
    """A reference of our shape that the register does not hold."""
    if not clues.strange or clues.answers_us:
        return None
    return _held(f"it names {clues.strange[0]}, which is not in the register", clues)


def more_than_one_review(clues: Clues) -> Verdict | None:
    """An answer that may be about several reviews."""
    if not clues.answers_us or clues.meant:
        return None
    listed = ", ".join(str(each) for each in dict.fromkeys((*clues.named, *clues.thread)))
    if clues.at_odds:
        return _held(f"its subject and its thread name different reviews: {listed}", clues)
    return _held(f"it may be about any of {listed}", clues)


def withdrawal(clues: Clues) -> Verdict | None:
    """A council takes its report back; only a person withdraws a review."""
    brings = any(_is_action_plan(paper) for paper in clues.papers) or clues.review_papers
    if brings or (clues.links and clues.tells_of_publication):
        return None
    if not clues.withdraws or not (clues.answers_us or clues.says(clues.words.review)):
        return None
    about = f" about {clues.meant}" if clues.meant else ""
    return _held(
        f"it takes back what was sent{about}: a person withdraws", clues, MailKind.WITHDRAWAL
    )


def challenge(clues: Clues) -> Verdict | None:
    """A council contests the Panel's feedback."""
    if clues.review_papers or not clues.challenges:
        return None
    about = f" on {clues.meant}" if clues.meant else ""
    return _held(f"it contests the Panel's feedback{about}", clues, MailKind.CHALLENGE)


def publication_notice(clues: Clues) -> Verdict | None:
    """A link in an answer on our thread or under our reference."""
    if not (clues.answers_us and clues.links):
        return None
    if not clues.tells_of_publication and (
        clues.papers or clues.asks or clues.says(clues.words.not_yet_published)
    ):
        return None
    why = f"it answers about {clues.meant} and gives a link"
    return Verdict(MailKind.PUBLICATION_NOTICE, why, clues.meant)


def papers_for_a_review(clues: Clues) -> Verdict | None:
    """Papers on our thread or under our reference."""
    if not clues.answers_us or not clues.to_file:
        return None
    if not _some_readable(clues) and not _some_locked(clues):
        return _held(f"no file sent about {clues.meant} can be opened: {_bars(clues)}", clues)
    if clues.asks and all(paper.read.kind in NO_PAPER_OF_A_REVIEW for paper in clues.to_file):
        return None
    why = f"papers on our thread or under our reference, for {clues.meant}"
    if not _some_readable(clues):
        why += "; they are locked and wait for the password"
    return Verdict(MailKind.FURTHER_PAPERS, why, clues.meant)


def request_to_explain(clues: Clues) -> Verdict | None:
    """A council asks what the Panel meant."""
    if clues.review_papers or not clues.asks:
        return None
    why = "it asks what the Panel's feedback means"
    if clues.private and not clues.answers_us:
        return _held(f"{why}, but it comes from a private address", clues)
    return Verdict(MailKind.REQUEST_TO_EXPLAIN, why, clues.meant)


def reports_attached(clues: Clues) -> Verdict | None:
    """A new review: an overview report or an executive summary is attached."""
    papers = [paper for paper in clues.review_papers if paper.read.status in READABLE]
    if clues.answers_us or not papers:
        return None
    listed = " and ".join(dict.fromkeys(f"an {paper.read.kind}" for paper in papers))
    return Verdict(MailKind.SUBMISSION, f"{listed} {'are' if ' and ' in listed else 'is'} attached")


def decision_not_to_review(clues: Clues) -> Verdict | None:
    """A council says that it holds no review."""
    words = clues.words
    if clues.answers_us or clues.review_papers or not clues.says(words.review):
        return None
    if not clues.decides_not_to_review:
        return None
    if clues.private:
        return _held("it says that no review will be held, from a private address", clues)
    return Verdict(MailKind.DECISION_NOT_TO_REVIEW, "it says that no review will be held")


def new_case(clues: Clues) -> Verdict | None:
    """A council tells of a review that is to be held."""
    if clues.answers_us or clues.review_papers or not clues.announces_a_case:
        return None
    why = "it tells of a review that is to be held: it needs an owner"
    return _held(why, clues, MailKind.NEW_CASE)


def papers_of_a_submission(clues: Clues) -> Verdict | None:
    """A new review whose papers do not say what they are: its words do, or its action plan."""
    if clues.answers_us or not clues.papers or not clues.says(clues.words.review):
        return None
    if any(_is_action_plan(paper) for paper in clues.papers):
        return Verdict(MailKind.SUBMISSION, "an action plan of a review is attached")
    scanned = any(paper.read.status is ReadingStatus.NO_TEXT for paper in clues.papers)
    if scanned and clues.says(clues.words.submission):
        why = "its words submit a review, and a paper without text is attached"
        return Verdict(MailKind.SUBMISSION, why)
    if _some_locked(clues) and clues.official and clues.says(clues.words.submission):
        why = "a council submits a review, and its papers are locked: it waits for a password"
        return Verdict(MailKind.SUBMISSION, why)
    return None


def link_without_a_review(clues: Clues) -> Verdict | None:
    """A link that nobody can tell the review of."""
    words = clues.words
    if clues.answers_us or not (clues.links and clues.says(words.review)):
        return None
    if not clues.tells_of_publication:
        return None
    why = "it gives a link, but neither thread nor reference says of which review"
    return Verdict(MailKind.PUBLICATION_NOTICE, why, held=True)


def papers_that_cannot_be_opened(clues: Clues) -> Verdict | None:
    """Files, none of which could be read."""
    if not clues.papers or _some_readable(clues):
        return None
    return _held(f"no file in it can be opened: {_bars(clues)}", clues)


def answer_to_us(clues: Clues) -> Verdict | None:
    """Any other answer on our thread or under our reference."""
    if not clues.answers_us:
        return None
    return _held(f"an answer about {clues.meant} that no rule knows", clues)


RULES: Final[tuple[Rule, ...]] = (
    unparsable,
    false_council,
    bounce,
    our_own_mail,
    automatic_reply,
    panel_notes,
    note_from_staff,
    password,
    letter_from_outside,
    mass_mailing,
    strange_reference,
    more_than_one_review,
    withdrawal,
    challenge,
    publication_notice,
    papers_for_a_review,
    reports_attached,
    decision_not_to_review,
    request_to_explain,
    new_case,
    papers_of_a_submission,
    link_without_a_review,
    papers_that_cannot_be_opened,
    answer_to_us,
)


def _held(why: str, clues: Clues, kind: MailKind = MailKind.UNKNOWN) -> Verdict:
    return Verdict(kind, why, clues.meant, held=True)


def _names_panel_notes(clues: Clues) -> bool:
    """Whether it has a file, and its words or a file's name speak of the notes of a meeting."""
    mail = clues.mail
    named = (mail.subject, mail.own_text[:OPENING], *(part.name for part in mail.parts))
    spaced = (each.replace("-", " ").replace("_", " ") for each in named)
    return bool(clues.mail.parts) and any(
        mentions(each, clues.words.panel_notes) for each in spaced
    )


def _some_readable(clues: Clues) -> bool:
    return any(paper.read.status in READABLE for paper in clues.papers)


def _some_locked(clues: Clues) -> bool:
    return any(paper.read.status is ReadingStatus.LOCKED for paper in clues.papers)


def _is_action_plan(paper: SeenPaper) -> bool:
    return paper.read.kind is PaperKind.ACTION_PLAN and paper.read.status in READABLE


def _bars(clues: Clues) -> str:
    return ", ".join(dict.fromkeys(paper.read.status.value for paper in clues.papers))
