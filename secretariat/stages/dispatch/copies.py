"""Which office a copy went to, and who has had one: nobody gets a second copy of one letter."""

from dataclasses import replace

from secretariat.domain.covering import mails_of
from secretariat.domain.errors import Refused
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import Copy, Letter
from secretariat.domain.message_id import steady_token
from secretariat.domain.post import Posting, PostingStatus, drop
from secretariat.domain.undelivered import NOT_NEEDED, is_open, supersede
from secretariat.ports.register import Reading, Register
from secretariat.stages.dispatch.steps import WAITING, copies_of

ANOTHER = "another mail takes its place"


def office_of(register: Reading, letter: Letter, posting: Posting) -> Copy | None:
    """Return the copy of a letter that a mail is; None where the letter names its office no more.

    An address that two offices share tells nothing; the Message-ID hangs on the area too.
    """
    there = [copy for copy in letter.copies if copy.to == posting.to]
    if len(there) == 1:
        return there[0]
    first = register.ledger(str(letter.reference))[0].hash
    often = len(copies_of(register, letter.reference, letter.number)) + 1
    tokens = (
        (copy, steady_token(first, str(letter.number), posting.to, copy.pfa_code, str(times)))
        for copy in letter.copies
        for times in range(often)
    )
    return next((copy for copy, token in tokens if token in posting.message_id), None)


def still_to_go(register: Reading, letter: Letter, *, settled: bool = False) -> Letter:
    """Return the letter without the copies that have left already, or that are not needed.

    Raise Refused while nobody knows of one whether it left, unless only what is `settled` counts.
    """
    ours = copies_of(register, letter.reference, letter.number)
    if not settled and any(each.status is PostingStatus.SENDING for each in ours):
        raise Refused("a person must say first whether an earlier copy of it left")
    had = [
        office_of(register, letter, each)
        for each in ours
        if each.status is PostingStatus.SENT or each.why == NOT_NEEDED
    ]
    left = tuple(copy for copy in letter.copies if copy not in had)
    return letter if left == letter.copies else replace(letter, copies=left)


def put_earlier_aside(register: Register, letter: Letter) -> None:
    """Let no mail of the letter's earlier sending leave, or wait for a person, any more."""
    for each in register.postings_of(letter.reference):
        if each.letter != letter.number:
            continue
        if each.status in WAITING:
            register.save_posting(drop(each, ANOTHER), Act(SYSTEM, Event.NOT_SENT, ANOTHER))
        elif is_open(each):
            register.save_posting(supersede(each), Act(SYSTEM, Event.NOT_SENT, ANOTHER))


def mails_to_write(register: Reading, letter: Letter) -> tuple[Posting, ...]:
    """Return the mails that the letter still needs, not yet written.

    A copy of which nobody knows whether it left is shown: it may go again.
    """
    return mails_of(still_to_go(register, letter, settled=True))
