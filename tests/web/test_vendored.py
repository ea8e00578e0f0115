"""The files that came from elsewhere are those that docs/vendored.md names."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("boot.js", "keep.js")
STATIC = ROOT / "secretariat" / "web" / "static"


def test_every_vendored_file_is_the_one_that_was_noted() -> None:
    noted = re.findall(
        r"\| `([^`]+)` \|[^|]+\| `([0-9a-f]{64})` \|", (ROOT / "docs/vendored.md").read_text()
    )
    kept = {
        str(path.relative_to(STATIC)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in STATIC.rglob("*")
        if path.is_file() and path.name not in OURS
    }
    assert kept == dict(noted)


def test_every_file_that_a_style_sheet_names_is_there() -> None:
    sheets = "".join(path.read_text() for path in STATIC.glob("*.css"))
    named = set(re.findall(r"url\(\"?/static/([^\")]+)", sheets))
    assert named
    assert all((STATIC / path).is_file() for path in named)
