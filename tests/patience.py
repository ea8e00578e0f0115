"""How long something may take where other tests make the machine slow meanwhile."""

import os


def within(seconds: float) -> float:
    """Return the time that `seconds` of an idle machine may last on this one just now."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
