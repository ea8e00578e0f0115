"""Lists of cases: previewed without a trace, taken in once, and nobody is written to by it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.listed import IsolatedSheets
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.chase import ChaseState
from secretariat.domain.errors import Refused
from secretariat.domain.import_plan import Fate, Preview
from secretariat.domain.import_sheet import SheetUnreadable
from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.listing import RegisterQuery
from secretariat.domain.matching import Matcher
from secretariat.domain.papers import ScannerAway
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.publication import LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Review, Status
from secretariat.stages.chase import Chase
from secretariat.stages.importing import AT_ONCE, Importing, TakenIn
from tests.builders import (
    CASEWORKER,
    COUNCIL_ADDRESS,
    CSP,
    CSP_ID,
    REFERENCE,
    TODAY,
    a_contact,
    a_meeting,
    a_review,
    an_act,
    some_facts,
)
from tests.web.desk import OTHER_CSP, a_directory

TEMPLATES = Path(__file__).parents[2] / "templates"
HEAD = {
    "CSP": CSP,
    "Local ref": "A1",
    "Pseudonyms": "Maria",
    "Date of death": "2018",
    "Date submitted": "4.1.2021",
    "Panel date": "3.2.2021",
    "Outcome": "publish",
    "Letter sent": "1.3.2021",
}
FIRST = Reference(2026, 1)
Confirm = Callable[..., TakenIn]


@dataclass(frozen=True)
class MarkScanner:
    """Finds one mark in files; away, it does not answer."""

    away: bool = False

    def scan(self, content: bytes, /) -> str:
        """Say what was found."""
        if self.away:
            raise ScannerAway("its socket is closed")
        return "Invented.Mark" if b"INVENTED-VIRUS" in content else ""


def a_list(*rows: dict[str, str], extra: tuple[str, ...] = ()) -> bytes:
    """Return a CSV of rows that are changed as each says; extra: headings beside the plain ones."""
    file = io.StringIO(newline="")
    names = [*HEAD, *extra]
    sheet = csv.DictWriter(file, names)
    sheet.writeheader()
    for number, row in enumerate(rows or ({},), start=1):
        case = HEAD | {"Local ref": f"A{number}", "Pseudonyms": f"Maria {number}"}
        sheet.writerow(dict.fromkeys(extra, "") | case | row)
    return file.getvalue().encode()


@pytest.fixture
def importing(register: Database, reader: Reader, clock: StoppedClock) -> Importing:
    return Importing(
        register.register,
        register.reading,
        IsolatedSheets(reader.work),
        Matcher(a_directory()),
        clock,
    )


@pytest.fixture
def confirm(importing: Importing) -> Confirm:
    """Return a function that previews a list and confirms exactly that."""

    def confirmed(content: bytes, **said: Any) -> TakenIn:
        found = importing.preview(content, **said)
        return importing.confirm(
            content, sha256=found.sha256, mark=found.mark, by=CASEWORKER, **said
        )

    return confirmed


def fates(found: Preview) -> list[Fate]:
    return [row.fate for row in found.rows]


def reviews(register: Database) -> list[Review]:
    with register.reading() as eyes:
        rows = eyes.page(RegisterQuery(sort="reference")).rows
        return [eyes.review(row.reference) for row in rows]


def test_a_preview_tells_of_each_row_and_writes_nothing(
    importing: Importing, register: Database
) -> None:
    found = importing.preview(a_list({}, {"CSP": "Nowhere at all"}, {"Outcome": "perhaps"}))
    assert fates(found) == [Fate.TAKEN, Fate.DOUBTFUL, Fate.DOUBTFUL]
    assert [row.case.row for row in found.rows] == [2, 3, 4]
    assert found.rows[0].match is not None
    assert found.rows[0].match.csp == CSP
    assert found.rows[1].why.startswith("whose it is: ")
    assert "the outcome “perhaps” is not known" in found.rows[2].why
    with register.reading() as eyes:
        assert eyes.streams() == ()


def test_a_partnership_that_may_be_two_is_not_taken_and_both_are_told(
    importing: Importing,
) -> None:
    (row,) = importing.preview(a_list({"CSP": "Anytown CSP or Othertown CSP"})).rows
    assert row.fate is Fate.DOUBTFUL
    assert row.match is not None
    assert {one.csp for one in row.match.candidates} == {CSP, OTHER_CSP}


def test_every_doubt_about_a_row_is_told_at_once(importing: Importing) -> None:
    (row,) = importing.preview(a_list({"CSP": "Nowhere at all", "Date submitted": "44230"})).rows
    assert "Excel's own number" in row.why
    assert "whose it is: " in row.why


def test_what_is_confirmed_is_registered_where_it_stands(
    confirm: Confirm, register: Database
) -> None:
    taken = confirm(
        a_list(
            {"Letter sent": "", "Outcome": "", "Panel date": ""},
            {"Letter sent": ""},
            {"Outcome": "resubmit"},
            {"Email": COUNCIL_ADDRESS},
            {"Date published": "5.5.2021"},
            extra=("Email", "Date published"),
        )
    )
    assert len(taken.references) == 5
    found = reviews(register)
    assert [one.status for one in found] == [
        Status.RECEIVED,
        Status.CONSIDERED,
        Status.RESUBMISSION_AWAITED,
        Status.PUBLICATION_AWAITED,
        Status.PUBLISHED,
    ]
    assert [one.since for one in found] == [
        date(2021, 1, 4),
        date(2021, 2, 3),
        date(2021, 3, 1),
        date(2021, 3, 1),
        date(2021, 5, 5),
    ]
    awaited = found[3]
    assert awaited.parties.csp_ids == (CSP_ID,)
    assert awaited.parties.sure
    assert (awaited.facts.local_reference, awaited.facts.pseudonyms) == ("A4", ("Maria 4",))
    assert awaited.facts.date_of_death == "2018"
    assert (awaited.sender, awaited.outcome, awaited.quiet) == (
        COUNCIL_ADDRESS,
        Outcome.PUBLISH,
        True,
    )
    assert awaited.letter_on == date(2021, 3, 1)


def test_the_ledger_says_which_row_of_which_list_and_by_whom(
    importing: Importing, confirm: Confirm, register: Database
) -> None:
    content = a_list({"Remarks": "Ask again in May"}, extra=("Remarks",))
    sha256 = importing.preview(content).sha256
    confirm(content)
    with register.reading() as eyes:
        (entry,) = eyes.ledger(str(FIRST))
        told = eyes.ledger(OFFICE)[-1]
    assert (entry.what, entry.who) == (Event.LISTED_IN, CASEWORKER)
    assert f"row 2 of the list {sha256}" in entry.why
    assert "its letter was sent on 1 March 2021" in entry.why
    assert "Maria" not in entry.why
    assert "May" not in entry.why
    assert entry.wording == "Ask again in May"
    assert (told.what, told.why) == (
        Event.LISTED_IN,
        f"1 review was registered from the list {sha256}",
    )


def test_nobody_is_written_to_and_no_contact_is_taken_as_confirmed(
    confirm: Confirm, register: Database, vault: Vault, clock: StoppedClock
) -> None:
    confirm(a_list({"Email": COUNCIL_ADDRESS}, {}, extra=("Email",)))
    assert chase_at(register, vault, clock).work().done == 0
    with register.reading() as eyes:
        assert eyes.postings(*PostingStatus) == ()
        assert eyes.contact(str(FIRST)) is None
        assert eyes.contact(CSP_ID) is None


def test_taking_a_list_in_again_adds_nothing(
    importing: Importing, confirm: Confirm, register: Database
) -> None:
    content = a_list({}, {"Local ref": ""})
    assert len(confirm(content).references) == 2
    again = importing.preview(content)
    assert fates(again) == [Fate.KNOWN, Fate.KNOWN]
    assert [row.references for row in again.rows] == [(FIRST,), (Reference(2026, 2),)]
    assert confirm(content).references == ()
    assert len(reviews(register)) == 2


def test_a_corrected_list_brings_what_was_doubtful_and_no_more(
    confirm: Confirm, register: Database
) -> None:
    assert len(confirm(a_list({}, {"Outcome": "perhaps"})).references) == 1
    assert len(confirm(a_list({}, {"Outcome": "publish"})).references) == 1
    assert len(reviews(register)) == 2


def test_another_file_than_the_previewed_one_is_refused(
    importing: Importing, register: Database
) -> None:
    found = importing.preview(a_list({}))
    with pytest.raises(Refused, match="not the file that was previewed"):
        importing.confirm(a_list({}, {}), sha256=found.sha256, mark=found.mark, by=CASEWORKER)
    assert reviews(register) == []


def test_a_register_that_changed_since_the_preview_is_looked_at_again(
    importing: Importing, register: Database
) -> None:
    content = a_list({})
    found = importing.preview(content)
    with register.register() as pen:
        pen.add_review(a_review(facts=some_facts(local_reference="a-1")), an_act())
    with pytest.raises(Refused, match="changed since the preview"):
        importing.confirm(content, sha256=found.sha256, mark=found.mark, by=CASEWORKER)
    assert len(reviews(register)) == 1


def test_another_day_to_chase_from_is_another_plan(importing: Importing) -> None:
    content = a_list({})
    found = importing.preview(content, chase_from=date(2026, 6, 1))
    with pytest.raises(Refused, match="changed since the preview"):
        importing.confirm(content, sha256=found.sha256, mark=found.mark, by=CASEWORKER)


@pytest.mark.parametrize(
    ("facts", "row", "fate"),
    [
        ({"local_reference": "DHR-15"}, {"Local ref": "dhr 15"}, Fate.KNOWN),
        ({"local_reference": "DHR15"}, {"Local ref": "DHR16", "Pseudonyms": "Maria"}, Fate.TAKEN),
        ({"local_reference": None}, {"Pseudonyms": "maria"}, Fate.DOUBTFUL),
        ({"local_reference": None}, {"Pseudonyms": "Sam", "Date of death": "4.2023"}, Fate.TAKEN),
        (
            {"local_reference": None, "date_of_death": "2018-04-02"},
            {"Pseudonyms": "Sam", "Date of death": "April 2018"},
            Fate.DOUBTFUL,
        ),
        (
            {"local_reference": None, "date_of_death": "2018-04-02"},
            {"Pseudonyms": "Maria", "Date of death": "May 2018"},
            Fate.TAKEN,
        ),
    ],
)
def test_what_the_register_holds_already_is_known_or_a_doubt(
    importing: Importing, register: Database, facts: dict[str, Any], row: dict[str, str], fate: Fate
) -> None:
    with register.register() as pen:
        plain = some_facts(date_of_death=None)
        pen.add_review(a_review(facts=replace(plain, **facts)), an_act())
    dated = {"Date of death": "2018"} | row
    if dated["Date of death"] == "4.2023":
        dated |= {"Date of death": "4.2.2017"}
    (planned,) = importing.preview(a_list(dated)).rows
    assert planned.fate is fate
    assert planned.references == (() if fate is Fate.TAKEN else (REFERENCE,))


def test_our_own_reference_is_kept_and_numbers_go_on_after_it(
    importing: Importing, confirm: Confirm, register: Database
) -> None:
    content = a_list({"Our ref": "QA-2026-0007"}, {"Our ref": "HO 3"}, extra=("Our ref",))
    assert confirm(content).references == (Reference(2026, 7), Reference(2026, 8))
    with register.reading() as eyes:
        assert eyes.ledger("QA-2026-0008")[0].wording == "Reference in the list: HO 3"
    others = a_list(
        {"Our ref": "QA-2026-0007", "Local ref": "B1"},
        {"Our ref": "QA-2026-0007", "Local ref": "B2", "CSP": OTHER_CSP},
        extra=("Our ref",),
    )
    assert fates(importing.preview(others)) == [Fate.KNOWN, Fate.DOUBTFUL]


def test_rows_that_are_one_case_twice_are_a_doubt(importing: Importing) -> None:
    same = {"Local ref": "B9", "Pseudonyms": "Sam"}
    found = importing.preview(
        a_list(same, same, same | {"Pseudonyms": "Lou"}, {"Local ref": "", "Pseudonyms": "Sam"})
    )
    assert fates(found) == [Fate.TAKEN, Fate.DOUBTFUL, Fate.DOUBTFUL, Fate.DOUBTFUL]
    assert "the same as row 2, word for word" in found.rows[1].why
    assert "it may be row 2" in found.rows[2].why


def test_a_merged_or_undone_registration_does_not_stand_in_the_way(
    importing: Importing, register: Database
) -> None:
    with register.register() as pen:
        facts = some_facts(local_reference="A1")
        pen.add_review(a_review(facts=facts, status=Status.UNDONE), an_act())
    assert fates(importing.preview(a_list({}))) == [Fate.TAKEN]


def test_a_confirmation_cut_off_in_the_middle_is_finished_by_another(
    importing: Importing, confirm: Confirm, register: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = a_list(*({} for _ in range(2 * AT_ONCE + 3)))
    found = importing.preview(content)
    opened = importing.open_register
    times = 0

    def cut_off() -> Any:
        nonlocal times
        times += 1
        if times > 1:
            raise KeyboardInterrupt
        return opened()

    with pytest.raises(KeyboardInterrupt):
        replace(importing, open_register=cut_off).confirm(
            content, sha256=found.sha256, mark=found.mark, by=CASEWORKER
        )
    half = fates(importing.preview(content))
    assert (half.count(Fate.KNOWN), half.count(Fate.TAKEN)) == (AT_ONCE, AT_ONCE + 3)
    assert len(confirm(content).references) == AT_ONCE + 3
    assert set(fates(importing.preview(content))) == {Fate.KNOWN}


def test_two_who_confirm_at_once_register_each_row_once(
    importing: Importing, confirm: Confirm, register: Database
) -> None:
    content = a_list({}, {})
    found = importing.preview(content)
    opened = importing.open_register
    first = True

    def after_the_other() -> Any:
        nonlocal first
        if first:
            first = False
            confirm(content)
        return opened()

    taken = replace(importing, open_register=after_the_other).confirm(
        content, sha256=found.sha256, mark=found.mark, by=CASEWORKER
    )
    assert taken == TakenIn((), 2)
    assert len(reviews(register)) == 2


def test_a_link_waits_for_its_check_unless_the_case_is_published(
    confirm: Confirm, register: Database
) -> None:
    link = "https://anyshire.example/dhr"
    rows = ({"URL": link, "Status": "awaiting publication"}, {"URL": link, "Status": "published"})
    confirm(a_list(*rows, extra=("URL", "Status")))
    with register.reading() as eyes:
        statuses = [eyes.links_of(Reference(2026, number))[0].status for number in (1, 2)]
    assert statuses == [LinkStatus.GIVEN, LinkStatus.CHECKED]


def test_a_meeting_of_the_register_on_its_day_is_its_meeting(
    confirm: Confirm, register: Database
) -> None:
    with register.register() as pen:
        number = pen.add_meeting(a_meeting(held_on=date(2021, 2, 3)), an_act()).number
    confirm(a_list({}, {"Panel date": "4.2.2021"}))
    assert [one.meeting for one in reviews(register)] == [number, None]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no row of headings"),
        (b"CSP,DHR number\n", "no row below"),
        (b"Name,Date\nJane,1.1.2020\n", "no row of headings"),
    ],
)
def test_a_file_without_cases_is_refused(importing: Importing, content: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        importing.preview(content)
    assert "Jane" not in str(refused.value)


def test_a_file_that_is_no_list_is_refused(importing: Importing) -> None:
    with pytest.raises(SheetUnreadable):
        importing.preview(b"PK\x03\x04 broken")


def test_a_day_that_has_passed_is_no_day_to_chase_from(importing: Importing) -> None:
    with pytest.raises(Refused, match="still to come"):
        importing.preview(a_list({}), chase_from=TODAY)


def test_a_list_with_a_virus_is_not_opened_and_without_a_scanner_none_is(
    importing: Importing,
) -> None:
    content = a_list({"Pseudonyms": "INVENTED-VIRUS"})
    with pytest.raises(Refused, match=r"found Invented\.Mark in the list: it was not opened"):
        replace(importing, scanner=MarkScanner()).preview(content)
    with pytest.raises(ScannerAway):
        replace(importing, scanner=MarkScanner(away=True)).preview(a_list({}))


def chase_at(register: Database, vault: Vault, clock: StoppedClock) -> Chase:
    return Chase(
        register.register,
        Press(TEMPLATES, soffice=""),
        MimeReading(str),
        vault,
        clock,
        sender="dhr@homeoffice.example",
        domain="secretariat.example",
        open_reading=register.reading,
    )


def test_the_chase_waits_for_its_day_and_then_for_a_person(
    confirm: Confirm, register: Database, vault: Vault, clock: StoppedClock
) -> None:
    confirm(a_list({}, {"Chase from": "1.7.2026"}, {}, extra=("Chase from",)), **JUNE)
    for number in (1, 2, 3):
        with register.register() as pen:
            key = str(Reference(2026, number))
            pen.save_contact(a_contact(reference=key, email=COUNCIL_ADDRESS), an_act())
    chase = chase_at(register, vault, clock)
    assert chase.standing(FIRST).state is ChaseState.PAUSED
    clock.moment = datetime(2026, 5, 29, 10, tzinfo=UTC)
    assert chase.work().done == 0
    clock.moment = datetime(2026, 6, 1, 10, tzinfo=UTC)
    assert chase.work().done == 2
    with register.reading() as eyes:
        (posting,) = eyes.postings_of(FIRST)
        assert eyes.postings_of(Reference(2026, 2)) == ()
    assert (posting.kind, posting.status) == (PostingKind.CHASER, PostingStatus.FOR_RELEASE)
    mail = chase.mail.parse(vault.open(posting.raw))
    assert mail.subject == "Re: Domestic homicide review: feedback letter (QA-2026-0001)"
    assert mail.in_reply_to == mail.references == ()
    assert "sent on 1 March 2021" in " ".join(mail.text.split())
    assert chase.work().done == 0


JUNE: dict[str, Any] = {"chase_from": date(2026, 6, 1)}


def test_without_a_day_it_is_not_chased_until_a_person_resumes_it(
    confirm: Confirm, register: Database, vault: Vault, clock: StoppedClock
) -> None:
    confirm(a_list({}))
    with register.register() as pen:
        pen.save_contact(a_contact(reference=str(FIRST), email=COUNCIL_ADDRESS), an_act())
    chase = chase_at(register, vault, clock)
    clock.moment = datetime(2030, 6, 3, 10, tzinfo=UTC)
    assert chase.work().done == 0
    assert "until a person says so: taken in from a list" in chase.standing(FIRST).why
    chase.resume(FIRST, "they have had long enough", by=CASEWORKER)
    assert chase.work().done == 1


def test_what_only_awaits_its_publication_wants_no_facts_of_a_front_page(
    confirm: Confirm, register: Database
) -> None:
    confirm(a_list({}, {"Outcome": "resubmit"}, {"Letter sent": ""}))
    with register.reading() as eyes:
        wanting = eyes.page(RegisterQuery(facts_missing=True, sort="reference")).rows
    assert [row.reference for row in wanting] == [Reference(2026, 2), Reference(2026, 3)]


def test_no_cell_of_a_column_of_real_names_comes_into_register_or_vault(
    importing: Importing, confirm: Confirm, register: Database, vault: Vault
) -> None:
    content = a_list({"Victim": "Jane Invented"}, extra=("Victim",))
    found = importing.preview(content)
    assert found.real_names == ("Victim",)
    assert "Invented" not in repr(found)
    confirm(content)
    file = Path(register.url.removeprefix("sqlite:///"))
    kept = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert b"Maria" in kept
    assert b"Invented" not in kept
    assert list(vault.names()) == []
