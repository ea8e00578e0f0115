"""What differs between a registered paper and the published text."""

from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.changes import Change, ChangeKind, Copy, changes_between, copy_of, telling
from secretariat.domain.laid_out import lay_out
from tests.publication_builders import letter_text, report_text

REPORT = report_text()


def differing(published: str, paper: str = REPORT) -> tuple[Change, ...]:
    return changes_between(lay_out(paper), lay_out(published))


def test_the_same_text_differs_nowhere_and_neither_does_what_is_bound_in_with_it() -> None:
    assert differing(REPORT) == ()
    assert differing(f"Menu, search and cookies\n{REPORT}\n{letter_text()}") == ()


def test_each_pseudonym_turned_back_into_a_name_is_told() -> None:
    changes = differing(REPORT.replace("Maria", "Jane"))
    assert len(changes) == REPORT.count("Maria")
    assert {(one.kind, one.before, one.after) for one in changes} == {
        (ChangeKind.NAME, "Maria", "Jane")
    }


def test_what_is_gone_from_the_end_is_told() -> None:
    rows = REPORT.split("\n")
    (change,) = differing("\n".join(rows[:-1]))
    assert (change.after, change.kind) == ("", ChangeKind.NAME)
    assert change.before.startswith("12 6 In year 12")


def test_running_heads_and_page_numbers_are_no_part_of_a_report() -> None:
    pages = [REPORT[at : at + 2_000] for at in range(0, 12_000, 2_000)]
    plain = "\n\f".join(pages)
    headed = "\n\f".join(
        f"OFFICIAL: DHR15 overview\n{page}\nPage {number} of 6"
        for number, page in enumerate(pages, start=1)
    )
    assert differing(headed, plain) == ()


def test_a_change_bears_the_pages_of_both_texts() -> None:
    paper = f"{REPORT}\n\fThe chair closed the review in good order on that day."
    published = f"Cover\n\f{REPORT}\n\fThe chair ended the review in good order on that day."
    (change,) = differing(published, paper)
    assert (change.page, change.published_page) == (2, 3)
    assert (change.kind, change.before, change.after) == (ChangeKind.WORDING, "closed", "ended")


def test_a_scan_is_told_from_a_copy_typed_anew() -> None:
    scanned = REPORT.replace("times", "tirnes").replace("wrote", "wr0te")
    typed = REPORT.replace("times", "visits again").replace("wrote", "put").replace("met", "saw")
    words = len(lay_out(REPORT).words)
    assert copy_of(differing(scanned), words) is Copy.SCAN
    assert copy_of(differing(typed), words) is Copy.RETYPED
    assert copy_of(differing(REPORT), words) is Copy.FILE


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    changes = differing(other, one)
    assert set(telling(changes)) <= set(changes)
    assert all(0 <= change.at <= len(lay_out(one).words) for change in changes)


@given(st.data())
def test_a_word_that_was_swapped_is_found_wherever_it_stands(data: st.DataObject) -> None:
    laid = lay_out(REPORT)
    at = data.draw(st.integers(0, len(laid.words) - 1))
    words = list(laid.written)
    words[at] = "Zebedee"
    touched = [
        one
        for one in differing(" ".join(words), " ".join(laid.written))
        if one.at <= at <= one.at + one.length
    ]
    assert [one.kind for one in touched] == [ChangeKind.NAME]
