"""What the border server says, as servers write it, and nothing that others wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.authentication import EXCHANGE_ONLINE, authentication_of
from secretariat.domain.triage_senders import is_false_council
from tests.mail_builders import BORDER, COUNCIL, PASSED, TRUST, a_parsed

FOLDED = (
    f"{BORDER} 1;\r\n\tspf=softfail (domain does not; designate) smtp.mailfrom=x.example;\r\n"
    "\tdkim=fail reason=bad; dkim=pass header.d=anyshire.gov.uk;\r\n"
    "\tdmarc=pass (p=reject) header.from=anyshire.gov.uk"
)
ONLINE = (
    "spf=fail (sender IP is 203.0.113.9) smtp.mailfrom=anyshire.gov.uk; dkim=none (message not"
    " signed) header.d=none;dmarc=fail action=quarantine header.from=anyshire.gov.uk;"
    "compauth=fail reason=000"
)


def said(*results: str, believed: str = BORDER, more: tuple[tuple[str, str], ...] = ()) -> str:
    headers = (*more, ("from", COUNCIL), *(("authentication-results", one) for one in results))
    found = authentication_of(a_parsed(headers=headers), {believed})
    return found.said if found else ""


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ((PASSED,), "our border server: DMARC pass for anyshire.gov.uk, SPF pass, DKIM pass"),
        ((FOLDED,), "our border server: DMARC pass for anyshire.gov.uk, SPF softfail, DKIM pass"),
        ((f"{BORDER}; none",), "our border server proved nothing about the sender"),
        ((BORDER,), "our border server proved nothing about the sender"),
        (("mx.evil.example; dmarc=pass", PASSED), ""),
        ((ONLINE,), ""),
        ((), ""),
    ],
)
def test_the_topmost_word_of_our_border_is_told(results: tuple[str, ...], sentence: str) -> None:
    assert said(*results) == sentence


def test_microsofts_form_without_a_name_is_read_where_it_is_believed() -> None:
    assert said(ONLINE, believed=EXCHANGE_ONLINE) == (
        "our border server: DMARC fail for anyshire.gov.uk, SPF fail, DKIM none,"
        " its own judgement fail"
    )


def test_what_another_chain_sealed_counts_for_nothing() -> None:
    sealed = (("arc-authentication-results", f"i=1; {PASSED}"),)
    assert said(more=sealed) == ""


def test_of_several_dmarc_results_a_failure_counts() -> None:
    twice = f"{BORDER}; dmarc=pass header.from=anyshire.gov.uk; dmarc=fail"
    headers = (("from", COUNCIL), ("authentication-results", twice))
    found = authentication_of(a_parsed(headers=headers), {BORDER})
    assert found is not None
    assert found.failed
    assert not found.passed


@pytest.mark.parametrize(
    ("results", "sender", "false"),
    [
        (f"{BORDER}; dmarc=fail header.from=anyshire.gov.uk", COUNCIL, True),
        (f"{BORDER}; compauth=fail", COUNCIL, True),
        (f"{BORDER}; spf=fail; dmarc=none", COUNCIL, False),
        ("mx.evil.example; dmarc=fail", COUNCIL, False),
        (f"{BORDER}; dmarc=fail", "x@elsewhere.example", False),
        (PASSED, COUNCIL, False),
    ],
)
def test_a_false_council_is_one_that_our_border_denies(
    results: str, sender: str, false: bool
) -> None:
    headers = (("from", sender), ("authentication-results", results))
    assert is_false_council(a_parsed(sender=sender, headers=headers), TRUST) is false


@given(st.text(max_size=300))
def test_any_header_is_read_without_a_fault(value: str) -> None:
    said(f"{BORDER}; {value}")
    said(value, believed=EXCHANGE_ONLINE)
