from dataclasses import replace

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.contacts import DAC, DAC_OFFICE
from secretariat.domain.found import ReviewKind
from secretariat.domain.ledger import SYSTEM, Event
from secretariat.domain.letter import Fact, Letter, LetterStatus, unconfirmed
from secretariat.domain.letter_content import (
    Addressee,
    Delay,
    LetterKind,
    MeetingMode,
    Point,
    ReviewName,
)
from secretariat.domain.letter_refs import Standing
from secretariat.domain.review import Status
from secretariat.stages.casework import Casework
from secretariat.stages.drafting import Drafting, area_of
from tests.builders import (
    APPROVER,
    CASEWORKER,
    COUNCIL_ADDRESS,
    CSP_ID,
    MET_ON,
    NOTE_TAKER,
    NOW,
    OFFICE_ADDRESS,
    REFERENCE,
    a_contact,
    a_letter_to_approve,
    a_meeting,
    a_paper,
    a_parties,
    a_review,
    a_section,
    an_act,
    an_addressee,
    an_office,
    some_notes,
)
from tests.letter_builders import STYLE, a_directory, a_letter_check, a_press


@pytest.fixture
def drafting(register: Database, vault: Vault) -> Drafting:
    considered = a_review(status=Status.CONSIDERED)
    with register.register() as pen:
        pen.add_review(considered, an_act())
        pen.add_meeting(a_meeting(mode=MeetingMode.VIRTUAL), an_act())
    return Drafting(
        register.register, a_press(), a_directory(), STYLE, a_letter_check(register, vault)
    )


def take(register: Database, **said: object) -> None:
    with register.register() as pen:
        pen.add_notes(some_notes(**said), an_act())


def letters(register: Database) -> tuple[Letter, ...]:
    with register.reading() as eyes:
        return eyes.letters_of(REFERENCE)


def test_a_police_area_that_the_directory_lacks_stops_no_letter(
    drafting: Drafting, register: Database
) -> None:
    take(register)
    with register.register() as pen:
        review = pen.review(REFERENCE)
        parties = a_parties(pfa_codes=("E23000999", "E23000099"))
        pen.save_review(replace(review, parties=parties), an_act())
    assert drafting.work().done == 1
    (letter,) = letters(register)
    assert [copy.pfa_code for copy in letter.copies] == ["E23000099"]


def test_a_letter_is_drafted_once_from_notes_contact_and_register(
    drafting: Drafting, register: Database
) -> None:
    take(register)
    with register.register() as pen:
        pen.save_contact(a_contact(), an_act())
        pen.save_office(an_office(), an_act())
    assert (drafting.work().done, drafting.work().done) == (1, 0)
    (letter,) = letters(register)
    content = letter.content
    assert (letter.status, letter.to, letter.drafted_by) == (
        LetterStatus.DRAFT,
        COUNCIL_ADDRESS,
        SYSTEM,
    )
    assert (content.area, content.local_reference, content.mode) == (
        "Anytown",
        "DHR15",
        MeetingMode.VIRTUAL,
    )
    assert (content.meeting_date, content.addressee) == (MET_ON, an_addressee())
    assert content.copy_offices == ("Police and Crime Commissioner for Anyshire",)
    assert (content.kind, content.review_name) == (LetterKind.FIRST, ReviewName.DHR)
    assert [copy.to for copy in letter.copies] == [OFFICE_ADDRESS]
    assert letter.note_authors == (NOTE_TAKER,)
    assert len(unconfirmed(letter)) == 6


def test_the_sender_of_a_report_is_never_presumed_to_be_the_addressee(
    drafting: Drafting, register: Database
) -> None:
    take(register)
    drafting.work()
    (letter,) = letters(register)
    assert (letter.to, letter.content.addressee) == ("", Addressee())
    assert [copy.to for copy in letter.copies] == [""]


def test_a_draft_takes_up_a_contact_and_an_office_confirmed_later(
    drafting: Drafting, register: Database
) -> None:
    take(register)
    drafting.work()
    with register.register() as pen:
        pen.save_contact(a_contact(reference=CSP_ID), an_act())
        pen.save_office(an_office(), an_act())
    assert (drafting.work().done, drafting.work().done) == (1, 0)
    (letter,) = letters(register)
    assert (letter.to, letter.copies[0].to) == (COUNCIL_ADDRESS, OFFICE_ADDRESS)
    assert letter.content.addressee == an_addressee()


def test_an_office_that_is_confirmed_anew_voids_the_approval_of_a_letter_to_the_old_address(
    drafting: Drafting, register: Database
) -> None:
    approved = a_letter_to_approve(
        status=LetterStatus.APPROVED, approved_by=APPROVER, approved_at=NOW
    )
    with register.register() as pen:
        pen.add_letter(approved, an_act())
        pen.save_office(an_office(), an_act())
    assert drafting.work().done == 0
    with register.register() as pen:
        pen.save_office(an_office(email="new@anyshire-pcc.example"), an_act())
    assert (drafting.work().done, drafting.work().done) == (1, 0)
    (letter,) = letters(register)
    assert (letter.status, letter.approved_by) == (LetterStatus.DRAFT, "")
    assert letter.copies[0].to == "new@anyshire-pcc.example"
    assert unconfirmed(letter) == (Fact.RECIPIENTS,)


def test_a_letter_that_cannot_be_printed_is_not_drafted_and_told(
    drafting: Drafting, register: Database
) -> None:
    take(register, section=a_section(points=(Point("x\x07"),)))
    ((subject, why),) = drafting.work().stuck
    assert subject == str(REFERENCE)
    assert "cannot be printed" in why
    assert letters(register) == ()


def test_newer_notes_at_another_meeting_take_the_place_of_an_open_draft(
    drafting: Drafting, register: Database
) -> None:
    take(register)
    drafting.work()
    with register.register() as pen:
        pen.add_meeting(a_meeting(), an_act())
    take(register, meeting=2)
    drafting.work()
    first, second = letters(register)
    assert (first.status, second.status) == (LetterStatus.ABANDONED, LetterStatus.DRAFT)
    assert (second.number, second.meeting) == (2, 2)


def test_everybody_who_wrote_notes_at_the_meeting_is_barred_from_approving(
    drafting: Drafting, register: Database
) -> None:
    take(register)
    take(register, authors=(CASEWORKER,))
    drafting.work()
    (letter,) = letters(register)
    assert set(letter.note_authors) == {CASEWORKER, NOTE_TAKER}


def test_the_first_sentence_names_the_area_and_not_the_kind_of_body() -> None:
    named = {
        "Kent Community Safety Partnership": "Kent",
        "Anyshire CSP": "Anyshire",
        "Safer Anytown": "Safer Anytown",
        "": "",
    }
    for csp, area in named.items():
        review = a_review(parties=a_parties(csp=csp))
        assert area_of(replace(review, facts=replace(review.facts, csp=None))) == area


def test_a_letter_that_holds_what_must_not_stand_in_one_is_no_draft_and_the_ledger_says_why_once(
    drafting: Drafting, register: Database
) -> None:
    take(register, section=a_section(points=(Point("Ring 020 7035 0000 first."),)))
    ((_, why),) = drafting.work().stuck
    assert why.endswith("the 1st point gives a telephone number that is not configured")
    drafting.work()
    assert letters(register) == ()
    with register.reading() as eyes:
        told = [one for one in eyes.ledger(str(REFERENCE)) if one.what is Event.NOT_DRAFTED]
    assert [one.why for one in told] == [why.removeprefix("the letter cannot be drafted: ")]


def test_two_spaces_of_a_typist_are_one_in_the_draft(
    drafting: Drafting, register: Database
) -> None:
    said = a_section(
        conclusion=("Well written.  Clear.",),
        points=(Point("Add dates.  Number them.", ("a  b",)),),
    )
    take(register, section=said)
    assert drafting.work().done == 1
    (letter,) = letters(register)
    assert letter.content.conclusion == ("Well written. Clear.",)
    assert letter.content.points == (Point("Add dates. Number them.", ("a b",)),)


def test_a_draft_takes_up_who_writes_when_the_configuration_changes(
    drafting: Drafting, register: Database
) -> None:
    take(register)
    drafting.work()
    head = replace(STYLE.head, signatory="Alex Invented")
    later = replace(drafting, style=replace(STYLE, head=head))
    assert (later.work().done, later.work().done) == (1, 0)
    (letter,) = letters(register)
    assert letter.content.head == head


def test_a_draft_puts_the_regret_and_the_asks_as_configured_and_names_partnership_and_review(
    drafting: Drafting, register: Database
) -> None:
    with register.register() as pen:
        review = pen.review(REFERENCE)
        facts = replace(review.facts, review_kind=ReviewKind.DARDR)
        parties = replace(review.parties, csp="Anytown Community Safety Partnership")
        pen.save_review(replace(review, facts=facts, parties=parties), an_act())
    take(register)
    style = replace(STYLE, delay=Delay.STANDARD, asks=("url",))
    assert replace(drafting, style=style).work().done == 1
    (letter,) = letters(register)
    content = letter.content
    assert (content.delay, content.asks) == (Delay.STANDARD, ("url",))
    assert content.partnerships == ("Anytown Community Safety Partnership",)
    assert (content.area, content.review_name) == ("Anytown", ReviewName.DARDR)


def test_a_draft_keeps_the_version_of_the_report_that_its_points_refer_to(
    drafting: Drafting, register: Database, vault: Vault
) -> None:
    text = vault.keep(b"1.1 How it began.\n1.2 How it went on.\n")
    take(register, section=a_section(points=(Point("Paragraphs 1.2 and 7.7 differ."),)))
    with register.register() as pen:
        pen.add_paper(a_paper(sha256="1" * 64, name="v1.pdf", text=text), an_act())
    drafting.work()
    with register.register() as pen:
        pen.add_paper(a_paper(sha256="2" * 64, name="v2.pdf", submission=2), an_act())
    (letter,) = letters(register)
    assert (letter.content.version_named, letter.content.version_sha256) == ("v1.pdf", "1" * 64)
    found = a_letter_check(register, vault).references(REFERENCE, letter.content)
    assert found.report == "v1.pdf"
    assert [(str(one.ref), one.standing) for one in found.cited] == [
        ("paragraph 1.2", Standing.FOUND),
        ("paragraph 7.7", Standing.NOT_FOUND),
    ]


def test_the_commissioner_gets_a_copy_where_configured_to_an_address_that_staff_confirmed(
    drafting: Drafting, register: Database, clock: StoppedClock
) -> None:
    take(register)
    office = replace(drafting, style=replace(STYLE, dac_copy=True))
    assert office.work().done == 1
    (letter,) = letters(register)
    assert [(copy.office, copy.to) for copy in letter.copies if copy.pfa_code == DAC] == [
        (DAC_OFFICE, "")
    ]
    assert DAC_OFFICE in letter.content.copy_offices
    casework = Casework(register.register, office.directory, clock, lambda posting, _: posting)
    casework.confirm_office(DAC, "dac@commissioner.example", by=CASEWORKER)
    assert office.work().done == 1
    (letter,) = letters(register)
    assert "dac@commissioner.example" in [copy.to for copy in letter.copies]
