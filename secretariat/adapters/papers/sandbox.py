"""The box around the reading process: no network, no rights, no sight of files but programs.

The process enters it once, after its imports and before its first task, and every child is born
inside.  Each layer is a request to the kernel that may be refused, so what took hold is reported:
the service can then tell an administrator, or refuse to start.

Landlock: https://docs.kernel.org/userspace-api/landlock.html (Linux 5.13; numbers of system calls
and rights are those of the kernel's own headers, the same on every 64-bit machine).
"""

import contextlib
import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGE: Final = str(Path(__file__).resolve().parents[2])
"""The folder of our own code, which the process reads as well."""

NOBODY: Final = 65_534
NEW_USER: Final = 0x10000000
NEW_NETWORK: Final = 0x40000000
NEW_IPC: Final = 0x08000000
NO_NEW_PRIVILEGES: Final = 38
KEEP_CAPABILITIES: Final = 8
CAPABILITIES_VERSION: Final = 0x20080522
READ_AND_SEARCH: Final = 1 << 2
NOT_DUMPABLE: Final = 4
CREATE_RULESET: Final = 444
ADD_RULE: Final = 445
RESTRICT_SELF: Final = 446
SECCOMP: Final = 22
SECCOMP_FILTER: Final = 2
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
FOREIGN_CALLS: Final = 0x40000000
SYSTEM_CALLS: Final = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
BELOW_A_PATH: Final = 1
EXECUTE, READ_FILE, READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
READING: Final = EXECUTE | READ_FILE | READ_FOLDER
RIGHTS_OF_ABI: Final = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF}
RIGHTS_SINCE_5: Final = 0xFFFF
TCP_SINCE: Final = 4
SCOPES_SINCE: Final = 6
BOTH_TCP: Final = 0b11
BOTH_SCOPES: Final = 0b11
SYSTEM: Final = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/bin",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/dev/null",
    "/dev/urandom",
)


@dataclass(frozen=True, slots=True)
class Shut:
    """Which walls of the box stand.

    user: it is nobody and can never be anybody else again; where a container bars that, it is an
        ordinary user that can neither open a file of its own nor signal a process of its own
    network: it has none
    files: it sees programs and libraries alone, and can write nothing
    """

    user: bool
    network: bool
    files: bool

    @property
    def whole(self) -> bool:
        """Whether every wall stands."""
        return self.user and self.network and self.files

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is missing, a sentence each."""
        told = (
            (self.user, "it runs with the rights of the service's own user"),
            (self.network, "it can reach the network"),
            (self.files, "it can see the vault, the register and the configuration"),
        )
        return tuple(sentence for stands, sentence in told if not stands)


def enter(package: str) -> Shut:
    """Shut this process in for good and say which walls stand.

    package: the folder in which our own code lies, which it may still read
    """
    kernel = ctypes.CDLL(None, use_errno=True)
    paths = readable(package)
    network = _leave_the_network(kernel)
    kernel.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    files = _lose_sight_of_files(kernel, paths)
    no_sockets = _open_no_socket(kernel)
    nobody = _become_nobody(kernel, may_search=files and not all(map(_open_to_all, paths)))
    user = nobody or (files and _landlock(kernel) >= SCOPES_SINCE and os.geteuid() != 0)
    kernel.prctl(NOT_DUMPABLE, 0, 0, 0, 0)
    return Shut(user, network or no_sockets, files)


def readable(package: str) -> tuple[str, ...]:
    """Return the folders and files that the process may read: programs, libraries, our code."""
    own = (sys.prefix, sys.base_prefix, sys.exec_prefix, package, *_libraries())
    return tuple(dict.fromkeys(os.path.realpath(each) for each in (*own, *SYSTEM)))


def in_sight(folders: Iterable[Path], package: str) -> tuple[Path, ...]:
    """Return those of the service's own folders that lie where the process may read."""
    open_to_it = [Path(each) for each in readable(package)]
    resolved = [(folder, Path(os.path.realpath(folder))) for folder in folders]
    return tuple(
        folder
        for folder, place in resolved
        if any(place == each or each in place.parents for each in open_to_it)
    )


def _libraries() -> list[str]:
    """Return where modules are found, without the folder of a source checkout around the code."""
    return [each for each in sys.path if each.endswith(("site-packages", "dist-packages"))]


def _leave_the_network(kernel: ctypes.CDLL) -> bool:
    if os.geteuid() == 0:
        return bool(kernel.unshare(NEW_NETWORK | NEW_IPC) == 0)
    return bool(kernel.unshare(NEW_USER | NEW_NETWORK | NEW_IPC) == 0)


def _open_no_socket(kernel: ctypes.CDLL) -> bool:
    """Have the kernel refuse every new socket; it holds where a container bars namespaces.

    A filter of seccomp: on our own architecture alone, neither socket nor io_uring_setup.
    """
    known = SYSTEM_CALLS.get(platform.machine())
    if known is None:
        return False
    architecture, *barred = known
    steps = [
        _step(LOAD, 4),
        _step(IF_EQUAL, architecture, 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, 0),
        _step(IF_AT_LEAST, FOREIGN_CALLS, len(barred) + 1, 0),
        *(_step(IF_EQUAL, number, len(barred) - at, 0) for at, number in enumerate(barred)),
        _step(RETURN, ALLOW),
        _step(RETURN, REFUSE),
    ]
    program = ctypes.create_string_buffer(b"".join(steps))
    held = struct.pack("@HP", len(steps), ctypes.addressof(program))
    return bool(kernel.prctl(SECCOMP, SECCOMP_FILTER, held, 0, 0) == 0)


def _step(code: int, value: int, when: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, when, otherwise, value)


def _become_nobody(kernel: ctypes.CDLL, *, may_search: bool) -> bool:
    """Give up root and every capability; return whether that was done.

    An ordinary user is in a user namespace of its own, in which it has no name.
    may_search: where the interpreter lies in root's own folder, the one capability that lets it
        be read is kept; the wall around files holds against it
    """
    kernel.prctl(KEEP_CAPABILITIES, 1, 0, 0, 0)
    if os.geteuid() == 0:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        except OSError:
            return False
    kept = READ_AND_SEARCH if may_search else 0
    header = struct.pack("=Ii", CAPABILITIES_VERSION, 0)
    sets = struct.pack("=IIIIII", kept, kept, 0, 0, 0, 0)
    dropped = kernel.capset(header, sets) == 0
    return bool(dropped and os.getresuid() == (NOBODY, NOBODY, NOBODY))


def _open_to_all(path: str) -> bool:
    """Say whether anybody may go to this path, as far as it exists."""
    place = Path(path)
    with contextlib.suppress(OSError):
        return all(each.stat().st_mode & 0o001 for each in place.parents)
    return True


def _landlock(kernel: ctypes.CDLL) -> int:
    """Return which version of Landlock the kernel has, below 1 for none."""
    return int(kernel.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1)))


def _lose_sight_of_files(kernel: ctypes.CDLL, paths: Iterable[str]) -> bool:
    abi = _landlock(kernel)
    if abi < 1:
        return False
    rights = RIGHTS_OF_ABI.get(abi, RIGHTS_SINCE_5)
    wanted = struct.pack(
        "=QQQ",
        rights,
        BOTH_TCP if abi >= TCP_SINCE else 0,
        BOTH_SCOPES if abi >= SCOPES_SINCE else 0,
    )
    size = 24 if abi >= SCOPES_SINCE else 16 if abi >= TCP_SINCE else 8
    ruleset = kernel.syscall(CREATE_RULESET, wanted, ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        for path in paths:
            _let_read(kernel, ruleset, path)
        return bool(kernel.syscall(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0)
    finally:
        os.close(ruleset)


def _let_read(kernel: ctypes.CDLL, ruleset: int, path: str) -> None:
    """Allow reading and running below one path; one that is not there is passed over."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = READING if os.path.isdir(path) else EXECUTE | READ_FILE
        rule = struct.pack("=Qi", rights, place)
        kernel.syscall(
            ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(BELOW_A_PATH),
            rule,
            ctypes.c_uint32(0),
        )
    finally:
        os.close(place)
