"""Covers that were written with their answers before the reading was tried on them."""

from collections import Counter

import pytest

from secretariat.domain.front_page import read_front
from tests.covers_held_out import BATCHES, HeldOut, held_out, judged

COVERS = [cover for batch in BATCHES for cover in held_out(batch)]


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: cover.title)
def test_no_cover_gives_a_fact_that_it_does_not_state(cover: HeldOut) -> None:
    marks = judged(cover, read_front(cover.lines(), name="paper.pdf", pages=40))
    assert [fact for fact, mark in marks.items() if mark == "wrong"] == []


@pytest.mark.parametrize("batch", BATCHES)
def test_nearly_all_that_a_careful_person_reads_is_found(batch: str) -> None:
    marks = Counter(
        mark
        for cover in held_out(batch)
        for mark in judged(cover, read_front(cover.lines(), name="paper.pdf", pages=40)).values()
    )
    assert marks["found"] >= 0.93 * marks.total()
