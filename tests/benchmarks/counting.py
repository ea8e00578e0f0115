"""The count of a mailbox of 100,000 mails against listing its folder and the register, bare."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sqlalchemy import insert, text

from secretariat.adapters.register import migrate
from secretariat.adapters.register.tables import columns_of
from secretariat.adapters.register.tables_mail import MailRow
from secretariat.domain.post_in import MailState
from secretariat.office.office import Office
from tests.benchmarks.measuring import Figure, side_by_side
from tests.benchmarks.offices import an_office
from tests.builders import a_mail

AIM = 4.0
BATCH = 10_000


def figures(*, quick: bool) -> list[Figure]:
    """Return the count of 100,000 mails (quick: 10,000)."""
    mails = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = f"sqlite:///{home / 'register.sqlite'}"
        migrate(url)
        office = an_office(home, url)
        filed = office.settings.mailbox.in_folder / ".Noted" / "cur"
        _fill(office, filed, mails)
        pairs = side_by_side(office.counting.count, lambda: _bare(office, filed), times=7)
        count = office.counting.count()
        assert (count.in_mailbox, count.noted, count.unaccounted) == (mails, mails, 0)
        office.close()
    return [Figure(f"count of {mails:,} mails", "os.listdir, SELECT place", pairs, AIM)]


def _bare(office: Office, filed: Path) -> None:
    with office.database._eyes.connect() as connection:
        places = {place for (place,) in connection.execute(text("SELECT place FROM mail"))}
    assert len(places) == len(os.listdir(filed))


def _fill(office: Office, filed: Path, mails: int) -> None:
    said = {"state": MailState.NOTED, "references": (), "attachments": ()}
    plain = columns_of(a_mail(**said))
    with office.database.register() as pen:
        for first in range(0, mails, BATCH):
            places = [f"1772443800.{number:06}.host" for number in range(first, first + BATCH)]
            for place in places:
                os.close(os.open(filed / f"{place}:2,S", os.O_CREAT))
            pen._session.execute(insert(MailRow), [plain | {"place": place} for place in places])
