"""Whether papers are opened in a box, which a real office insists on."""

from pathlib import Path

from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.sandbox import PACKAGE, in_sight
from secretariat.config.settings import Settings
from secretariat.domain.errors import OutOfOrder


class NotShutIn(OutOfOrder):
    """Papers cannot be opened in a sandbox, and this is a real office."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        told = " and ".join(missing)
        super().__init__(
            f"the process that opens papers is not shut in ({told}): see `secretariat doctor`;"
            " production = true in [office] asks for it"
        )


def exposed(settings: Settings) -> tuple[Path, ...]:
    """Return the folders of ours that lie where the reading process may see."""
    boxes = settings.mailbox
    folders = (settings.office.data_dir, boxes.in_folder, boxes.outbox_folder, boxes.sent_folder)
    return in_sight((*folders, *([settings.file] if settings.file else [])), PACKAGE)


def insist_on_the_box(settings: Settings, reader: Reader) -> None:
    """Raise NotShutIn where a real office's papers would be opened without a sandbox."""
    missing = list(reader.shut().missing)
    near = exposed(settings)[:1]
    missing += [f"{folder} lies among the programs that it may see" for folder in near]
    if missing:
        reader.close()
        raise NotShutIn(tuple(missing))
