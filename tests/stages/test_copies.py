"""Copies from draft to outbox: one mail apart for each police area, named by its office's kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.config import defaults
from secretariat.config.directory import read_directory
from secretariat.domain.calendar import OfficeHours, bank_holidays
from secretariat.domain.contacts import Office
from secretariat.domain.letter import Fact, Letter
from secretariat.domain.mail import Mail
from secretariat.domain.review import Outcome, Status
from secretariat.stages.approval import Approval
from secretariat.stages.drafting import Drafting
from tests.builders import (
    APPROVER,
    CASEWORKER,
    COUNCIL_ADDRESS,
    NOW,
    REFERENCE,
    a_contact,
    a_meeting,
    a_parties,
    a_review,
    an_act,
    some_notes,
)
from tests.dispatch_builders import seat
from tests.letter_builders import (
    STYLE,
    RememberingOutbox,
    a_letter_check,
    a_press,
    vouch_for_wording,
)

DIRECTORY = read_directory(defaults() / "config" / "directory")
KENT, MANCHESTER, CITY, MET = "E23000032", "E23000005", "E23000034", "E23000001"


@dataclass
class Journey:
    """A considered review on its way from notes to letters that left."""

    register: Database
    vault: Vault
    clock: StoppedClock

    def draft(self, areas: tuple[str, ...]) -> Letter:
        parties = a_parties(pfa_codes=areas)
        review = a_review(status=Status.CONSIDERED, outcome=Outcome.PUBLISH, parties=parties)
        with self.register.register() as pen:
            pen.add_review(review, an_act())
            pen.add_meeting(a_meeting(), an_act())
            pen.save_contact(a_contact(), an_act())
            for code in areas:
                pen.save_office(
                    Office(code, f"{code.lower()}@pcc.example", CASEWORKER, NOW), an_act()
                )
            pen.add_notes(some_notes(), an_act())
        Drafting(
            self.register.register,
            a_press(),
            DIRECTORY,
            STYLE,
            a_letter_check(self.register, self.vault),
        ).work()
        with self.register.reading() as reading:
            return reading.letter(REFERENCE, 1)

    def send(self) -> list[Mail]:
        hours, free = OfficeHours(time(9), time(17)), bank_holidays((2026,))
        approval = Approval(self.register.register, a_press(), self.vault, self.clock, hours, free)
        with self.register.reading() as eyes:
            vouch_for_wording(approval, eyes.letter(REFERENCE, 1))
        letter = approval.confirm(REFERENCE, 1, tuple(Fact), version=0, by=CASEWORKER)
        approval.approve(REFERENCE, 1, version=letter.version, by=APPROVER)
        outbox = RememberingOutbox()
        dispatch = seat(self.register.register, self.vault, outbox, self.clock)
        dispatch.switch(True, by=APPROVER, why="we are ready")
        dispatch.work()
        return [MimeReading(str).parse(raw) for _, raw in outbox.left]


@pytest.fixture
def journey(register: Database, vault: Vault, clock: StoppedClock) -> Journey:
    return Journey(register, vault, clock)


@pytest.mark.parametrize(
    ("areas", "sentence"),
    [
        ((KENT,), "copying this letter to the PCC for information"),
        ((MANCHESTER,), "the Mayor of Greater Manchester"),
        ((MET,), "the Mayor's Office for Policing and Crime"),
        ((CITY,), "the City of London Police Authority"),
        ((MET, CITY), "the Mayor's Office for Policing and Crime (MOPAC) and the City of London"),
    ],
)
def test_the_letter_names_each_office_by_its_kind_and_each_gets_a_mail_apart(
    journey: Journey, areas: tuple[str, ...], sentence: str
) -> None:
    letter = journey.draft(areas)
    said = a_press().paragraphs(a_press().print(letter.content).docx)
    assert any(sentence in each.replace("’", "'") for each in said)
    mails = journey.send()
    expected = [COUNCIL_ADDRESS, *(f"{code.lower()}@pcc.example" for code in areas)]
    assert [each.recipients for each in mails] == [(to,) for to in expected]
    for mail, code in zip(mails[1:], areas, strict=True):
        office = DIRECTORY.police_area(code).copy_to
        assert f"To the {office}" in mail.text
        assert [each.name for each in mail.parts] == [f"{REFERENCE} feedback letter.docx"]
        assert (mail.header("Cc"), mail.header("Bcc")) == ("", "")
        assert "Maria" not in mail.subject + mail.text
