"""Damage at random to mails and papers: nothing raises, and each ends in exactly one status."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import SEEDS, TARGETS

NAMES = sorted(TARGETS)


@st.composite
def damaged_files(draw: st.DrawFn, name: str) -> bytes:
    """A sound file with bytes turned, cut out, doubled, or put in from another file."""
    made = bytearray(draw(st.sampled_from(SEEDS[name])))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(made)))
        end = start + draw(st.integers(0, 64))
        way = draw(st.sampled_from(["put in", "turn", "double", "splice", "break off"]))
        if way == "put in":
            made[start:end] = draw(st.binary(max_size=24))
        elif way == "turn" and start < len(made):
            made[start] ^= draw(st.integers(1, 255))
        elif way == "double":
            made[start:start] = made[start:end] * draw(st.integers(1, 40))
        elif way == "splice":
            made[start:] = draw(st.sampled_from(SEEDS[name]))[draw(st.integers(0, 4_000)) :]
        elif way == "break off":
            del made[start:]
    return bytes(made)


@pytest.mark.parametrize("name", NAMES)
def test_no_damage_raises_and_each_file_has_one_status(name: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(damaged_files(name))
    def holds(content: bytes) -> None:
        TARGETS[name](content)

    holds()


@pytest.mark.parametrize("name", NAMES)
def test_every_sound_file_that_the_damage_begins_with_is_taken(name: str) -> None:
    for content in SEEDS[name]:
        TARGETS[name](content)
