"""Who really sent a mail: people, machines, ourselves; RFC 3834, RFC 3464."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.authentication import authentication_of
from secretariat.domain.links import is_at
from secretariat.domain.mail import Mail, Part
from secretariat.domain.triage_clues import TriageWords, begins_with

LONGEST: Final = 20_000

_ACTION: Final = re.compile(rb"^action:\s*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_STATUS: Final = re.compile(
    rb"^status:\s*([45]\.\d{1,3}\.\d{1,3})(?!\d)", re.IGNORECASE | re.MULTILINE
)
_ORIGINAL_ID: Final = re.compile(
    r"^(?:x-)?(?:original-)?message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_DELAYED: Final = re.compile(r"\bdelay|\bwarning\b|\bstill (?:being )?(?:re)?tr", re.IGNORECASE)
_SILENT_ADDRESS: Final = re.compile(
    r"^(?:no-?_?reply|do-?_?not-?_?reply|mailer-daemon|postmaster)\b"
)


@dataclass(frozen=True, slots=True)
class Trust:
    """What is ours, and which headers to believe.

    own_addresses: of the mailbox, lower case; own_domain: in our Message-IDs
    staff: addresses and domains of staff, lower case
    council_domains: of the directory
    authserv_ids: who writes Authentication-Results at our border; EXCHANGE_ONLINE for one
        that does not say its name
    exchange: believe X-MS-Exchange-Organization-AuthAs, as Exchange takes it off at its border
    """

    own_addresses: frozenset[str]
    own_domain: str
    staff: frozenset[str] = frozenset()
    council_domains: frozenset[str] = frozenset()
    authserv_ids: frozenset[str] = frozenset()
    exchange: bool = True


def domain_of(address: str) -> str:
    """Return the part behind the last @, lower case, "" where there is none."""
    _, at, domain = address.rpartition("@")
    return domain.lower().strip(". ") if at else ""


def is_authenticated(mail: Mail, authserv_ids: Collection[str]) -> bool:
    """Say whether our border proved that the sender's domain sent this mail.

    Proof is dmarc=pass or compauth=pass for the very domain of From.
    """
    found = authentication_of(mail, authserv_ids)
    if found is None:
        return False
    return found.passed and found.domains == (domain_of(mail.sender),)


def is_false_council(mail: Mail, trust: Trust) -> bool:
    """Say whether a mail claims a council's address, and our border says that it is not."""
    found = authentication_of(mail, trust.authserv_ids)
    return found is not None and found.failed and is_council(mail.sender, trust)


def is_internal(mail: Mail, trust: Trust) -> bool:
    """Say whether the mail is authenticated as coming from inside our organisation."""
    marks = mail.all_headers("x-ms-exchange-organization-authas")
    if trust.exchange and len(marks) == 1 and marks[0].strip().lower() == "internal":
        return len(mail.all_headers("from")) == 1
    return is_authenticated(mail, trust.authserv_ids)


def is_staff(address: str, trust: Trust) -> bool:
    """Say whether an address is, or claims to be, of our staff."""
    return address in trust.staff or domain_of(address) in trust.staff


def is_council(address: str, trust: Trust) -> bool:
    """Say whether an address lies in a domain of the directory."""
    return is_at(domain_of(address), trust.council_domains)


def is_automatic(mail: Mail, words: TriageWords) -> bool:
    """Say whether a machine answered for a person: absence, receipt, ticket system."""
    submitted = mail.header("auto-submitted").split(";")[0].strip().lower()
    marked = any(mail.header(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponder"))
    absent = "ipm.note.rules.oof" in mail.header("x-message-class").lower()
    receipt = mail.report_type == "disposition-notification"
    replied = mail.header("precedence").strip().lower() == "auto_reply"
    return (
        submitted not in ("", "no")
        or begins_with(mail.subject, words.automatic_subjects)
        or any((marked, absent, receipt, replied))
    )


def is_from_a_list(mail: Mail) -> bool:
    """Say whether the mail came by a mailing list or a mass mailing."""
    bulk = mail.header("precedence").strip().lower() in ("bulk", "list", "junk")
    return bulk or any(mail.header(name) for name in ("list-id", "list-unsubscribe"))


def wants_no_answer(mail: Mail) -> bool:
    """Say whether the sender asked machines for silence, or cannot be answered."""
    suppress = mail.header("x-auto-response-suppress").lower()
    hushed = any(each.strip() in ("all", "autoreply") for each in suppress.split(","))
    unanswerable = "@" not in mail.sender or bool(_SILENT_ADDRESS.match(mail.sender))
    return hushed or unanswerable or mail.header("return-path").strip() == "<>"


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report of non-delivery says.

    about: ids that may be of the mail that was not delivered
    final: False while the server still tries
    code: RFC 3463, like "5.1.1"; "" where the report gives none
    """

    about: tuple[str, ...]
    final: bool = True
    code: str = ""


def bounce_in(mail: Mail, words: TriageWords) -> Bounce | None:
    """Return what a bounce says, None for any other mail."""
    reports = [part for part in mail.parts if part.media_type == "message/delivery-status"]
    if not (reports or mail.report_type == "delivery-status" or _looks_bounced(mail, words)):
        return None
    actions = {hit.lower() for part in reports for hit in _ACTION.findall(part.body[:LONGEST])}
    if actions and actions <= {b"delivered", b"relayed", b"expanded"}:
        return None
    enclosed = "\n".join(part.body[:LONGEST].decode("latin-1") for part in mail.parts[:20])
    found = _ORIGINAL_ID.findall(f"{mail.text[:LONGEST]}\n{enclosed}")
    ids = tuple(dict.fromkeys((*found, *mail.in_reply_to, *mail.references)))
    still_trying = actions == {b"delayed"} or (not actions and _DELAYED.search(mail.subject))
    return Bounce(ids, final=not still_trying, code=_code_in(reports))


def _code_in(reports: Sequence[Part]) -> str:
    """Return the first code of a final failure, or else of one that passes; "" without any."""
    codes = [hit.decode() for part in reports for hit in _STATUS.findall(part.body[:LONGEST])]
    return next((code for code in codes if code.startswith("5")), next(iter(codes), ""))


def _looks_bounced(mail: Mail, words: TriageWords) -> bool:
    if mail.header("x-failed-recipients"):
        return True
    sender = f"{mail.sender} {mail.sender_name}".lower()
    by_machine = any(each in sender for each in words.bounce_senders)
    nameless = mail.header("return-path").strip() == "<>"
    undelivered = begins_with(mail.subject, words.bounce_subjects)
    return undelivered and (by_machine or nameless or not mail.sender)
