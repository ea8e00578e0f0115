"""Intake on real parts: what becomes of each mail, in the register and in the mailbox."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.contacts import Contact
from secretariat.domain.errors import Refused, StaleVersion
from secretariat.domain.ledger import Event
from secretariat.domain.letter import LetterStatus
from secretariat.domain.letter_content import Addressee
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.post_in import Due, MailKind, MailState
from secretariat.domain.publication import LinkStatus
from secretariat.domain.review import MatterKind, Status
from secretariat.domain.undelivered import REACHED, reach
from tests.builders import APPROVER, CASEWORKER, NOW, TODAY, a_letter_to_approve, an_act
from tests.intake_builders import OTHERTON, PROVED, Desk, a_plan, a_report
from tests.mail_builders import CORPUS, COUNCIL, OURS, STAFF, a_raw
from tests.papers_builders import a_pdf, a_picture_pdf, a_zip

PAGE = "https://www.anyshire.gov.uk/dhr/maria"


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


def test_a_submission_is_registered_with_what_its_cover_states(desk: Desk) -> None:
    mail = desk.take({"Overview.pdf": a_report(), "Plan.pdf": a_plan()}, subject="DHR15")
    review = desk.review(mail.references[0])
    assert (mail.kind, mail.state) == (MailKind.SUBMISSION, MailState.REGISTERED)
    assert str(review.reference) == "QA-2026-0001"
    assert (review.status, review.received_on, review.sender) == (
        Status.RECEIVED,
        TODAY,
        COUNCIL,
    )
    assert review.parties.csp_ids == ("anytown",)
    assert review.parties.council_ids == ("anyshire",)
    assert review.parties.sure
    assert review.facts.pseudonyms == ("Maria",)
    assert review.facts.local_reference == "DHR15"
    assert review.facts.chair is None
    assert desk.filed("Registered") == [mail.place]


def test_every_paper_is_in_the_vault_and_its_text_once_it_is_read_behind(desk: Desk) -> None:
    mail = desk.take({"Overview.pdf": a_report(), "Plan.pdf": a_plan()})
    with desk.register.reading() as reading:
        waiting = reading.papers(mail.references[0])
    assert [(paper.text, paper.due) for paper in waiting] == [("", Due.READING)] * 2
    assert waiting[0].front
    assert {each.fact for each in waiting[0].found} >= {"csp", "pseudonyms", "local_reference"}
    desk.read()
    with desk.register.reading() as reading:
        papers = reading.papers(mail.references[0])
    assert [paper.kind for paper in papers] == [PaperKind.OVERVIEW_REPORT, PaperKind.ACTION_PLAN]
    assert all(paper.mail == mail.number and paper.submission == 1 for paper in papers)
    assert desk.vault.open(papers[0].sha256) == a_report()
    assert b"Overview Report" in desk.vault.open(papers[0].text)
    assert desk.vault.has(mail.raw)


def test_papers_in_a_zip_and_in_a_mail_passed_on_are_read(desk: Desk) -> None:
    zipped = desk.take({"papers.zip": a_zip({"Overview.pdf": a_report()})})
    inner = a_raw({"Overview.pdf": a_report("Jane", local="DHR16")})
    passed_on = desk.take({"Our report.eml": inner}, subject="FW: DHR16")
    assert zipped.state is passed_on.state is MailState.REGISTERED
    assert desk.review(passed_on.references[0]).facts.pseudonyms == ("Jane",)


def test_a_scan_is_registered_with_nothing_guessed(desk: Desk) -> None:
    mail = desk.take(
        {"scan.pdf": a_picture_pdf()}, subject="Submission of our domestic homicide review"
    )
    review = desk.review(mail.references[0])
    assert review.facts.pseudonyms == ()
    with desk.register.reading() as reading:
        assert reading.papers(review.reference)[0].reading == ReadingStatus.NO_TEXT


def test_clues_that_disagree_are_for_a_person(desk: Desk) -> None:
    mail = desk.take({"Overview.pdf": a_report(csp=OTHERTON)}, subject="DHR15")
    parties = desk.review(mail.references[0]).parties
    assert parties.csp_ids == ()
    assert not parties.sure
    assert "disagree" in parties.why


def test_a_file_that_breaks_every_reader_is_held_with_the_reason(desk: Desk) -> None:
    mail = desk.take({"Overview report.pdf": b"%PDF-1.4 broken"}, subject="DHR attached")
    assert mail.state is MailState.HELD
    assert "damaged" in mail.why
    assert desk.vault.has(mail.attachments[0].sha256)
    assert desk.filed("Held") == [mail.place]


@pytest.mark.parametrize(
    "name", ["empty", "bytes-of-a-picture", "no-boundary", "no-headers-at-all"]
)
def test_a_mail_that_no_parser_makes_whole_is_kept_and_held(desk: Desk, name: str) -> None:
    raw = (CORPUS / f"{name}.eml").read_bytes()
    place = desk.deliver(raw)
    desk.deliver(a_raw({"Overview.pdf": a_report()}, message_id="<after@anyshire.gov.uk>"))
    assert desk.intake().work().done == 2
    with desk.register.reading() as reading:
        mail = reading.mail_at(place)
    assert mail is not None
    assert mail.state is MailState.HELD
    assert desk.vault.open(mail.raw) == raw


def test_two_reports_of_two_reviews_in_one_mail_are_held(desk: Desk) -> None:
    mail = desk.take({"one.pdf": a_report(), "two.pdf": a_report("Jane", local="DHR16")})
    assert mail.state is MailState.HELD
    assert "more than one review" in mail.why


# Acknowledgements


def test_a_proved_council_is_acknowledged_once_and_nothing_personal_leaves(desk: Desk) -> None:
    reference = desk.submit(subject="DHR about Maria")
    (posting,) = desk.acknowledgements(reference)
    mail = desk.parsed(posting)
    assert (posting.status, posting.to, posting.leave_on) == (PostingStatus.READY, COUNCIL, TODAY)
    assert str(reference) in mail.subject
    assert mail.header("Auto-Submitted") == "auto-replied"
    assert "Maria" not in mail.subject + mail.text
    assert mail.in_reply_to


def test_an_unproved_sender_waits_for_a_persons_release(desk: Desk) -> None:
    mail = desk.take({"Overview.pdf": a_report()})
    (posting,) = desk.acknowledgements(mail.references[0])
    assert posting.status is PostingStatus.FOR_RELEASE
    assert "nothing proves" in posting.why


def test_a_confirmed_contact_is_answered_without_proof(desk: Desk) -> None:
    contact = Contact("anytown", COUNCIL, Addressee(), CASEWORKER, NOW)
    with desk.pen() as register:
        register.save_contact(contact, an_act(what=Event.CONTACT_CONFIRMED))
    mail = desk.take({"Overview.pdf": a_report()})
    assert desk.acknowledgements(mail.references[0])[0].status is PostingStatus.READY


@pytest.mark.parametrize(
    "said",
    [
        {"headers": (*PROVED, ("List-Id", "<x.anyshire.gov.uk>"))},
        {"headers": (*PROVED, ("X-Auto-Response-Suppress", "All"))},
        {"sender": STAFF},
    ],
)
def test_lists_and_ourselves_are_never_acknowledged(desk: Desk, said: dict[str, object]) -> None:
    mail = desk.take({"Overview.pdf": a_report()}, **said)
    assert mail.state is MailState.REGISTERED
    assert desk.acknowledgements(mail.references[0]) == []


def test_further_submissions_of_a_day_share_the_next_days_single_mail(desk: Desk) -> None:
    one, two, three = (
        desk.submit(name, local=local)
        for name, local in (("Maria", "DHR1"), ("Jane", "DHR2"), ("Rose", "DHR3"))
    )
    (first,) = desk.acknowledgements(one)
    with desk.register.reading() as reading:
        tomorrow = TODAY + timedelta(days=1)
        (second,) = reading.mails_for(COUNCIL, tomorrow)
    assert first.references == (one,)
    assert second.references == (two, three)
    assert f"{two}, {three}" in desk.parsed(second).subject
    assert desk.acknowledgements(three) == [second]


def test_what_sending_on_hold_kept_back_is_named_in_one_mail(desk: Desk) -> None:
    one = desk.submit(local="DHR1")
    desk.days_pass()
    two = desk.submit("Jane", local="DHR2")
    (posting,) = desk.acknowledgements(one)
    assert posting.references == (one, two)


def test_after_a_restore_a_person_releases_every_acknowledgement(desk: Desk) -> None:
    with desk.register.register() as register:
        register.save_switch(replace(register.switch(), reconcile=True), an_act())
    (posting,) = desk.acknowledgements(desk.submit())
    assert posting.status is PostingStatus.FOR_RELEASE
    assert "acknowledged before" in posting.why


def test_old_mail_is_registered_in_silence(desk: Desk) -> None:
    desk.policy = replace(desk.policy, go_live=date(2026, 3, 11))
    reference = desk.submit()
    assert desk.review(reference).quiet
    assert desk.review(reference).received_on == TODAY
    assert desk.acknowledgements(reference) == []


def test_a_damaged_attachment_beside_a_report_is_told(desk: Desk) -> None:
    raw = a_raw({"Overview.pdf": a_report(), "Plan.pdf": b"%PDF-1.4 a plan"})
    cut = raw.replace(b"JVBERi0xLjQgYSBwbGFu", b"JVBERi0xLjQgYSBwbG")
    place = desk.deliver(cut)
    desk.intake().work()
    with desk.register.reading() as reading:
        mail = reading.mail_at(place)
    assert mail is not None
    assert mail.state is MailState.REGISTERED
    assert "an attachment is damaged" in mail.why


# Seen before


def test_the_same_mail_again_is_noted_and_nothing_new_registered(desk: Desk) -> None:
    reference = desk.submit(message_id="<same@anyshire.gov.uk>")
    again = desk.take({"Overview.pdf": a_report()}, message_id="<same@anyshire.gov.uk>")
    assert (again.state, again.references) == (MailState.NOTED, (reference,))
    assert len(desk.acknowledgements(reference)) == 1


def test_the_same_message_id_with_other_papers_is_held(desk: Desk) -> None:
    desk.submit(message_id="<same@anyshire.gov.uk>")
    other = desk.take({"Overview.pdf": a_report("Jane")}, message_id="<same@anyshire.gov.uk>")
    assert other.state is MailState.HELD


def test_the_same_papers_from_another_sender_are_noted_on_the_review(desk: Desk) -> None:
    reference = desk.submit()
    mail = desk.take({"Overview.pdf": a_report()}, sender="an.author@elsewhere.example")
    assert (mail.state, mail.references) == (MailState.NOTED, (reference,))
    with desk.register.reading() as reading:
        assert Event.SAME_PAPERS in [entry.what for entry in reading.ledger(str(reference))]
        assert len(reading.papers(reference)) == 1


def test_a_second_part_from_another_address_is_held_with_the_review_named(desk: Desk) -> None:
    reference = desk.submit()
    other = "an.other@anyshire.gov.uk"
    part_two = desk.take({"Plan.pdf": a_plan()}, subject="DHR15 part two", sender=other)
    assert part_two.state is MailState.HELD
    assert str(reference) in part_two.why


def test_another_review_of_the_same_partnership_is_registered(desk: Desk) -> None:
    assert desk.submit() != desk.submit("Jane", local="DHR16")


# Answers on our thread


def test_papers_on_our_thread_join_their_review(desk: Desk) -> None:
    reference = desk.submit()
    (ours,) = desk.acknowledgements(reference)
    mail = desk.take({"Plan.pdf": a_plan()}, answers=ours.message_id, subject="Re: received")
    assert (mail.kind, mail.state) == (MailKind.FURTHER_PAPERS, MailState.JOINED)
    with desk.register.reading() as reading:
        assert [paper.submission for paper in reading.papers(reference)] == [1, 1]


def test_papers_of_another_partnership_do_not_join(desk: Desk) -> None:
    reference = desk.submit()
    mail = desk.take(
        {"Plan.pdf": a_plan(csp=OTHERTON)},
        subject=f"Re: {reference}",
        sender="x@othershire.gov.uk",
    )
    assert mail.state is MailState.HELD
    assert mail.unread_answer


def test_the_same_papers_on_our_thread_are_noted(desk: Desk) -> None:
    reference = desk.submit()
    mail = desk.take({"Overview.pdf": a_report()}, subject=f"Re: {reference}")
    assert mail.state is MailState.NOTED


def stand_at(desk: Desk, status: Status) -> None:
    with desk.pen() as register:
        (review,) = register.reviews(Status.RECEIVED)
        register.save_review(replace(review, status=status), an_act(what=Event.MOVED))


def test_a_resubmission_is_the_second_submission_of_its_review(desk: Desk) -> None:
    reference = desk.submit()
    stand_at(desk, Status.RESUBMISSION_AWAITED)
    revised = a_pdf(
        ("Anytown Community Safety Partnership", "Domestic Homicide Review", "Overview Report"),
        ("Revised",),
    )
    mail = desk.take({"v2.pdf": revised}, subject=f"RE: {reference}")
    assert mail.state is MailState.JOINED
    assert desk.review(reference).status is Status.RECEIVED
    with desk.register.reading() as reading:
        assert [paper.submission for paper in reading.papers(reference)] == [1, 2]


def test_papers_that_nobody_waits_for_are_shown_to_a_person(desk: Desk) -> None:
    reference = desk.submit()
    stand_at(desk, Status.PUBLICATION_AWAITED)
    mail = desk.take({"Plan.pdf": a_plan()}, subject=f"RE: {reference}")
    assert (mail.state, mail.unread_answer) == (MailState.JOINED, True)


def test_a_link_on_our_thread_is_noted_for_the_check_and_pauses_the_chase(desk: Desk) -> None:
    reference = desk.submit()
    ours = desk.posted(reference)
    mail = desk.take(answers=ours.message_id, body=f"It is now published: {PAGE}\n")
    assert (mail.kind, mail.state, mail.unread_answer) == (
        MailKind.PUBLICATION_NOTICE,
        MailState.JOINED,
        True,
    )
    with desk.register.reading() as reading:
        (link,) = reading.links_of(reference)
        assert (link.url, link.mail) == (PAGE, mail.number)


def test_a_link_that_a_council_gives_again_is_checked_again(desk: Desk) -> None:
    reference = desk.submit()
    ours = desk.posted(reference)
    desk.take(answers=ours.message_id, body=f"It is now published: {PAGE}\n")
    with desk.register.register() as pen:
        (link,) = pen.links_of(reference)
        pen.save_link(replace(link, status=LinkStatus.CHECKED), an_act())
    mail = desk.take(answers=ours.message_id, body=f"Now it is really there: {PAGE}\n")
    with desk.register.reading() as reading:
        (link,) = reading.links_of(reference)
    assert (link.status, link.mail) == (LinkStatus.GIVEN, mail.number)


def test_a_link_without_thread_or_reference_is_held(desk: Desk) -> None:
    desk.submit()
    mail = desk.take(body=f"The DHR is now published: {PAGE}")
    assert (mail.kind, mail.state) == (MailKind.PUBLICATION_NOTICE, MailState.HELD)
    assert not mail.unread_answer


def test_any_other_answer_is_held_and_pauses_the_chase(desk: Desk) -> None:
    reference = desk.submit()
    ours = desk.posted(reference)
    mail = desk.take(answers=ours.message_id, body="We hope to do so in May.")
    assert mail.state is MailState.HELD
    with desk.register.reading() as reading:
        (unread,) = reading.unread_answers()
        assert unread.references == (reference,)


def test_an_automatic_reply_is_noted_and_pauses_nothing(desk: Desk) -> None:
    ours = desk.posted(desk.submit())
    mail = desk.take(answers=ours.message_id, subject="Automatic reply: your review")
    assert (mail.state, mail.unread_answer) == (MailState.NOTED, False)


def test_a_bounce_marks_the_mail_of_ours_that_did_not_arrive(desk: Desk) -> None:
    reference = desk.submit()
    ours = desk.posted(
        reference, message_id="<QA-2026-0001.feedback-letter.abc@homeoffice.example>"
    )
    desk.deliver((CORPUS / "exchange-bounce.eml").read_bytes())
    desk.intake().work()
    with desk.register.reading() as reading:
        came_back = reading.posting(ours.number)
    assert came_back.status is PostingStatus.BOUNCED
    assert came_back.why == "the address is not known there (5.1.10)"


def test_a_late_report_changes_nothing_that_a_person_has_noted(desk: Desk) -> None:
    reference = desk.submit()
    identity = "<QA-2026-0001.feedback-letter.abc@homeoffice.example>"
    ours = desk.posted(reference, message_id=identity)
    desk.deliver((CORPUS / "exchange-bounce.eml").read_bytes())
    desk.intake().work()
    with desk.pen() as register:
        noted = reach(register.posting(ours.number), at=NOW)
        register.save_posting(noted, an_act(what=Event.REACHED))
    late = (CORPUS / "exchange-bounce.eml").read_bytes().replace(b"<ndr@", b"<ndr-2@")
    desk.deliver(late)
    desk.intake().work()
    with desk.register.reading() as reading:
        assert reading.posting(ours.number).status is PostingStatus.SENT
        assert reading.posting(ours.number).why == REACHED
        assert len(reading.mails_of(reference)) == 3


def test_a_letter_that_bounced_stands_as_not_delivered(desk: Desk) -> None:
    reference = desk.submit()
    identity = "<QA-2026-0001.feedback-letter.abc@homeoffice.example>"
    with desk.pen() as register:
        drafted = a_letter_to_approve(reference=reference, meeting=None)
        letter = register.add_letter(drafted, an_act(what=Event.DRAFTED))
        assert letter is not None
        approved = replace(letter, approved_by=APPROVER, approved_at=NOW)
        sent = replace(approved, status=LetterStatus.SENT, message_id=identity)
        register.save_letter(sent, an_act(what=Event.SENT))
    desk.posted(reference, kind=PostingKind.LETTER, letter=1, message_id=identity)
    desk.deliver((CORPUS / "bounce-still-trying.eml").read_bytes())
    desk.intake().work()
    with desk.register.reading() as reading:
        assert reading.letter(reference, 1).status is LetterStatus.SENT
    desk.deliver((CORPUS / "exchange-bounce.eml").read_bytes())
    desk.intake().work()
    with desk.register.reading() as reading:
        assert reading.letter(reference, 1).status is LetterStatus.NOT_DELIVERED
        told = [each.why for each in reading.ledger(str(reference)) if each.what is Event.BOUNCED]
    why = "the address is not known there (5.1.10)"
    assert told == [why, f"letter 1: {why}"]


def test_a_bounce_of_an_unknown_mail_is_held(desk: Desk) -> None:
    place = desk.deliver((CORPUS / "exchange-bounce.eml").read_bytes())
    desk.intake().work()
    assert desk.filed("Held") == [place]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("decision-not-to-review", MatterKind.DECISION_NOT_TO_REVIEW),
        ("request-to-explain", MatterKind.REQUEST_TO_EXPLAIN),
    ],
)
def test_decisions_and_requests_open_a_matter(desk: Desk, name: str, kind: MatterKind) -> None:
    reference = desk.submit()
    assert str(reference) == "QA-2026-0001"
    place = desk.deliver((CORPUS / f"{name}.eml").read_bytes())
    desk.intake().work()
    with desk.register.reading() as reading:
        (matter,) = reading.matters()
        mail = reading.mail_at(place)
    assert mail is not None
    assert (matter.kind, matter.mail, matter.parties.csp_ids) == (kind, mail.number, ("anytown",))


def test_panel_notes_are_noted_for_the_panel_stage_only_when_internal(desk: Desk) -> None:
    places = [
        desk.deliver((CORPUS / f"{name}.eml").read_bytes())
        for name in ("panel-notes-from-inside", "forged-panel-notes")
    ]
    desk.intake().work()
    assert desk.filed("Noted") == places[:1]
    assert desk.filed("Held") == places[1:]


def test_our_own_mail_come_back_is_noted(desk: Desk) -> None:
    mail = desk.take(sender=OURS, subject="QA-2026-0001: received")
    assert (mail.kind, mail.state) == (MailKind.OUR_OWN, MailState.NOTED)


# A person says what a held mail is


def test_a_person_makes_a_registration_of_a_held_mail_and_its_answer_waits(desk: Desk) -> None:
    held = desk.take({"Paper.pdf": a_pdf(("Something else",))}, headers=PROVED)
    assert held.state is MailState.HELD
    desk.answer(held, MailKind.SUBMISSION)
    with desk.register.reading() as reading:
        said = reading.mail(held.number)
        (reference,) = said.references
        assert [paper.name for paper in reading.papers(reference)] == ["Paper.pdf"]
    assert said.state is MailState.REGISTERED
    assert desk.acknowledgements(reference)[0].status is PostingStatus.FOR_RELEASE
    assert desk.filed("Registered") == [held.place]


def test_a_person_joins_held_papers_to_a_review(desk: Desk) -> None:
    reference = desk.submit()
    other = "an.other@anyshire.gov.uk"
    held = desk.take({"Plan.pdf": a_plan()}, subject="DHR15 part two", sender=other)
    desk.answer(held, MailKind.FURTHER_PAPERS, reference)
    with desk.register.reading() as reading:
        assert len(reading.papers(reference)) == 2


def test_a_person_gives_a_held_link_to_its_review(desk: Desk) -> None:
    reference = desk.submit()
    held = desk.take(body=f"The DHR is now published: {PAGE}")
    desk.answer(held, MailKind.PUBLICATION_NOTICE, reference)
    with desk.register.reading() as reading:
        assert [link.url for link in reading.links_of(reference)] == [PAGE]


def test_what_is_missing_is_refused_and_nothing_changes(desk: Desk) -> None:
    held = desk.take()
    with pytest.raises(Refused, match="which review"):
        desk.answer(held, MailKind.FURTHER_PAPERS)
    with pytest.raises(Refused, match="no link"):
        desk.answer(held, MailKind.PUBLICATION_NOTICE)
    with desk.register.reading() as reading:
        assert reading.mail(held.number) == held


def test_nothing_joins_a_review_that_was_undone(desk: Desk) -> None:
    reference = desk.submit()
    stand_at(desk, Status.UNDONE)
    held = desk.take({"Plan.pdf": a_plan()}, subject=f"Re: {reference}")
    assert held.state is MailState.HELD
    with pytest.raises(Refused, match="reopen it first"):
        desk.answer(held, MailKind.FURTHER_PAPERS, reference)


def test_two_people_cannot_answer_one_mail(desk: Desk) -> None:
    held = desk.take()
    desk.answer(held, MailKind.NOT_FOR_US)
    with pytest.raises(StaleVersion):
        desk.answer(held, MailKind.SUBMISSION)
    assert desk.filed("Noted") == [held.place]


def test_a_registered_mail_is_not_answered_again(desk: Desk) -> None:
    mail = desk.take({"Overview.pdf": a_report()})
    with pytest.raises(Refused, match="undo"):
        desk.answer(mail, MailKind.NOT_FOR_US)


def test_explaining_a_mail_needs_no_register(desk: Desk) -> None:
    told = desk.intake().explain(
        a_raw({"Plan.pdf": a_plan()}, subject="RE: QA-2025-0007", body="Attached.")
    )
    assert (
        told
        | {
            "kind": "resubmission or further papers",
            "rule": "papers for a review",
            "why": "papers on our thread or under our reference, for QA-2025-0007",
            "review": "QA-2025-0007",
            "links": [],
            "papers": [{"name": "Plan.pdf", "kind": "action plan"}],
            "held": False,
        }
        == told
    )
    assert "bounce" in str(told["looked"])
    with desk.register.reading() as reading:
        assert reading.mails(MailState.HELD) == ()
