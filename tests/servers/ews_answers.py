"""What Exchange answers, in the order of elements that its published schema wants."""

from __future__ import annotations

import base64
from email.utils import getaddresses
from xml.sax.saxutils import escape, quoteattr

from tests.servers.ews_store import INVITATION, NOTICE, EwsStore, Folder, Item

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"
SEARCH_KEY = "0x300b"
_VERSION = (
    f'<h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562"'
    f' MinorBuildNumber="17" Version="Exchange2016" xmlns:h="{TYPES}"/>'
)


def envelope(operation: str, messages: str) -> bytes:
    """Return a whole SOAP answer."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}">'
        f"<s:Header>{_VERSION}</s:Header><s:Body>"
        f'<m:{operation}Response xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">'
        f"<m:ResponseMessages>{messages}</m:ResponseMessages></m:{operation}Response>"
        "</s:Body></s:Envelope>"
    ).encode()


def fault(code: str, told: str, milliseconds: int = 0) -> bytes:
    """Return a SOAP fault, with the pause that Exchange wants where there is one."""
    pause = (
        f'<t:MessageXml xmlns:t="{TYPES}"><t:Value Name="BackOffMilliseconds">{milliseconds}'
        "</t:Value></t:MessageXml>"
        if milliseconds
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault>'
        f'<faultcode xmlns:a="{TYPES}">a:{code}</faultcode>'
        f'<faultstring xml:lang="en-US">{told}</faultstring><detail>'
        f'<e:ResponseCode xmlns:e="{ERRORS}">{code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{ERRORS}">{told}</e:Message>{pause}'
        "</detail></s:Fault></s:Body></s:Envelope>"
    ).encode()


def good(operation: str, inner: str = "") -> str:
    return (
        f'<m:{operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError'
        f"</m:ResponseCode>{inner}</m:{operation}ResponseMessage>"
    )


def bad(operation: str, code: str, told: str, inner: str = "") -> str:
    return (
        f'<m:{operation}ResponseMessage ResponseClass="Error"><m:MessageText>{escape(told)}'
        f"</m:MessageText><m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0"
        f"</m:DescriptiveLinkKey>{inner}</m:{operation}ResponseMessage>"
    )


def folder_xml(store: EwsStore, folder: Folder) -> str:
    parent = f'<t:ParentFolderId Id="{folder.parent}" ChangeKey="1"/>' if folder.parent else ""
    kind = "" if folder.well_known in ("root", "msgfolderroot") else "IPF.Note"
    return (
        f'<t:Folder><t:FolderId Id="{folder.id}" ChangeKey="1"/>{parent}'
        + (f"<t:FolderClass>{kind}</t:FolderClass>" if kind else "")
        + f"<t:DisplayName>{escape(folder.name)}</t:DisplayName>"
        f"<t:TotalCount>{len(store.within(folder.id))}</t:TotalCount>"
        f"<t:ChildFolderCount>{len(store.below(folder.id))}</t:ChildFolderCount>"
        "<t:UnreadCount>0</t:UnreadCount></t:Folder>"
    )


def id_xml(item: Item) -> str:
    return f'<t:ItemId Id="{item.id}" ChangeKey="V{item.version}"/>'


TAGS = {INVITATION: "MeetingRequest", NOTICE: "PostItem"}


def item_xml(store: EwsStore, item: Item, wanted: set[str]) -> str:
    """Return an item with the properties that were asked for."""
    headers = item.headers
    parts = []
    if "item:MimeContent" in wanted:
        coded = base64.b64encode(item.raw).decode()
        parts.append(f'<t:MimeContent CharacterSet="UTF-8">{coded}</t:MimeContent>')
    parts.append(id_xml(item))
    if "item:ItemClass" in wanted:
        parts.append(f"<t:ItemClass>{item.kind}</t:ItemClass>")
    if "item:Subject" in wanted:
        parts.append(f"<t:Subject>{escape(str(headers['Subject'] or ''))}</t:Subject>")
    if "item:DateTimeReceived" in wanted:
        parts.append(f"<t:DateTimeReceived>{item.received:%Y-%m-%dT%H:%M:%SZ}</t:DateTimeReceived>")
    if "item:Categories" in wanted and item.categories:
        names = "".join(f"<t:String>{escape(each)}</t:String>" for each in item.categories)
        parts.append(f"<t:Categories>{names}</t:Categories>")
    if store.search_keys and SEARCH_KEY in wanted:
        key = base64.b64encode(item.search_key.encode()).decode()
        uri = f'<t:ExtendedFieldURI PropertyTag="{SEARCH_KEY}" PropertyType="Binary"/>'
        parts.append(f"<t:ExtendedProperty>{uri}<t:Value>{key}</t:Value></t:ExtendedProperty>")
    if "message:From" in wanted:
        parts.append(_from(str(headers["From"] or "")))
    if "message:InternetMessageId" in wanted and headers["Message-ID"]:
        named = escape(str(headers["Message-ID"]).strip())
        parts.append(f"<t:InternetMessageId>{named}</t:InternetMessageId>")
    tag = TAGS.get(item.kind, "Message")
    return f"<t:{tag}>{''.join(parts)}</t:{tag}>"


def _from(header: str) -> str:
    mailboxes = "".join(
        f"<t:Mailbox><t:Name>{escape(name)}</t:Name><t:EmailAddress>{escape(address)}"
        "</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox>"
        for name, address in getaddresses([header])[:1]
    )
    return f"<t:From>{mailboxes}</t:From>" if mailboxes else ""


def notification(number: str, folder: str, ids: list[str]) -> str:
    events = "".join(
        "<t:NewMailEvent><t:TimeStamp>2026-11-23T09:00:00Z</t:TimeStamp>"
        f'<t:ItemId Id={quoteattr(each)} ChangeKey="V1"/>'
        f'<t:ParentFolderId Id="{folder}" ChangeKey="1"/></t:NewMailEvent>'
        for each in ids
    )
    return (
        f"<m:Notifications><m:Notification><t:SubscriptionId>{number}</t:SubscriptionId>{events}"
        "</m:Notification></m:Notifications><m:ConnectionStatus>OK</m:ConnectionStatus>"
    )
