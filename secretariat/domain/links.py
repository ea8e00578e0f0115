"""Links in a mail: found, freed of what mail gateways wrap around them, each once.

Microsoft's Safe Links and Proofpoint's URL Defense (v1, v2, v3) rewrite every
address in a mail; a council's link is what stands inside.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Collection, Iterator
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

MOST_LINKS: Final = 50
LONGEST_TEXT: Final = 200_000
LONGEST_LINK: Final = 2_000
WRAPPED_IN_EACH_OTHER: Final = 5

_ANGLED: Final = re.compile(r"<(?:URL:)?\s*(https?://[^<>]{1,4000})>", re.IGNORECASE)
_BARE: Final = re.compile(r"(?<![\w@/.])(?:https?://|www\.)[^\s<>\"]{3,4000}", re.IGNORECASE)
_SCHEMELESS: Final = re.compile(
    r"(?<![\w@/.:-])(?:[a-z0-9-]{1,63}\.){1,5}"
    r"(?:gov\.uk|org\.uk|co\.uk|nhs\.uk|police\.uk|gov\.wales|llyw\.cymru)/[^\s<>\"]{1,2000}",
    re.IGNORECASE,
)
_HREF: Final = re.compile(r"""\bhref\s*=\s*["']?\s*(https?://[^"'\s>]{3,4000})""", re.IGNORECASE)
_ENDINGS: Final = ".,;:!?'*_\u2019\u201d\u00bb"
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_SAFE_LINKS: Final = (
    ".safelinks.protection.outlook.com",
    ".safelinks.protection.outlook.us",
    ".safelinks.protection.office365.us",
)
_DEFENDED: Final = ("urldefense.proofpoint.com", "urldefense.com", "urldefense.us")
_V3: Final = re.compile(r"/v3/__(.+?)__;(.*?)!", re.DOTALL)
_V3_MARK: Final = re.compile(r"\*\*(.)|\*")
_V3_RUNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def find_links(text: str, markup: str = "") -> tuple[str, ...]:
    """Return the web addresses in `text` and in the links of `markup` (HTML), unwrapped.

    Each once, in their order, at most 50; what a sentence puts after one is not part of it.
    """
    found = dict.fromkeys(unwrap(each) for each in _raw_links(text, markup))
    return tuple(each for each in found if _usable(each))[:MOST_LINKS]


def unwrap(link: str) -> str:
    """Return the address inside Safe Links or URL Defense, in each other too; else `link`."""
    for _ in range(WRAPPED_IN_EACH_OTHER):
        inner = _inside(html.unescape(link))
        if not inner:
            return link
        link = inner
    return link


def to_a_page(
    links: Collection[str], *, ignored_hosts: Collection[str], ignored_paths: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the links that may show a report: no bare home page, no footer of a council's mail.

    ignored_hosts: also every host below one of them; ignored_paths: parts of addresses
    """
    return tuple(
        link
        for link in links
        if _leads_somewhere(link, ignored_hosts)
        and not any(each in link.lower() for each in ignored_paths)
    )


def host_of(link: str) -> str:
    """Return the host in lower case, "" where there is none."""
    parts = _split(link)
    return (parts.hostname or "").lower() if parts else ""


def is_at(host: str, domains: Collection[str]) -> bool:
    """Say whether `host` is one of `domains` or lies below one."""
    labels = host.split(".")
    return any(
        tail in domains for place in range(len(labels)) if (tail := ".".join(labels[place:]))
    )


def _leads_somewhere(link: str, ignored_hosts: Collection[str]) -> bool:
    parts = _split(link)
    if parts is None or is_at(host_of(link), ignored_hosts):
        return False
    return parts.path not in ("", "/") or bool(parts.query)


def _raw_links(text: str, markup: str) -> Iterator[str]:
    text = text[:LONGEST_TEXT]
    angled = [(hit.start(), re.sub(r"\s+", "", hit[1])) for hit in _ANGLED.finditer(text)]
    text = _ANGLED.sub(lambda hit: " " * len(hit[0]), text)
    bare = [(hit.start(), _trimmed(hit[0])) for hit in _BARE.finditer(text)]
    text = _BARE.sub(lambda hit: " " * len(hit[0]), text)
    plain = [(hit.start(), _trimmed(hit[0])) for hit in _SCHEMELESS.finditer(text)]
    for _, link in sorted(angled + bare + plain):
        yield link if link.lower().startswith("http") else f"https://{link}"
    for hit in _HREF.finditer(markup[: LONGEST_TEXT * 5]):
        yield html.unescape(hit[1])


def _trimmed(link: str) -> str:
    while link and (link[-1] in _ENDINGS or _unpaired(link)):
        link = link[:-1]
    return link


def _unpaired(link: str) -> bool:
    opening = _PAIRS.get(link[-1])
    return opening is not None and link.count(opening) < link.count(link[-1])


def _usable(link: str) -> bool:
    return len(link) <= LONGEST_LINK and "." in host_of(link)


def _split(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        _ = parts.hostname
    except ValueError:
        return None
    return parts


def _inside(link: str) -> str:
    parts = _split(link)
    host = host_of(link)
    if parts is None or not host:
        return ""
    if host.endswith(_SAFE_LINKS):
        return _first(parts, "url")
    if host not in _DEFENDED:
        return ""
    return next((way(link, parts) for mark, way in _WAYS if parts.path.startswith(mark)), "")


def _first(parts: SplitResult, key: str) -> str:
    try:
        return parse_qs(parts.query, max_num_fields=100).get(key, [""])[0]
    except ValueError:
        return ""


def _v1(_: str, parts: SplitResult) -> str:
    return _first(parts, "u")


def _v2(_: str, parts: SplitResult) -> str:
    return unquote(_first(parts, "u").translate(str.maketrans("-_", "%/")))


def _v3(link: str, _: SplitResult) -> str:
    """Put back the characters that stand, in Base64, behind the address's `*` marks."""
    hit = _V3.search(link)
    if hit is None:
        return ""
    try:
        missing = base64.urlsafe_b64decode(hit[2] + "=" * (-len(hit[2]) % 4))
    except (binascii.Error, ValueError):
        return ""
    characters = iter(missing.decode("utf-8", "replace"))

    def put_back(mark: re.Match[str]) -> str:
        """Return the characters that a star, or a run of them, stands for."""
        if mark[1] is None:
            return next(characters, "*")
        return "".join(next(characters, "") for _ in range(_V3_RUNS.find(mark[1]) + 2))

    inner = _V3_MARK.sub(put_back, unquote(hit[1]))
    return re.sub(r"^(https?):/(?!/)", r"\1://", inner)


_WAYS: Final[tuple[tuple[str, Callable[[str, SplitResult], str]], ...]] = (
    ("/v1/", _v1),
    ("/v2/", _v2),
    ("/v3/", _v3),
)
