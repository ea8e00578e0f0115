"""Dispatch: approved letters leave, each at most once, and every other mail of ours with them."""

from secretariat.stages.dispatch.copies import still_to_go
from secretariat.stages.dispatch.sending import IN_SENT
from secretariat.stages.dispatch.stage import Dispatch
from secretariat.stages.dispatch.undelivered import (
    bar_to_sending_anew,
    copy_of,
    copy_to_send,
)

__all__ = [
    "IN_SENT",
    "Dispatch",
    "bar_to_sending_anew",
    "copy_of",
    "copy_to_send",
    "still_to_go",
]
