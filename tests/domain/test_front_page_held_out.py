"""Covers that were written with their answers before the reading was tried on them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.front_page import read_front
from tests.covers_held_out import BATCHES, HeldOut, held_out, judged
from tests.covers_made import made

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


@given(st.integers(0, 10**9))
def test_no_cover_made_of_the_parts_of_real_ones_gives_a_wrong_fact(seed: int) -> None:
    cover = made(seed)
    marks = judged(cover, read_front(cover.lines(), name="paper.pdf", pages=40))
    assert [fact for fact, mark in marks.items() if mark == "wrong"] == []


def test_of_two_hundred_covers_made_at_random_nearly_all_is_found() -> None:
    marks: Counter[str] = Counter()
    for seed in range(200):
        cover = made(seed)
        marks.update(judged(cover, read_front(cover.lines(), name="paper.pdf", pages=40)).values())
    assert marks["found"] >= 0.98 * marks.total()
