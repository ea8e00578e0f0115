"""The chase's rounds of one process: the first looks at every review anew."""

from dataclasses import dataclass

from secretariat.domain.ledger import Tally
from secretariat.stages.chase.stage import Chase


@dataclass(slots=True)
class Rounds:
    """Works again and again; the rules may be others than when reviews were last looked at.

    woken: every review has been woken by a round that could be written
    """

    chase: Chase
    woken: bool = False

    def work(self) -> Tally:
        """Wake every review at first, then let the chase work."""
        if not self.woken:
            self.chase.wake()
            self.woken = True
        return self.chase.work()
