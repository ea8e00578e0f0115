"""No mail leaves whose subject names somebody, and no delivered wording makes one."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, meta

from secretariat.adapters.letterpress.press import Press
from secretariat.domain.leaving import names_somebody
from secretariat.domain.post import PostingKind
from tests.builders import a_posting, a_review, some_facts

TEMPLATES = Path(__file__).parents[2] / "templates"
WORDINGS = sorted(path.name.removesuffix(".txt.j2") for path in TEMPLATES.glob("mail/*.j2"))
SAID = {
    "references": ["QA-2026-0001"],
    "reference": "QA-2026-0001",
    "letter_subject": "Home Office QA Panel feedback letter (QA-2026-0001)",
    "corrects": True,
    "publishable": True,
    "again": True,
    "to_commissioner": False,
    "after_changes": True,
    "why": "a virus was found",
    "title": "Tomorrow, Friday 27 November 2026, these 7 mails will be sent",
    "days": [],
    "reviews": [
        {
            "reference": "QA-2026-0001",
            "local_reference": "",
            "partnership": "Maria of Anytown",
            "letter_date": "6 May 2026",
        }
    ],
}
HARMLESS = {"reference", "references", "corrects", "letter_subject", "title"}
"""What may stand in a subject; the subject of our letter's mail is one of these wordings itself.

The title of the morning mail is made of days and numbers alone.
"""


@pytest.mark.parametrize("name", WORDINGS)
def test_the_subject_of_each_wording_is_of_our_own_words_and_the_reference(name: str) -> None:
    text = (TEMPLATES / "mail" / f"{name}.txt.j2").read_text("utf-8")
    first = Environment(autoescape=True).parse(text.partition("\n")[0])
    assert meta.find_undeclared_variables(first) <= HARMLESS
    every = meta.find_undeclared_variables(Environment(autoescape=True).parse(text))
    values = {key: SAID.get(key, "Maria of Anytown") for key in every}
    subject, body = Press(TEMPLATES, soffice="").word(name, values)
    assert "Maria" not in subject
    assert body.strip()


@pytest.mark.parametrize("name", WORDINGS)
@pytest.mark.parametrize("pseudonym", ["Maria", "Adult A", "A", "Copy", "Papers"])
def test_a_delivered_subject_bars_no_mail_whatever_the_pseudonym(name: str, pseudonym: str) -> None:
    text = (TEMPLATES / "mail" / f"{name}.txt.j2").read_text("utf-8")
    values = {
        key: SAID.get(key, "")
        for key in meta.find_undeclared_variables(Environment(autoescape=True).parse(text))
    }
    subject, _ = Press(TEMPLATES, soffice="").word(name, values)
    review = a_review(facts=some_facts(pseudonyms=(pseudonym,)))
    assert names_somebody(a_posting(subject=subject), [review]) == ""


@pytest.mark.parametrize("kind", PostingKind)
@pytest.mark.parametrize("subject", ["Maria", "Re: DHR maria (QA-2026-0001)", "The MARIA review"])
def test_a_subject_that_names_somebody_bars_a_mail_of_any_kind(
    kind: PostingKind, subject: str
) -> None:
    posting = a_posting(kind=kind, subject=subject)
    assert "names somebody" in names_somebody(posting, [a_review()])


def test_a_name_inside_another_word_is_no_name() -> None:
    assert names_somebody(a_posting(subject="Mariannes and QA-2026-0001"), [a_review()]) == ""
