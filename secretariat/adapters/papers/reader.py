"""Has submitted files read in a process apart; the service itself never parses one.

A PDF or a Word file can be made to eat all memory or to take over its parser.  So a process that
was never forked from the service, with an empty environment and no network, forks a limited child
for each paper.  A child that dies, or that is ended for taking too long, is a damaged paper.
"""

import contextlib
import hashlib
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from secretariat.adapters.papers.answers import (
    Broken,
    as_flags,
    as_members,
    as_notes,
    as_paper,
    opened,
    unread,
)
from secretariat.adapters.papers.pictures import DOTS_FOR_OCR, DOTS_TO_LOOK_AT
from secretariat.adapters.papers.sandbox import Shut
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.flags import UNSEEN, Flag
from secretariat.domain.papers import (
    ContainerRefused,
    Member,
    NotesLine,
    ReadingStatus,
    ReadPaper,
    Recognised,
)

MOST_BYTES: Final = 100 * 2**20
MOST_ANSWERED: Final = 256 * 2**20
LONGEST_NAME: Final = 200
SLACK_SECONDS: Final = 2
SECONDS_TO_START: Final = 30.0
MOST_TOLD: Final = 4_096
TOO_LARGE: Final = "the file is larger than 100 MB: ask for a smaller one"
TOOL_PATH: Final = "/usr/bin:/bin:/usr/local/bin"
PACKAGE_HOME: Final = str(Path(__file__).resolve().parents[3])
START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from secretariat.adapters.papers.worker import main; main(int(sys.argv[2]))"
)


class ReadingOutOfOrder(OutOfOrder):
    """The reading process cannot be started on this machine."""

    def __init__(self) -> None:
        super().__init__("the process that reads papers cannot be started")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may cost: seconds of work, seconds of waiting, bytes of memory."""

    cpu_seconds: int = 20
    wall_seconds: int = 30
    memory_bytes: int = 2**30


class Reader:
    """The door to the reading process; threads may share one and read side by side."""

    def __init__(self, limits: Limits = Limits(), *, side_by_side: int = 4) -> None:
        """Nothing is started before the first paper."""
        self._limits = limits
        self._lock = threading.Lock()
        self._seats = threading.BoundedSemaphore(side_by_side)
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._shut: Shut | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The reading process's number, None where none runs."""
        return self._process.pid if self._process else None

    def shut(self) -> Shut:
        """Return how well the process is shut in, starting it if need be; raise ReadingOutOfOrder.

        See `sandbox`: a wall that does not stand is named there.
        """
        with self._lock:
            for _ in range(2):
                with contextlib.suppress(OSError):
                    if self._socket is None:
                        self._start()
                    assert self._shut is not None  # noqa: S101 _start has set it
                    return self._shut
                self._stop()
        raise ReadingOutOfOrder

    def read(self, content: bytes, name: str, /, *, whole: bool = True) -> ReadPaper:
        """Read one paper; `name` only helps to tell its kind.  Never raises for a bad file.

        whole: False reads the front pages alone, which is all that registration waits for
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if len(content) > MOST_BYTES:
            return unread(ReadingStatus.TOO_LARGE, TOO_LARGE, sha256)
        try:
            said, blob = self._ask("read", content, name, whole=whole)
            paper = as_paper(said, blob, sha256, whole=whole)
            if not (tool := str(said.get("needs", ""))) or not has_tool(tool):
                return paper
            text = self._ask_tool(tool, content)
            said, blob = self._ask("read", text, name, whole=whole)
            words = as_paper(said, blob, sha256, whole=whole)
            return replace(words, flags=(*paper.flags, *words.flags))
        except Broken as fault:
            return unread(ReadingStatus.DAMAGED, str(fault), sha256)

    def look(self, content: bytes, name: str, /, *, names: Sequence[str] = ()) -> tuple[Flag, ...]:
        """Return all in the paper that staff should look at; UNSEEN where it cannot be read."""
        try:
            said, _ = self._ask("look", content[:MOST_BYTES], name, names=list(names))
            return as_flags(said)
        except Broken:
            return (UNSEEN,)

    def recognise(self, content: bytes, /, *, first: int, last: int) -> Recognised:
        """Return the words of pages `first` to `last` (from 1) by OCR; no pages where it cannot."""
        if not self.recognises:
            return Recognised(())
        texts = []
        for page in range(first, last + 1):
            try:
                drawn = self._drawn(content, page, DOTS_FOR_OCR)
                texts.append(self._ask_tool("tesseract", drawn).decode("utf-8", "replace"))
            except Broken:
                texts.append("")
        return Recognised(tuple(texts))

    @property
    def recognises(self) -> bool:
        """Whether OCR is installed."""
        return has_tool("tesseract")

    def picture(self, content: bytes, page: int, /) -> bytes:
        """Return one page (from 1) as a PNG, b"" where it cannot be shown."""
        try:
            return self._drawn(content, page, DOTS_TO_LOOK_AT)
        except Broken:
            return b""

    def unlock(self, content: bytes, passwords: Sequence[str], /) -> bytes | None:
        """Return the file opened with the first password that fits, None where none does."""
        try:
            said, blob = self._ask("unlock", content[:MOST_BYTES], "", passwords=list(passwords))
        except Broken:
            return None
        return blob if said.get("opened") is True and blob else None

    def unpack(self, content: bytes, name: str = "", /) -> tuple[Member, ...]:
        """Return the files of a container, one level deep; raise ContainerRefused."""
        if len(content) > MOST_BYTES:
            raise ContainerRefused(TOO_LARGE)
        try:
            said, blob = self._ask("unpack", content, name)
            return as_members(said, blob)
        except Broken as fault:
            raise ContainerRefused(str(fault)) from fault

    def text_of_html(self, html: str, /) -> str:
        """Return the visible text of a page, "" where it cannot be read."""
        try:
            _, blob = self._ask("html", html.encode("utf-8", errors="replace"), "")
        except Broken:
            return ""
        return blob.decode("utf-8", errors="replace")

    def notes_text(self, content: bytes, name: str, /) -> tuple[NotesLine, ...]:
        """Return the paragraphs of panel notes, () where the file cannot be read."""
        try:
            said, _ = self._ask("notes", content[:MOST_BYTES], name)
            return as_notes(said)
        except Broken:
            return ()

    def work(self, task: str, content: bytes, /, **asked: Any) -> tuple[dict[str, Any], bytes]:
        """Do a task of another module ("package.module:task") there; "broken" says why it failed.

        The module must be one of ours: it has a table TASKS, as `worker` has.
        """
        try:
            return self._ask(task, content[:MOST_BYTES], "", **asked)
        except Broken as fault:
            return {"broken": str(fault)}, b""

    def close(self) -> None:
        """End the reading process; a later call starts another."""
        with self._lock:
            self._stop()

    def _drawn(self, content: bytes, page: int, dots: int) -> bytes:
        _, blob = self._ask("picture", content[:MOST_BYTES], "", page=page, dots=dots)
        return blob

    def _ask(
        self, task: str, content: bytes, name: str, **asked: Any
    ) -> tuple[dict[str, Any], bytes]:
        raw = self._answer_of(content, {**asked, "task": task, "name": name[-LONGEST_NAME:]})
        return opened(raw, self._too_slow())

    def _ask_tool(self, tool: str, content: bytes) -> bytes:
        """Return the text that a program makes of the file; raise Broken where it says nothing."""
        if not (text := self._answer_of(content, {"task": tool})):
            raise Broken("the file could not be turned into text: ask for it as PDF or Word .docx")
        return text

    def _answer_of(self, content: bytes, asked: Mapping[str, Any]) -> bytes:
        """Return what one child wrote before its end; raise Broken."""
        message = json.dumps({**asked, "limits": asdict(self._limits)})
        with self._seats, _paper_file(content) as paper:
            answer, childs_end = os.pipe()
            try:
                child = self._hand_over(message.encode(), (paper, childs_end))
                os.close(childs_end)
                childs_end = -1
                return self._answer(answer, child)
            finally:
                os.close(answer)
                if childs_end >= 0:
                    os.close(childs_end)

    def _hand_over(self, message: bytes, files: tuple[int, int]) -> int:
        """Give the task to the reading process, a new one if it has died; return the child."""
        with self._lock:
            for _ in range(2):
                try:
                    if self._socket is None:
                        self._start()
                    assert self._socket is not None  # noqa: S101 _start has set it
                    socket.send_fds(self._socket, [message], list(files))
                    if reply := self._socket.recv(4):
                        return int(struct.unpack("!i", reply)[0])
                except OSError:
                    pass
                self._stop()
        raise ReadingOutOfOrder

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(SECONDS_TO_START)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 our own interpreter and module
                [sys.executable, "-I", "-c", START, PACKAGE_HOME, str(theirs.fileno())],
                env={},
                cwd="/",
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._socket = ours
        said = ours.recv(MOST_TOLD)
        if not said:
            raise BrokenPipeError
        self._shut = Shut(**json.loads(said))

    def _stop(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
        self._socket = self._process = None

    def _answer(self, pipe: int, child: int) -> bytes:
        until = time.monotonic() + self._limits.wall_seconds + SLACK_SECONDS
        try:
            raw = _everything(pipe, until)
        except TimeoutError:
            _end(child)
            raise Broken(self._too_slow()) from None
        if raw is None:
            _end(child)
            raise Broken("the file would grow to more than can be kept")
        return raw

    def _too_slow(self) -> str:
        return (
            f"the file could not be read within {self._limits.wall_seconds} seconds and "
            f"{self._limits.memory_bytes // 2**20} MB of memory: ask for another copy"
        )


def has_tool(tool: str) -> bool:
    """Say whether a program that turns files into text is installed."""
    return shutil.which(tool, path=TOOL_PATH) is not None


@contextlib.contextmanager
def _paper_file(content: bytes) -> Any:
    """Lend a file in memory that holds the paper; it has no name on any disk."""
    descriptor = os.memfd_create("paper", os.MFD_CLOEXEC)
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        yield descriptor
    finally:
        os.close(descriptor)


def _everything(pipe: int, until: float) -> bytes | None:
    """Return what the child wrote before its end, None for too much; raise TimeoutError."""
    pieces: list[bytes] = []
    taken = 0
    poll = select.poll()
    poll.register(pipe, select.POLLIN | select.POLLHUP)
    while True:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1_000):
            raise TimeoutError
        piece = os.read(pipe, 1 << 20)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        taken += len(piece)
        if taken > MOST_ANSWERED:
            return None


def _end(child: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
