"""The reading process: started clean, it forks one limited child for every paper.

It has the parsers loaded, so that a child costs a fork and not a start; it never looks at a paper
itself.  A task comes over a socket as JSON with two files: the paper, and the pipe for the answer.
The process answers with the child's number, so that the service can end it, and exits when the
service closes the socket.
"""

import ctypes
import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from secretariat.adapters.papers import opening
from secretariat.adapters.papers.unpack import unpack
from secretariat.domain.front_page import read_front
from secretariat.domain.papers import ContainerRefused, ReadingStatus

NEW_USER: Final = 0x10000000
NEW_NETWORK: Final = 0x40000000
TASK_BYTES: Final = 64 * 1024
MOST_OPEN_FILES: Final = 64
MOST_WRITTEN: Final = 64 * 2**20

Answer = tuple[dict[str, Any], bytes]


def read(content: bytes, name: str) -> Answer:
    """Read one paper and return what the service makes a ReadPaper of."""
    layout = opening.lay_open(content)
    front = read_front(layout.lines, name=name, pages=layout.pages)
    seen = layout.status is ReadingStatus.TEXT
    warnings = (*layout.warnings, *(front.warnings if seen else ()))
    answer = {"status": layout.status, "kind": front.kind, "pages": layout.pages}
    facts = asdict(front.facts)
    return {**answer, "facts": facts, "warnings": warnings, "marking": front.marking}, (
        layout.text.encode("utf-8", errors="replace")
    )


def unpack_zip(content: bytes, name: str) -> Answer:
    """Answer with the names and sizes of the members, and their bytes one after another."""
    try:
        members = unpack(content)
    except ContainerRefused as fault:
        return {"refused": fault.why}, b""
    sizes = [(member.name, len(member.content)) for member in members]
    return {"members": sizes}, b"".join(member.content for member in members)


def notes(content: bytes, name: str) -> Answer:
    """Answer with the paragraphs of panel notes."""
    try:
        return {"notes": [asdict(line) for line in opening.notes(content)]}, b""
    except ContainerRefused:
        return {"notes": []}, b""


def html(content: bytes, name: str) -> Answer:
    """Answer with the visible text of a page."""
    text = opening.visible_text(content.decode("utf-8", errors="replace"))
    return {}, text.encode("utf-8", errors="replace")


TASKS: Final[Mapping[str, Callable[[bytes, str], Answer]]] = {
    "read": read,
    "unpack": unpack_zip,
    "notes": notes,
    "html": html,
}


def main(descriptor: int) -> None:
    """Take tasks from the socket until the service closes it."""
    _leave_the_network()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    service = socket.socket(fileno=descriptor)
    gc.collect()
    gc.freeze()
    while True:
        message, files, _, _ = socket.recv_fds(service, TASK_BYTES, 2)
        if not message:
            return
        child = os.fork()
        if child == 0:
            service.close()
            _work_and_exit(json.loads(message), *files)
        for file in files:
            os.close(file)
        service.send(struct.pack("!i", child))


def _leave_the_network() -> None:
    """Take away the network where the kernel lets us; the limits below do not stand on it."""
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.unshare(NEW_USER | NEW_NETWORK) != 0:
        kernel.unshare(NEW_NETWORK)


def _work_and_exit(task: dict[str, Any], paper: int, answer: int) -> None:
    """Do one task within its limits; whatever happens, the child ends here."""
    try:
        _limit(task["limits"])
        with os.fdopen(paper, "rb") as file:
            file.seek(0)
            content = file.read()
        try:
            said, blob = TASKS[task["task"]](content, task["name"])
        except Exception as fault:
            said, blob = {"fault": type(fault).__name__}, b""
        _answer(answer, said, blob)
    except BaseException:
        os._exit(1)
    os._exit(0)


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
