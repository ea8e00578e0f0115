"""An address that letters and reminders may go to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.contacts import bare_address, can_be_reached
from secretariat.domain.errors import Refused


def test_letters_that_mail_cannot_carry_before_the_at_are_refused_when_typed() -> None:
    with pytest.raises(Refused, match="cannot reach"):
        bare_address("gwên@anyshire.example")


@pytest.mark.parametrize("typed", ["jo@cyngor-gŵyl.example", " o'neil+dhr@anyshire.example\n"])
def test_a_domain_of_any_letters_and_an_apostrophe_are_taken(typed: str) -> None:
    assert can_be_reached(bare_address(typed))


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("jo", id="a name"),
        pytest.param("jo@anyshire", id="no domain"),
        pytest.param("jo@anyshire..example", id="two dots"),
        pytest.param("jo@@anyshire.example", id="two at-signs"),
        pytest.param("Jo Bloggs <jo@anyshire.example>", id="a name beside it"),
        pytest.param("jo@anyshire.example, sam@anyshire.example", id="two addresses"),
        pytest.param("jo@anyshire.example\nBcc: all@anyshire.example", id="another header"),
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not one e-mail address"):
        bare_address(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_one_line_or_refused(typed: str) -> None:
    try:
        found = bare_address(typed)
    except Refused:
        return
    assert found.count("@") == 1
    assert found.split() == [found]
