"""What becomes of mail of ours that did not reach whom it was for: why, and the ways on.

The codes are those of RFC 3463; they tell what happened and name nobody.  5.1.10 is Exchange's.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from secretariat.domain.errors import UnlawfulMove
from secretariat.domain.letter import Copy, Letter, LetterStatus, named, readdress, void
from secretariat.domain.post import Posting, PostingStatus

NO_CODE: Final = "a server reported that it could not be delivered"
REACHED: Final = "it reached them another way, as a person noted"
NOT_NEEDED: Final = "it came back and is not needed, as a person noted"
GOES_AGAIN: Final = "it goes again"

_CODE: Final = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})", re.ASCII)
_UNKNOWN: Final = "the address is not known there"
_TOO_BIG: Final = "the mail was too big"
_BY_CODE: Final[Mapping[str, str]] = {
    "1.1": _UNKNOWN,
    "1.2": "the part of the address behind its @ is not known",
    "1.3": "the address is not written as an address is",
    "1.6": "the mailbox was moved and left no new address",
    "1.10": _UNKNOWN,
    "2.1": "the mailbox is closed",
    "2.2": "the mailbox is full",
    "2.3": _TOO_BIG,
    "3.4": _TOO_BIG,
}
_BY_SUBJECT: Final[Mapping[str, str]] = {
    "4": "their server could not be reached",
    "7": "refused by their rules",
}


def why_returned(code: str) -> str:
    """Return what a status code of a report means, in plain words with the code behind them.

    code: like "5.1.1"; "" where the report gives none
    """
    hit = _CODE.fullmatch(code)
    if hit is None:
        return NO_CODE
    words = _BY_CODE.get(f"{int(hit[1])}.{int(hit[2])}") or _BY_SUBJECT.get(str(int(hit[1])))
    return f"{words} ({code})" if words else f"the code of the report is {code}"


def is_settled(posting: Posting) -> bool:
    """Say whether a person noted what became of a mail that came back: a late report is moot."""
    return posting.why in (REACHED, NOT_NEEDED)


def is_open(posting: Posting) -> bool:
    """Say whether a mail came back and nobody has said yet how it goes on."""
    return posting.status is PostingStatus.BOUNCED and not posting.why.endswith(GOES_AGAIN)


def reach(posting: Posting, *, at: datetime) -> Posting:
    """Return a mail that came back as one that reached them another way; its day stays."""
    _came_back(posting, "noted as arrived")
    sent_at = posting.sent_at or at
    return replace(posting, status=PostingStatus.SENT, sent_at=sent_at, why=REACHED)


def forgo(posting: Posting) -> Posting:
    """Return a mail that came back as one that is not needed."""
    _came_back(posting, "given up")
    return replace(posting, status=PostingStatus.DROPPED, why=NOT_NEEDED)


def supersede(posting: Posting) -> Posting:
    """Return a mail that came back as one in whose place another goes."""
    _came_back(posting, "sent again")
    return replace(posting, why=f"{posting.why or NO_CODE}; {GOES_AGAIN}")


def send_anew(letter: Letter, to: str, copies: tuple[Copy, ...], *, by: str) -> Letter:
    """Return a letter that came back as a draft, whose recipients must be confirmed anew.

    by: may not approve it, having said where it goes
    """
    _not_delivered(letter, "sent again")
    return readdress(letter, to, copies, by=by)


def arrive(letter: Letter, *, at: datetime) -> Letter:
    """Return a letter that came back as sent, as it reached them another way; its day stays."""
    _not_delivered(letter, "noted as arrived")
    return replace(letter, status=LetterStatus.SENT, sent_at=letter.sent_at or at)


def let_go(letter: Letter) -> Letter:
    """Return a letter that came back as one that goes to nobody any more."""
    _not_delivered(letter, "let go")
    return replace(void(letter), status=LetterStatus.ABANDONED)


def _not_delivered(letter: Letter, step: str) -> None:
    if letter.status is not LetterStatus.NOT_DELIVERED:
        raise UnlawfulMove(named(letter), letter.status, step)


def _came_back(posting: Posting, step: str) -> None:
    if not is_open(posting):
        raise UnlawfulMove(f"The {posting.kind}", posting.status, step)
