"""The box around the reading process, tried from within: nothing of ours, no network, no rights."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import secretariat
from secretariat.adapters.papers import sandbox
from secretariat.adapters.papers.reader import Reader

PACKAGE = Path(secretariat.__file__).parent
HOME = PACKAGE.parent
ENTER = f"""
import json, os, sys
sys.path.insert(0, {str(HOME)!r})
import resource, socket, ctypes
from secretariat.adapters.papers import sandbox
shut = sandbox.enter({str(PACKAGE)!r})
def tried(what):
    try:
        return repr(what())
    except OSError as fault:
        return fault.strerror
"""


def inside(*lines: str, user: int | None = None, **environment: str) -> object:
    """Return what the last line, an expression, gives inside the box."""
    *before, last = lines
    code = ENTER + "\n".join(before) + f"\nprint(json.dumps({last}))"
    said = subprocess.run(
        [sys.executable, "-I", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd="/",
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that everybody on the machine may read, where a vault or a register may lie."""
    path = tmp_path / "vault" / "report.pdf"
    path.parent.mkdir()
    path.write_bytes(b"what nobody may see")
    for folder in (path, *path.parents):
        if folder == Path(tempfile.gettempdir()):
            break
        folder.chmod(0o755)
    return path


def test_every_wall_stands_on_this_machine() -> None:
    assert inside("[shut.user, shut.network, shut.files]") == [True, True, True]


def test_it_sees_no_file_of_the_service(secret: Path) -> None:
    told = inside(f"tried(lambda: open({str(secret)!r}).read())")
    assert told == "Permission denied"
    assert inside(f"tried(lambda: os.listdir({str(secret.parent)!r}))") == "Permission denied"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/root/.profile", "/proc/1/environ", "/proc/self/environ", "/etc/hosts"]
)
def test_it_sees_nothing_of_the_machine_but_programs(path: str) -> None:
    told = inside(f"tried(lambda: open({path!r}).read())")
    assert told in ("Permission denied", "No such file or directory")


def test_it_sees_the_configuration_beside_our_code_no_more_than_any_other_file() -> None:
    beside = HOME / "config" / "secretariat.toml"
    assert beside.exists()
    assert inside(f"tried(lambda: open({str(beside)!r}).read())") == "Permission denied"


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm", "/var/tmp", str(PACKAGE)])
def test_it_can_write_nowhere(folder: str) -> None:
    path = f"{folder}/left-behind"
    assert "denied" in str(inside(f"tried(lambda: open({path!r}, 'w'))"))
    assert not Path(path).exists()


def test_it_reads_our_code_and_libraries() -> None:
    own = str(PACKAGE / "__init__.py")
    assert "denied" not in str(inside(f"tried(lambda: open({own!r}).read())"))
    assert inside("import lzma, colorsys", "1") == 1


def test_it_can_open_no_socket_even_to_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        told = inside(f"tried(lambda: socket.create_connection(('127.0.0.1', {port}), 1))")
    assert told == "Operation not permitted"


def test_it_is_nobody_and_cannot_be_anybody_else() -> None:
    assert inside("list(os.getresuid())") == [65_534] * 3
    assert inside("tried(lambda: os.setuid(0))") == "Operation not permitted"
    assert inside("ctypes.CDLL(None).prctl(39, 0, 0, 0, 0)") == 1


def test_it_can_signal_nobody() -> None:
    assert inside(f"tried(lambda: os.kill({os.getpid()}, 0))") == "Operation not permitted"


def test_a_limited_child_cannot_start_another() -> None:
    told = inside(
        "resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))", "tried(lambda: os.fork() and None)"
    )
    assert told == "Resource temporarily unavailable"


def test_an_ordinary_users_service_is_shut_in_as_well(secret: Path) -> None:
    if os.geteuid() != 0:
        return  # then every test above has been one of an ordinary user
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        shutil.copy(sandbox.__file__, folder)
        code = (
            f"import sys; sys.path.insert(0, {folder!r}); import json, os, sandbox\n"
            f"shut = sandbox.enter({folder!r})\n"
            f"try: seen = open({str(secret)!r}).read()\n"
            "except OSError as fault: seen = fault.strerror\n"
            "print(json.dumps([shut.whole, seen]))"
        )
        said = subprocess.run(
            ["/usr/bin/python3", "-I", "-c", code],
            user=1000,
            group=1000,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=True,
            env={},
            cwd="/",
        )
    assert json.loads(said.stdout) == [True, "Permission denied"]


def test_a_folder_of_ours_below_a_program_is_told() -> None:
    inner = PACKAGE / "data"
    elsewhere = Path("/srv/secretariat")
    assert sandbox.in_sight([inner, elsewhere, Path("/usr/local/data")], str(PACKAGE)) == (
        inner,
        Path("/usr/local/data"),
    )


def test_what_is_missing_is_said_in_sentences() -> None:
    assert sandbox.Shut(True, True, True).missing == ()
    told = sandbox.Shut(user=False, network=False, files=False).missing
    assert len(told) == 3
    assert "the vault" in told[2]


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def test_the_reading_process_itself_is_in_the_box(reader: Reader) -> None:
    assert reader.shut().whole
    status = Path(f"/proc/{reader.process_id}/status").read_text()
    said = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert said["Uid"].split() == ["65534"] * 4 or os.geteuid() != 0
    assert said["NoNewPrivs"] == "1"
    assert said["Seccomp"] == "2"
    assert int(said["CapEff"], 16) in (0, sandbox.READ_AND_SEARCH)
    assert os.readlink(f"/proc/{reader.process_id}/ns/net") != os.readlink("/proc/self/ns/net")


def test_a_paper_leaves_no_process_behind(reader: Reader) -> None:
    reader.read(b"Domestic Homicide Review", "a.txt")
    children = Path(f"/proc/{reader.process_id}/task/{reader.process_id}/children")
    until = time.monotonic() + 30
    while children.read_text().split() and time.monotonic() < until:
        time.sleep(0.01)
    assert children.read_text().split() == []
