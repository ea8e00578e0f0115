"""What staff wrote by hand stands with its review; old mail says that it is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from secretariat.domain.by_hand import WrittenByHand, without_words
from secretariat.domain.review import Pause
from tests.builders import COUNCIL_ADDRESS, NOW, a_mail, an_act
from tests.web.case import AWAITED
from tests.web.desk import Desk

RAW = b"Subject: By hand\r\n\r\nWe rang <b>you</b>."


@pytest.fixture
def written(filled: Desk) -> WrittenByHand:
    raw = filled.vault.keep(RAW)
    to = (COUNCIL_ADDRESS,)
    mail = WrittenByHand(
        0, "place", "<h@o.example>", NOW, to, "About <it>", raw, "We rang <b>you</b>.", (AWAITED,)
    )
    with filled.database.register() as pen:
        return pen.add_by_hand(mail, an_act())


def test_the_reviews_page_lists_it_as_written_by_hand(
    viewer: FlaskClient, written: WrittenByHand
) -> None:
    page = viewer.get(f"/register/{AWAITED}").text
    assert f'href="/by-hand/{written.number}">About &lt;it&gt;</a>' in page
    told = "written by hand from the mailbox by staff, 10 March 2026 at midday, to "
    assert f"{told}{COUNCIL_ADDRESS}" in page


def test_its_own_page_shows_its_words_and_hands_it_out(
    viewer: FlaskClient, written: WrittenByHand
) -> None:
    page = viewer.get(f"/by-hand/{written.number}").text
    assert "We rang &lt;b&gt;you&lt;/b&gt;." in page
    answer = viewer.get(f"/by-hand/{written.number}/mail.eml")
    assert answer.data == RAW
    assert "attachment" in answer.headers["Content-Disposition"]


def test_one_whose_bytes_are_not_kept_says_so_and_hands_nothing_out(
    viewer: FlaskClient, written: WrittenByHand, filled: Desk
) -> None:
    with filled.database.register() as pen:
        pen.save_by_hand(replace(written, purged=True, text="", subject="purged"), an_act())
    assert "Its words are not kept." in viewer.get(f"/by-hand/{written.number}").text
    assert viewer.get(f"/by-hand/{written.number}/mail.eml").status_code == 403


def test_one_that_is_not_there_is_no_page(viewer: FlaskClient) -> None:
    assert viewer.get("/by-hand/99").status_code == 404
    assert viewer.get("/by-hand/99/mail.eml").status_code == 404


def test_why_the_chase_waits_is_told_on_its_page(caseworker: FlaskClient, filled: Desk) -> None:
    told = "staff wrote by hand from the mailbox on 10 March 2026"
    with filled.database.register() as pen:
        review = pen.review(AWAITED)
        pen.save_review(replace(review, pause=Pause(told, date(2026, 3, 24))), an_act())
    page = caseworker.get(f"/publication/{AWAITED}").text
    assert f"It waits until 24 March 2026: {told}" in page


def test_mail_that_was_deleted_by_the_rule_says_so_and_hands_nothing_out(
    viewer: FlaskClient, filled: Desk
) -> None:
    with filled.database.register() as pen:
        mail = pen.add_mail(a_mail(place="old", references=()), an_act())
        pen.save_mail(without_words(mail), an_act())
    page = viewer.get(f"/held/{mail.number}").text
    assert "deleted by the rule for old mail" in page
    assert "passwords" not in page
    for file in ("mail.eml", "papers/1"):
        assert viewer.get(f"/held/{mail.number}/{file}").status_code == 403
