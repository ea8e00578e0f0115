"""Values that the register keeps as JSON come back as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.adapters.register.codec import pack, unpack
from secretariat.domain.letter import Confirmation, Copy
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.panel import Section
from secretariat.domain.papers import Facts
from secretariat.domain.post_in import Attachment
from secretariat.domain.reference import Reference
from secretariat.domain.review import Parties, Pause
from tests.builders import some_content

st.register_type_strategy(
    Reference, st.builds(Reference, st.integers(2000, 2099), st.integers(1, 99_999))
)
KINDS: list[Any] = [
    Attachment,
    Facts,
    LetterContent,
    Parties,
    Pause,
    Section,
    tuple[Confirmation, ...],
    tuple[Copy, ...],
    tuple[Reference, ...],
    tuple[str, ...],
]


@given(st.one_of([st.tuples(st.just(kind), st.from_type(kind)) for kind in KINDS]))
def test_whatever_is_kept_comes_back_the_same(kept: tuple[Any, Any]) -> None:
    kind, value = kept
    assert unpack(kind, json.loads(json.dumps(pack(value)))) == value


def test_a_field_that_an_older_row_does_not_hold_takes_its_default() -> None:
    packed = pack(some_content())
    del packed["copy_offices"]
    assert unpack(LetterContent, packed) == some_content(copy_offices=())


def test_what_the_register_cannot_keep_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot keep a bytes"):
        pack((b"a report",))
