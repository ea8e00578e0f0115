"""Opens containers by what they are, one level deep.  Runs in the reading process alone."""

import binascii
from typing import Final

from secretariat.adapters.papers.outlook import mail_of_message
from secretariat.adapters.papers.signed import member_of_signed
from secretariat.adapters.papers.tnef import members_of_winmail
from secretariat.adapters.papers.zips import files_of_zip
from secretariat.domain import containers
from secretariat.domain.papers import ContainerRefused, Member

MAIL: Final = "message/rfc822"


def unpack(content: bytes, name: str = "") -> tuple[Member, ...]:
    """Return the files of a container in its order; raise ContainerRefused.

    A saved Outlook message, winmail.dat with words, a signed mail and a mail come out as one mail
    of the type message/rfc822 with their own files in it.  A container inside stays a container.
    """
    if containers.is_outlook_message(content):
        return (Member(f"{name or 'saved message'}.eml", mail_of_message(content), MAIL),)
    if containers.is_winmail(content):
        return members_of_winmail(content, name)
    if containers.is_sealed(content):
        return member_of_signed(content, name)
    if content.startswith((containers.ZIP, containers.EMPTY_ZIP)):
        return files_of_zip(content)
    if containers.is_mail(content):
        return (Member(name or "mail.eml", _plain(content), MAIL),)
    raise ContainerRefused("the container is damaged")


def _plain(content: bytes) -> bytes:
    """Return a mail as bytes that begin with its headers, out of base64 where it lies in it."""
    if containers.looks_like_mail(content):
        return content
    letters = b"".join(content.split())
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
