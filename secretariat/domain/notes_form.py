"""The words of the notes form: its headings, what it asks, and what nobody has written over.

The headings are such as `notes` knows.  What still stands as the form put it, or as a word
processor puts it into an empty control, is read as nothing said.
"""

import re
from typing import Final

TITLE: Final = "Notes form: Quality Assurance Panel"
CONCLUSION: Final = "Conclusion"
POINTS: Final = "Points for the letter"
OUTCOME: Final = "Outcome"
RESUBMISSION: Final = "Resubmission wanted"
TYPING_ERRORS: Final = "Typing errors noted"

OUTCOMES_OFFERED: Final = ("publish", "publish after changes", "resubmit")
ANSWERS_OFFERED: Final = ("no", "yes")

ASK_CONCLUSION: Final = "[Write what the Panel concluded, a paragraph for each thought]"
ASK_POINT: Final = "[Write a point here, and the next one in a new line]"
ASK_BELOW: Final = "[Write what stands below that point here, or leave this line]"
ASK_OUTCOME: Final = "[Choose the outcome]"
ASK_RESUBMISSION: Final = "[Choose yes or no]"
ASK_TYPING_ERROR: Final = "[Write where the typing error stands and what it should say]"
INTRODUCTION: Final = (
    "Write over the grey words in square brackets. Leave the headings as they are: the notes are "
    "read by them.",
    "What is left grey counts as nothing said. A review without an outcome gets no letter.",
    "Then upload this file on the meeting’s page, or send it to the mailbox from your own account.",
)
OF_WORD_PROCESSORS: Final = (
    "Click or tap here to enter text.",
    "Click here to enter text.",
    "Click to enter text",
    "Choose an item.",
    "Choose an item",
)
ASKED: Final = (
    ASK_CONCLUSION,
    ASK_POINT,
    ASK_BELOW,
    ASK_OUTCOME,
    ASK_RESUBMISSION,
    ASK_TYPING_ERROR,
)
WHOLE_LINES: Final = (*INTRODUCTION, *OF_WORD_PROCESSORS)
QUOTES: Final = str.maketrans({"’": "'", "‘": "'"})
MARK: Final = re.compile(r"[-–*•·]?|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]")


def _any_blanks(words: str) -> str:
    return r"\s+".join(map(re.escape, words.translate(QUOTES).split()))


TITLED: Final = rf"{_any_blanks(TITLE)},\s+\d{{1,2}}\s+\w+\s+\d{{4}}(?:\.\s+Page\s*\d*\s*of\s*\d*)?"
UNTOUCHED: Final = re.compile("|".join(map(_any_blanks, ASKED)), re.IGNORECASE)
UNTOUCHED_LINE: Final = re.compile(
    rf"\s*(?:{MARK.pattern})?\s*(?:{'|'.join((*map(_any_blanks, WHOLE_LINES), TITLED))})\s*",
    re.IGNORECASE,
)


def without_own_words(text: str) -> str:
    """Return a line of notes without the form's own words; "" where nobody wrote anything else.

    What the form asks in brackets goes wherever it stands; its other sentences, and those of
    word processors, only as a whole line: people may write such words too.
    """
    plain = text.translate(QUOTES)
    if UNTOUCHED_LINE.fullmatch(plain):
        return ""
    pieces, end = [], 0
    for found in UNTOUCHED.finditer(plain):
        pieces.append(text[end : found.start()])
        end = found.end()
    if not pieces:
        return text
    left = " ".join(filter(None, (each.strip() for each in (*pieces, text[end:]))))
    indent = text[: len(text) - len(text.lstrip())]
    return "" if MARK.fullmatch(left) else f"{indent}{left}"
