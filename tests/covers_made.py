"""Covers made at random from the parts that real ones are made of, each with its answers.

Partnerships have the shapes of real names; places and people are invented.
"""

import random
from typing import Final

from tests.covers_held_out import PLAIN, HeldOut

PLACES: Final = (
    "Harrowmere", "Eastling", "Thornby", "North Kelsall", "Wexbridge", "Sandhaven", "Kelsall Vale",
    "Marling-on-Sea", "Oakby upon Dene", "South Anyshire", "Castle Marl and Rochfold",
    "St Dunstans", "King's Marling", "Bray, Oakby & Thornby", "Midport", "East and Mid Anyshire",
    "Welmere Hatfold", "Barrow-by-Dene", "Isle of Marl", "Bath Oakby and North East Anyshire",
)  # fmt: skip
PARTNERSHIPS: Final = (
    "{} Community Safety Partnership", "{} Community Safety Partnership", "{} CSP",
    "Safer {} Partnership", "{} Community Safety Board", "{} Responsible Authorities Group",
    "{} Public Services Board", "{} Safer Communities Partnership", "{} Safer Communities Board",
    "{} Community Safety Partnership Board", "{} Safer and Stronger Communities Partnership",
    "{} Strategic Leadership Group", "{} Local Police and Crime Board",
)  # fmt: skip
SHORT: Final = ("Safer {}", "Safe {}", "Be Safe {}", "Safer {} Together", "Safe {} Partnership")
GIVEN: Final = (
    "Sarah", "Agnieszka", "Yusuf", "Leila", "Mary", "Tegan", "George", "Catrin", "Priya", "Olena",
    "Kamilah", "Bronagh", "Zuzana", "Thandiwe", "Rosalind", "Perpetua", "Marcin", "Wilhelmina",
)  # fmt: skip
FORMS: Final = (
    "Adult A", "Subject B", "Victim M", "Mrs Y", "Mr C", "Ms J", "Child L", "Female A", "AA", "TL",
)  # fmt: skip
PEOPLE: Final = (
    ("Ann Example", "Ann Example"),
    ("Mr John Sample", "John Sample"),
    ("Dr Jane Made-Up", "Dr Jane Made-Up"),
    ("Paul O'Sample QPM", "Paul O'Sample QPM"),
    ("Ms Kim McInvented", "Kim McInvented"),
    ("Gary Specimen MBE", "Gary Specimen MBE"),
    ("Mrs Jo van der Sample", "Jo van der Sample"),
    ("Bill Nobody, QPM, LLB, BA", "Bill Nobody QPM"),
    ("Professor Rae Fictional CBE", "Professor Rae Fictional CBE"),
    ("A. J. Placeholder", "A. J. Placeholder"),
    ("Tony Madeup M.Sc.", "Tony Madeup"),
    ("Carol Example MA/CQSW", "Carol Example"),
    ("Nisha Sample-Example", "Nisha Sample-Example"),
    ("Rhian Fictional BA (Hons)", "Rhian Fictional"),
    ("Liz Example OBE", "Liz Example OBE"),
)
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NOISE: Final = (
    "Copyright © 2031 Somewhere Consulting. All rights reserved.",
    "Under section 9 of the Domestic Violence, Crime and Victims Act 2004",
    "Presented to the partnership on 9 May 2031", "Review period: 1 January 2009 to 3 March 2011",
    "Not to be published before 12 December 2031", "Page 1 of 88", "www.example.org",
    "The panel offers its condolences to the family", "Submitted to the Home Office June 2031",
    "Embargoed until 4 July 2031", "In partnership with Anyshire Police",
    "Terms of reference agreed 4 March 2009", "Published June 2031", "Printed 4/5/2031",
    "Contents page follows", "For further copies contact the council", "Tel: 01234 567890",
    "Anyshire House, 1 Example Street, Anytown AN1 1AA",
)  # fmt: skip


def made(seed: int) -> HeldOut:
    """Return the cover that the seed makes."""
    chance = random.Random(seed)
    answers: dict[str, str] = dict(PLAIN)
    rows = [
        _title(chance, answers),
        _partnership(chance, answers),
        *_person_who_died(chance, answers),
        *_people(chance, answers),
        *_version(chance, answers),
        _reference(chance, answers),
    ]
    noise = chance.sample(NOISE, chance.choice((0, 0, 1, 2)))
    rows = _ordered(chance, rows)
    for row in noise:
        rows.insert(chance.choice((0, len(rows))), [row])
    flat = tuple(row for group in rows for row in group)
    return HeldOut(f"made {seed}", (flat,), {name: (value,) for name, value in answers.items()})


def _ordered(chance: random.Random, rows: list[list[str]]) -> list[list[str]]:
    """Return groups in an order that covers have: title or partnership first, people late."""
    title, csp, died, people, version, reference = rows
    head = [title, csp] if chance.random() < 0.5 else [csp, title]
    head.insert(chance.randrange(3), reference)
    if chance.random() < 0.15:
        head.remove(csp)
        return [*head, died, people, version, csp]
    return [*head, died, people, version]


def _title(chance: random.Random, answers: dict[str, str]) -> list[str]:
    name = chance.choice(("Domestic Homicide Review", "DOMESTIC HOMICIDE REVIEW"))
    if chance.random() < 0.2:
        name = "Domestic Abuse Related Death Review"
        answers["review_kind"] = "domestic abuse related death review"
    kind = chance.choice(("Overview Report", "OVERVIEW REPORT", "Executive Summary"))
    if kind == "Executive Summary":
        answers["kind"] = "executive summary"
    return chance.choice(([name, kind], [f"{name} {kind}"], [kind, name], [f"{name} – {kind}"]))


def _partnership(chance: random.Random, answers: dict[str, str]) -> list[str]:
    place = chance.choice(PLACES)
    if chance.random() < 0.2:
        place = chance.choice([one for one in PLACES if one.isalpha()])
        name = chance.choice(SHORT).format(place)
    else:
        name = chance.choice(PARTNERSHIPS).format(place)
    answers["csp"] = name
    shouted = name.upper()
    forms = [[name], [name], [f"Commissioned by {name}"], [f"Commissioned by the {name}"]]
    forms += [["Commissioned by:", name], [f"On behalf of {name}"]]
    if "'" not in name and "CSP" not in name and "St " not in name:
        forms += [[shouted]] if "-" not in name else []
    return chance.choice(forms)


def _person_who_died(chance: random.Random, answers: dict[str, str]) -> list[list[str]]:
    name = chance.choice((*GIVEN, *FORMS))
    year, month, day = chance.randint(2011, 2022), chance.randrange(12), chance.randint(1, 28)
    written, iso = _date(chance, year, month, day)
    marked = chance.choice((f"‘{name}’", f"“{name}”", f"'{name}'"))
    plain = chance.choice((name, marked, marked, f"{name} (pseudonym)"))
    answers["pseudonyms"], answers["date_of_death"] = name, iso
    preposition = "on" if len(iso) == 10 else "in"
    forms = [
        [f"The death of {plain} {preposition} {written}"],
        [f"Into the death of {plain}", f"who died {preposition} {written}"],
        [f"In respect of the death of {plain}", f"Date of death: {written}"],
        [f"Victim: {plain}", f"Date of death: {written}"],
        ["Pseudonym", name, "Date of death", written],
        [f"{marked} – died {written}"],
        [f"Regarding the death of {plain} ({written})"],
        [f"Case of {marked}", f"Died {preposition} {written}"],
        [marked, f"(died {written})"],
        [f"Report into the homicide of {plain} {preposition} {written}"],
        [f"concerning the murder of {plain}, {written}"],
        [f"Subject: {plain}", f"Date of homicide: {written}"],
    ]
    if name in FORMS and len(name) > 2:
        forms += [[name, f"Died {written}"], [f"{name} ({written})"], [name.upper(), written]]
    return [chance.choice(forms)]


def _date(chance: random.Random, year: int, month: int, day: int) -> tuple[str, str]:
    number = month + 1
    full = f"{year}-{number:02}-{day:02}"
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
    return chance.choice(
        (
            (f"{day} {MONTHS[month]} {year}", full),
            (f"{day}{ending} {MONTHS[month]} {year}", full),
            (f"{day}{ending} of {MONTHS[month]} {year}", full),
            (f"{day:02}/{number:02}/{year}", full),
            (f"{day:02}.{number:02}.{year % 100:02}", full),
            (f"{MONTHS[month]} {year}", full[:7]),
            (f"{MONTHS[month]} {year}", full[:7]),
            (f"{MONTHS[month][:3]} {year}", full[:7]),
        )
    )


def _people(chance: random.Random, answers: dict[str, str]) -> list[list[str]]:
    one, two = chance.sample(PEOPLE, 2)
    form = chance.randrange(12)
    both = form < 5
    answers["author"] = one[1]
    answers["chair"] = (one if both else two)[1]
    rows = (
        [f"Independent Chair and Author: {one[0]}"],
        [f"Independent Chair & Report Author – {one[0]}"],
        [one[0], "Independent Chair and Author"],
        ["Chair and Author of the Report", one[0]],
        [f"Report produced by {one[0]}", "Independent Chair and Author"],
        [f"Report Author: {one[0]}", f"Independent Chair: {two[0]}"],
        [f"Chair: {two[0]}", f"Author: {one[0]}"],
        ["Independent Chair:", two[0], "Report Author:", one[0]],
        [f"Chaired by {two[0]}", f"Written by {one[0]}"],
        [f"Overview Author: {one[0]}", f"Chair of the Panel: {two[0]}"],
        [two[0], "Independent Chair", one[0], "Overview Report Author"],
        [f"Report written by {one[0]}"],
    )
    if form == 11:
        answers.pop("chair")
    return [rows[form]]


def _version(chance: random.Random, answers: dict[str, str]) -> list[list[str]]:
    written, iso = _date(chance, chance.randint(2023, 2026), chance.randrange(12), 14)
    answers["version_date"] = iso
    forms = (
        ([f"Report completed: {written}"], None),
        ([f"Date of report: {written}"], None),
        ([f"Date: {written}"], None),
        ([f"Completed {written}"], None),
        ([f"Final {written}"], "Final"),
        ([f"Final version – {written}"], "Final version"),
        (["Version 2.1", f"Date completed: {written}"], "Version 2.1"),
        ([f"Final Draft {written}"], "Final Draft"),
        ([f"Draft v3 {written}"], "Draft v3"),
        (["Date of completion", written], None),
    )
    rows, version = chance.choice(forms)
    if version:
        answers["version"] = version
    return [rows]


def _reference(chance: random.Random, answers: dict[str, str]) -> list[str]:
    number = chance.randint(1, 29)
    forms = (
        [], [], [f"DHR{number}"], [f"DHR {number:03}"], [f"Ref: ADHR/2021/{number}"],
        ["Reference", f"ANY/{number}/19"], [f"Case {number}"], [f"DHR No. {number}"],
        [f"Case reference: DHR/{number}/2019"], [f"Our ref: AB-DHR-{number:02}"],
    )  # fmt: skip
    rows = chance.choice(forms)
    if rows:
        answers["local_reference"] = rows[-1].split(": ")[-1]
    return rows
