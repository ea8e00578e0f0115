import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.adapters.backup import new_key
from secretariat.adapters.secrecy import FernetSealing
from secretariat.ports.secrecy import NotOpened

OLD, NEW = "A" * 43 + "=", "-_+/" * 10 + "AAA="
SEALING = FernetSealing((OLD,))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_comes_back_and_nothing_of_it_is_seen(text: str) -> None:
    sealed = SEALING.seal(text)
    assert SEALING.unseal(sealed) == text
    assert sealed.isascii()
    assert len(text) < 5 or text not in sealed


def test_the_same_text_is_never_sealed_alike() -> None:
    assert SEALING.seal("Jane Invented") != SEALING.seal("Jane Invented")


def test_the_first_key_seals_and_every_key_opens() -> None:
    both = FernetSealing((NEW, OLD))
    assert both.unseal(SEALING.seal("Jane Invented")) == "Jane Invented"
    newest = both.seal("Jane Invented")
    assert FernetSealing((NEW,)).unseal(newest) == "Jane Invented"
    with pytest.raises(NotOpened):
        SEALING.unseal(newest)


def test_what_an_older_key_sealed_is_sealed_anew_and_the_rest_stays() -> None:
    both, sealed = FernetSealing((NEW, OLD)), SEALING.seal("Jane Invented")
    renewed = both.renew(sealed)
    assert FernetSealing((NEW,)).unseal(renewed) == "Jane Invented"
    assert both.renew(renewed) == renewed
    with pytest.raises(NotOpened):
        SEALING.renew(renewed)


def test_a_key_is_the_same_in_either_alphabet_and_as_the_command_prints_it() -> None:
    other = FernetSealing((NEW.translate(str.maketrans("+/", "-_")),))
    assert other.unseal(FernetSealing((NEW,)).seal("Jane Invented")) == "Jane Invented"
    assert FernetSealing((new_key(),)).seal("Jane Invented")


@pytest.mark.parametrize("altered", ["", "no token", "gAAAAA", "é\ud800", "  "])
def test_what_is_no_seal_of_ours_is_told_in_a_sentence(altered: str) -> None:
    with pytest.raises(NotOpened, match="SECRETARIAT_NAMES_KEY"):
        SEALING.unseal(altered)


def test_a_seal_with_one_sign_altered_is_not_opened() -> None:
    sealed = SEALING.seal("Jane Invented")
    swapped = "A" if sealed[40] != "A" else "B"
    with pytest.raises(NotOpened):
        SEALING.unseal(sealed[:40] + swapped + sealed[41:])
