"""What Exchange does when it is asked: each operation on the mailbox, answered in messages."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import lxml.etree as etree

from tests.servers.ews_answers import (
    MESSAGES,
    SEARCH_KEY,
    TYPES,
    bad,
    folder_xml,
    good,
    id_xml,
    item_xml,
)
from tests.servers.ews_store import NOTICE, EwsStore, Refusal

NS = {"m": MESSAGES, "t": TYPES}
LARGEST = 50 * 2**20


def answer(store: EwsStore, body: Any) -> str:
    """Return the response messages to one request's body."""
    operation = etree.QName(body).localname
    for named in body.iterfind(".//t:DistinguishedFolderId/t:Mailbox/t:EmailAddress", NS):
        if store.address and named.text.casefold() != store.address:
            return bad(operation, "ErrorNonExistentMailbox", "No mailbox with such guid.")
    return OPERATIONS[operation](store, body)


def _each(operation: str, ids: list[str], do: Callable[[str], str]) -> str:
    """Do something to each, a refusal of one leaving the others."""
    told = []
    for each in ids:
        try:
            told.append(good(operation, do(each)))
        except Refusal as refusal:
            told.append(bad(operation, refusal.code, refusal.told))
    return "".join(told)


def _folder_ids(element: Any) -> list[str]:
    return [
        each.get("Id")
        for each in element
        if etree.QName(each).localname in ("FolderId", "DistinguishedFolderId")
    ]


def _item_ids(body: Any) -> list[str]:
    return [each.get("Id") for each in body.iterfind(".//t:ItemId", NS)]


def _wanted(body: Any) -> set[str]:
    named = {each.get("FieldURI") for each in body.iter(f"{{{TYPES}}}FieldURI")}
    for each in body.iter(f"{{{TYPES}}}ExtendedFieldURI"):
        if (each.get("PropertyTag") or "").casefold() == SEARCH_KEY:
            named.add(SEARCH_KEY)
    return named


def _convert_id(store: EwsStore, body: Any) -> str:
    return bad("ConvertId", "ErrorInvalidIdMalformed", "Id is malformed.")


def _get_folder(store: EwsStore, body: Any) -> str:
    ids = _folder_ids(body.find("m:FolderIds", NS))

    def one(id_: str) -> str:
        return f"<m:Folders>{folder_xml(store, store.known(id_))}</m:Folders>"

    return _each("GetFolder", ids, one)


def _find_folder(store: EwsStore, body: Any) -> str:
    (parent,) = _folder_ids(body.find("m:ParentFolderIds", NS))
    found = store.below(store.known(parent).id)
    if (name := _constant(body)) is not None:
        found = [each for each in found if each.name.casefold() == name.casefold()]
    told = "".join(folder_xml(store, each) for each in found)
    return good(
        "FindFolder",
        f'<m:RootFolder TotalItemsInView="{len(found)}" IncludesLastItemInRange="true">'
        f"<t:Folders>{told}</t:Folders></m:RootFolder>",
    )


def _create_folder(store: EwsStore, body: Any) -> str:
    (parent,) = _folder_ids(body.find("m:ParentFolderId", NS))
    names = [each.text for each in body.iterfind(".//t:DisplayName", NS)]

    def one(name: str) -> str:
        made = store.add_folder(name, store.known(parent).id)
        return (
            f'<m:Folders><t:Folder><t:FolderId Id="{made.id}" ChangeKey="1"/>'
            "</t:Folder></m:Folders>"
        )

    return _each("CreateFolder", names, one)


def _sync(store: EwsStore, body: Any) -> str:
    (folder,) = _folder_ids(body.find("m:SyncFolderId", NS))
    state = body.findtext("m:SyncState", "", NS)
    most = int(body.findtext("m:MaxChangesReturned", "100", NS))
    try:
        part, reached, whole = store.changes(store.known(folder).id, state, most)
    except Refusal as refusal:
        last = "<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"
        return bad("SyncFolderItems", refusal.code, refusal.told, last)
    told, wanted = [], _wanted(body)
    for kind, id_ in part:
        item = store.items.get(id_)
        if kind == "Delete" or item is None:
            told.append(f'<t:Delete><t:ItemId Id="{id_}" ChangeKey="V1"/></t:Delete>')
        else:
            told.append(f"<t:{kind}>{item_xml(store, item, wanted)}</t:{kind}>")
    return good(
        "SyncFolderItems",
        f"<m:SyncState>{reached}</m:SyncState><m:IncludesLastItemInRange>{str(whole).lower()}"
        f"</m:IncludesLastItemInRange><m:Changes>{''.join(told)}</m:Changes>",
    )


def _find_item(store: EwsStore, body: Any) -> str:
    (folder,) = _folder_ids(body.find("m:ParentFolderIds", NS))
    found = store.within(store.known(folder).id)
    if (named := _constant(body)) is not None:
        found = [each for each in found if str(each.headers["Message-ID"] or "").strip() == named]
    view = body.find("m:IndexedPageItemView", NS)
    start = int(view.get("Offset")) if view is not None else 0
    most = int(view.get("MaxEntriesReturned")) if view is not None else len(found)
    page = found[start : start + most]
    told = "".join(item_xml(store, each, _wanted(body)) for each in page)
    last = start + most >= len(found)
    return good(
        "FindItem",
        f'<m:RootFolder IndexedPagingOffset="{start + len(page)}" TotalItemsInView="{len(found)}"'
        f' IncludesLastItemInRange="{str(last).lower()}"><t:Items>{told}</t:Items></m:RootFolder>',
    )


def _constant(body: Any) -> str | None:
    found = body.find(".//t:Constant", NS)
    return None if found is None else found.get("Value")


def _get_item(store: EwsStore, body: Any) -> str:
    wanted = _wanted(body)
    if body.findtext(".//t:IncludeMimeContent", "", NS) == "true":
        wanted.add("item:MimeContent")

    def one(id_: str) -> str:
        item = store.item(id_)
        if item.unreadable and "item:MimeContent" in wanted:
            raise Refusal("ErrorMimeContentConversionFailed", "MIME conversion failed.")
        return f"<m:Items>{item_xml(store, item, wanted)}</m:Items>"

    return _each("GetItem", _item_ids(body), one)


def _create_item(store: EwsStore, body: Any) -> str:
    disposition = body.get("MessageDisposition")
    saved = body.find("m:SavedItemFolderId", NS)
    folder = _folder_ids(saved)[0] if saved is not None else "drafts"
    for each in body.iterfind("m:Items/t:PostItem", NS):
        subject = each.findtext("t:Subject", "", NS)
        made = store.deliver(f"Subject: {subject}\r\n\r\n".encode(), folder, NOTICE)
        return good("CreateItem", f"<m:Items><t:PostItem>{id_xml(made)}</t:PostItem></m:Items>")
    raws = [base64.b64decode(each.text) for each in body.iterfind(".//t:MimeContent", NS)]

    def one(number: str) -> str:
        raw = raws[int(number)]
        if len(raw) > LARGEST:
            raise Refusal("ErrorMessageSizeExceeded", "The message exceeds the maximum size.")
        item = store.deliver(raw, folder)
        if disposition == "SendAndSaveCopy":
            store.left.append(raw)
            return "<m:Items/>"
        return f"<m:Items><t:Message>{id_xml(item)}</t:Message></m:Items>"

    return _each("CreateItem", [str(number) for number in range(len(raws))], one)


def _update_item(store: EwsStore, body: Any) -> str:
    names = [each.text for each in body.iterfind(".//t:Categories/t:String", NS)]

    def one(id_: str) -> str:
        item = store.item(id_)
        item.categories = names
        store.touch(id_)
        return (
            f"<m:Items><t:Message>{id_xml(item)}</t:Message></m:Items>"
            "<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>"
        )

    return _each("UpdateItem", _item_ids(body), one)


def _move_item(store: EwsStore, body: Any) -> str:
    (target,) = _folder_ids(body.find("m:ToFolderId", NS))

    def one(id_: str) -> str:
        return f"<m:Items><t:Message>{id_xml(store.move(id_, target))}</t:Message></m:Items>"

    return _each("MoveItem", _item_ids(body), one)


def _delete_item(store: EwsStore, body: Any) -> str:
    def one(id_: str) -> str:
        store.delete(store.item(id_).id)
        return ""

    return _each("DeleteItem", _item_ids(body), one)


def _subscribe(store: EwsStore, body: Any) -> str:
    (folder,) = _folder_ids(body.find(".//t:FolderIds", NS))
    number = store.subscribe(store.known(folder).id)
    return good("Subscribe", f"<m:SubscriptionId>{number}</m:SubscriptionId>")


def _unsubscribe(store: EwsStore, body: Any) -> str:
    store.subscriptions.pop(body.findtext(".//m:SubscriptionId", "", NS), None)
    return good("Unsubscribe")


OPERATIONS: dict[str, Callable[[EwsStore, Any], str]] = {
    "ConvertId": _convert_id,
    "GetFolder": _get_folder,
    "FindFolder": _find_folder,
    "CreateFolder": _create_folder,
    "SyncFolderItems": _sync,
    "FindItem": _find_item,
    "GetItem": _get_item,
    "CreateItem": _create_item,
    "UpdateItem": _update_item,
    "MoveItem": _move_item,
    "DeleteItem": _delete_item,
    "Subscribe": _subscribe,
    "Unsubscribe": _unsubscribe,
}
