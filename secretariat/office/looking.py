"""What `secretariat check` needs: the guarded fetcher and the isolated reader."""

from secretariat.adapters.pages import GuardedPages
from secretariat.adapters.papers.reader import Reader
from secretariat.stages.publication import Look

USER_AGENT = "secretariat/0.1 (publication check)"


def open_look(trusted: frozenset[str] = frozenset()) -> Look:
    """Return the look at a link; `trusted` "host:port" pairs are fetched unchecked."""
    return Look(GuardedPages(USER_AGENT, trusted), Reader())
