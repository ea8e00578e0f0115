import pytest

from secretariat.adapters.passwords import Argon2Passwords
from secretariat.domain.staff import Duty, Role, may, weakness
from tests.web.desk import CHEAP, an_account

ALLOWED = {
    Role.VIEWER: {Duty.LOOK},
    Role.CASEWORKER: {Duty.LOOK, Duty.WORK},
    Role.APPROVER: {Duty.LOOK, Duty.WORK, Duty.APPROVE},
    Role.ADMINISTRATOR: {Duty.LOOK, Duty.ADMINISTER},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("duty", Duty)
def test_each_role_may_do_its_own_and_no_more(role: Role, duty: Duty) -> None:
    assert may(an_account("x@y.example", role), duty) is (duty in ALLOWED[role])


def test_two_roles_allow_what_either_allows() -> None:
    both = an_account("x@y.example", Role.VIEWER, Role.ADMINISTRATOR)
    assert may(both, Duty.ADMINISTER)
    assert not may(both, Duty.WORK)


@pytest.mark.parametrize("duty", Duty)
def test_somebody_who_left_may_do_nothing(duty: Duty) -> None:
    assert not may(an_account("x@y.example", *Role, active=False), duty)


def test_a_long_password_of_plain_words_is_good() -> None:
    assert weakness("three plain garden words", an_account()) is None


@pytest.mark.parametrize(
    "common", ["Password1234", "qwerty qwerty", "correct horse battery staple"]
)
def test_a_common_password_is_weak_however_it_is_spaced(common: str) -> None:
    assert "harder to guess" in (weakness(common, an_account()) or "")


def test_two_hashes_of_one_password_differ_and_both_fit() -> None:
    one, other = CHEAP.hash("three plain words"), CHEAP.hash("three plain words")
    assert one != other
    assert CHEAP.verify(one, "three plain words")
    assert CHEAP.verify(other, "three plain words")


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$broken"])
def test_what_is_no_hash_fits_no_password(kept: str | None) -> None:
    assert not CHEAP.verify(kept, "three plain words")


def test_the_default_is_argon2id_with_its_parameters_written_beside_it() -> None:
    assert Argon2Passwords().hash("three plain words").startswith("$argon2id$v=19$m=65536")
