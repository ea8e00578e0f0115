"""The invented cases of the demonstration, and who writes about them.

The partnerships are of the directory, so that matching has something to match; every
case, person and reference is invented.  The deceased bear the names of birds.
"""

from dataclasses import dataclass
from typing import Final

from secretariat.cli.demo.papers import Case
from secretariat.domain.letter_content import Addressee


@dataclass(frozen=True, slots=True)
class Council:
    """An invented officer of a real council, who writes; and to whom the letter goes."""

    sender: str
    email: str
    addressee: Addressee


def council(domain: str, organisation: str, *address: str, member: str) -> Council:
    """Return the officer at `domain` and the councillor whom the letter addresses."""
    email = f"invented.officer@{domain}"
    to = Addressee("Cllr", "Invented", member, "", "", organisation, address)
    return Council(f"An Invented Officer <{email}>", email, to)


ROBIN: Final = Case(
    "Exeter Community Safety Partnership",
    "Robin",
    "April 2023",
    "September 2025",
    "Avis Specimen",
    "Bea Sample",
    "DHR07",
)
WREN: Final = Case(
    "Wiltshire Community Safety Partnership",
    "Wren",
    "June 2022",
    "October 2025",
    "Cal Specimen",
    "Dee Sample",
    order="names",
)
LINNET: Final = Case(
    "Cardiff Community Safety Partnership",
    "Linnet",
    "January 2023",
    "November 2025",
    "Eirlys Specimen",
    "Fflur Sample",
    "DHR04",
)
HERON: Final = Case(
    "Kettering Community Safety Partnership",
    "Heron",
    "November 2019",
    "August 2025",
    "Gil Specimen",
    "Hal Sample",
    "DHR02",
)
FINCH: Final = Case(
    "Bury Community Safety Partnership",
    "Finch",
    "March 2023",
    "December 2025",
    "Ida Specimen",
    "Jo Sample",
    "DHR11",
)
FINCH_AGAIN: Final = Case(
    "Bury Community Safety Partnership",
    "Finch",
    "March 2023",
    "May 2026",
    "Ida Specimen",
    "Jo Sample",
    "DHR11",
)
PLOVER: Final = Case(
    "Shropshire Community Safety Partnership",
    "Plover",
    "August 2022",
    "July 2025",
    "Kit Specimen",
    "Lou Sample",
    order="names",
)
MERLIN: Final = Case(
    "Norwich Community Safety Partnership",
    "Merlin",
    "February 2023",
    "November 2025",
    "Mo Specimen",
    "Nell Sample",
    "DHR03",
)
DUNNOCK: Final = Case(
    "Cotswold Community Safety Partnership",
    "Dunnock",
    "May 2024",
    "September 2026",
    "Quin Specimen",
    "Ray Sample",
    "DHR01",
)
SWIFT: Final = Case(
    "Exeter Community Safety Partnership",
    "Swift",
    "December 2024",
    "October 2026",
    "Avis Specimen",
    "Bea Sample",
    "DHR08",
)
STRANGER: Final = Case(
    "Kettering Community Safety Partnership",
    "Curlew",
    "May 2015",
    "June 2018",
    "Ola Specimen",
    "Pip Sample",
    "DHR01",
)

EXETER: Final = council(
    "exeter.gov.uk", "Exeter City Council", "Civic Centre", "Exeter", "EX1 1JN", member="Example"
)
WILTSHIRE: Final = council(
    "wiltshire.gov.uk", "Wiltshire Council", "County Hall", "BA14 8JN", member="Instance"
)
CARDIFF: Final = council(
    "cardiff.gov.uk", "City of Cardiff Council", "County Hall", "CF10 4UW", member="Enghraifft"
)
NORTHANTS: Final = council(
    "northnorthants.gov.uk", "North Northamptonshire Council", "Kettering", member="Pattern"
)
BURY: Final = council("bury.gov.uk", "Bury Council", "Town Hall", "BL9 0SW", member="Model")
SHROPSHIRE: Final = council(
    "shropshire.gov.uk", "Shropshire Council", "Shrewsbury", "SY2 6ND", member="Sketch"
)
COTSWOLD: Final = council(
    "cotswold.gov.uk", "Cotswold District Council", "Trinity Road", "GL7 1PX", member="Study"
)
NORWICH: Final = council(
    "norwich.gov.uk", "Norwich City Council", "City Hall", "NR2 1NH", member="Draft"
)
DERBY: Final = council("derby.gov.uk", "Derby City Council", member="Outline")
DEVON: Final = council("devon.gov.uk", "Devon County Council", member="Trial")
PRESS: Final = council("anytown-gazette.example", "The Anytown Gazette", member="Reporter")
