"""Opens mails signed as one piece (S/MIME, application/pkcs7-mime).

The signature is not checked: only the words and files are wanted, and the raw mail keeps it.  Runs
in the reading process alone.
"""

import binascii
import re
from typing import Final

from asn1crypto import cms

from secretariat.domain.containers import is_mail
from secretariat.domain.papers import ContainerRefused, Member

FENCE: Final = re.compile(rb"-----[^-\n]{0,60}-----")
SEQUENCE: Final = b"\x30"
MAIL: Final = "message/rfc822"
DAMAGED: Final = "the signed mail is damaged"
ENCRYPTED: Final = "it is encrypted: a person must open it in Outlook"
ENVELOPES: Final = ("enveloped_data", "authenticated_enveloped_data", "encrypted_data")
ENTITY: Final = re.compile(rb"\s*(?:content-|mime-version)[\w-]*[ \t]*:", re.I)


def member_of_signed(content: bytes, name: str) -> tuple[Member, ...]:
    """Return what was signed: a mail, or a single file; raise ContainerRefused.

    Nothing is returned for a signature that lies beside its mail.
    """
    try:
        sealed = cms.ContentInfo.load(_der(content))
        kind = str(sealed["content_type"].native)
        if kind in ENVELOPES:
            raise ContainerRefused(ENCRYPTED)
        if kind != "signed_data":
            raise ContainerRefused("it is sealed in a way that is not read: a person must open it")
        held = sealed["content"]["encap_content_info"]["content"]
        inner = bytes(held) if held.native is not None else b""
    except ContainerRefused:
        raise
    except Exception as fault:  # asn1crypto meets damage with errors of many types
        raise ContainerRefused(DAMAGED) from fault
    if not inner:
        return ()
    if ENTITY.match(inner) or is_mail(inner):
        return (Member(f"{name or 'signed mail'}.eml", inner, MAIL),)
    return (Member(re.sub(r"(?i)\.(p7m|p7s)$", "", name) or "signed file", inner),)


def _der(content: bytes) -> bytes:
    """Return the sealed bytes themselves, out of the base64 text in which they may stand."""
    if content.startswith(SEQUENCE):
        return content
    letters = b"".join(FENCE.sub(b"", content).split())
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
