"""Files made to do harm, and reading processes that die: a status each time, never an exception."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from secretariat.adapters.papers.reader import Limits, Reader, ReadingOutOfOrder
from secretariat.adapters.papers.warming import ROWS as OUR_ROWS
from secretariat.adapters.papers.warming import sample
from secretariat.domain.papers import ContainerRefused, ReadingStatus, Recognised
from tests.adapters.test_reader import a_pdf_of_many_words, a_raw_pdf
from tests.papers_builders import a_docx, a_pdf, a_zip

ROWS = ["Domestic Homicide Review", "Overview Report", "The death of 'Wilma' in August 2015"]
FEW = Limits(cpu_seconds=4, wall_seconds=8, memory_bytes=500 * 2**20)
DEEP = 120_000


def nested_flate() -> bytes:
    packed = zlib.compress(zlib.compress(bytes(600 * 2**20), 1), 9)
    return a_raw_pdf(packed, b"[/FlateDecode/FlateDecode]")


def forms_within_forms() -> bytes:
    """Return a PDF in which each of 36 drawings draws the next one twice: 2^35 in all."""
    made = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"
    ]
    for number in range(5, 41):
        made.append(
            b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject"
            b"<</X %d 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream endobj\n"
            % (number, number + 1)
        )
    made.append(
        b"41 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length 0>>stream\n\n"
        b"endstream endobj\ntrailer<</Root 1 0 R>>"
    )
    return b"".join(made)


def zip_in_a_word_file() -> bytes:
    """Return a Word file whose document would hold 400 MB."""
    made = io.BytesIO(a_docx(*ROWS))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as container,
        container.open("word/flood.xml", "w") as part,
    ):
        for _ in range(40):
            part.write(bytes(10 * 2**20))
    return made.getvalue()


def deep_xml() -> bytes:
    return a_docx("<w:p>" * DEEP + "</w:p>" * DEEP)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(FEW) as reader:
        yield reader


BOMBS = [
    pytest.param(nested_flate, id="zeros packed twice"),
    pytest.param(forms_within_forms, id="drawings that draw one another"),
    pytest.param(lambda: a_pdf_of_many_words(3_000), id="6,000 words scattered on a page"),
    pytest.param(zip_in_a_word_file, id="a Word file that unpacks to a flood"),
    pytest.param(deep_xml, id="a Word file nested without end"),
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_a_status_within_its_time_and_the_next_paper_is_read(
    reader: Reader, bomb: Callable[[], bytes]
) -> None:
    paper = bomb()
    began = time.monotonic()
    read = reader.read(paper, "bomb")
    assert time.monotonic() - began < FEW.wall_seconds + 8
    assert read.status in ReadingStatus
    assert read.status is ReadingStatus.TEXT or read.warnings
    assert reader.read(a_pdf(ROWS), "a.pdf").status is ReadingStatus.TEXT


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_makes_any_other_question_raise(bomb: Callable[[], bytes]) -> None:
    paper = bomb()
    with Reader(Limits(cpu_seconds=1, wall_seconds=2, memory_bytes=300 * 2**20)) as reader:
        assert isinstance(reader.look(paper, "bomb"), tuple)
        assert isinstance(reader.picture(paper, 1), bytes)
        assert reader.unlock(paper, ["guess"]) is None
        assert isinstance(reader.notes_text(paper, "bomb"), tuple)
        with contextlib.suppress(ContainerRefused):
            reader.unpack(paper, "bomb")
        assert reader.text_of_html("<p>next").split() == ["next"]


def test_a_zip_of_nothing_but_zeros_is_refused_in_a_sentence(reader: Reader) -> None:
    with pytest.raises(ContainerRefused, match=r"\w+ \w+"):
        reader.unpack(a_zip({f"{place}.pdf": bytes(80 * 2**20) for place in range(2)}))


def test_a_child_that_is_killed_from_outside_is_a_damaged_paper() -> None:
    """As the kernel does it when memory runs out."""
    slow = a_pdf_of_many_words(200_000)
    with Reader(Limits(cpu_seconds=25, wall_seconds=25)) as reader, ThreadPoolExecutor(1) as other:
        at_rest(reader)
        asked = other.submit(reader.read, slow, "slow.pdf")
        os.kill(a_child_of(reader), signal.SIGKILL)
        read = asked.result(20)
        assert read.status is ReadingStatus.DAMAGED
        assert "ask for another copy" in read.warnings[0]
        assert reader.read(a_pdf(ROWS), "a.pdf").status is ReadingStatus.TEXT


def test_the_process_may_die_while_it_reads_and_another_reads_on() -> None:
    slow = a_pdf_of_many_words(200_000)
    with Reader(Limits(cpu_seconds=3, wall_seconds=3)) as reader, ThreadPoolExecutor(1) as other:
        at_rest(reader)
        asked = other.submit(reader.read, slow, "slow.pdf")
        a_child_of(reader)
        assert reader.process_id is not None
        os.kill(reader.process_id, signal.SIGKILL)
        assert reader.read(a_pdf(ROWS), "a.pdf").status is ReadingStatus.TEXT
        assert asked.result(20).status in ReadingStatus


def test_the_process_dies_again_and_again_while_threads_ask() -> None:
    papers = [a_pdf([*ROWS[:2], f"The death of Adult {letter}"]) for letter in "ABCDEFGHIJKL"]
    with Reader() as reader, ThreadPoolExecutor(4) as threads:
        reader.read(papers[0], "a.pdf")
        done = threading.Event()
        killer = threading.Thread(target=kill_now_and_then, args=(reader, done))
        killer.start()
        read = list(threads.map(lambda paper: answer_or_out_of_order(reader, paper), papers))
        done.set()
        killer.join()
        assert all(status in {*ReadingStatus, None} for status in read)
        assert reader.read(papers[0], "a.pdf").status is ReadingStatus.TEXT


def test_a_process_that_cannot_be_started_is_out_of_order_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for program in ("/bin/false", str(tmp_path / "not-there")):
        monkeypatch.setattr(sys, "executable", program)
        with Reader() as reader:
            with pytest.raises(ReadingOutOfOrder, match="cannot be started"):
                reader.read(a_pdf(ROWS), "a.pdf")
            with pytest.raises(ReadingOutOfOrder, match="cannot be started"):
                reader.shut()
            assert reader.process_id is None


def test_two_papers_are_read_side_by_side() -> None:
    """A slow paper does not hold up a quick one of another thread."""
    slow = a_pdf_of_many_words(200_000)
    with Reader(Limits(cpu_seconds=5, wall_seconds=5)) as reader, ThreadPoolExecutor(1) as other:
        at_rest(reader)
        asked = other.submit(reader.read, slow, "slow.pdf")
        a_child_of(reader)
        assert reader.read(a_pdf(ROWS), "a.pdf").status is ReadingStatus.TEXT
        assert not asked.done()
        asked.result(20)


def test_words_are_recognised_inside_the_box() -> None:
    with Reader() as reader:
        assert reader.recognises
        recognised = reader.recognise(a_scan(*ROWS[:2]), first=1, last=1)
        assert recognised.pages[0].split("\n")[:2] == ROWS[:2]
        assert reader.recognise(b"%PDF- broken", first=1, last=1) == Recognised(("",))


def test_an_old_word_file_is_read_inside_the_box(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("\n".join([*ROWS, "Author: Zoë Sample"]), encoding="utf-8")
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "doc:MS Word 97", "a.txt"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    paper = (tmp_path / "a.doc").read_bytes()
    read = reader.read(paper, "a.doc")
    assert read.status is ReadingStatus.TEXT
    assert read.facts.pseudonyms == ("Wilma",)
    assert read.facts.author == "Zoë Sample"
    monkeypatch.setattr("secretariat.adapters.papers.reader.TOOL_PATH", str(tmp_path))
    without = reader.read(paper, "a.doc")
    assert without.status is ReadingStatus.UNSUPPORTED
    assert ".docx" in without.warnings[0]


def test_the_paper_that_warms_the_process_up_is_a_paper(reader: Reader) -> None:
    read = reader.read(sample(), "a.pdf")
    assert read.status is ReadingStatus.TEXT
    assert read.facts.csp == OUR_ROWS[0]
    assert read.facts.local_reference == "DHR1"


def a_scan(*rows: str) -> bytes:
    """Return a PDF of one page, at 200 dots an inch, on which the words are a picture."""
    page, made = Image.new("RGB", (1654, 2339), "white"), io.BytesIO()
    font = ImageFont.load_default(size=60)
    ImageDraw.Draw(page).text((200, 300), "\n".join(rows), fill="black", font=font)
    page.save(made, "PDF", resolution=200)
    return made.getvalue()


def at_rest(reader: Reader) -> None:
    """Start the process, and wait until no child of it is left."""
    reader.shut()
    children = Path(f"/proc/{reader.process_id}/task/{reader.process_id}/children")
    while children.read_text().split():
        time.sleep(0.002)


def a_child_of(reader: Reader) -> int:
    """Return the number of a child that reads, waiting for it."""
    children = Path(f"/proc/{reader.process_id}/task/{reader.process_id}/children")
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if told := children.read_text().split():
            return int(told[0])
        time.sleep(0.002)
    raise AssertionError("no child was seen")


def kill_now_and_then(reader: Reader, done: threading.Event) -> None:
    for _ in range(3):
        if done.wait(0.3):
            return
        if (process := reader.process_id) is not None:
            os.kill(process, signal.SIGKILL)


def answer_or_out_of_order(reader: Reader, paper: bytes) -> ReadingStatus | None:
    try:
        return reader.read(paper, "a.pdf").status
    except ReadingOutOfOrder:
        return None
