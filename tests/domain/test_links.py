"""Links: found in a mail's own words and freed of what gateways wrap around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.links import find_links, to_a_page, unwrap

PAGE = "https://www.anyshire.gov.uk/dhr/maria"


@pytest.mark.parametrize(
    "wrapped",
    [
        pytest.param(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.anyshire.gov.uk"
            "%2Fdhr%2Fmaria&data=05%7C02&reserved=0",
            id="safe links",
        ),
        pytest.param(
            "https://eur01.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2F"
            "www.anyshire.gov.uk%2Fdhr%2Fmaria&amp;data=05",
            id="safe links of an office file, as HTML escapes them",
        ),
        pytest.param(
            "https://urldefense.proofpoint.com/v1/url?u=https://www.anyshire.gov.uk/dhr/maria&k=x",
            id="url defense 1",
        ),
        pytest.param(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.anyshire.gov.uk_dhr_maria"
            "&d=DwMF&c=x&e=",
            id="url defense 2",
        ),
        pytest.param(
            "https://urldefense.com/v3/__https://www.anyshire.gov.uk/dhr*maria__;Lw!!Abc!xyz$",
            id="url defense 3 with a character put aside",
        ),
        pytest.param(
            "https://urldefense.com/v3/__https:/www.anyshire.gov.uk/dhr/maria__;!!Abc!xyz$",
            id="url defense 3 with a slash lost",
        ),
        pytest.param(PAGE, id="not wrapped at all"),
    ],
)
def test_a_councils_link_stands_inside_what_gateways_make_of_it(wrapped: str) -> None:
    assert unwrap(wrapped) == PAGE


def test_a_link_wrapped_twice_is_unwrapped_twice() -> None:
    inner = "https://urldefense.com/v3/__https://www.anyshire.gov.uk/dhr/maria__;!!A!b$"
    outer = "https://eur01.safelinks.protection.outlook.com/?url=" + inner.replace(
        ":", "%3A"
    ).replace("/", "%2F").replace(";", "%3B")
    assert unwrap(outer) == PAGE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"It is at {PAGE}.", (PAGE,)),
        (f"({PAGE}), as you asked", (PAGE,)),
        ("https://a.gov.uk/dhr_(final)", ("https://a.gov.uk/dhr_(final)",)),
        ("see www.anyshire.gov.uk/dhr", ("https://www.anyshire.gov.uk/dhr",)),
        ("see anyshire.gov.uk/dhr now", ("https://anyshire.gov.uk/dhr",)),
        ("<https://www.anyshire.gov.uk/\r\n dhr/maria>", (PAGE,)),
        (f"{PAGE} and again {PAGE}", (PAGE,)),
        ("write to dhr@anyshire.gov.uk", ()),
        ("Report.pdf is attached", ()),
    ],
)
def test_a_link_is_found_whole_and_without_the_sentence_around_it(
    text: str, found: tuple[str, ...]
) -> None:
    assert find_links(text) == found


def test_a_link_behind_words_of_html_is_found() -> None:
    assert find_links("published here", f'<p>published <a href="{PAGE}">here</a>') == (PAGE,)


def test_home_pages_footers_and_ignored_sites_show_no_report() -> None:
    links = [
        PAGE,
        "https://www.anyshire.gov.uk/",
        "https://www.anyshire.gov.uk",
        "https://uk.linkedin.com/in/jo",
        "https://www.anyshire.gov.uk/privacy-notice",
    ]
    left = to_a_page(links, ignored_hosts=["linkedin.com"], ignored_paths=["privacy"])
    assert left == (PAGE,)


@given(st.text(), st.text())
def test_no_text_breaks_the_search_for_links(text: str, markup: str) -> None:
    assert all("." in link for link in find_links(text, markup))


@given(st.text())
def test_no_address_breaks_the_unwrapping(rest: str) -> None:
    for head in ("https://urldefense.com/v3/__", "https://urldefense.com/v2/url?u=", ""):
        assert isinstance(unwrap(head + rest), str)
