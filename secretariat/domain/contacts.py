"""Addresses that a named person has confirmed, and the switch that lets mail leave."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from secretariat.domain.errors import Refused
from secretariat.domain.letter_content import Addressee

ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@(?:[\w-]+\.)+[\w-]{2,}")

DAC: Final = "DAC"
"""Stands where a copy to a police area's office has the area's code."""
DAC_OFFICE: Final = "Domestic Abuse Commissioner"


def bare_address(typed: str) -> str:
    """Return one e-mail address as a person typed it, without the blanks around it.

    Raise Refused for anything else: a second address, a name beside it, a line break in it,
    and for an address that ordinary mail cannot reach.
    """
    if not ADDRESS.fullmatch(found := typed.strip()):
        raise Refused("that is not one e-mail address; one looks like jo.bloggs@anyshire.gov.uk")
    if not can_be_reached(found):
        raise Refused("mail cannot reach an address with such letters before its @")
    return found


def can_be_reached(address: str) -> bool:
    """Say whether every mail server takes an address: its part before the @ is plain ASCII."""
    return address.rpartition("@")[0].isascii()


@dataclass(frozen=True, slots=True)
class Contact:
    """The confirmed contact of one review: to whom letters and chasers go.

    reference: the review's, as text, or a csp_id for a partnership's usual contact
    """

    reference: str
    email: str
    addressee: Addressee
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Office:
    """The confirmed address of a police and crime commissioner's office or its like."""

    pfa_code: str
    email: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether mail may leave at all; held by default until an administrator releases it.

    reconcile: after a restore, what was underway must be looked up in Sent first
    """

    released: bool = False
    by: str = ""
    at: datetime | None = None
    reconcile: bool = False
    version: int = 0
