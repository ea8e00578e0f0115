"""A made-up letter that shows a template with everything a letter can hold."""

from datetime import date
from typing import Final

from secretariat.domain.letter_content import Addressee, LetterContent, LetterHead, Point
from secretariat.domain.review import Outcome

HEAD: Final = LetterHead(
    "Sample Unit",
    "1 Sample Street, Anytown AN1 1AA",
    "01632 960000",
    "www.example.gov.uk",
    "Ann Example",
    "Chair of the Panel",
    "office@example.gov.uk",
)
SAMPLE: Final = LetterContent(
    generation="sample",
    head=HEAD,
    addressee=Addressee(
        title="Cllr",
        first="Jo",
        last="Bloggs",
        role="Chair",
        organisation="Anytown Community Safety Partnership",
        address_lines=("Town Hall", "Anytown"),
    ),
    area="Anytown",
    outcome=Outcome.PUBLISH_AFTER_CHANGES,
    local_reference="DHR1",
    meeting_date=date(2026, 6, 10),
    letter_date=date(2026, 7, 6),
    conclusion=(
        "The Panel found this a thoughtful report, written with care for the family.",
        "The family's own words bring the person to life.",
    ),
    points=(
        Point("The timeline leaves out two visits;", ("in March;", "and in May;")),
        Point("paragraph 4.2 and recommendation 2 do not agree;"),
        Point("please add an equality and diversity section."),
    ),
    copy_offices=("Police and Crime Commissioner for Anyshire",),
)
