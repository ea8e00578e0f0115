"""The reading process: started clean, it forks one limited child for every paper.

It has the parsers loaded, so that a child costs a fork and not a start; it never looks at a paper
itself.  A task comes over a socket as JSON with two files: the paper, and the pipe for the answer.
The process answers with the child's number, so that the service can end it, and exits when the
service closes the socket.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import shutil
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from secretariat.adapters.papers import looks, opening, pictures, sandbox, unlocking
from secretariat.adapters.papers.unpack import unpack as unpack_container
from secretariat.adapters.papers.warming import warm_up
from secretariat.domain.front_page import read_front
from secretariat.domain.papers import ContainerRefused, ReadingStatus, fingerprint

TASK_BYTES: Final = 64 * 1024
MOST_OPEN_FILES: Final = 64
MOST_WRITTEN: Final = 64 * 2**20

Answer = tuple[dict[str, Any], bytes]
Task = Mapping[str, Any]
TOOL_PATH: Final = "/usr/bin:/bin:/usr/local/bin"


def read(content: bytes, task: Task) -> Answer:
    """Read one paper and return what the service makes a ReadPaper of."""
    whole = bool(task.get("whole", True))
    layout = opening.lay_open(content, whole=whole)
    front = read_front(layout.lines, name=task["name"], pages=layout.pages)
    seen = layout.status is ReadingStatus.TEXT
    said = {
        "status": layout.status,
        "kind": front.kind,
        "pages": layout.pages,
        "facts": asdict(front.facts),
        "warnings": (*layout.warnings, *(front.warnings if seen else ())),
        "marking": front.marking,
        "found": [asdict(each) for each in front.found],
        "flags": [asdict(each) for each in layout.flags],
        "front": fingerprint(layout.lines),
        "needs": layout.needs,
    }
    return said, layout.text.encode("utf-8", errors="replace") if whole else b""


def look(content: bytes, task: Task) -> Answer:
    """Answer with everything that staff should look at."""
    return {"flags": [asdict(flag) for flag in looks.look(content, task["name"], task["names"])]}, (
        b""
    )


def picture(content: bytes, task: Task) -> Answer:
    """Answer with one page as a PNG."""
    return {}, pictures.picture(content, int(task["page"]), dots=int(task["dots"]))


def unlock(content: bytes, task: Task) -> Answer:
    """Answer with the file opened by one of the passwords."""
    opened = unlocking.unlock(content, [str(each) for each in task["passwords"]])
    return {"opened": opened is not None}, opened or b""


def unpack(content: bytes, task: Task) -> Answer:
    """Answer with the names and sizes of the members, and their bytes one after another."""
    try:
        members = unpack_container(content, task["name"])
    except ContainerRefused as fault:
        return {"refused": fault.why}, b""
    listed = [(member.name, len(member.content), member.media_type) for member in members]
    return {"members": listed}, b"".join(member.content for member in members)


def notes(content: bytes, task: Task) -> Answer:
    """Answer with the paragraphs of panel notes."""
    try:
        return {"notes": [asdict(line) for line in opening.notes(content)]}, b""
    except ContainerRefused:
        return {"notes": []}, b""


def html(content: bytes, task: Task) -> Answer:
    """Answer with the visible text of a page."""
    text = opening.visible_text(content.decode("utf-8", errors="replace"))
    return {}, text.encode("utf-8", errors="replace")


TASKS: Final[Mapping[str, Callable[[bytes, Task], Answer]]] = {
    "read": read,
    "look": look,
    "picture": picture,
    "unlock": unlock,
    "unpack": unpack,
    "notes": notes,
    "html": html,
}
TOOLS: Final[Mapping[str, tuple[str, ...]]] = {
    "tesseract": ("tesseract", "stdin", "stdout", "-l", "eng", "--dpi", str(pictures.DOTS_FOR_OCR)),
    "catdoc": ("catdoc", "-d", "utf-8", "-w"),
}
"""Programs that a limited child turns into: the paper on its input, text on its output."""


def main(descriptor: int) -> None:
    """Shut this process in, say how well that went, and take tasks until the socket closes."""
    shut = sandbox.enter(sandbox.PACKAGE)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    service = socket.socket(fileno=descriptor)
    service.send(json.dumps(asdict(shut)).encode())
    warm_up()
    gc.collect()
    gc.freeze()
    while True:
        message, files, _, _ = socket.recv_fds(service, TASK_BYTES, 2)
        if not message:
            return
        task = json.loads(message)
        _load(task["task"])
        child = os.fork()
        if child == 0:
            service.close()
            _work_and_exit(task, *files)
        for file in files:
            os.close(file)
        service.send(struct.pack("!i", child))


def _load(task: str) -> None:
    """Load the module of a task that is not ours, so that its children are born with it."""
    module = task.rpartition(":")[0]
    if module:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)


def _function(task: str) -> Callable[[bytes, Task], Answer]:
    module, _, name = task.rpartition(":")
    tasks: Mapping[str, Callable[[bytes, Task], Answer]] = (
        sys.modules[module].TASKS if module else TASKS
    )
    return tasks[name]


def _work_and_exit(task: dict[str, Any], paper: int, answer: int) -> None:
    """Do one task within its limits; whatever happens, the child ends here."""
    try:
        _limit(task["limits"])
        if task["task"] in TOOLS:
            _become(task["task"], paper, answer)
        with os.fdopen(paper, "rb") as file:
            file.seek(0)
            content = file.read()
        try:
            said, blob = _function(task["task"])(content, task)
        except Exception as fault:
            said, blob = {"fault": type(fault).__name__}, b""
        _answer(answer, said, blob)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _become(tool: str, paper: int, answer: int) -> None:
    """Turn this child into a program that reads the paper and writes plain text."""
    os.lseek(paper, 0, os.SEEK_SET)
    os.dup2(paper, 0)
    os.dup2(answer, 1)
    os.closerange(3, MOST_OPEN_FILES)
    place = shutil.which(tool, path=TOOL_PATH)
    if place:
        os.execve(place, TOOLS[tool], {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"})  # noqa: S606
    os._exit(127)


def _limit(limits: Mapping[str, int]) -> None:
    os.setsid()
    gc.disable()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits["wall_seconds"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN_FILES, MOST_OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))


def _answer(pipe: int, said: dict[str, Any], blob: bytes) -> None:
    head = json.dumps(said).encode()
    with os.fdopen(pipe, "wb") as file:
        file.write(struct.pack("!QQ", len(head), len(blob)))
        file.write(head)
        file.write(blob)


if __name__ == "__main__":
    main(int(sys.argv[1]))
