"""Reading behind intake: whole texts, looks, scanned pages, and papers that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.flags import FlagKind
from secretariat.domain.found import Found, Sureness
from secretariat.domain.ledger import Tally
from secretariat.domain.letter import LetterStatus
from secretariat.domain.papers import Facts, PaperKind, ReadingStatus, Recognised
from secretariat.domain.post_in import Due
from secretariat.domain.recognised import BY_RECOGNITION, NO_TEXT, as_likely, filled, pages_of
from secretariat.domain.review import Parties
from tests.builders import REFERENCE, a_letter, a_meeting, an_act
from tests.papers_builders import a_docx, a_pdf, a_picture_pdf
from tests.reading_builders import COVER, PROSE, Room, a_scan


@pytest.fixture
def room(register: Database, clock: StoppedClock, vault: Vault, reader: Reader) -> Room:
    return Room(register, clock, vault, reader)


def after(turns: int) -> Callable[[], bool]:
    """Return a `stopping` that lets so many questions pass."""
    asked: Iterator[bool] = iter([False] * turns)
    return lambda: next(asked, True)


def test_the_whole_text_is_kept_and_nothing_is_due_any_more(room: Room) -> None:
    room.with_review()
    paper = room.with_paper(a_pdf(COVER, PROSE, ("The last page says goodbye to everyone.",)))
    assert room.room().work() == Tally(1)
    read = room.paper(paper.number)
    assert (read.due, read.reading, read.pages) == (Due.NOTHING, ReadingStatus.TEXT, 3)
    assert "says goodbye" in room.text(read)
    assert read.kind == PaperKind.OVERVIEW_REPORT
    assert room.told()[-1] == "read to its end: text, 0 flags"
    assert room.room().work() == Tally()


def test_what_staff_should_look_at_is_noticed_behind_intake(room: Room) -> None:
    room.with_review()
    paper = room.with_paper(a_docx(*COVER, *PROSE))
    room.room().work()
    assert FlagKind.NOT_PDF in {flag.kind for flag in room.paper(paper.number).flags}


def test_what_a_person_changed_while_a_paper_was_read_stays(room: Room) -> None:
    room.with_review()
    paper = room.with_paper(a_pdf(COVER, PROSE))

    class Interrupted(Vault):
        def open(self, sha256: str, /) -> bytes:
            with room.register.register() as pen:
                said = replace(pen.paper(paper.number), kind=PaperKind.LETTER.value)
                pen.save_paper(replace(said, set_aside=True), an_act())
            return super().open(sha256)

    room.room(vault=Interrupted(room.vault.folder)).work()
    read = room.paper(paper.number)
    assert (read.kind, read.set_aside, bool(read.text)) == (PaperKind.LETTER, True, True)


def test_a_scanned_cover_fills_the_gaps_in_the_facts_and_nothing_else(room: Room) -> None:
    room.with_review(facts=Facts(local_reference="DHR99"))
    paper = room.with_paper(a_scan(COVER, PROSE), reading=ReadingStatus.NO_TEXT.value)
    assert room.room().work() == Tally(3)
    facts = room.review().facts
    assert facts.local_reference == "DHR99"
    assert facts.author == "Alex Writer"
    assert facts.date_of_death == "2023-04"
    read = room.paper(paper.number)
    assert (read.due, read.reading) == (Due.NOTHING, ReadingStatus.TEXT)
    assert BY_RECOGNITION in read.warnings
    assert NO_TEXT not in read.warnings
    assert "agreed a plan" in room.text(read)
    author = next(each for each in read.found if each.fact == "author")
    assert (author.value, author.sure, author.page) == ("Alex Writer", Sureness.LIKELY, 1)
    assert any("read off paper" in why and "author" in why for why in room.told())
    assert not any("Alex" in why or "Maria" in why for why in room.told())


def test_a_scanned_cover_tells_whose_review_it_is_for_a_person_to_confirm(room: Room) -> None:
    room.with_review(parties=Parties(), facts=Facts(), sender="jo@anyshire.gov.uk")
    room.with_paper(a_scan(COVER, PROSE), reading=ReadingStatus.NO_TEXT.value)
    room.room().work()
    parties = room.review().parties
    assert (parties.csp_ids, parties.sure) == (("anytown",), False)


def test_a_partnership_that_is_known_stays_whatever_a_scan_says(room: Room) -> None:
    known = Parties(("otherton",), "Otherton CSP", sure=True)
    room.with_review(parties=known, facts=Facts())
    room.with_paper(a_scan(COVER, PROSE), reading=ReadingStatus.NO_TEXT.value)
    room.room().work()
    assert room.review().parties == known


def test_a_scan_that_intake_knows_as_one_is_looked_at_like_any_other(room: Room) -> None:
    room.with_review()
    unread = {"reading": ReadingStatus.NO_TEXT.value, "due": Due.FRONT_RECOGNITION, "pages": 2}
    paper = room.with_paper(a_scan(COVER, PROSE), **unread)
    room.room().work()
    told = [why for why in room.told() if "read to its end" in why or "recognition" in why]
    assert [why.partition(":")[0] for why in told] == [
        "read to its end",
        "2 first pages read by recognition",
        "2 pages read by recognition",
    ]
    assert room.paper(paper.number).reading == ReadingStatus.TEXT
    assert room.review().facts.author == "Alex Writer"


def test_a_later_paper_is_read_before_the_other_pages_of_an_earlier_scan(room: Room) -> None:
    room.with_review()
    scan = room.with_paper(a_scan(COVER, *[PROSE] * 3))
    room.with_paper(a_pdf(COVER, PROSE), name="Second.pdf")
    room.room().work()
    read = [why for why in room.told() if "read" in why and "registered" not in why]
    assert [why.split(":")[0] for why in read if "read off" not in why] == [
        "read to its end",
        "read to its end",
        "3 first pages read by recognition",
        "4 pages read by recognition",
    ]
    assert room.paper(scan.number).due is Due.NOTHING


def test_a_stop_between_two_pages_leaves_the_rest_for_later(room: Room) -> None:
    room.with_review()
    paper = room.with_paper(a_scan(COVER, *[PROSE] * 3))
    stage = room.room()
    stage.work(after(4))
    assert room.paper(paper.number).due is Due.FRONT_RECOGNITION
    assert stage.work(after(3)) == Tally(1)
    assert room.paper(paper.number).due is Due.RECOGNITION
    stage.work()
    assert room.paper(paper.number).due is Due.NOTHING


def test_only_the_pages_without_text_are_read_by_recognition(room: Room) -> None:
    room.with_review()
    text = "\n\f".join(["A typed page with many letters on it."] + [""] * 3)
    scan = a_scan(COVER, PROSE, PROSE, PROSE)
    paper = room.with_paper(scan, text=room.vault.keep(text.encode()), pages=4, due=Due.RECOGNITION)
    room.room().work()
    pages = room.text(room.paper(paper.number)).split("\f")
    assert pages[0].strip() == "A typed page with many letters on it."
    assert all("agreed a plan" in page for page in pages[1:])


@pytest.mark.parametrize("due", [Due.READING, Due.FRONT_RECOGNITION, Due.RECOGNITION])
def test_without_recognition_a_scan_is_left_to_a_person(room: Room, due: Due) -> None:
    room.with_review()
    paper = room.with_paper(a_scan(COVER), reading=ReadingStatus.NO_TEXT.value, pages=1, due=due)
    assert room.room(recognition=False).work() == Tally(1)
    read = room.paper(paper.number)
    assert (read.due, read.reading) == (Due.NOTHING, ReadingStatus.NO_TEXT)
    assert NO_TEXT in read.warnings


def test_a_scan_without_words_is_left_to_a_person(room: Room) -> None:
    room.with_review()
    paper = room.with_paper(a_picture_pdf(2))
    room.room().work()
    read = room.paper(paper.number)
    assert (read.due, read.reading, read.text) == (Due.NOTHING, ReadingStatus.NO_TEXT, "")
    assert NO_TEXT in read.warnings


def test_facts_of_a_scan_are_not_filled_in_once_a_letter_is_written(room: Room) -> None:
    room.with_review()
    with room.register.register() as pen:
        pen.add_meeting(a_meeting(agenda=(REFERENCE,)), an_act())
        pen.add_letter(a_letter(status=LetterStatus.DRAFT), an_act())
    room.with_paper(a_scan(COVER))
    room.room().work()
    assert room.review().facts == Facts()


def test_facts_are_not_taken_from_a_scanned_letter(room: Room) -> None:
    room.with_review()
    room.with_paper(a_scan(COVER), kind=PaperKind.LETTER.value)
    room.room().work()
    assert room.review().facts == Facts()


def test_a_damaged_paper_is_damaged_with_a_sentence_and_done_with(room: Room) -> None:
    room.with_review()
    front = {"pages": 64, "kind": PaperKind.OVERVIEW_REPORT.value, "found": (Found("csp", "A"),)}
    paper = room.with_paper(b"%PDF-1.7 and then nothing", **front)
    assert room.room().work() == Tally(1)
    read = room.paper(paper.number)
    assert (read.due, read.reading) == (Due.NOTHING, ReadingStatus.DAMAGED)
    assert "the file is damaged: ask for another copy" in read.warnings
    assert (read.pages, read.kind, read.found) == (paper.pages, paper.kind, paper.found)


def test_a_paper_that_breaks_the_service_itself_is_damaged_and_stops_no_other(room: Room) -> None:
    room.with_review()
    broken = room.with_paper(a_pdf(COVER))
    well = room.with_paper(a_pdf(COVER, PROSE))

    class Broken(Reader):
        def look(self, content: bytes, name: str, /, **asked: object) -> tuple[()]:
            if content == room.vault.open(broken.sha256):
                raise ZeroDivisionError("Maria")
            return ()

    with Broken() as reader:
        tally = room.room(reader=reader).work()
    (told,) = tally.stuck
    assert told[0] == f"QA-2026-0001, paper {broken.number}"
    assert told[1] == "it broke the reading (ZeroDivisionError): a person must look at it"
    assert room.paper(broken.number).reading == ReadingStatus.DAMAGED
    assert room.paper(broken.number).due is Due.NOTHING
    assert room.paper(well.number).text


def test_a_paper_that_the_vault_lost_is_told_and_stops_no_other(room: Room) -> None:
    room.with_review()
    lost = room.with_paper(a_pdf(COVER))
    room.vault.forget(lost.sha256)
    well = room.with_paper(a_pdf(COVER, PROSE))
    tally = room.room().work()
    assert tally.done == 1
    assert tally.stuck[0][1].startswith("the vault does not hold the paper")
    assert room.paper(lost.number).due is Due.READING
    assert room.paper(well.number).due is Due.NOTHING


def test_no_fact_that_recognition_reads_is_stated() -> None:
    found = (Found("author", "A. Writer"), Found("chair", None, sure=Sureness.IN_DOUBT))
    assert [each.sure for each in as_likely(found)] == [Sureness.LIKELY, Sureness.IN_DOUBT]


def test_filling_gaps_changes_no_known_fact() -> None:
    known = Facts(csp="Anytown", pseudonyms=("Maria",))
    stated = Facts(csp="Otherton", pseudonyms=("Mara",), author="A. Writer")
    assert filled(known, stated) == replace(known, author="A. Writer")


def test_a_text_is_its_pages_again() -> None:
    assert pages_of("one\n\ftwo\n\f", 3) == ("one\n", "two\n", "")
    assert pages_of(" \f ", 2) == ("", "")


class Counted(Reader):
    """Reads as ever, and notes which pages were recognised."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[int] = []

    def recognise(self, content: bytes, /, *, first: int, last: int) -> Recognised:
        self.pages += range(first, last + 1)
        return super().recognise(content, first=first, last=last)


def test_a_long_scan_goes_on_after_a_restart_from_where_it_was(room: Room) -> None:
    room.with_review()
    paper = room.with_paper(a_scan(COVER, *[PROSE] * 8))
    for turns in (3, 4, 5):
        with Counted() as reader:
            room.room(reader=reader).work(after(turns))
    assert room.paper(paper.number).due is not Due.NOTHING
    done = room.pages_read(paper)
    assert 3 < len(done) < 9
    with Counted() as reader:
        room.room(reader=reader).work()
    assert reader.pages == [page for page in range(1, 10) if page not in done]
    read = room.paper(paper.number)
    assert (read.due, room.text(read).count("\f")) == (Due.NOTHING, 8)
    assert all("agreed a plan" in page for page in room.text(read).split("\f")[1:])
    assert room.review().facts.author == "Alex Writer"
    assert room.pages_read(paper) == {}


def test_a_scan_whose_first_page_is_read_is_not_looked_at_again_after_a_restart(
    room: Room,
) -> None:
    room.with_review()
    paper = room.with_paper(a_scan(COVER, PROSE, PROSE))
    room.room().work(after(3))
    assert list(room.pages_read(paper)) == [1]
    room.room().work()
    assert sum("read to its end" in why for why in room.told()) == 1


def test_pages_of_a_scan_that_is_given_up_are_not_kept(room: Room) -> None:
    room.with_review()
    paper = room.with_paper(a_scan(COVER, PROSE))
    room.room().work(after(3))
    assert room.pages_read(paper)
    room.room(recognition=False).work()
    assert room.paper(paper.number).due is Due.NOTHING
    assert room.pages_read(paper) == {}
