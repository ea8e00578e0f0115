"""Whether a submission is acknowledged, at once or after a person's release, and on which day.

An answer to a machine can start a storm, and an answer to a forged sender harasses a stranger:
only a confirmed contact, or a proved sender at a council of the directory, is answered at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from secretariat.domain.contacts import can_be_reached
from secretariat.domain.mail import Mail
from secretariat.domain.post import Posting, PostingStatus
from secretariat.domain.triage_clues import TriageWords
from secretariat.domain.triage_senders import (
    Trust,
    is_authenticated,
    is_automatic,
    is_council,
    is_from_a_list,
    is_staff,
    wants_no_answer,
)

MOST_REFERENCES: Final = 20


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What an acknowledgement may be.

    never: no acknowledgement is even prepared
    at_once: it may leave without a person
    why: the reason, one sentence
    """

    never: bool
    at_once: bool
    why: str


def courtesy(mail: Mail, words: TriageWords, trust: Trust, *, confirmed: bool) -> Courtesy:
    """Return whether this mail's sender is acknowledged.

    confirmed: the address is a confirmed contact's
    """
    if mail.sender in trust.own_addresses or is_staff(mail.sender, trust):
        return Courtesy(True, False, "it came from ourselves")
    if is_automatic(mail, words) or is_from_a_list(mail):
        return Courtesy(True, False, "it came from a machine or a mailing list")
    if wants_no_answer(mail):
        return Courtesy(True, False, "its sender cannot be answered or asks for no answer")
    if not can_be_reached(mail.sender):
        return Courtesy(True, False, "mail cannot reach the sender's address")
    if mail.reply_to and mail.sender not in mail.reply_to:
        return Courtesy(False, False, "answers are wanted at another address than the sender's")
    if confirmed:
        return Courtesy(False, True, "the sender is a confirmed contact")
    if not is_council(mail.sender, trust):
        return Courtesy(False, False, "the sender's domain is no council's of the directory")
    if not is_authenticated(mail, trust.authserv_ids):
        return Courtesy(False, False, "nothing proves that the sender's council sent it")
    return Courtesy(False, True, "the sender is proved to be at a council of the directory")


def to_join(waiting: Sequence[Posting], *, today: date, at_once: bool) -> Posting | None:
    """Return the acknowledgement to the same address that a new one is put into, or None.

    waiting: those to the address; at_once: the new one may leave without a person.
    One of today that may leave by itself may be leaving at this moment: it is left alone.
    """
    for posting in waiting:
        if len(posting.references) >= MOST_REFERENCES:
            continue
        if not at_once and posting.status is PostingStatus.FOR_RELEASE:
            return posting
        if at_once and posting.status is PostingStatus.READY and posting.leave_on != today:
            return posting
    return None
