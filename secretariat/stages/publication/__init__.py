"""Publication: from a link that somebody gave to a report that a person confirms as published."""

from secretariat.stages.publication.look import Look, Looked
from secretariat.stages.publication.stage import Publication

__all__ = ["Look", "Looked", "Publication"]
