"""One e-mail address is one e-mail address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import Refused


@pytest.mark.parametrize(
    "typed",
    ["jo.bloggs@anyshire.gov.uk", "jo+dhr@a-b.example", "o'brien@anyshire.example", "jo@môn.cymru"],
)
def test_an_address_is_taken_without_the_blanks_around_it(typed: str) -> None:
    assert bare_address(f"  {typed}\n") == typed


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
