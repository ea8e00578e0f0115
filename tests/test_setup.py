"""What a newcomer types first works: make, the scripts in .ci, the wheel, the Dockerfile."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from secretariat.cli import COMMANDS
from secretariat.cli.running import serve
from secretariat.web.home import pages

TOP = Path(__file__).resolve().parent.parent
SCRIPTS = ("run", "python", "set-up", "system-packages")
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=TOP,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def docker(instruction: str) -> list[str]:
    text = (TOP / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(rf"^\s*{instruction}\s+(.+)$", text, re.MULTILINE)


def test_make_alone_lists_every_target() -> None:
    told = run("make").stdout
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert targets
    assert re.findall(r"^  make ([a-z]+)", told, re.MULTILINE) == targets[1].split()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_executable_and_is_shell(script: str) -> None:
    path = TOP / ".ci" / script
    assert os.access(path, os.X_OK)
    assert run("sh", "-n", str(path)).returncode == 0


def test_continuous_integration_runs_the_test_command_of_the_readme_alone() -> None:
    lines = (TOP / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "CI=1 exec make test"]


def test_where_nothing_may_be_installed_each_missing_package_is_told_with_its_feature(
    tmp_path: Path,
) -> None:
    for tool in ("sh", "dirname", "find", "head", "ls", "id"):
        (tmp_path / tool).symlink_to(subprocess.check_output(["which", tool], text=True).strip())
    told = run(
        "/bin/sh",
        ".ci/system-packages",
        "test",
        PATH=str(tmp_path),
        SECRETARIAT_SYSTEM_PACKAGES="no",
    )
    assert (
        "Missing: libreoffice-writer-nogui (letters leave as Word files, not as PDF)" in told.stdout
    )
    assert "Missing: tesseract-ocr (scanned pages are not recognised" in told.stdout
    assert "Missing: catdoc (old Word files" in told.stdout
    assert "Missing: chromium (the pages are not tested in a browser)" in told.stdout
    assert "sudo apt-get install --no-install-recommends" in told.stdout


def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    told = run(".ci/python", PYTHON=str(old))
    assert told.returncode == 0
    assert Path(told.stdout.strip()).name.startswith("python3")


def test_set_up_is_done_already_and_so_is_quick() -> None:
    assert run("sh", ".ci/set-up", "sing").returncode != 0


def test_set_up_and_the_image_install_the_same_uv() -> None:
    script = (TOP / ".ci" / "set-up").read_text(encoding="utf-8")
    version = re.search(r"^uv_version=(\S+)$", script, re.MULTILINE)
    assert version
    assert any(f"uv=={version[1]}" in line for line in docker("RUN"))


def test_the_image_has_every_program_that_the_demonstration_wants() -> None:
    script = (TOP / ".ci" / "system-packages").read_text(encoding="utf-8")
    wanted, _, _ = script.partition('if [ "$purpose" = test ]')
    packages = set(re.findall(r"\|\| lack (\S+)", wanted)) - {"python3-venv"}
    assert {"tesseract-ocr", "catdoc", "libreoffice-writer-nogui"} <= packages
    assert packages <= set(" ".join(docker("RUN")).split())


def test_the_image_copies_only_what_is_there_and_not_ignored() -> None:
    let_in = (TOP / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in docker("COPY"):
        sources = [word for word in shlex.split(line)[:-1] if not word.startswith("--")]
        for source in sources:
            if source.startswith("/"):
                assert "--from=build" in line
            else:
                assert (TOP / source).exists()
                assert f"!{source}" in let_in


def test_the_image_runs_as_a_user_that_it_makes_and_who_is_not_root() -> None:
    user, _, group = docker("USER")[-1].partition(":")
    made = " ".join(docker("RUN"))
    assert user.isdigit()
    assert int(user) > 0
    assert f"useradd --system --uid {user} --gid {group}" in made


def test_the_image_starts_a_command_that_exists_with_a_page_that_answers() -> None:
    *_, last = docker("CMD")
    program, command, *options = json.loads(last)
    assert program in PROJECT["project"]["scripts"]
    assert command in COMMANDS
    assert set(options[::2]) <= {one.opts[0] for one in serve.params}
    checked = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", docker("HEALTHCHECK")[0])
    assert checked
    assert docker("EXPOSE") == [checked[1]]
    assert checked[2] in routes()


def test_what_the_image_writes_lies_on_its_volume_or_under_tmp() -> None:
    volumes = json.loads(docker("VOLUME")[0])
    settings = dict(re.findall(r"(\w+)=(\S+)", docker("ENV")[0]))
    assert volumes == [docker("WORKDIR")[-1]]
    assert settings["HOME"] == "/tmp"
    assert Path(settings["SECRETARIAT_CONFIG"]).parent == Path(volumes[0])


def routes() -> set[str]:
    app = Flask("routes")
    app.register_blueprint(pages)
    return {rule.rule for rule in app.url_map.iter_rules()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    made = run(str(uv), "build", "--wheel", "--quiet", "--out-dir", str(out))
    assert made.returncode == 0, made.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_all_that_a_working_office_needs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "secretariat/defaults/config/secretariat.toml",
        "secretariat/defaults/config/directory/csps.csv",
        "secretariat/defaults/templates/letters/2017/",
        "secretariat/defaults/templates/mail/",
        "secretariat/adapters/register/migrations/versions/",
        "secretariat/web/templates/base.html",
        "secretariat/web/static/govuk.css",
        "secretariat/cli/demo/story.py",
    ):
        assert any(name.startswith(part) for name in names), part


def test_the_wheel_holds_no_tests_and_nothing_that_was_built(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [
        name for name in names if name.startswith(("tests/", "docs/")) or "node_modules" in name
    ]


def test_every_dependency_says_why_it_is_there() -> None:
    text = (TOP / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^    "[a-z][^"]*[<>=][^"]*",(.*)$', text, re.MULTILINE)
    assert len(listed) > 20
    assert all(re.match(r"\s+# \S", why) for why in listed)
