"""Correction: a letter that has left is replaced by another, through the same approval.

The chase is neither begun anew nor stopped by it; the page that a council publishes is held
against the newest letter.
"""

from dataclasses import dataclass

from secretariat.domain.errors import Refused, StaleVersion
from secretariat.domain.leaving import ended
from secretariat.domain.ledger import Act, Event
from secretariat.domain.letter import Letter, named
from secretariat.domain.letter_correction import bar_to_correcting, correction_of
from secretariat.domain.reference import Reference
from secretariat.ports.register import OpenRegister


@dataclass(frozen=True, slots=True)
class Correction:
    """Takes letters at SENT; leaves another at DRAFT that is to replace each."""

    open_register: OpenRegister

    def begin(
        self, reference: Reference, number: int, why: str, *, version: int, by: str
    ) -> Letter:
        """Draft the letter that is to replace one that has left; raise Refused with the reason."""
        if not why.strip():
            raise Refused("say what is wrong with the letter")
        with self.open_register() as register:
            letter = register.letter(reference, number)
            letters = register.letters_of(reference)
            over = ended((register.review(reference),))
            if barred := over or bar_to_correcting(letter, letters):
                raise Refused(barred)
            if letter.version != version:
                raise StaleVersion(named(letter))
            draft = correction_of(letter, 1 + len(letters), by=by)
            told = f"letter {draft.number} is to replace letter {number}"
            added = register.add_letter(draft, Act(by, Event.CORRECTED, told, why.strip()))
        if added is None:
            raise StaleVersion(named(letter))
        return added
