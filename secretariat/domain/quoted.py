"""A mail's own words, without what it quotes: English and Welsh mail programs.

The quoted part is only left out of what triage weighs; the mail itself is kept whole.
"""

import re
from typing import Final

LONGEST_TEXT: Final = 200_000
MOST_OPENING_LINES: Final = 4

_NAMED: Final = re.compile(
    r"^[\s>*_]*(?:from|oddi wrth|von|de)\s*[:*]{1,2}\s*\S.{0,300}$", re.IGNORECASE
)
_BELOW_NAMED: Final = re.compile(
    r"^[\s>*_]*(?:sent|date|to|subject|cc|anfonwyd|dyddiad|at|pwnc)\s*[:*]{1,2}", re.IGNORECASE
)
_OPENINGS: Final = (
    re.compile(
        r"^\s*-{2,}\s*(?:original (?:message|appointment)|neges wreiddiol)\s*-{2,}", re.IGNORECASE
    ),
    re.compile(r"^\s*-{2,}\s*forwarded message\s*-{2,}", re.IGNORECASE),
    re.compile(r"^\s*begin forwarded message:", re.IGNORECASE),
)
_WROTE: Final = re.compile(
    r"^\s*(?:on|ar)\s.{4,400}?(?:wrote|ysgrifennodd|writes).{0,200}:\s*$", re.IGNORECASE
)
_WROTE_START: Final = re.compile(r"^\s*(?:on|ar)\s", re.IGNORECASE)
_DEVICE: Final = re.compile(
    r"^\s*(?:sent from (?:my|outlook for|mail for|yahoo)|get outlook for|anfonwyd o fy)\b.{0,80}$",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(r"^\s*(?:(?:re|ateb)\s*:\s*)*(?:fwd?|ymlaen)\s*:", re.IGNORECASE)


_MARKUP_QUOTED: Final = re.compile(
    r"<blockquote|id=.?divRplyFwdMsg|id=.?appendonsend|class=.?gmail_quote|id=.?reply-intro"
    r"|border-top:\s*solid\s*#E1E1E1|class=.?moz-cite-prefix|id=.?mail-editor-reference",
    re.IGNORECASE,
)


_CLOSINGS: Final = (
    r"(?:with\s+)?(?:(?:kind|kindest|warm|warmest|best|many)\s+)?(?:regards|wishes|thanks)"
    r"|(?:many\s+)?thanks(?:\s+(?:and\s+)?(?:(?:kind|best)\s+)?(?:regards|again))?"
    r"|thank\s+you|cheers|yours(?:\s+(?:sincerely|faithfully|truly))?|sincerely"
    r"|cofion(?:\s+\w+)?|yn\s+gywir|diolch(?:\s+yn\s+fawr)?"
)
_CLOSING: Final = re.compile(rf"\s*(?:{_CLOSINGS})\s*[,.!]*\s*", re.IGNORECASE)
_MARKUP_CLOSING: Final = re.compile(rf">\s*(?:{_CLOSINGS})\s*[,.!]*\s*<", re.IGNORECASE)
_A_NAME: Final = re.compile(
    r"\s*(?:[A-Z][\w.'\u2019-]*\s+){1,3}[A-Z][\w'\u2019-]*(?:\s*\([^()]{2,20}\))?,?\s*"
)


def own_markup(markup: str) -> str:
    """Return HTML up to where a mail program quotes an earlier mail in it."""
    hit = _MARKUP_QUOTED.search(markup)
    return markup[: hit.start()] if hit else markup


def parted(text: str) -> tuple[str, str]:
    """Return what a mail says, and its signature: from its closing, or its last lines of a name."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line.rstrip() == "--" or _CLOSING.fullmatch(line):
            return "\n".join(lines[:at]), "\n".join(lines[at:])
    last = max((at for at, line in enumerate(lines) if not line.strip()), default=-1) + 1
    block = lines[last:]
    if last and len(block) > 1 and _A_NAME.fullmatch(block[0]):
        return "\n".join(lines[:last]), "\n".join(block)
    return text, ""


def markup_above_signature(markup: str) -> str:
    """Return HTML up to the closing of the mail."""
    hit = _MARKUP_CLOSING.search(markup)
    return markup[: hit.start()] if hit else markup


def own_words(text: str) -> str:
    """Return `text` up to where an earlier mail is quoted, without lines that begin with ">".

    Where nothing stands above the quotation, the words between and below its lines are the
    sender's own.  What a telephone adds ("Sent from my iPhone") is nobody's.
    """
    lines = text[:LONGEST_TEXT].splitlines()
    end = next((at for at in range(len(lines)) if _quote_opens(lines, at)), len(lines))
    own = _unquoted(lines[:end])
    return own or _unquoted(_below(lines[end:]))


def _unquoted(lines: list[str]) -> str:
    kept = (line for line in lines if not (line.lstrip().startswith(">") or _DEVICE.match(line)))
    return "\n".join(kept).strip().rstrip("_- \n")


def _below(quoted: list[str]) -> list[str]:
    """Return what stands beside the lines of a quotation that are marked with ">"."""
    first = next((at for at, line in enumerate(quoted) if line.lstrip().startswith(">")), 0)
    if not 0 < first <= MOST_OPENING_LINES:
        return []
    return quoted[first:]


def is_forwarded(subject: str) -> bool:
    """Say whether the subject is that of a mail passed on ("FW:", "Fwd:")."""
    return bool(_FORWARDED.match(subject))


def _quote_opens(lines: list[str], at: int) -> bool:
    line = lines[at]
    if len(line) > 500:
        return False
    if any(opening.match(line) for opening in _OPENINGS):
        return True
    if _WROTE_START.match(line) and _WROTE.match(" ".join(lines[at : at + 3])[:700].rstrip()):
        return True
    if _WROTE_START.match(line) and _WROTE.match(" ".join(lines[at : at + 2])[:700].rstrip()):
        return True
    if _WROTE.match(line):
        return True
    below = [each for each in lines[at + 1 : at + 7] if each.strip()][:4]
    return bool(_NAMED.match(line)) and sum(bool(_BELOW_NAMED.match(one)) for one in below) >= 2
