"""A letterpress for the commands without an office: the delivered templates, or a folder of own."""

from pathlib import Path

from secretariat.adapters.letterpress.packs import MANIFEST, Packs
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.letterpress.shelf import look_over
from secretariat.adapters.papers.reader import Reader
from secretariat.config import defaults
from secretariat.domain.errors import Refused
from secretariat.ports.templates import Looked


def open_press(templates: Path | None = None) -> Press:
    """Return a press without a data folder: it keeps nothing, no last good version either."""
    return Press(templates or defaults() / "templates")


def check_template(template: bytes, generation: str, templates: Path | None = None) -> Looked:
    """Look over a Word template for a pack, in a process apart; nothing is kept.

    generation: "" where there is one pack alone
    """
    folder = (templates or defaults() / "templates") / "letters"
    packs = Packs(folder).generations()
    if not generation and len(packs) == 1:
        generation = packs[0]
    if generation not in packs:
        said = f"there are no letters of {generation!r}" if generation else "name the generation"
        raise Refused(f"{said}: one of {', '.join(packs)}")
    with Reader() as reader:
        return look_over(template, (folder / generation / MANIFEST).read_bytes(), reader.work)
