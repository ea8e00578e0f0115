"""What intake keeps in memory: over many small mails, and with one large attachment.

`python -m tests.benchmarks.memory [mails]`; each part runs in a process of its own.
"""

from __future__ import annotations

import email
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from pathlib import Path

from secretariat.adapters.register import migrate
from secretariat.office.office import Office
from tests.benchmarks.offices import an_office
from tests.builders import NOW
from tests.papers_builders import a_pdf

MAILS = 5_000
TOLD_AT = (1_000, 3_000, 5_000)
BATCH = 100
LARGE = 25 * 2**20


def main() -> None:
    """Print both figures; with a word for which, work on that one alone."""
    part, *rest = sys.argv[1:] or ["both"]
    if part == "flat":
        flat(int(rest[0]) if rest else MAILS)
    elif part == "large":
        large()
    else:
        for each in ("flat", "large"):
            mails = [part] if each == "flat" and part.isdigit() else []
            subprocess.run([sys.executable, "-m", __spec__.name, each, *mails], check=True)


def flat(mails: int) -> None:
    """Print the memory of the service after so many small mails, each with a paper of its own."""
    told = {mark for mark in TOLD_AT if mark <= mails} | {mails}
    with office_here() as (office, new):
        for first in range(0, mails, BATCH):
            for number in range(first, min(first + BATCH, mails)):
                (new / f"{int(NOW.timestamp())}.{number:06}.host").write_bytes(small(number))
            done = office.intake.work().done
            assert done == min(BATCH, mails - first), done
            if (count := first + BATCH) in told:
                print(f"after {count:,} mails: {now_used():.1f} MB", flush=True)


def large() -> None:
    """Print the most memory that one mail of 25 MB takes, against the size of its bytes."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["Subject"] = "Jo <jo@anyshire.example>", "Our report, scanned"
    mail["Message-ID"] = "<large@anyshire.example>"
    mail.set_content("Please find attached our domestic homicide review.\n")
    noise = a_pdf(["Overview Report"]) + random.Random(1).randbytes(LARGE)
    mail.add_attachment(noise, maintype="application", subtype="pdf", filename="Report.pdf")
    raw = mail.as_bytes()
    size = len(raw) / 2**20
    with office_here() as (office, new):
        (new / f"{int(NOW.timestamp())}.000001.host").write_bytes(small(1))
        office.intake.work()
        place = new / f"{int(NOW.timestamp())}.000002.host"
        place.write_bytes(raw)
        del mail, noise, raw
        before = now_used()
        Path("/proc/self/clear_refs").write_text("5")
        assert office.intake.work().done == 1
        peak = most_used()
    more = peak - before
    print(f"a mail of {size:.1f} MB: {before:.1f} MB before, {peak:.1f} MB at most, ", end="")
    print(f"{more:.1f} MB more, {more / size:.2f} times its bytes")


@contextmanager
def office_here() -> Iterator[tuple[Office, Path]]:
    """Open an office of its own; yield it and where its mail is delivered."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'register.sqlite'}"
        migrate(url)
        office = an_office(Path(folder), url)
        yield office, office.settings.mailbox.in_folder / "new"
        office.close()


def small(number: int) -> bytes:
    """Return a mail with a paper that is like no other."""
    mail = email.message.EmailMessage(policy=policy.SMTP)
    mail["From"] = f"Jo <jo{number}@council-{number}.example>"
    mail["Subject"] = f"DHR{number:05}: overview report for quality assurance"
    mail["Message-ID"] = f"<{number}@anyshire.example>"
    mail.set_content(f"Please find attached our domestic homicide review DHR{number:05}.\n")
    cover = ("Domestic Homicide Review", "Overview Report", f"Reference: DHR{number:05}")
    pdf = a_pdf([*cover, "Report author: Alex Writer"])
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="Report.pdf")
    return mail.as_bytes()


def now_used() -> float:
    """Return how much memory this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def most_used() -> float:
    """Return how much memory this process held at most since the mark was cleared, in MB."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) / 1_024


if __name__ == "__main__":
    os.nice(5)
    main()
