"""The sections of the configuration that say where the mailbox is and how it is signed in to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from secretariat.config import rules
from secretariat.config.rules import Rule

KINDS: Final = ("maildir", "imap", "exchange", "graph")
FOLDER_KEYS: Final = ("in_folder", "outbox_folder", "sent_folder", "drafts_folder", "drop_folder")
_ENCRYPTION: Final = ("tls", "starttls", "none")


@dataclass(frozen=True, slots=True)
class MailboxSection:
    """Which mailbox it is; the folders of a Maildir are absolute.

    filing: "folders" moves mail that was dealt with, "categories" marks it where it lies
    registered, held, noted, refused: what these folders or categories are called in the mailbox
    ca_file: certificates to trust beside the system's, None for no more
    """

    kind: str
    filing: str
    registered: str
    held: str
    noted: str
    refused: str
    ca_file: Path | None
    in_folder: Path
    outbox_folder: Path
    sent_folder: Path
    drafts_folder: Path
    drop_folder: Path

    @property
    def folders(self) -> Mapping[str, str]:
        """What each of our four folders is called in the mailbox."""
        return {
            "Registered": self.registered,
            "Held": self.held,
            "Noted": self.noted,
            "Refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class ImapSection:
    """An IMAP server; "" for `user` is the watched address."""

    host: str
    port: int
    encryption: str
    user: str
    sign_in: str
    inbox: str
    sent: str
    drafts: str
    server_keeps_sent: bool


@dataclass(frozen=True, slots=True)
class SmtpSection:
    """The server that mail leaves through; "" for `user` is that of IMAP."""

    host: str
    port: int
    encryption: str
    user: str
    sign_in: str


@dataclass(frozen=True, slots=True)
class ExchangeSection:
    """An Exchange Server of one's own."""

    endpoint: str
    user: str
    access: str
    sign_in: str


@dataclass(frozen=True, slots=True)
class GraphSection:
    """Microsoft 365."""

    endpoint: str


@dataclass(frozen=True, slots=True)
class OauthSection:
    """The application that signs in instead of a person.

    token_url: "" for Microsoft's own of the tenant
    """

    tenant: str
    client: str
    token_url: str


MAIL_RULES: Final[Mapping[str, Mapping[str, Rule]]] = MappingProxyType(
    {
        "mailbox": {
            "kind": rules.one_of(*KINDS),
            "filing": rules.one_of("folders", "categories"),
            "registered": rules.needed_text,
            "held": rules.needed_text,
            "noted": rules.needed_text,
            "refused": rules.needed_text,
            "ca_file": rules.text,
            **dict.fromkeys(FOLDER_KEYS, rules.folder),
        },
        "imap": {
            "host": rules.text,
            "port": rules.whole(1, 65535),
            "encryption": rules.one_of(*_ENCRYPTION),
            "user": rules.text,
            "sign_in": rules.one_of("password", "oauth"),
            "inbox": rules.needed_text,
            "sent": rules.needed_text,
            "drafts": rules.needed_text,
            "server_keeps_sent": rules.flag,
        },
        "smtp": {
            "host": rules.text,
            "port": rules.whole(1, 65535),
            "encryption": rules.one_of(*_ENCRYPTION),
            "user": rules.text,
            "sign_in": rules.one_of("password", "oauth", "none"),
        },
        "exchange": {
            "endpoint": rules.web_address,
            "user": rules.text,
            "access": rules.one_of("delegate", "impersonation"),
            "sign_in": rules.one_of("basic", "ntlm", "oauth"),
        },
        "graph": {"endpoint": rules.web_address},
        "oauth": {
            "tenant": rules.text,
            "client": rules.text,
            "token_url": rules.web_address,
        },
    }
)


def mail_contradictions(values: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Return what the chosen kind of mailbox lacks as (section, key, what is wrong)."""
    kind = values["mailbox"]["kind"]
    needed = {
        "imap": ("imap.host", "smtp.host"),
        "exchange": ("exchange.endpoint",),
        "graph": ("graph.endpoint",),
    }
    for place in needed.get(kind, ()):
        section, key = place.split(".")
        if not values[section][key]:
            yield section, key, f'must be filled where [mailbox] kind is "{kind}"'
    if kind in ("imap", "exchange", "graph") and _by_oauth(kind, values):
        yield from _oauth(values["oauth"])
    if kind == "imap":
        yield from _in_the_clear(values)
    if kind == "maildir" and values["mailbox"]["filing"] == "categories":
        yield "mailbox", "filing", 'must be "folders" for a Maildir: its files bear no categories'
    names = [values["mailbox"][key] for key in ("registered", "held", "noted", "refused")]
    if len({name.casefold() for name in names}) < len(names):
        yield "mailbox", "registered", "and held, noted and refused must be four different names"


def _by_oauth(kind: str, values: Mapping[str, Mapping[str, Any]]) -> bool:
    sections = ("imap", "smtp") if kind == "imap" else (kind,)
    return any(values[each].get("sign_in", "oauth") == "oauth" for each in sections)


def _oauth(oauth: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not oauth["client"]:
        yield "oauth", "client", "must be filled: the application that signs in"
    if not (oauth["tenant"] or oauth["token_url"]):
        yield "oauth", "tenant", "must be filled: the directory that the application belongs to"


def _in_the_clear(values: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for section in ("imap", "smtp"):
        host, sent_openly = values[section]["host"], values[section]["encryption"] == "none"
        if sent_openly and host not in rules.LOOPBACK and host:
            yield section, "encryption", 'may be "none" on this machine alone'
