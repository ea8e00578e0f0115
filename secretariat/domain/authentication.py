"""What our border server says of a mail's sender: SPF, DKIM, DMARC; RFC 8601.

Only the topmost Authentication-Results counts, and only if our own border wrote it: anybody
can write such a header.  Exchange Online writes it without saying who it is, and adds a
judgement of its own, compauth.  What another chain of servers sealed (ARC) proves nothing here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from secretariat.domain.mail import Mail

EXCHANGE_ONLINE: Final = "exchange online"
LONGEST: Final = 20_000
METHODS: Final = ("dmarc", "spf", "dkim", "compauth")

_COMMENT: Final = re.compile(r"\([^()]*\)")
_RESULT: Final = re.compile(r"^\s*([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)", re.IGNORECASE)
_HEADER_FROM: Final = re.compile(r"\bheader\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Authentication:
    """What our border server found; each result is a word such as "pass" or "fail", "" for none.

    compauth: Exchange Online's own judgement of the whole
    domains: of From, as the results name it; one where they are of one mind
    """

    dmarc: str = ""
    spf: str = ""
    dkim: str = ""
    compauth: str = ""
    domains: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the border says that the domain of From did not send this mail."""
        return "fail" in (self.dmarc, self.compauth)

    @property
    def passed(self) -> bool:
        """Whether the border proved the domain of From."""
        return "pass" in (self.dmarc, self.compauth) and self.dmarc != "fail"

    @property
    def said(self) -> str:
        """The results as a sentence for staff."""
        results = ((each, getattr(self, each)) for each in METHODS[:3])
        told = [f"{method.upper()} {result}" for method, result in results if result]
        if self.compauth:
            told.append(f"its own judgement {self.compauth}")
        if not told:
            return "our border server proved nothing about the sender"
        if len(self.domains) == 1:
            told[0] += f" for {self.domains[0]}"
        return f"our border server: {', '.join(told)}"


def authentication_of(mail: Mail, authserv_ids: Collection[str]) -> Authentication | None:
    """Return what our border says of a mail, None where nothing is there that can be believed.

    authserv_ids: who writes at our border; EXCHANGE_ONLINE for one that does not say its name
    """
    topmost = mail.header("authentication-results")
    if not topmost or len(mail.all_headers("from")) != 1:
        return None
    results = _without_comments(topmost[:LONGEST]).split(";")
    named = not _RESULT.match(results[0])
    writer = results[0].split()[0].lower() if named and results[0].split() else ""
    believed = {each.lower() for each in authserv_ids}
    if (writer if named else EXCHANGE_ONLINE) not in believed:
        return None
    found = (hit[1].lower().rstrip(".") for each in results if (hit := _HEADER_FROM.search(each)))
    domains = tuple(dict.fromkeys(found))
    dmarc, spf, dkim, compauth = (_told(results, each) for each in METHODS)
    return Authentication(dmarc, spf, dkim, compauth, domains)


def _told(results: list[str], method: str) -> str:
    """Return one method's result: of several a failure of DMARC counts, a pass of SPF or DKIM."""
    hits = (_RESULT.match(each) for each in results)
    found = [hit[2].lower() for hit in hits if hit and hit[1].lower() == method]
    counts = "fail" if method in ("dmarc", "compauth") else "pass"
    return counts if counts in found else next(iter(found), "")


def _without_comments(value: str) -> str:
    """Take comments out, inner ones first: they may quote what an attacker wrote."""
    for _ in range(10):
        value, count = _COMMENT.subn(" ", value)
        if not count:
            return value
    return ""
