"""The shapes of personal details: dates of birth, homes, phones, mail, NHS and NI numbers."""

import re
from typing import Final

DATE: Final = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s*[./-]\s*\d{1,2}\s*[./-]\s*(?:19|20)?\d{2}\b"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"\.?,?\s+(?:19|20)\d{2}\b"
    r"|(?:19|20)\d{2}-\d{2}-\d{2}\b)"
)
MONTH: Final = r"(?:\d{1,2}\s*/\s*(?:19|20)\d{2}\b|[A-Za-z]{3,9}\s+(?:19|20)\d{2}\b)"
BIRTH: Final = re.compile(
    rf"\b(?:d\W?o\W?b\b|date\W+of\W+birth)(?:\s+\([\w ]{{1,20}}\))?(?:\s+(?:is|was))?"
    rf"\W{{0,12}}(?:{DATE}|{MONTH})"
    rf"|\bborn\W+(?:on\W+)?(?:the\W+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W+)?{DATE}",
    re.I,
)
POSTCODE: Final = re.compile(
    r"\b(?:[A-PR-UWYZ][A-HK-Y]?\d(?:\d|[A-HJKPSTUW])?)\s{0,2}\d[ABD-HJLNP-UW-Z]{2}\b"
)
STREET: Final = re.compile(
    r"\b\d{1,4}[a-dA-D]?,?\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close"
    r"|Drive|Crescent|Gardens|Grove|Terrace|Place|Court|Way|Walk|Hill|Square|Mews|Green|Park|Rise"
    r"|View|Row)\b"
)
HOME: Final = re.compile(
    r"\b(?:liv(?:ed|es|ing)|resid(?:ed|es|ing|ent)|home|moved|flat|her address|his address"
    r"|address of|their address|tenanc\w+|house at)\b",
    re.I,
)
OFFICE: Final = re.compile(
    r"\b(?:council|home office|marsham|civic|town hall|county hall|police|headquarters|hospital"
    r"|surgery|nhs|trust|university|partnership|centre|department|office|ltd|limited|chambers"
    r"|solicitors|consult\w+|charity|printed|published)\b",
    re.I,
)
PHONE: Final = re.compile(
    r"(?<![\d/.-])(?:\+44\s?(?:\(0\)\s?)?|\(?0)(?:\d[\s()-]{0,2}){8}\d{1,2}(?![\d/-])"
)
MOBILE: Final = re.compile(r"(?:44|0)0?7[1-57-9]")
PUBLIC_LINE: Final = re.compile(r"(?:44|0)0?(?:3|8|55|9)")
CALL: Final = re.compile(
    r"\b(?:tel|telephone|phone|mobile|call(?:ed)?|ring|contact|number)\b", re.I
)
PRIVATE_MAIL: Final = re.compile(
    r"\b[\w.+-]{1,64}@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|icloud|me"
    r"|mac|aol|btinternet|btopenworld|sky|virginmedia|ntlworld|blueyonder|talktalk|tiscali|plusnet"
    r"|o2|proton|protonmail|gmx|mail)\.(?:com|co\.uk|net|me|org|uk|fr|de|es|it)\b",
    re.I,
)
NHS: Final = re.compile(r"(?<![\d-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\d-])")
NHS_SAID: Final = re.compile(r"\bNHS\b[^\n]{0,25}$", re.I)
NHS_STARTS: Final = "467"
INSURANCE: Final = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
)


def gives_birth(text: str) -> int:
    """Return how many dates of birth the text gives; an age or a year alone is none."""
    return len(BIRTH.findall(text))


def gives_details(text: str) -> int:
    """Return how many addresses, phones, private mail addresses and personal numbers it gives."""
    return (
        _addresses(text)
        + _phones(text)
        + len(PRIVATE_MAIL.findall(text))
        + _nhs_numbers(text)
        + len(INSURANCE.findall(text))
    )


def _addresses(text: str) -> int:
    """Count homes: a street beside a postcode or beside words of living, and no office's."""
    count = 0
    for street in STREET.finditer(text):
        before, after = text[max(0, street.start() - 80) : street.start()], text[street.end() :]
        if OFFICE.search(before) or OFFICE.search(after[:60]):
            continue
        count += bool(POSTCODE.search(after[:60]) or HOME.search(before[-50:]))
    return count


def _phones(text: str) -> int:
    """Count mobiles, and lines that are neither a helpline's nor beside the words of an office."""
    count = 0
    for found in PHONE.finditer(text):
        digits = "".join(filter(str.isdecimal, found[0]))
        before = text[max(0, found.start() - 80) : found.start()]
        if len(digits) < 10 or PUBLIC_LINE.match(digits):
            continue
        if MOBILE.match(digits) or (CALL.search(before[-30:]) and not OFFICE.search(before)):
            count += 1
    return count


def _nhs_numbers(text: str) -> int:
    """Count numbers with a right check digit that are called NHS or written in its three groups."""
    count = 0
    for found in NHS.finditer(text):
        digits = found[1] + found[3] + found[4]
        if not _checks(digits):
            continue
        said = NHS_SAID.search(text[max(0, found.start() - 40) : found.start()])
        count += bool(said or (found[2] == " " and digits[0] in NHS_STARTS))
    return count


def _checks(digits: str) -> bool:
    """Say whether the last of ten digits is the check digit of the others, modulo 11."""
    weighed = sum(int(digits[place]) * (10 - place) for place in range(9))
    return (11 - weighed % 11) % 11 == int(digits[9])
