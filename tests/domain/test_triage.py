"""Triage: which rule names a mail, in which order, and what is held for a person."""

from typing import Any

import pytest

from secretariat.adapters.mail.mime import MimeReading
from secretariat.domain.links import find_links, to_a_page
from secretariat.domain.mail import Mail, Part
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.post_in import MailKind
from secretariat.domain.reference import Reference
from secretariat.domain.triage import RULES, rule_name, triage
from secretariat.domain.triage_clues import Clues, begins_with
from tests.mail_builders import CORPUS, WORDS, a_parsed, a_seen, some_clues

ONE, TWO = Reference(2026, 1), Reference(2026, 2)
PAGE = "https://www.anyshire.gov.uk/dhr/maria"
NOTES = (Part("notes.md", "text/markdown", b"#"),)


def corpus(name: str) -> Mail:
    return MimeReading(lambda html: html).parse((CORPUS / f"{name}.eml").read_bytes())


def weighed(name: str, **known: Any) -> MailKind:
    mail = corpus(name)
    found = find_links(mail.own_text, mail.html)
    links = to_a_page(found, ignored_hosts=WORDS.ignored_hosts, ignored_paths=WORDS.ignored_paths)
    return triage(Clues(mail, WORDS, links=links, **known)).kind


@pytest.mark.parametrize(
    ("name", "known", "kind"),
    [
        ("exchange-bounce", {}, MailKind.BOUNCE),
        ("bounce-still-trying", {}, MailKind.BOUNCE),
        ("plain-text-bounce", {}, MailKind.BOUNCE),
        ("absence-in-welsh", {}, MailKind.AUTOMATIC_REPLY),
        ("absence-by-header-alone", {"thread": (ONE,)}, MailKind.AUTOMATIC_REPLY),
        ("read-receipt", {"thread": (ONE,)}, MailKind.AUTOMATIC_REPLY),
        ("our-acknowledgement-come-back", {"from_us": True}, MailKind.OUR_OWN),
        ("decision-not-to-review", {}, MailKind.DECISION_NOT_TO_REVIEW),
        ("decision-not-to-review-in-welsh", {}, MailKind.DECISION_NOT_TO_REVIEW),
        ("request-to-explain", {"thread": (ONE,)}, MailKind.REQUEST_TO_EXPLAIN),
        ("link-on-our-thread", {"thread": (ONE,)}, MailKind.PUBLICATION_NOTICE),
        ("link-without-thread-or-reference", {}, MailKind.PUBLICATION_NOTICE),
        ("forged-panel-notes", {"from_staff": True}, MailKind.UNKNOWN),
        ("panel-notes-from-inside", {"from_staff": True, "internal": True}, MailKind.PANEL_NOTES),
        ("newsletter", {}, MailKind.UNKNOWN),
        ("empty", {}, MailKind.UNKNOWN),
        ("bytes-of-a-picture", {}, MailKind.UNKNOWN),
    ],
)
def test_a_mail_of_the_corpus_is_what_it_is(
    name: str, known: dict[str, Any], kind: MailKind
) -> None:
    assert weighed(name, **known) is kind


def test_every_rule_has_a_name_of_its_own_and_a_reason_to_be() -> None:
    names = [rule_name(rule) for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(rule.__doc__ for rule in RULES)


def test_the_rules_that_passed_are_told_in_their_order() -> None:
    verdict = triage(some_clues(subject="Out of office"))
    assert verdict.rule == "automatic reply"
    assert verdict.looked == ("unparsable", "false council", "bounce", "our own mail")


def test_what_no_rule_knows_is_held_with_every_rule_that_looked() -> None:
    verdict = triage(some_clues())
    assert verdict.kind is MailKind.UNKNOWN
    assert verdict.held
    assert len(verdict.looked) == len(RULES)


def test_a_report_makes_a_submission_whatever_the_mail_says() -> None:
    verdict = triage(some_clues(papers=(a_seen(), a_seen(PaperKind.ACTION_PLAN))))
    assert verdict.kind is MailKind.SUBMISSION
    assert verdict.why == "an overview report is attached"
    assert not verdict.held


def test_a_report_from_a_machine_is_never_only_noted() -> None:
    verdict = triage(some_clues(papers=(a_seen(),), headers=(("auto-submitted", "auto-replied"),)))
    assert verdict.kind is MailKind.UNKNOWN
    assert verdict.held


def test_a_report_under_our_own_address_is_never_only_noted() -> None:
    assert triage(some_clues(papers=(a_seen(),), from_us=True)).held


def test_an_action_plan_alone_makes_a_submission_only_with_words_of_a_review() -> None:
    plan = (a_seen(PaperKind.ACTION_PLAN),)
    assert triage(some_clues(papers=plan)).kind is MailKind.UNKNOWN
    assert triage(some_clues(papers=plan, subject="DHR15")).kind is MailKind.SUBMISSION


def test_a_scan_is_submitted_by_the_words_beside_it() -> None:
    scan = (a_seen(PaperKind.OTHER, ReadingStatus.NO_TEXT),)
    said = "Please find attached our domestic homicide review."
    assert triage(some_clues(papers=scan, body=said)).kind is MailKind.SUBMISSION
    assert triage(some_clues(papers=scan, body="Our minutes.")).kind is MailKind.UNKNOWN


def test_a_paper_of_another_kind_is_no_submission_by_words_alone() -> None:
    other = (a_seen(PaperKind.OTHER),)
    assert triage(some_clues(papers=other, subject="DHR", body="find attached")).held


@pytest.mark.parametrize("status", [ReadingStatus.LOCKED, ReadingStatus.DAMAGED])
def test_files_that_cannot_be_opened_are_held_with_the_reason(status: ReadingStatus) -> None:
    verdict = triage(some_clues(papers=(a_seen(PaperKind.OTHER, status),), subject="DHR attached"))
    assert verdict.held
    assert status in verdict.why


def test_papers_on_our_thread_are_further_papers() -> None:
    verdict = triage(some_clues(papers=(a_seen(),), thread=(ONE,)))
    assert verdict.kind is MailKind.FURTHER_PAPERS
    assert verdict.review == ONE


def test_papers_under_our_reference_are_further_papers() -> None:
    verdict = triage(some_clues(papers=(a_seen(PaperKind.OTHER),), named=(TWO,)))
    assert verdict.review == TWO


def test_a_reference_that_the_register_does_not_hold_is_held() -> None:
    verdict = triage(some_clues(papers=(a_seen(),), strange=(TWO,)))
    assert verdict.held
    assert str(TWO) in verdict.why


def test_a_thread_and_a_reference_that_contradict_each_other_are_held() -> None:
    verdict = triage(some_clues(papers=(a_seen(),), thread=(ONE,), named=(TWO,)))
    assert verdict.held
    assert verdict.review is None


def test_a_thread_about_several_reviews_is_settled_by_the_reference_named() -> None:
    papers = (a_seen(),)
    assert triage(some_clues(papers=papers, thread=(ONE, TWO))).held
    assert triage(some_clues(papers=papers, thread=(ONE, TWO), named=(TWO,))).review == TWO


def test_a_link_on_our_thread_needs_no_other_words() -> None:
    verdict = triage(some_clues(links=(PAGE,), thread=(ONE,), body=PAGE))
    assert verdict.kind is MailKind.PUBLICATION_NOTICE
    assert not verdict.held


def test_a_question_on_our_thread_is_a_question_even_beside_a_link() -> None:
    verdict = triage(
        some_clues(links=(PAGE,), thread=(ONE,), body="Could you clarify point 3?\n" + PAGE)
    )
    assert verdict.kind is MailKind.REQUEST_TO_EXPLAIN


def test_a_link_that_nobody_can_tell_the_review_of_is_held() -> None:
    verdict = triage(some_clues(links=(PAGE,), body="It is published: " + PAGE))
    assert verdict.held


def test_any_other_answer_is_held() -> None:
    verdict = triage(some_clues(thread=(ONE,), body="We hope to publish in May."))
    assert verdict.held
    assert verdict.review == ONE


def test_notes_from_a_council_are_no_panel_notes() -> None:
    verdict = triage(some_clues(subject="Panel notes", parts=NOTES))
    assert verdict.kind is MailKind.UNKNOWN


def test_notes_of_staff_count_only_when_the_mail_is_proved_internal() -> None:
    said = {"subject": "Panel notes 4 March", "parts": NOTES, "from_staff": True}
    assert triage(some_clues(**said, internal=True)).kind is MailKind.PANEL_NOTES
    assert triage(some_clues(**said)).held


@pytest.mark.parametrize(
    "words",
    [
        "The circumstances do not meet the criteria for a DHR.",
        "We will not be conducting a domestic homicide review.",
        "The CSP decided that a domestic homicide review should not be undertaken.",
        "The threshold for a DHR wasn’t reached: it did not meet the threshold.",
        "It was agreed a DHR will not take place.",
        "No DHR will be commissioned.",
        "Ni chynhelir DHR: penderfynwyd peidio â chynnal adolygiad.",
        "This death falls outside the scope of a DHR.",
        "We do not consider that the death meets the criteria for a DHR.",
        "The Chair has declined to commission a DARDR.",
        "There are insufficient grounds for a domestic homicide review.",
        "The case does not satisfy the criteria for a Domestic Abuse Related Death Review.",
    ],
)
def test_decisions_not_to_review_come_in_many_words(words: str) -> None:
    assert triage(some_clues(body=words)).kind is MailKind.DECISION_NOT_TO_REVIEW
    assert triage(some_clues(body=words, thread=(ONE,))).held


@pytest.mark.parametrize(
    "words",
    [
        "We have decided to commission a domestic homicide review.",
        "My constituent asks when the domestic homicide review will be published.",
        "We have not yet heard about our DHR.",
        "What should we do if the criteria for a DHR are not met?",
        "If the criteria are not met we will not hold a DHR.",
        "The DHR is on hold: the review will not proceed until the trial has ended.",
        "He did not meet the criteria for MAPPA, says our DHR.",
        "We decided to proceed with a DHR although the police felt it did not meet the criteria.",
        "We were asked not to hold the DHR panel meeting in August.",
    ],
)
def test_other_news_of_a_review_is_no_decision(words: str) -> None:
    verdict = triage(some_clues(body=words))
    assert verdict.held
    assert verdict.kind is not MailKind.DECISION_NOT_TO_REVIEW


@pytest.mark.parametrize(
    "words",
    [
        "We would be grateful for some clarity on the feedback.",
        "I have a query regarding the feedback letter.",
        "What did the Panel mean by this?",
        "We're not clear what is needed at paragraph 4.",
        "A allech chi egluro'r adborth?",
        "The author does not follow the point about chronology.",
        "What does the Panel want us to change in section 5?",
        "Point 5: which paragraph does it refer to?",
        "Could we speak to somebody about the comments?",
        "The author asks whether the Panel wants the chronology shortened.",
    ],
)
def test_requests_to_explain_come_in_many_words(words: str) -> None:
    assert triage(some_clues(body=words, thread=(ONE,))).kind is MailKind.REQUEST_TO_EXPLAIN


@pytest.mark.parametrize(
    "words",
    [
        "Thank you for the feedback, which the author will discuss with the panel.",
        "We have clarified paragraph 4 as the Panel asked.",
        "We understand the comments and the author will make changes.",
        "When will the feedback letter be sent?",
        "Please could you confirm receipt of the letter.",
    ],
)
def test_an_answer_that_asks_for_no_explanation_is_for_a_person(words: str) -> None:
    assert triage(some_clues(body=words, thread=(ONE,))).rule == "answer to us"


@pytest.mark.parametrize(
    "words",
    [
        "The report will be published in June at " + PAGE,
        "Publication has been put back because of the trial. Our page will be " + PAGE,
        "The report isn't on our site; it should appear at " + PAGE,
        "We are not able to publish the report yet. Our page is " + PAGE,
    ],
)
def test_a_publication_to_come_is_no_publication(words: str) -> None:
    assert triage(some_clues(body=words, links=(PAGE,), thread=(ONE,))).held


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ("ann@mail.example", "My sister died. The council decided not to hold a DHR."),
        ("ann@mail.example", "I am her mother. Please explain the Panel's feedback on the DHR."),
        ("news@bugle.example", "I'm a reporter. They decided not to hold a DHR. Can you comment?"),
        ("mp@parliament.uk", "Please explain the Panel's feedback on this DHR."),
    ],
)
def test_families_press_and_parliament_are_for_a_person(sender: str, words: str) -> None:
    verdict = triage(Clues(a_parsed(sender=sender, text=words, own_text=words), WORDS))
    assert (verdict.kind, verdict.held) == (MailKind.FROM_OUTSIDE, True)


@pytest.mark.parametrize(
    "words", ["They have decided not to hold a DHR.", "Please explain the feedback on the DHR."]
)
def test_what_comes_from_a_private_address_is_for_a_person(words: str) -> None:
    verdict = triage(Clues(a_parsed(sender="jo@gmail.com", text=words, own_text=words), WORDS))
    assert (verdict.kind, verdict.held) == (MailKind.UNKNOWN, True)


def test_a_familys_words_under_our_reference_join_nothing_by_themselves() -> None:
    words = "My sister's real name stands in the published report: " + PAGE
    mail = a_parsed(sender="ann@mail.example", text=words, own_text=words)
    verdict = triage(Clues(mail, WORDS, links=(PAGE,), named=(ONE,)))
    assert (verdict.rule, verdict.review) == ("letter from outside", ONE)


def test_an_officer_who_writes_of_a_family_is_an_officer() -> None:
    words = "His mother and I met. We decided not to hold a DHR; my son is ill, so this is short."
    mail = a_parsed(text=words, own_text=words)
    assert triage(Clues(mail, WORDS, official=True)).kind is MailKind.DECISION_NOT_TO_REVIEW


def test_a_mailing_list_decides_nothing() -> None:
    words = "They decided not to hold a DHR."
    assert triage(some_clues(body=words, headers=(("list-id", "<x>"),))).rule == "mass mailing"


def test_what_staff_write_about_a_review_is_no_answer_of_a_council() -> None:
    words = "Please clarify point 3 of the letter."
    assert triage(some_clues(body=words, thread=(ONE,), from_staff=True)).rule == "note from staff"


def test_notes_are_known_by_the_words_beside_them_too() -> None:
    said = {"subject": "QA-2026-0001", "body": "Panel minutes attached", "parts": NOTES}
    verdict = triage(some_clues(**said, named=(ONE,), from_staff=True, internal=True))
    assert verdict.kind is MailKind.PANEL_NOTES


def test_an_action_plan_beside_a_question_is_not_left_out() -> None:
    plan = (a_seen(PaperKind.ACTION_PLAN),)
    said = "Please clarify point 3; our plan is attached."
    assert triage(some_clues(papers=plan, body=said, thread=(ONE,))).kind is MailKind.FURTHER_PAPERS


def test_a_copy_of_our_letter_beside_a_question_is_no_paper_of_the_review() -> None:
    letter = (a_seen(PaperKind.LETTER),)
    said = "Please clarify point 3."
    verdict = triage(some_clues(papers=letter, body=said, thread=(ONE,)))
    assert verdict.kind is MailKind.REQUEST_TO_EXPLAIN


def test_notes_that_staff_send_from_our_own_mailbox_are_not_taken_for_our_mail() -> None:
    said = {"subject": "Panel notes 4 March", "parts": NOTES, "from_staff": True, "from_us": True}
    assert triage(some_clues(**said, internal=True)).kind is MailKind.PANEL_NOTES
    assert triage(some_clues(**said)).kind is MailKind.OUR_OWN


def test_quoted_words_decide_nothing() -> None:
    mail = a_parsed(text="Thanks\n> decision not to undertake a DHR", own_text="Thanks")
    assert triage(Clues(mail, WORDS)).kind is MailKind.UNKNOWN


def test_words_of_a_mail_passed_on_do_decide() -> None:
    text = "From: Jo\n\nWe decided not to commission a DHR."
    mail = a_parsed(subject="FW: DHR", text=text, own_text="")
    assert triage(Clues(mail, WORDS)).kind is MailKind.DECISION_NOT_TO_REVIEW


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("clarif*", "Clarification please", True),
        ("clarif*", "we declarified", False),
        ("out of office", "Out  of\toffice: Jo", True),
        ("not to ... review*", "not to hold a domestic homicide review", True),
        ("not to ... review*", "not to a b c d e f g h review", False),
        ("dhr*", "DHR15", True),
        ("will|shall not", "Shall not we?", True),
        ("will|shall not", "May not we?", False),
    ],
)
def test_a_phrase_means_what_staff_write(phrase: str, text: str, found: bool) -> None:
    assert begins_with(text, (phrase,)) is found
