"""Invented prose for the demonstration's reports: nobody in it exists and nothing in it happened.

Every case draws other sentences with other particulars, by the SHA-256 of its pseudonym, so
that two reports are as unlike as two real ones and the same report is the same each time.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

AGENCIES: Final = (
    "the Lantern Lane surgery",
    "the Quayside advice centre",
    "the harbour housing office",
    "the Meadow Road school",
    "the night-time crisis line",
    "the library's welcome desk",
    "the allotment society",
    "the ferry company's welfare officer",
    "the walk-in clinic at Upper Anytown",
    "the credit union",
    "the community midwives",
    "the drug and alcohol drop-in",
)
ACTS: Final = (
    "wrote down a worry and told nobody else",
    "asked a direct question and listened to the answer",
    "offered a second appointment that was not kept",
    "referred the family onward within three working days",
    "saw bruising and accepted the first explanation",
    "closed its file after two unanswered calls",
    "completed a risk checklist without asking about money",
    "spoke to both partners in the same room",
    "kept a careful note that helped this review",
    "did not know which colleague to ring",
    "used a neighbour as an interpreter",
    "passed the matter to a colleague who was on leave",
)
TIMES: Final = (
    "In the spring before the death",
    "Some weeks after the move",
    "At the turn of the year",
    "On the last working day of the month",
    "During the summer holidays",
    "Shortly after the second hospital visit",
    "In the autumn of the first year under review",
    "A fortnight later",
    "Around the time of the house sale",
    "When the younger child started school",
)
LESSONS: Final = (
    "controlling behaviour can look like devotion from outside",
    "a checklist is a beginning and no substitute for a conversation",
    "friends often know first and need a number to ring",
    "rural homes make it harder to leave unseen",
    "debt may be a sign of abuse as well as its result",
    "a missed appointment is a piece of information",
    "older people are seldom asked",
    "one worker's curiosity can join what ten records keep apart",
    "separation is a time of danger and not the end of it",
    "an employer may be the only place of safety left",
)
ADVICE: Final = (
    "publish a pathway that fits on one page",
    "train its reception staff and test what they remember",
    "agree with its neighbours who calls the first meeting",
    "put the helpline's number on every letter it sends",
    "audit twenty closed cases each quarter",
    "ask about money as a matter of course",
    "offer a private room at every desk",
    "record the reason whenever a referral is refused",
    "bring employers into its annual campaign",
    "provide interpreters who are strangers to the family",
)
SENTENCES: Final = (
    "{time}, {agency} {act}.",
    "The panel heard that {agency} {act}, although {other} had done the opposite a month before.",
    "{agency} told the review that {lesson}.",
    "Nobody at {agency} could then have seen what {other} knew.",
    "The chair asked {agency} whether it would act otherwise today; it would {advice}.",
    "A friend who spoke to the review remembered that {lesson}, and {agency} agreed.",
    "{time}, {other} rang {agency}, which {act}.",
    "The records of {agency} and of {other} differ on the date, and the review has kept both.",
    "{name} told a worker at {agency} that things were better, and that worker {act}.",
    "It is the panel's view that {lesson}.",
    "Had {agency} been able to {advice}, {name} might have been offered help sooner.",
    "{time}, {name} was seen alone at {agency} for the first time.",
    "Good practice was found at {agency}, whose duty worker {act}.",
    "{other} has since begun to {advice}, which the panel welcomes.",
    "The independent author compared the notes of {agency} with those of {other} line by line.",
    "What {agency} learned is that {lesson}; what {other} learned is that {lesson2}.",
    "{time}, a letter from {agency} went to an address that {name} had left.",
    "The family asked that {agency} should {advice}, and the panel adopted their words.",
    "No agency had recorded what {name} wanted, apart from {agency}, which {act}.",
    "{other} was invited to the panel twice and sent its apologies once.",
)
SECTIONS: Final = (
    "Terms of reference",
    "The family's part in this review",
    "What the agencies knew",
    "The two years under review",
    "Equality and diversity",
    "Analysis of each agency's part",
    "What was done well",
    "What could have been done better",
    "Lessons to be learned",
    "Conclusions",
    "Recommendations",
)


def section(case: str, title: str, *, paragraphs: int = 6) -> tuple[str, ...]:
    """Return invented paragraphs about `case` (its pseudonym) under one heading."""
    return tuple(" ".join(_sentences(case, f"{title}/{count}", 5)) for count in range(paragraphs))


def actions(case: str, count: int = 8) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of an action plan: (recommendation, lead agency, by when)."""
    rows = []
    for number in range(1, count + 1):
        seed = f"{case}/action/{number}"
        lead = _drawn(AGENCIES, seed + "/lead")
        rows.append(
            (f"{number}. To {_drawn(ADVICE, seed)}.", lead, f"{_drawn(TIMES, seed).lower()}")
        )
    return tuple(rows)


def _sentences(case: str, seed: str, count: int) -> Iterator[str]:
    for number in range(count):
        spot = f"{case}/{seed}/{number}"
        said = _drawn(SENTENCES, spot).format(
            time=_drawn(TIMES, spot + "t"),
            agency=_drawn(AGENCIES, spot + "a"),
            other=_drawn(AGENCIES, spot + "o"),
            act=_drawn(ACTS, spot + "c"),
            lesson=_drawn(LESSONS, spot + "l"),
            lesson2=_drawn(LESSONS, spot + "m"),
            advice=_drawn(ADVICE, spot + "d"),
            name=case,
        )
        yield said[0].upper() + said[1:]


def _drawn(bank: Sequence[str], seed: str) -> str:
    """Return one of the bank; the same seed always draws the same."""
    return bank[int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") % len(bank)]
