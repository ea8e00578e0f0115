"""What is said of a paper, and what a person must say."""

import json

from secretariat.domain.papers import (
    FACTS,
    Facts,
    PaperKind,
    ReadingStatus,
    ReadPaper,
    as_json,
    missing,
)


def test_a_person_must_say_every_fact_that_is_not_stated() -> None:
    assert missing(Facts()) == FACTS
    assert missing(Facts(csp="Anytown CSP", pseudonyms=("Ann",))) == (
        "local_reference",
        "date_of_death",
        "author",
        "chair",
        "version_date",
    )


def test_the_printed_reading_has_every_key_and_no_text_of_the_report() -> None:
    read = ReadPaper(
        ReadingStatus.NO_TEXT, PaperKind.OTHER, 4, Facts(), ("no text",), "ab" * 32, text="secret"
    )
    printed = as_json(read)
    first = ["status", "kind", "pages", "facts", "warnings", "sha256"]
    more = ["review_kind", "councils", "version", "marking", "found", "flags"]
    assert list(printed) == first + more
    assert printed["facts"] == dict.fromkeys(FACTS) | {"pseudonyms": []}
    assert "secret" not in json.dumps(printed)
