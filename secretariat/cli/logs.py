"""The log: one JSON line each, references and counts, never what a fault's message may quote."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Final

ORDINARY: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "taskName"}


class JsonLines(logging.Formatter):
    """Writes a record as JSON; of an exception only its type and where it happened."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line; messages of exceptions are left out, for they may quote a paper."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "told": record.getMessage(),
        }
        told |= {key: value for key, value in vars(record).items() if key not in ORDINARY}
        if record.exc_info and record.exc_info[0]:
            told["fault"] = record.exc_info[0].__name__
            told["where"] = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(told, default=str)


def keep_log(level: int = logging.INFO) -> None:
    """Send our own log to standard error; other libraries only from warnings on."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[out], force=True)
    logging.getLogger("secretariat").setLevel(level)
