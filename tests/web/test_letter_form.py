"""Every value of a letter is shown in the form and comes back from it as it was."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from secretariat.domain.letter_content import (
    Addressee,
    Death,
    Delay,
    Grade,
    Greeting,
    LetterContent,
    LetterKind,
    MeetingMode,
    Naming,
    Point,
    ReviewName,
)
from secretariat.web.forms import Form
from secretariat.web.letter_form import CHOICES, content_typed, fields_of
from tests.browsers import faults_of
from tests.builders import CASEWORKER, a_letter, an_addressee, some_content
from tests.web.case import DRAFTED, LETTER, the_letter
from tests.web.clients import post
from tests.web.desk import Desk

SECOND = Addressee("Dr", "Kim", "Second", "", "Chief Executive", "Anytown Council", ("A", "B"))
TYPED: dict[str, Any] = {
    "addressee": an_addressee(salutation="", greeting=Greeting.BY_FIRST_NAME),
    "area": "Othertown",
    "local_reference": "DHR16",
    "pseudonyms": ("Jon", "Sarah"),
    "meeting_date": date(2026, 3, 4),
    "regret": False,
    "conclusion": ("One.", "Two."),
    "points": (
        Point("The dates are missing.", ("2019", "2020"), label="Structure", lead_in="Add:"),
        Point("Another."),
    ),
    "mode": MeetingMode.CORRESPONDENCE,
    "kind": LetterKind.AFTER_RESUBMISSION,
    "review_name": ReviewName.DARDR,
    "death": Death.SUICIDE,
    "delay": Delay.OWN,
    "delay_words": "We are sorry to be late.",
    "others": (SECOND, Addressee(last="Third")),
    "partnerships": ("Anytown CSP", "Othertown CSP"),
    "article": "the",
    "naming": Naming.IN_RELATION,
    "case_words": "the death of Sarah",
    "date_as_written": "Wed 4th March",
    "numbered": True,
    "outcome_words": "The report may be published.",
    "grade": Grade.ADEQUATE,
    "asks": ("appendix", "url"),
    "version_named": "version 3",
}
NOT_IN_THE_FORM = {
    "generation": "the configuration names it",
    "head": "the configuration names it",
    "outcome": "it comes from the notes",
    "letter_date": "it is set at approval",
    "copy_offices": "they are changed with the recipients",
    "conclusion_lines": "they are worked out",
    "version_sha256": "it is worked out",
    "replaces": "of a correction alone, tested beside",
}


def through_the_form(content: LetterContent, **changed: str) -> tuple[LetterContent, Form]:
    form = Form(fields_of(a_letter(content=content)) | changed)
    return content_typed(form, content), form


@pytest.mark.parametrize("name", [one.name for one in fields(LetterContent)])
def test_no_value_is_lost_on_its_way_through_the_form(name: str) -> None:
    if name in NOT_IN_THE_FORM:
        assert name not in TYPED
        return
    content = replace(some_content(delay_words="We are late."), **{name: TYPED[name]})
    typed, form = through_the_form(content)
    assert form.faults == {}
    assert typed == content


def test_a_letter_with_everything_comes_back_as_it_was() -> None:
    content = replace(some_content(), **{**TYPED, "regret": True})
    typed, form = through_the_form(content)
    assert (typed, form.faults) == (content, {})


def test_a_correction_says_which_day_it_replaces() -> None:
    content = some_content(kind=LetterKind.CORRECTION, replaces=date(2026, 3, 1))
    assert through_the_form(content)[0] == content
    other, _ = through_the_form(content, replaces="2/3/2026")
    assert other.replaces == date(2026, 3, 2)
    assert through_the_form(content, replaces="soon")[1].faults.keys() == {"replaces"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"naming": "anyhow"}, "naming"),
        ({"kind": "another"}, "kind"),
        ({"delay": "never"}, "delay"),
        ({"delay": "own words", "delay_words": ""}, "delay_words"),
        ({"grade": "splendid"}, "grade"),
        ({"greeting": "by role", "role": ""}, "role"),
        ({"label-9": "Structure", "point-9": ""}, "point-9"),
        ({"last": ""}, "last"),
        ({"area": ""}, "area"),
        ({"meeting_date": "31/2/2026"}, "meeting_date"),
    ],
)
def test_what_cannot_stand_is_told_beside_its_field(changed: dict[str, str], field: str) -> None:
    assert through_the_form(some_content(), **changed)[1].faults.keys() == {field}


def test_an_addressee_greeted_by_role_needs_no_name() -> None:
    role = {"last": "", "first": "", "greeting": "by role", "role": "Chief Executive"}
    typed, form = through_the_form(some_content(), **role)
    assert form.faults == {}
    assert typed.addressee.greeting is Greeting.BY_ROLE


def test_an_emptied_further_addressee_and_a_lone_dash_are_gone() -> None:
    content = some_content(others=(SECOND,))
    emptied = {name: "" for name in fields_of(a_letter(content=content)) if "other-1-" in name}
    typed, _ = through_the_form(content, **emptied, **{"point-2": "-", "point-1": "One.\n- "})
    assert typed.others == ()
    assert typed.points == (Point("One."),)


def test_what_an_older_page_does_not_send_stays_as_it_was() -> None:
    content = replace(some_content(), **TYPED)
    plain = {"last": "Bloggs", "area": "Othertown", "point-1": "One."}
    typed = content_typed(Form(plain), content)
    assert (typed.naming, typed.others, typed.regret) == (
        Naming.IN_RELATION,
        (SECOND, *content.others[1:]),
        False,
    )
    assert (typed.numbered, typed.grade, typed.asks) == (True, Grade.ADEQUATE, content.asks)


def test_every_choice_stands_in_the_page_and_is_saved(
    caseworker: FlaskClient, filled: Desk
) -> None:
    page = caseworker.get(f"{LETTER}/amend").text
    for name, answers in CHOICES.items():
        assert f'name="{name}"' in page
        assert all(f'value="{value}"' in page for value, _ in answers)
    letter = the_letter(filled)
    content = replace(letter.content, **{**TYPED, "regret": True})
    sent = fields_of(replace(letter, content=content))
    assert post(caseworker, f"{LETTER}/amend", sent).status_code == 302
    saved = the_letter(filled)
    assert replace(saved.content, points=(), conclusion_lines=()) == replace(
        content, points=(), conclusion_lines=()
    )
    assert [replace(point, lines=()) for point in saved.content.points] == list(content.points)
    assert saved.editors == (CASEWORKER,)
    assert saved.reference == DRAFTED


def test_the_form_of_a_letter_with_everything_is_accessible(open_page, filled: Desk) -> None:
    letter = the_letter(filled)
    filled.approval.amend(
        DRAFTED, 1, replace(letter.content, **TYPED), version=letter.version, by=CASEWORKER
    )
    page = open_page(f"{LETTER}/amend", signed_in=True)
    assert faults_of(page) == []
