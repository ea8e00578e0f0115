"""Reading behind intake: whole texts, looks, recognition of scanned pages, one job at a time."""

from secretariat.stages.reading.stage import ReadingRoom

__all__ = ["ReadingRoom"]
