from dataclasses import replace

import pytest

from secretariat.adapters.letterpress.forms import WordForms
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import NotFound, Refused, SameEyes, StaleVersion, UnlawfulMove
from secretariat.domain.ledger import Event
from secretariat.domain.letter import Letter, LetterStatus, hindrances
from secretariat.domain.meeting_progress import Reached
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from secretariat.domain.staff import Account, Role
from secretariat.ports.letterpress import PressFailed
from secretariat.stages.checking import Checking
from secretariat.stages.drafting import Drafting
from secretariat.stages.meeting_letters import MeetingLetters
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOTE_TAKER,
    TODAY,
    a_letter,
    a_meeting,
    a_parties,
    a_review,
    a_section,
    an_act,
    some_facts,
    some_notes,
)
from tests.letter_builders import STYLE, a_directory, a_press

OLU = "olu@homeoffice.example"
TWELVE = tuple(Reference(2026, number) for number in range(1, 13))


@pytest.fixture
def meeting(register: Database) -> int:
    """A meeting that has considered twelve reviews, notes taken on all of them."""
    for email in (APPROVER, OLU, NOTE_TAKER):
        register.accounts.add(Account(email, email[:3].title(), (Role.APPROVER,), ""))
    register.accounts.add(Account(CASEWORKER, "Sam", (Role.CASEWORKER,), ""))
    considered = {"status": Status.CONSIDERED, "outcome": Outcome.PUBLISH_AFTER_CHANGES}
    with register.register() as pen:
        number = pen.add_meeting(a_meeting(agenda=TWELVE), an_act()).number
        for place, reference in enumerate(TWELVE, start=1):
            parties = a_parties(csp=f"Anytown {place} Community Safety Partnership")
            facts = some_facts(pseudonyms=(), local_reference=f"DHR{place}")
            review = a_review(
                reference=reference, meeting=number, parties=parties, facts=facts, **considered
            )
            pen.add_review(review, an_act())
            section = a_section(reference=reference, heading=f"{reference} Anytown")
            pen.add_notes(
                some_notes(reference=reference, meeting=number, section=section), an_act()
            )
    return number


def lacks(letter: Letter) -> tuple[str, ...]:
    return hindrances(replace(letter, docx="made", leaves_on=TODAY))


@pytest.fixture
def letters(register: Database) -> MeetingLetters:
    return MeetingLetters(
        register.reading, register.register, WordForms(), register.accounts, lacks
    )


@pytest.fixture
def drafting(register: Database, vault: Vault) -> Drafting:
    press = a_press()
    check = Checking(register.reading, press, vault, lambda _generation: STYLE.head)
    return Drafting(register.register, press, a_directory(), STYLE, check)


def a_draft(register: Database, meeting: int, **said: object) -> Letter:
    with register.register() as pen:
        return pen.add_letter(a_letter(meeting=meeting, **said), an_act())


def reached(letters: MeetingLetters, meeting: int) -> list[Reached]:
    return [each.reached for each in letters.standing(meeting).standings]


def test_twelve_letters_are_drafted_in_one_go(
    letters: MeetingLetters, drafting: Drafting, meeting: int
) -> None:
    assert reached(letters, meeting) == [Reached.TO_BE_DRAFTED] * 12
    tally = drafting.draft_meeting(meeting)
    assert (tally.done, tally.stuck) == (12, ())
    standings = letters.standing(meeting).standings
    assert [each.reached for each in standings] == [Reached.TO_BE_CHECKED] * 12
    assert [each.review.reference for each in standings] == list(TWELVE)
    assert "the addressee's e-mail address is not known" in standings[0].missing
    assert drafting.draft_meeting(meeting).done == 0


@pytest.mark.parametrize("fault", [PressFailed("it came out otherwise"), KeyError("a slip")])
def test_a_letter_that_fails_stops_no_other_and_says_why(
    letters: MeetingLetters, drafting: Drafting, meeting: int, fault: Exception
) -> None:
    class Failing:
        """A press on which one letter fails, whatever the fault."""

        def print(self, content: object, *, pdf: bool = True) -> object:
            if "DHR5" in str(content):
                raise fault
            return drafting.press.print(content, pdf=pdf)  # type: ignore[arg-type]

    tally = replace(drafting, press=Failing()).draft_meeting(meeting)  # type: ignore[arg-type]
    assert tally.done == 11
    assert [what for what, _ in tally.stuck] == ["QA-2026-0005"]
    standing = letters.standing(meeting).standings[4]
    assert standing.reached is Reached.TO_BE_DRAFTED
    assert standing.missing[0].startswith("it cannot be drafted: ")
    assert "a slip" not in standing.missing[0]
    assert drafting.draft_meeting(meeting).done == 1


def test_only_the_letters_of_that_meeting_are_drafted(
    letters: MeetingLetters, drafting: Drafting, register: Database, meeting: int
) -> None:
    with register.register() as pen:
        other = pen.add_meeting(a_meeting(), an_act()).number
    assert drafting.draft_meeting(other).done == 0
    assert reached(letters, other) == []
    assert reached(letters, meeting) == [Reached.TO_BE_DRAFTED] * 12


def test_a_review_with_notes_is_shown_though_it_is_off_the_agenda(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    with register.register() as pen:
        pen.save_meeting(replace(pen.meeting(meeting), agenda=TWELVE[1:]), an_act())
    shown = [each.review.reference for each in letters.standing(meeting).standings]
    assert shown == [*TWELVE[1:], TWELVE[0]]


def test_a_letter_of_another_meeting_does_not_count(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    with register.register() as pen:
        other = pen.add_meeting(a_meeting(), an_act()).number
    a_draft(register, other)
    assert letters.standing(meeting).standings[0].letter is None


def test_a_draft_is_handed_to_an_approver_whose_queue_shows_it(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    second = a_draft(register, meeting, reference=TWELVE[1])
    first = a_draft(register, meeting)
    for each in (second, first):
        letters.hand_out(each.reference, 1, APPROVER, version=each.version, by=CASEWORKER)
    assert [each.reference for each in letters.handed_to(APPROVER)] == list(TWELVE[:2])
    assert letters.handed_to(OLU) == ()
    with register.reading() as eyes:
        entry = eyes.ledger(str(TWELVE[0]))[-1]
    assert (entry.who, entry.what, entry.wording) == (CASEWORKER, Event.HANDED_OUT, APPROVER)
    assert APPROVER not in entry.why


def test_a_draft_goes_back_to_anybody(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    draft = a_draft(register, meeting, handed_to=APPROVER)
    back = letters.hand_out(draft.reference, 1, "", version=draft.version, by=CASEWORKER)
    assert back.handed_to == ""
    assert letters.handed_to(APPROVER) == ()


def test_to_hand_it_to_the_same_person_again_changes_nothing(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    draft = a_draft(register, meeting, handed_to=APPROVER)
    again = letters.hand_out(draft.reference, 1, APPROVER, version=draft.version, by=CASEWORKER)
    assert again == draft


def test_nobody_with_a_hand_in_it_no_stranger_and_no_caseworker_is_handed_a_letter(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    draft = a_draft(register, meeting, editors=(OLU,))
    for to, fault in (
        (NOTE_TAKER, SameEyes),
        (OLU, SameEyes),
        (CASEWORKER, Refused),
        ("nobody@homeoffice.example", NotFound),
    ):
        with pytest.raises(fault):
            letters.hand_out(draft.reference, 1, to, version=draft.version, by=CASEWORKER)
    with register.reading() as eyes:
        assert eyes.letter(draft.reference, 1) == draft


def test_a_letter_changed_meanwhile_or_no_draft_any_more_is_not_handed_out(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    draft = a_draft(register, meeting)
    with pytest.raises(StaleVersion):
        letters.hand_out(draft.reference, 1, APPROVER, version=draft.version + 1, by=CASEWORKER)
    with register.register() as pen:
        gone = pen.save_letter(replace(draft, status=LetterStatus.ABANDONED), an_act())
    with pytest.raises(UnlawfulMove):
        letters.hand_out(draft.reference, 1, APPROVER, version=gone.version, by=CASEWORKER)


def test_a_letter_handed_to_somebody_who_edited_it_since_is_to_be_handed_again(
    letters: MeetingLetters, register: Database, meeting: int
) -> None:
    a_draft(register, meeting, handed_to=OLU, editors=(OLU,))
    a_draft(register, meeting, reference=TWELVE[1], handed_to=APPROVER)
    assert [each.hand_again for each in letters.standing(meeting).standings[:2]] == [True, False]
