"""The requests that Microsoft Graph takes for one mailbox, in its own words."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.servers.graph_box import Attachment, Folder, GraphBox, Item, Unlike

LARGEST_REQUEST = 4 * 2**20
SMALLEST_SESSION = 3 * 2**20
LARGEST_MESSAGE = 35 * 2**20
_MESSAGE = r"/messages/(?P<message>[^/]+)"
_FOLDER = r"/mailFolders/(?P<folder>[^/]+)"
_FILTER = re.compile(r"(internetMessageId|displayName) eq '((?:[^']|'')*)'")


@dataclass(frozen=True)
class Asked:
    """One request: base is the URL of the mailbox, `given` what the path names."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    base: str
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def immutable(self) -> bool:
        return 'IdType="ImmutableId"' in self.headers.get("Prefer", "")

    def json(self) -> dict[str, Any]:
        told = json.loads(self.body)
        assert isinstance(told, dict)
        return told


@dataclass(frozen=True)
class Told:
    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Session:
    item: Item
    name: str
    content_type: str
    size: int
    content: bytearray = field(default_factory=bytearray)


@dataclass
class GraphRoutes:
    """denied: "read", "write", "send" or "attach", what the application may not do.

    as_html: a page of something on the way is told instead of every raw message
    """

    box: GraphBox
    denied: set[str] = field(default_factory=set)
    largest_message: int = LARGEST_MESSAGE
    as_html: bool = False
    sessions: dict[str, Session] = field(default_factory=dict)
    ranges: list[str] = field(default_factory=list)
    rounds: dict[str, tuple[list[Item], str, bool]] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Told:
        """Answer a request; the path begins after the mailbox."""
        for method, pattern, right, route in _ROUTES:
            hit = re.fullmatch(pattern, asked.path)
            if hit and method == asked.method:
                if right in self.denied or (right != "send" and "read" in self.denied):
                    raise Unlike(403, "ErrorAccessDenied")
                given = {**asked.given, **hit.groupdict()}
                return route(self, _with(asked, given))
        raise Unlike(400, "BadRequest")

    # Folders

    def one_folder(self, asked: Asked) -> Told:
        return _json(200, self._folder(self.box.folder(asked.given["folder"])))

    def child_folders(self, asked: Asked) -> Told:
        parent = self.box.folder(asked.given.get("folder", "msgfolderroot"))
        found = self.box.below(parent.id)
        if wanted := _filtered(asked, "displayName"):
            found = [each for each in found if each.name.lower() == wanted.lower()]
        return _page(asked, [self._folder(each) for each in found])

    def make_folder(self, asked: Asked) -> Told:
        parent = self.box.folder(asked.given.get("folder", "msgfolderroot"))
        made = self.box.add_folder(asked.json()["displayName"], parent.id)
        return _json(201, self._folder(made))

    def _folder(self, folder: Folder) -> dict[str, Any]:
        return {
            "id": folder.id,
            "displayName": folder.name,
            "parentFolderId": folder.parent,
            "totalItemCount": len(self.box.within(folder.id)),
        }

    # Messages

    def delta(self, asked: Asked) -> Told:
        box, folder = self.box, self.box.folder(asked.given["folder"]).id
        hit = re.search(r"odata\.maxpagesize=(\d+)", asked.headers.get("Prefer", ""))
        size = int(hit[1]) if hit else 10
        with box.lock:
            key, _, offset = asked.query.get("$skiptoken", "").partition("-")
            if key and key not in self.rounds:
                raise Unlike(410, "SyncStateNotFound")
            if not key:
                token = asked.query.get("$deltatoken", "")
                found, upto = box.changed(folder, token)
                key = f"{box.epoch}r{len(self.rounds)}"
                self.rounds[key] = found, f"{box.epoch}.{upto}", not token
            if not key.startswith(f"{box.epoch}r"):
                raise Unlike(410, "SyncStateNotFound")
            found, reached, first = self.rounds[key]
            start = int(offset or 0)
            told = [
                _removed(each, asked) if each.folder != folder else _message(each, asked)
                for each in found[start : start + size]
                if each.folder == folder or not first
            ]
        link = f"{asked.base}/mailFolders/{asked.given['folder']}/messages/delta"
        select = f"&$select={asked.query['$select']}" if "$select" in asked.query else ""
        if start + size < len(found):
            link = f"{link}?$skiptoken={key}-{start + size}{select}"
            return _json(200, {"value": told, "@odata.nextLink": link})
        link = f"{link}?$deltatoken={reached}{select}"
        return _json(200, {"value": told, "@odata.deltaLink": link})

    def messages(self, asked: Asked) -> Told:
        folder = asked.given.get("folder")
        found = self.box.within(folder) if folder else [one for one in self.box.items if one.folder]
        if wanted := _filtered(asked, "internetMessageId"):
            found = [each for each in found if each.headers["Message-ID"] == wanted]
        return _page(asked, [_message(each, asked) for each in found])

    def one_message(self, asked: Asked) -> Told:
        return _json(200, _message(self._item(asked), asked))

    def raw_message(self, asked: Asked) -> Told:
        if self.as_html:
            return Told(200, b"<html>Blocked.</html>", "text/html; charset=utf-8")
        return Told(200, self._item(asked).whole(), "text/plain")

    def move(self, asked: Asked) -> Told:
        target = self.box.folder(asked.json()["destinationId"])
        item = self.box.move(self._item(asked).immutable, target.id)
        return _json(201, _message(item, asked))

    def change(self, asked: Asked) -> Told:
        item = self._item(asked)
        self.box.categorise(item, asked.json()["categories"])
        return _json(200, _message(item, asked))

    def remove(self, asked: Asked) -> Told:
        self.box.delete(self._item(asked).immutable)
        return Told(204)

    # What leaves

    def send_mail(self, asked: Asked) -> Told:
        if asked.headers.get("Content-Type", "").startswith("application/json"):
            return self._by_fields(asked.json())
        raw = _decoded(asked)
        with self.box.lock:
            item = self.box.add(raw, "drafts", draft=True)
            try:
                self.box.send(item)
            except Unlike:
                self.box.delete(item.immutable)
                raise
        return Told(202)

    def _by_fields(self, told: Mapping[str, Any]) -> Told:
        message = told["message"]
        for header in message.get("internetMessageHeaders", []):
            if not header["name"].lower().startswith("x-"):
                raise Unlike(400, "InvalidInternetMessageHeader")
        if not message.get("toRecipients"):
            raise Unlike(400, "ErrorInvalidRecipients")
        raise Unlike(501, "NotImplemented")

    def make_draft(self, asked: Asked) -> Told:
        item = self.box.add(_decoded(asked), "drafts", draft=True)
        return _json(201, _message(item, asked))

    def send_draft(self, asked: Asked) -> Told:
        item = self._item(asked)
        if not item.draft:
            raise Unlike(400, "ErrorInvalidRequest")
        if len(item.whole()) > self.largest_message:
            raise Unlike(413, "ErrorMessageSizeExceeded")
        self.box.send(item)
        return Told(202)

    def attach(self, asked: Asked) -> Told:
        told = asked.json()
        if told["@odata.type"] != "#microsoft.graph.fileAttachment":
            raise Unlike(400, "ErrorInvalidRequest")
        content = base64.b64decode(told["contentBytes"])
        if len(content) >= SMALLEST_SESSION:
            raise Unlike(413, "ErrorMessageSizeExceeded")
        attached = Attachment(told["name"], told["contentType"], content)
        self._item(asked).attachments.append(attached)
        return _json(201, {"id": "attachment", "size": len(content)})

    def begin_session(self, asked: Asked) -> Told:
        told = asked.json()["AttachmentItem"]
        if told["size"] < SMALLEST_SESSION:
            raise Unlike(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize")
        key = f"session-{len(self.sessions)}"
        self.sessions[key] = Session(
            self._item(asked), told["name"], told["contentType"], told["size"]
        )
        url = asked.base.split("/v1.0/")[0] + f"/upload/{key}"
        return _json(201, {"uploadUrl": url, "nextExpectedRanges": ["0-"]})

    def upload(self, key: str, headers: Mapping[str, str], body: bytes) -> Told:
        """Take one range of a large attachment; whoever has the address needs no token."""
        session = self.sessions.get(key)
        if session is None:
            raise Unlike(404, "ErrorItemNotFound")
        if "Authorization" in headers:
            raise Unlike(401, "InvalidAudience")
        self.ranges.append(headers["Content-Range"])
        hit = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", headers["Content-Range"])
        if hit is None or len(body) != int(hit[2]) - int(hit[1]) + 1:
            raise Unlike(400, "InvalidContentRange")
        if int(hit[1]) != len(session.content) or int(hit[3]) != session.size:
            raise Unlike(416, "InvalidContentRange")
        session.content += body
        if len(session.content) < session.size:
            return _json(200, {"nextExpectedRanges": [f"{len(session.content)}-"]})
        del self.sessions[key]
        attached = Attachment(session.name, session.content_type, bytes(session.content))
        session.item.attachments.append(attached)
        return Told(201, headers={"Location": "attachment"})

    def _item(self, asked: Asked) -> Item:
        return self.box.item(asked.given["message"])


def _with(asked: Asked, given: Mapping[str, str]) -> Asked:
    return Asked(
        asked.method, asked.path, asked.query, asked.headers, asked.body, asked.base, given
    )


def _json(status: int, told: Mapping[str, Any]) -> Told:
    return Told(status, json.dumps(told).encode())


def _page(asked: Asked, found: list[dict[str, Any]]) -> Told:
    size, start = int(asked.query.get("$top", "10")), int(asked.query.get("$skip", "0"))
    told: dict[str, Any] = {"value": found[start : start + size]}
    if start + size < len(found):
        other = {key: text for key, text in asked.query.items() if key != "$skip"}
        query = "&".join(f"{key}={text}" for key, text in other.items())
        told["@odata.nextLink"] = f"{asked.base}{asked.path}?{query}&$skip={start + size}"
    return _json(200, told)


def _filtered(asked: Asked, key: str) -> str:
    if "$filter" not in asked.query:
        return ""
    hit = _FILTER.fullmatch(asked.query["$filter"])
    if hit is None or hit[1] != key:
        raise Unlike(400, "ErrorInvalidUrlQueryFilter")
    return hit[2].replace("''", "'")


def _id(item: Item, asked: Asked) -> str:
    return item.immutable if asked.immutable else item.plain


def _message(item: Item, asked: Asked) -> dict[str, Any]:
    told = {
        "internetMessageId": item.headers["Message-ID"],
        "subject": item.headers["Subject"],
        "receivedDateTime": item.received.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "categories": list(item.categories),
        "parentFolderId": item.folder,
        "isDraft": item.draft,
    }
    wanted = asked.query.get("$select", "").split(",") if "$select" in asked.query else list(told)
    chosen = {key: text for key, text in told.items() if key in wanted}
    return {"@odata.type": item.kind, "@odata.etag": "W/1", "id": _id(item, asked), **chosen}


def _removed(item: Item, asked: Asked) -> dict[str, Any]:
    kind, name = "#microsoft.graph.message", _id(item, asked)
    return {"@odata.type": kind, "id": name, "@removed": {"reason": "deleted"}}


def _decoded(asked: Asked) -> bytes:
    if not asked.headers.get("Content-Type", "").startswith("text/plain"):
        raise Unlike(400, "ErrorInvalidRequest")
    try:
        return base64.b64decode(asked.body, validate=True)
    except binascii.Error:
        raise Unlike(400, "ErrorMimeContentInvalidBase64String") from None


_Route = Callable[[GraphRoutes, Asked], Told]
_ROUTES: tuple[tuple[str, str, str, _Route], ...] = (
    ("GET", r"/mailFolders", "read", GraphRoutes.child_folders),
    ("POST", r"/mailFolders", "write", GraphRoutes.make_folder),
    ("GET", _FOLDER, "read", GraphRoutes.one_folder),
    ("GET", rf"{_FOLDER}/childFolders", "read", GraphRoutes.child_folders),
    ("POST", rf"{_FOLDER}/childFolders", "write", GraphRoutes.make_folder),
    ("GET", rf"{_FOLDER}/messages/delta", "read", GraphRoutes.delta),
    ("GET", rf"{_FOLDER}/messages", "read", GraphRoutes.messages),
    ("GET", rf"{_MESSAGE}/\$value", "read", GraphRoutes.raw_message),
    ("GET", _MESSAGE, "read", GraphRoutes.one_message),
    ("PATCH", _MESSAGE, "write", GraphRoutes.change),
    ("DELETE", _MESSAGE, "write", GraphRoutes.remove),
    ("POST", rf"{_MESSAGE}/move", "write", GraphRoutes.move),
    ("POST", rf"{_MESSAGE}/send", "send", GraphRoutes.send_draft),
    ("POST", rf"{_MESSAGE}/attachments", "attach", GraphRoutes.attach),
    (
        "POST",
        rf"{_MESSAGE}/attachments/createUploadSession",
        "attach",
        GraphRoutes.begin_session,
    ),
    ("GET", r"/messages", "read", GraphRoutes.messages),
    ("POST", r"/messages", "write", GraphRoutes.make_draft),
    ("POST", r"/sendMail", "send", GraphRoutes.send_mail),
)
