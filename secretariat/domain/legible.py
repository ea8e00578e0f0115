"""Whether text taken out of a file is text that a person could read, and how it is tidied."""

import re
import unicodedata
from typing import Final

FEWEST_LETTERS: Final = 25
"""Letters and digits below which a page or a paper is said to have no text."""
MOST_BAD: Final = 0.1
FEWEST_VOWELS: Final = 0.22
ENOUGH_TO_JUDGE: Final = 60
END_OF_LINE_HYPHEN: Final = re.compile("\x02(?:\r?\n)?|[\ufffe\xad]")
NO_CHARACTER: Final = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
NO_LETTERS: Final = bytes(set(range(128)) - set(b"abcdefghijklmnopqrstuvwxyz"))
NO_VOWELS: Final = bytes(set(range(128)) - set(b"aeiouy"))
NO_ALPHANUMERICS: Final = bytes(one for one in range(128) if not chr(one).isalnum())
LAST_ASCII: Final = "\x7f"
OTHER_FORMS: Final = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
BREAK: Final = re.compile("\r\n?")
MAY_BE_FUSED: Final = re.compile(r"[A-Z](?<=[a-z]{2}[A-Z])")
LONGEST_WORD: Final = 25
FUSED: Final = re.compile(
    r"(?<![\w./@-])(?:[^\W\d_]{26,}|[a-z]{2,}[A-Z][a-z]+[A-Z][a-z]{2}[A-Za-z]*)(?![\w./@-])"
)


def letters(text: str) -> int:
    """Return how many letters and digits the text has."""
    plain = text.encode("ascii", errors="ignore")
    count = len(plain.translate(None, NO_ALPHANUMERICS))
    if len(plain) == len(text):
        return count
    return count + sum(one.isalnum() for one in text if one > LAST_ASCII)


def is_silent(text: str) -> bool:
    """Say whether there is too little text to count as text."""
    return letters(text[:ENOUGH_TO_JUDGE]) < FEWEST_LETTERS and letters(text) < FEWEST_LETTERS


def is_garbled(text: str) -> bool:
    """Say whether the text is what a font without a code table leaves behind.

    That is more than a tenth of characters that stand for nothing, or letters hardly any of which
    are vowels, as where each letter is shifted along the alphabet.
    """
    if len(NO_CHARACTER.findall(text)) > MOST_BAD * max(1, len(text)):
        return True
    small = text.lower().encode("ascii", errors="ignore")
    plain = len(small.translate(None, NO_LETTERS))
    vowels = len(small.translate(None, NO_VOWELS))
    if plain < ENOUGH_TO_JUDGE or vowels >= FEWEST_VOWELS * plain:
        return False
    return plain * 2 >= letters(text)


def is_fused(text: str) -> bool:
    """Say whether spaces between words were lost ("ofSusanCommissioned")."""
    words, written = text.split(), letters(text)
    if written > ENOUGH_TO_JUDGE and (len(words) - 1) * 16 < written:
        spaces = sum(map(str.isspace, text))
        if spaces * 16 < written:
            return True
    may_be = MAY_BE_FUSED.search(text) or max(map(len, words), default=0) > LONGEST_WORD
    return bool(may_be) and FUSED.search(text) is not None


def tidy(text: str) -> str:
    """Return the text with plain line breaks and letters; a hyphen at a line's end is taken out.

    Ligatures, full-width and mathematical letters become the letters they show.  Other signs, such
    as a raised 2 or a fraction, stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    text = END_OF_LINE_HYPHEN.sub("", text)
    text = BREAK.sub("\n", text).replace("\0", "")
    return OTHER_FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
