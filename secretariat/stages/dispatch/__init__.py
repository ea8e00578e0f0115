"""Dispatch: approved letters leave, each at most once, and every other mail of ours with them."""

from secretariat.stages.dispatch.sending import IN_SENT
from secretariat.stages.dispatch.stage import Dispatch

__all__ = ["IN_SENT", "Dispatch"]
