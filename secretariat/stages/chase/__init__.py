"""The chase: councils are asked for what they have not published yet."""

from secretariat.stages.chase.following import Followup, NoContact, Successor
from secretariat.stages.chase.rounds import Rounds
from secretariat.stages.chase.stage import Chase

__all__ = ["Chase", "Followup", "NoContact", "Rounds", "Successor"]
