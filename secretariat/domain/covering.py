"""The mails that carry a letter: what they say, and what the file is called.

Neither a subject nor a file's name holds a pseudonym; the papers never go with a letter.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from secretariat.domain.letter import Copy, Letter
from secretariat.domain.letter_content import LetterKind
from secretariat.domain.letter_words import OfficeKind, long_date, office_kind, salutation
from secretariat.domain.mail import Part
from secretariat.domain.post import Posting, PostingKind
from secretariat.domain.review import Outcome

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def covering_words(letter: Letter) -> Mapping[str, object]:
    """Return the values of templates/mail/covering-letter.txt.j2."""
    content = letter.content
    return {
        "reference": str(letter.reference),
        "salutation": salutation(content.addressee),
        "area": content.area,
        "local_reference": content.local_reference,
        "publishable": content.outcome is not Outcome.RESUBMIT,
        "review": content.review_name.in_full,
        "again": content.kind is LetterKind.AFTER_RESUBMISSION,
        "corrects": content.kind is LetterKind.CORRECTION,
        "replaces": long_date(content.replaces) if content.replaces else "",
        "unit": content.head.unit,
    }


def copy_words(letter: Letter, copy: Copy) -> Mapping[str, object]:
    """Return the values of templates/mail/covering-copy.txt.j2."""
    words = {name: value for name, value in covering_words(letter).items() if name != "salutation"}
    to_commissioner = office_kind(copy.office) is OfficeKind.DAC
    return {**words, "office": copy.office, "to_commissioner": to_commissioner}


def paper_of(letter: Letter, body: bytes) -> Part:
    """Return the letter as a file of a mail: the PDF where there is one, else the Word file."""
    ending, media_type = ("pdf", PDF) if letter.pdf else ("docx", WORD)
    return Part(f"{letter.reference} feedback letter.{ending}", media_type, body)


def mails_of(letter: Letter) -> tuple[Posting, ...]:
    """Return the mails that a letter needs: to the addressee, then one for each copy."""
    plain = Posting(
        0,
        PostingKind.LETTER,
        (letter.reference,),
        letter.to,
        f"Feedback letter ({letter.reference})",
        message_id="",
        raw="",
        leave_on=letter.leaves_on or date.max,
        letter=letter.number,
    )
    copies = (replace(plain, kind=PostingKind.COPY, to=copy.to) for copy in letter.copies)
    return (plain, *copies)
