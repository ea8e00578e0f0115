"""An address that letters and reminders may go to."""

import pytest

from secretariat.domain.contacts import bare_address, can_be_reached
from secretariat.domain.errors import Refused


def test_letters_that_mail_cannot_carry_before_the_at_are_refused_when_typed() -> None:
    with pytest.raises(Refused, match="cannot reach"):
        bare_address("gwên@anyshire.example")


@pytest.mark.parametrize("typed", ["jo@cyngor-gŵyl.example", " o'neil+dhr@anyshire.example\n"])
def test_a_domain_of_any_letters_and_an_apostrophe_are_taken(typed: str) -> None:
    assert can_be_reached(bare_address(typed))
