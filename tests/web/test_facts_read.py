"""The page of a review: where each fact was read, what else the papers give, what to look at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import Facts, ReadingStatus
from secretariat.domain.post_in import Paper
from secretariat.web.shown_facts import FactShown, facts_read, other_values, read_on
from tests.builders import a_paper
from tests.web.clients import post, statements
from tests.web.desk import Desk
from tests.web.reading_case import AT, FOUND, READ, add_locked, add_read


def row(page: str, name: str) -> str:
    """Return what stands beside the name of a fact."""
    return page.split(f">{name}</dt>")[1].split("</dd>")[0]


def test_each_fact_tells_where_it_was_read_and_how_sure_it_is(
    caseworker: FlaskClient, filled: Desk
) -> None:
    number = add_read(filled).number
    page = caseworker.get(AT).text
    chair = row(page, "Panel chair")
    assert f'href="{AT}/papers/{number}/pages/1">page 1, line 4' in chair
    assert "likely, from its place on the page alone" in chair
    assert "“&lt;b&gt;C. Chair&lt;/b&gt;”" in chair
    assert "the title Dr and the letters MBE" in chair
    assert "OFFICIAL-SENSITIVE" in row(page, "Protective marking")


def test_a_fact_in_doubt_says_so_in_words_with_each_candidate(
    caseworker: FlaskClient, filled: Desk
) -> None:
    add_read(filled)
    author = row(caseworker.get(AT).text, "Author")
    assert "in doubt: a person must say" in author
    assert "The papers give:" in author
    assert author.index("Dr A. Writer") < author.index("B. Other")


def test_a_value_that_no_paper_gives_is_a_persons(caseworker: FlaskClient, filled: Desk) -> None:
    add_read(filled)
    reference = row(caseworker.get(AT).text, "Council&#39;s own reference")
    assert "DHR15" in reference
    assert "a person said it" in reference
    assert "The papers give:" in reference
    assert "DHR16" in reference


def test_another_candidate_is_filled_in_and_saved_only_by_the_person(
    caseworker: FlaskClient, filled: Desk
) -> None:
    add_read(filled)
    form = caseworker.get(f"{AT}/facts?fact=date_of_death&other=1").text
    assert "Date of death is filled in with what else the papers give" in form
    assert 'name="date_of_death" type="text" value="2023-05"' in form
    with filled.database.reading() as register:
        assert register.review(READ).facts.date_of_death == "2023-04-07"


def test_another_pseudonym_stands_on_a_line_of_its_own(
    caseworker: FlaskClient, filled: Desk
) -> None:
    add_read(filled, found=(Found("pseudonyms", "Rose", "Rose", 1, 4),))
    assert ">Maria\nRose</textarea>" in caseworker.get(f"{AT}/facts?fact=pseudonyms&other=1").text


@pytest.mark.parametrize("asked", ["fact=author&other=9", "fact=author", "fact=reference&other=1"])
def test_a_candidate_that_is_gone_leaves_the_facts_as_they_stand(
    caseworker: FlaskClient, filled: Desk, asked: str
) -> None:
    add_read(filled)
    answer = caseworker.get(f"{AT}/facts?{asked}")
    assert answer.status_code == 200
    assert "is filled in" not in answer.text


def test_kind_councils_and_version_are_kept_when_other_facts_are_saved(
    caseworker: FlaskClient, filled: Desk
) -> None:
    add_read(filled)
    with filled.database.reading() as register:
        version = str(register.review(READ).version)
    said = {"csp": "Anytown CSP", "councils": "A\r\nB", "called": "Final", "version": version}
    kind = "fatal incident review"
    assert post(caseworker, f"{AT}/facts", said | {"review_kind": kind}).status_code == 302
    with filled.database.reading() as register:
        facts = register.review(READ).facts
    assert (facts.councils, facts.version, facts.review_kind) == (("A", "B"), "Final", kind)
    assert post(caseworker, f"{AT}/facts", said | {"review_kind": "murder"}).status_code == 422


def test_flags_are_advice_with_their_count_and_pages_and_escaped(
    caseworker: FlaskClient, filled: Desk
) -> None:
    add_read(filled)
    page = caseworker.get(AT).text
    assert "comments</strong> It holds &lt;i&gt;comments&lt;/i&gt; (12 in all)" in page
    assert "from under black boxes (page 2)" in page
    assert "advice: there may be more" in page
    assert "Its other pages are scanned and still to be recognised." in page
    assert "&lt;b&gt;report&lt;/b&gt;fdp.exe" in page
    assert "<b>" not in page
    assert "\u202e" not in page


def test_a_viewer_sees_the_candidates_and_cannot_take_them(
    viewer: FlaskClient, filled: Desk
) -> None:
    add_read(filled)
    page = viewer.get(AT).text
    assert "B. Other" in page
    assert "Use this" not in page


def test_an_absent_correspondent_stands_beside_the_contact(
    caseworker: FlaskClient, filled: Desk
) -> None:
    add_read(filled)
    told = "is away until 7 December 2026; colleague named in the reply: kim@anyshire.example"
    assert told in caseworker.get(AT).text
    filled.pass_by(days=300)
    caseworker = signed_in_again(caseworker)
    assert told not in caseworker.get(AT).text


def signed_in_again(client: FlaskClient) -> FlaskClient:
    """Sign in anew: the session lapsed meanwhile."""
    fields = {"email": "sam@homeoffice.example", "password": "three plain garden words"}
    assert post(client, "/sign-in", fields).status_code == 302
    return client


def test_a_page_is_shown_as_a_picture_beside_what_was_read_on_it(
    caseworker: FlaskClient, filled: Desk
) -> None:
    number = add_read(filled).number
    at = f"{AT}/papers/{number}/pages/1"
    page = caseworker.get(at).text
    assert f'src="{at}.png"' in page
    assert "B. Other" in page
    picture = caseworker.get(f"{at}.png")
    assert picture.data.startswith(b"\x89PNG")
    assert picture.mimetype == "image/png"
    assert picture.headers["Cache-Control"] == "no-store"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "No fact was read on this page" in caseworker.get(f"{AT}/papers/{number}/pages/2").text


@pytest.mark.parametrize("page", ["0", "3", "0.png", "3.png", "99999.png", "x.png"])
def test_a_page_that_the_paper_does_not_have_is_not_found(
    caseworker: FlaskClient, filled: Desk, page: str
) -> None:
    number = add_read(filled).number
    assert caseworker.get(f"{AT}/papers/{number}/pages/{page}").status_code == 404


@pytest.mark.parametrize("content", [b"PK\x03\x04 no picture", b"%PDF-1.7 broken", b""])
def test_a_file_that_cannot_be_drawn_says_so_and_breaks_nothing(
    caseworker: FlaskClient, filled: Desk, content: bytes
) -> None:
    number = add_read(filled, sha256=filled.vault.keep(content)).number
    assert caseworker.get(f"{AT}/papers/{number}/pages/1").status_code == 200
    assert caseworker.get(f"{AT}/papers/{number}/pages/1.png").status_code == 404


def test_a_paper_with_a_virus_is_neither_handed_out_nor_drawn(
    administrator: FlaskClient, filled: Desk
) -> None:
    number = add_read(filled, reading=ReadingStatus.QUARANTINED).number
    page = administrator.get(AT).text
    assert f'href="{AT}/papers/{number}' not in page
    for path in ("", "/pages/1", "/pages/1.png"):
        answer = administrator.get(f"{AT}/papers/{number}{path}")
        assert answer.status_code == 403
        assert "A virus was found in this file" in answer.text


def test_an_opened_copy_names_the_locked_file(caseworker: FlaskClient, filled: Desk) -> None:
    add_read(filled)
    locked = add_locked(filled)
    filled.add("paper", replace(a_paper(reference=READ), unlocked=locked.sha256))
    assert "Opened from plan.pdf" in caseworker.get(AT).text


def test_more_papers_cost_the_page_no_more_questions(caseworker: FlaskClient, filled: Desk) -> None:
    add_read(filled)
    caseworker.get(AT)
    with statements() as few:
        caseworker.get(AT)
    for number in range(5):
        sha = filled.vault.keep(b"%d" % number)
        filled.add("paper", a_paper(reference=READ, sha256=sha, found=FOUND))
    with statements() as many:
        caseworker.get(AT)
    assert len(many) == len(few)


def a_read(*found: Found, **said: object) -> Paper:
    return a_paper(number=1, found=found, **said)


def chairs(facts: Facts, *papers: Paper) -> list[FactShown]:
    return [each for each in facts_read(facts, papers) if each.field == "chair"]


def test_a_paper_set_aside_gives_no_candidate() -> None:
    paper = a_read(Found("author", "B. Other", "B. Other", 1, 1), set_aside=True)
    assert other_values(Facts(), [paper], "author") == ()


def test_two_papers_that_disagree_are_candidates_of_each_other() -> None:
    one, other = (a_read(Found("chair", name, name, 1, 2)) for name in ("A. Chair", "B. Chair"))
    (chair,) = chairs(Facts(chair="A. Chair"), one, other)
    assert (chair.others, chair.in_doubt, chair.by_person) == (("B. Chair",), False, False)
    assert len(chair.places) == 1


def test_a_fact_that_is_not_stated_has_no_place_and_is_not_in_doubt() -> None:
    paper = a_read(Found("chair", None, sure=Sureness.IN_DOUBT))
    (chair,) = chairs(Facts(), paper)
    assert (chair.places, chair.in_doubt, chair.needed) == ((), False, True)


def test_what_one_page_states_is_told_of_that_page_alone() -> None:
    paper = a_read(Found("chair", "A", "A", 1, 2), Found("author", "B", "B", 2, 1))
    assert [name for name, _ in read_on([paper], 1, 2)] == ["Author"]
