"""What a person says about a case: nothing is deleted, every act has its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database
from secretariat.domain.council import (
    BodyType,
    Csp,
    CspKind,
    NotInDirectory,
    PoliceArea,
    directory_of,
)
from secretariat.domain.errors import NotFound, Refused, StaleVersion, UnlawfulMove
from secretariat.domain.ledger import Event, broken_at
from secretariat.domain.letter import LetterStatus, approve
from secretariat.domain.papers import PaperKind
from secretariat.domain.post_in import MailState, Paper
from secretariat.domain.reference import Reference
from secretariat.domain.review import MatterStatus, Review, Status
from secretariat.stages.casework import Casework
from tests.builders import (
    APPROVER,
    CASEWORKER,
    CSP,
    CSP_ID,
    NOW,
    OFFICE_ADDRESS,
    REFERENCE,
    TODAY,
    a_letter_to_approve,
    a_mail,
    a_matter,
    a_paper,
    a_review,
    an_act,
    an_addressee,
    some_facts,
    some_kept_names,
)

OTHER = Reference(2026, 2)
WHY = "Jo Bloggs rang and said so"
DIRECTORY = directory_of(
    (
        Csp(CSP_ID, CSP, CspKind.ONS, ("anyshire",), "E23000099", CSP_ID),
        Csp(
            "otherton",
            "Otherton Safer Together",
            CspKind.ONS,
            ("otherton",),
            "E23000098",
            "otherton",
        ),
    ),
    (),
    (
        PoliceArea("E23000099", "Anyshire", BodyType.PCC, "Commissioner for Anyshire"),
        PoliceArea("E23000098", "Otherton", BodyType.PCC, "Commissioner for Otherton"),
    ),
)


@pytest.fixture
def casework(register: Database, clock: StoppedClock) -> Casework:
    """Two reviews: the first has a report and a summary, the second a report of its own."""
    with register.register() as pen:
        pen.add_review(a_review(), an_act())
        pen.add_review(
            a_review(reference=OTHER, facts=some_facts(local_reference="DHR16")), an_act()
        )
        pen.add_paper(a_paper(), an_act())
        pen.add_paper(a_paper(name="Summary.pdf", sha256="11" * 32), an_act())
        pen.add_paper(a_paper(reference=OTHER, sha256="22" * 32), an_act())
    return Casework(register.register, DIRECTORY, clock)


def review_of(register: Database, reference: Reference = REFERENCE) -> Review:
    with register.reading() as reading:
        return reading.review(reference)


def papers_of(register: Database, reference: Reference) -> tuple[Paper, ...]:
    with register.reading() as reading:
        return reading.papers(reference)


def in_use(register: Database, reference: Reference) -> list[str]:
    """Return the first two digits of each paper's hash, in order."""
    return [one.sha256[:2] for one in papers_of(register, reference) if not one.set_aside]


def told(register: Database, reference: Reference = REFERENCE) -> list[tuple[Event, str]]:
    with register.reading() as reading:
        entries = reading.ledger(str(reference))
    assert broken_at(entries) is None
    return [(entry.what, entry.wording or "") for entry in entries]


def test_facts_are_said_by_a_person_with_the_reason(casework: Casework, register: Database) -> None:
    facts = some_facts(author="N. Writer")
    casework.change_facts(REFERENCE, facts, version=0, by=CASEWORKER, why=WHY)
    assert review_of(register).facts == facts
    assert told(register)[-1] == (Event.FACTS_CHANGED, WHY)


def test_two_people_with_one_page_cannot_both_save(casework: Casework, register: Database) -> None:
    first, second = some_facts(author="N. Writer"), some_facts(author="M. Writer")
    casework.change_facts(REFERENCE, first, version=0, by=CASEWORKER)
    with pytest.raises(StaleVersion):
        casework.change_facts(REFERENCE, second, version=0, by=APPROVER)
    with pytest.raises(StaleVersion):
        casework.say_partnership(REFERENCE, ["otherton"], version=0, by=APPROVER)
    assert review_of(register).facts == first
    assert len(told(register)) == 4


def test_the_partnership_comes_from_the_directory_the_lead_first(casework: Casework) -> None:
    said = casework.say_partnership(REFERENCE, ["otherton", CSP_ID], version=0, by=CASEWORKER)
    assert said.parties.csp == f"Otherton Safer Together and {CSP}"
    assert said.parties.pfa_codes == ("E23000098", "E23000099")
    assert said.parties.sure


@pytest.mark.parametrize("ids", [[], ["narnia"]])
def test_a_partnership_that_the_directory_does_not_have_is_refused(
    casework: Casework, register: Database, ids: list[str]
) -> None:
    with pytest.raises((Refused, NotInDirectory)):
        casework.say_partnership(REFERENCE, ids, version=0, by=CASEWORKER)
    assert review_of(register).parties.csp_ids == (CSP_ID,)


def test_an_owner_takes_a_review_and_gives_it_back(casework: Casework, register: Database) -> None:
    casework.set_owner(REFERENCE, APPROVER, by=CASEWORKER)
    assert review_of(register).owner == APPROVER
    assert casework.set_owner(REFERENCE, "", by=APPROVER).owner == ""
    assert [what for what, _ in told(register)][-2:] == [Event.OWNER_CHANGED] * 2


def test_a_contact_is_confirmed_by_a_named_person(casework: Casework, register: Database) -> None:
    casework.confirm_contact(str(REFERENCE), " jo@anyshire.example ", an_addressee(), by=CASEWORKER)
    with register.reading() as reading:
        contact = reading.contact(str(REFERENCE))
    assert contact
    assert (contact.email, contact.confirmed_by) == ("jo@anyshire.example", CASEWORKER)


@pytest.mark.parametrize(
    "typed",
    [
        "jo",
        "@",
        "jo@",
        "jo@anyshire",
        "Jo <jo@a.example>",
        "a@b.example, c@d.example",
        "a@b.ex\nTo: x",
    ],
)
def test_what_is_not_one_address_is_never_written_to(
    casework: Casework, register: Database, typed: str
) -> None:
    with pytest.raises(Refused, match="not one e-mail address"):
        casework.confirm_contact(str(REFERENCE), typed, an_addressee(), by=CASEWORKER)
    with pytest.raises(Refused, match="not one e-mail address"):
        casework.confirm_office("E23000099", typed, by=CASEWORKER)
    with register.reading() as reading:
        assert reading.contact(str(REFERENCE)) is None


def test_an_offices_address_is_confirmed(casework: Casework, register: Database) -> None:
    casework.confirm_office("E23000099", OFFICE_ADDRESS, by=CASEWORKER)
    with register.reading() as reading:
        office = reading.office("E23000099")
    assert office
    assert office.email == OFFICE_ADDRESS


def test_a_merge_moves_the_papers_in_use_and_loses_nothing(
    casework: Casework, register: Database
) -> None:
    casework.merge(REFERENCE, OTHER, WHY, by=CASEWORKER)
    merged = review_of(register)
    assert (merged.status, merged.merged_into) == (Status.MERGED, OTHER)
    assert in_use(register, REFERENCE) == []
    assert in_use(register, OTHER) == ["22", "ab", "11"]
    assert len(papers_of(register, REFERENCE)) == 2
    assert (Event.MERGED, WHY) in told(register, REFERENCE)
    assert (Event.MERGED, WHY) in told(register, OTHER)


def test_a_paper_that_both_reviews_have_is_not_doubled(
    casework: Casework, register: Database
) -> None:
    with register.register() as pen:
        pen.add_paper(a_paper(reference=OTHER, mail=None), an_act())
    casework.merge(REFERENCE, OTHER, WHY, by=CASEWORKER)
    assert in_use(register, OTHER) == ["22", "ab", "11"]


def test_a_merge_that_was_wrong_is_taken_back_whole(casework: Casework, register: Database) -> None:
    casework.merge(REFERENCE, OTHER, WHY, by=CASEWORKER)
    reopened = casework.reopen(REFERENCE, "they are two deaths", by=CASEWORKER)
    assert (reopened.status, reopened.merged_into) == (Status.RECEIVED, None)
    assert in_use(register, REFERENCE) == ["ab", "11"]
    assert in_use(register, OTHER) == ["22"]
    assert told(register)[-1] == (Event.MOVED, "they are two deaths")


@pytest.mark.parametrize("into", [REFERENCE, Reference(2026, 3)])
def test_a_review_is_merged_into_another_that_is_there(casework: Casework, into: Reference) -> None:
    with pytest.raises((Refused, NotFound)):
        casework.merge(REFERENCE, into, WHY, by=CASEWORKER)


def test_nothing_is_merged_into_what_was_itself_merged(
    casework: Casework, register: Database
) -> None:
    casework.merge(OTHER, REFERENCE, WHY, by=CASEWORKER)
    with pytest.raises(Refused, match="is itself merged"):
        casework.merge(REFERENCE, OTHER, WHY, by=CASEWORKER)
    assert review_of(register).status is Status.RECEIVED


def test_a_split_makes_a_review_of_its_own_without_presuming_its_facts(
    casework: Casework, register: Database
) -> None:
    summary = papers_of(register, REFERENCE)[1].number
    new = casework.split(REFERENCE, [summary], WHY, by=CASEWORKER)
    assert new.reference == Reference(2026, 3)
    assert new.facts.pseudonyms == ()
    assert not new.parties.sure
    assert in_use(register, REFERENCE) == ["ab"]
    assert in_use(register, new.reference) == ["11"]
    assert (Event.SPLIT, WHY) in told(register, REFERENCE)
    assert (Event.SPLIT, WHY) in told(register, new.reference)


def test_what_was_split_off_and_merged_back_is_in_use_again(
    casework: Casework, register: Database
) -> None:
    summary = papers_of(register, REFERENCE)[1].number
    new = casework.split(REFERENCE, [summary], WHY, by=CASEWORKER)
    casework.merge(new.reference, REFERENCE, "it was one death", by=CASEWORKER)
    assert in_use(register, REFERENCE) == ["ab", "11"]
    assert len(papers_of(register, REFERENCE)) == 2


@pytest.mark.parametrize("some", [slice(0), slice(2)], ids=["none", "all"])
def test_a_split_takes_some_papers_but_not_all(
    casework: Casework, register: Database, some: slice
) -> None:
    numbers = [paper.number for paper in papers_of(register, REFERENCE)][some]
    with pytest.raises(Refused):
        casework.split(REFERENCE, numbers, WHY, by=CASEWORKER)
    assert in_use(register, REFERENCE) == ["ab", "11"]


def keep_names(register: Database, reference: Reference) -> None:
    with register.register() as pen:
        kept = some_kept_names(reference=reference, sealed=f"sealed for {reference}")
        pen.keep_names(reference, (kept,), an_act(what=Event.NAMES_KEPT))


def kept_for(register: Database, reference: Reference) -> list[str]:
    with register.reading() as reading:
        return [one.sealed for one in reading.kept_names(reference)]


def test_names_kept_follow_a_merge_and_go_back_with_what_was_merged(
    casework: Casework, register: Database
) -> None:
    for reference in (REFERENCE, OTHER):
        keep_names(register, reference)
    casework.merge(REFERENCE, OTHER, WHY, by=CASEWORKER)
    assert kept_for(register, OTHER) == [f"sealed for {REFERENCE}", f"sealed for {OTHER}"]
    with register.reading() as reading:
        ledger = reading.ledger(str(OTHER))
    assert f"2 names kept for the check, of {REFERENCE}" in [entry.why for entry in ledger]
    casework.reopen(REFERENCE, "they are two deaths", by=CASEWORKER)
    assert kept_for(register, OTHER) == [f"sealed for {OTHER}"]
    assert kept_for(register, REFERENCE) == [f"sealed for {REFERENCE}"]


@pytest.mark.parametrize("named", [True, False])
def test_a_letter_approved_before_a_merge_brought_names_is_a_draft_again(
    casework: Casework, register: Database, named: bool
) -> None:
    with register.register() as pen:
        approved = approve(a_letter_to_approve(reference=OTHER, meeting=None), by=APPROVER, at=NOW)
        pen.add_letter(approved, an_act())
    if named:
        keep_names(register, REFERENCE)
    casework.merge(REFERENCE, OTHER, WHY, by=CASEWORKER)
    with register.reading() as reading:
        status = reading.letter(OTHER, 1).status
    assert status is (LetterStatus.DRAFT if named else LetterStatus.APPROVED)


def test_names_kept_before_a_split_count_for_both_parts(
    casework: Casework, register: Database
) -> None:
    keep_names(register, REFERENCE)
    summary = papers_of(register, REFERENCE)[1].number
    new = casework.split(REFERENCE, [summary], WHY, by=CASEWORKER)
    assert kept_for(register, new.reference) == kept_for(register, REFERENCE)
    assert kept_for(register, REFERENCE) == [f"sealed for {REFERENCE}"]
    with register.reading() as reading:
        assert reading.ledger(str(new.reference))[-1].what is Event.NAMES_KEPT


def test_an_undone_registration_stays_and_can_be_reopened(
    casework: Casework, register: Database
) -> None:
    casework.undo(REFERENCE, WHY, by=CASEWORKER)
    assert review_of(register).status is Status.UNDONE
    assert casework.reopen(REFERENCE, WHY, by=CASEWORKER).status is Status.RECEIVED
    assert in_use(register, REFERENCE) == ["ab", "11"]


def test_reopening_brings_back_no_paper_that_was_split_off(
    casework: Casework, register: Database
) -> None:
    summary = papers_of(register, REFERENCE)[1].number
    casework.split(REFERENCE, [summary], WHY, by=CASEWORKER)
    casework.undo(REFERENCE, WHY, by=CASEWORKER)
    casework.reopen(REFERENCE, WHY, by=CASEWORKER)
    assert in_use(register, REFERENCE) == ["ab"]


def test_a_council_withdraws_its_report(casework: Casework, register: Database) -> None:
    casework.withdraw(REFERENCE, WHY, by=CASEWORKER)
    assert review_of(register).status is Status.WITHDRAWN
    with pytest.raises(UnlawfulMove):
        casework.undo(REFERENCE, WHY, by=CASEWORKER)


@pytest.mark.parametrize("act", ["undo", "withdraw", "reopen"])
@pytest.mark.parametrize("why", ["", "  \n"])
def test_each_of_these_needs_a_reason(casework: Casework, act: str, why: str) -> None:
    with pytest.raises(Refused, match="say why"):
        getattr(casework, act)(REFERENCE, why, by=CASEWORKER)


def test_merge_and_split_need_a_reason(casework: Casework) -> None:
    with pytest.raises(Refused, match="say why"):
        casework.merge(REFERENCE, OTHER, " ", by=CASEWORKER)
    with pytest.raises(Refused, match="say why"):
        casework.split(REFERENCE, [1], "", by=CASEWORKER)


def test_a_paper_is_called_what_it_is(casework: Casework, register: Database) -> None:
    number = papers_of(register, REFERENCE)[1].number
    casework.name_paper(REFERENCE, number, PaperKind.EXECUTIVE_SUMMARY, by=CASEWORKER)
    assert papers_of(register, REFERENCE)[1].kind == PaperKind.EXECUTIVE_SUMMARY
    with pytest.raises(NotFound):
        casework.name_paper(OTHER, number, PaperKind.EXECUTIVE_SUMMARY, by=CASEWORKER)


def test_a_matter_is_owned_and_answered(casework: Casework, register: Database) -> None:
    with register.register() as pen:
        matter = pen.add_matter(a_matter(), an_act())
    owned = casework.own_matter(matter.number, CASEWORKER, version=matter.version, by=CASEWORKER)
    answered = casework.answer_matter(matter.number, WHY, version=owned.version, by=CASEWORKER)
    assert (answered.status, answered.since, answered.owner) == (
        MatterStatus.ANSWERED,
        TODAY,
        CASEWORKER,
    )
    with pytest.raises(StaleVersion):
        casework.answer_matter(matter.number, WHY, version=owned.version, by=APPROVER)
    with pytest.raises(Refused, match="say why"):
        casework.answer_matter(matter.number, "", version=answered.version, by=CASEWORKER)


def test_an_answer_that_was_dealt_with_pauses_no_chase(
    casework: Casework, register: Database
) -> None:
    with register.register() as pen:
        mail = pen.add_mail(replace(a_mail(), state=MailState.HELD, unread_answer=True), an_act())
    casework.mark_read(mail.number, "they asked for a week", by=CASEWORKER)
    with register.reading() as reading:
        found = reading.mail(mail.number)
    assert (found.unread_answer, found.state) == (False, MailState.JOINED)
