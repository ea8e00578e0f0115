"""What every job behind intake needs: the doors, and the way back into the register.

A person may change a paper while it is read.  So a job ends with the paper as it is then, and
writes only what the job found.
"""

from dataclasses import dataclass, replace
from typing import Any

from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.matching import Clue, ClueSource, Matcher
from secretariat.domain.papers import FACTS, Facts, PaperKind
from secretariat.domain.post_in import Due, Paper
from secretariat.domain.recognised import STATING, filled
from secretariat.domain.registration import parties_from
from secretariat.domain.review import Parties, Review
from secretariat.domain.triage_senders import domain_of
from secretariat.ports.clock import Clock
from secretariat.ports.papers import Reader, Vault
from secretariat.ports.register import OpenRegister, Register


@dataclass(frozen=True, slots=True)
class Desk:
    """Where papers are read."""

    open_register: OpenRegister
    reader: Reader
    vault: Vault
    clock: Clock
    matcher: Matcher

    def save(self, paper: Paper, told: str, *, stated: Facts | None = None, **found: Any) -> None:
        """Write what a job found; gaps in the review's facts are filled from what is `stated`."""
        with self.open_register() as register:
            now = register.paper(paper.number)
            if now.sha256 != paper.sha256 or now.due is not paper.due:
                return
            changed = replace(now, **_kept(now, found))
            register.save_paper(changed, Act(SYSTEM, Event.PAPER_READ, told))
            if changed.due is Due.NOTHING:
                register.forget_pages(changed.number)
            if stated is not None:
                self.fill(register, changed, stated)

    def fill(self, register: Register, paper: Paper, stated: Facts) -> None:
        """Fill the gaps in a review's facts from one of its papers; what is known stays.

        Where nobody knows whose review it is, the partnership read is looked up, for a person to
        confirm.  Once a letter is written its facts were looked at by a person: then nothing is
        filled.
        """
        if paper.set_aside or PaperKind(paper.kind) not in STATING:
            return
        if register.letters_of(paper.reference):
            return
        review = register.review(paper.reference)
        facts = filled(review.facts, stated)
        if facts == review.facts:
            return
        names = [name for name in FACTS if getattr(facts, name) != getattr(review.facts, name)]
        listed = ", ".join(name.replace("_", " ") for name in names) or "what kind of review it is"
        told = Act(SYSTEM, Event.FACTS_CHANGED, f"{listed}: read off paper {paper.number}")
        parties = self._parties(review, facts)
        register.save_review(replace(review, facts=facts, parties=parties), told)

    def _parties(self, review: Review, facts: Facts) -> Parties:
        """Return whose review it is: as known, else as the cover and the sender's domain say."""
        if review.parties.csp_ids or not facts.csp or facts.csp == review.facts.csp:
            return review.parties
        clues = [Clue(ClueSource.COVER, facts.csp)]
        if domain := domain_of(review.sender):
            clues.append(Clue(ClueSource.DOMAIN, domain))
        found = parties_from(self.matcher.weigh(tuple(clues)))
        return replace(found, sure=False) if found.csp_ids else review.parties


def _kept(now: Paper, found: dict[str, Any]) -> dict[str, Any]:
    """Return what may be written over a paper: a kind that is known already is not."""
    warnings = (*now.warnings, *found.get("warnings", ()))
    gone = found.pop("without", ())
    told = tuple(dict.fromkeys(each for each in warnings if each not in gone))
    kind = found.get("kind", now.kind) if now.kind == PaperKind.OTHER else now.kind
    return {**found, "warnings": told, "kind": kind}
