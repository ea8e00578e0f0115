"""Names: real names that staff hold for a review, kept sealed for the check of its letters.

They go through here alone.  Whoever looks at them stands in the ledger; the names never do.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from secretariat.domain.errors import Refused
from secretariat.domain.kept_names import KeptNames, mark_of, names_typed, told
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import LetterStatus, bring_back
from secretariat.domain.real_names import names_in
from secretariat.domain.reference import Reference
from secretariat.ports.clock import Clock
from secretariat.ports.register import OpenReading, OpenRegister, Register
from secretariat.ports.secrecy import NotOpened, Sealing

NO_KEY: Final = (
    "names cannot be kept: the configuration names no key for them"
    " (SECRETARIAT_NAMES_KEY or SECRETARIAT_NAMES_KEY_FILE)"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A review's own names, opened for one person's eyes.

    mark: of the list as it stands, to be given back when it is changed
    """

    names: tuple[str, ...] = field(repr=False)
    mark: str


@dataclass(frozen=True, slots=True)
class Names:
    """Keeps, shows and purges the list of one review.

    sealing: None where the configuration names no key: then nothing is kept or shown
    """

    open_reading: OpenReading
    open_register: OpenRegister
    sealing: Sealing | None
    clock: Clock

    def keep(self, reference: Reference, typed: str, *, seen: str, by: str) -> int:
        """Keep the names that were typed, one a line, in place of the list before; say how many.

        seen: the mark of the list before; raise StaleVersion when there is another by now,
        and Refused for what cannot be kept.  A letter that was approved before it could be checked
        for a new name is a draft again.
        """
        sealing = self._at_hand()
        with self.open_register() as register:
            names = names_typed(typed, register.review(reference).facts.pseudonyms)
            if not names:
                raise Refused("type a name, or purge the list and say why")
            known_before = self._openable(_own(register, reference))
            sealed = sealing.seal("\n".join(names))
            kept = KeptNames(reference, sealed, len(names), by, self.clock.now())
            told_so = Act(by, Event.NAMES_KEPT, told(len(names)))
            register.keep_names(reference, (kept,), told_so, seen=seen)
            if not set(names) <= set(known_before):
                _void_approvals(register, reference, by)
        return len(names)

    def show(self, reference: Reference, *, by: str) -> Shown:
        """Return the review's own names; the ledger says who looked and at how many.

        Raise NotOpened for those that no key at hand opens.
        """
        with self.open_register() as register:
            own = _own(register, reference)
            names = _opened(self._at_hand(), own)
            why = f"{told(len(names))}, looked at by a person"
            register.write(str(reference), Act(by, Event.NAMES_READ, why))
        return Shown(names, mark_of(own))

    def purge(self, reference: Reference, why: str, *, seen: str, by: str) -> None:
        """Forget the review's own names for good; Refused without a reason, or with one in it."""
        if not why.strip():
            raise Refused("say why, in a sentence")
        with self.open_register() as register:
            own = _own(register, reference)
            if not own:
                raise Refused("no names are kept for this review")
            if names_in(why, self._openable(own)):
                raise Refused("the reason holds a name that is kept: say it without, for it stays")
            told_so = Act(by, Event.NAMES_PURGED, told(sum(one.how_many for one in own)), why)
            register.keep_names(reference, (), told_so, seen=seen)

    def counts(self) -> tuple[int, int]:
        """Return for how many reviews names are kept, and for how many no key at hand opens all."""
        with self.open_reading() as register:
            every = tuple(register.all_kept_names())
        shut = {one.reference for one in every if not self._opens(one)}
        return len({one.reference for one in every}), len(shut)

    def renew(self) -> int:
        """Seal with the newest key what an older one sealed; return for how many reviews."""
        if self.sealing is None:
            return 0
        with self.open_reading() as register:
            every = tuple(register.all_kept_names())
        older = {one.reference for one in every if self._renewed(one) != one}
        return sum(self._renew(reference) for reference in sorted(older))

    def _renew(self, reference: Reference) -> bool:
        with self.open_register() as register:
            own = _own(register, reference)
            newest = tuple(map(self._renewed, own))
            if newest == own:
                return False
            how_many = told(sum(one.how_many for one in own))
            told_so = Act(SYSTEM, Event.NAMES_KEPT, f"{how_many}, sealed with the newest key")
            register.keep_names(reference, newest, told_so, seen=mark_of(own))
        return True

    def _renewed(self, kept: KeptNames) -> KeptNames:
        """Return the names as the newest key seals them; as they are where none opens them."""
        try:
            sealed = self.sealing.renew(kept.sealed) if self.sealing else kept.sealed
        except NotOpened:
            return kept
        return replace(kept, sealed=sealed)

    def opens(self, kept: tuple[KeptNames, ...]) -> bool:
        """Say whether a key at hand opens all of these."""
        return all(self._opens(one) for one in kept)

    def _opens(self, kept: KeptNames) -> bool:
        try:
            return self.sealing is not None and bool(self.sealing.unseal(kept.sealed))
        except NotOpened:
            return False

    def _openable(self, kept: tuple[KeptNames, ...]) -> tuple[str, ...]:
        can = tuple(one for one in kept if self._opens(one))
        return _opened(self.sealing, can) if self.sealing else ()

    def _at_hand(self) -> Sealing:
        if self.sealing is None:
            raise Refused(NO_KEY)
        return self.sealing


def _void_approvals(register: Register, reference: Reference, by: str) -> None:
    """Bring back what was approved on the review, and on any that it was merged into."""
    told_so = Act(by, Event.APPROVAL_VOID, "names were kept for the check since")
    into: Reference | None = reference
    while into is not None:
        for letter in register.letters_of(into):
            if letter.status is LetterStatus.APPROVED:
                register.save_letter(bring_back(letter), told_so)
        into = register.review(into).merged_into


def _own(register: Register, reference: Reference) -> tuple[KeptNames, ...]:
    return tuple(one for one in register.kept_names(reference) if one.reference == reference)


def _opened(sealing: Sealing, kept: tuple[KeptNames, ...]) -> tuple[str, ...]:
    """Return the names of all of these, each once."""
    every = [name for one in kept for name in sealing.unseal(one.sealed).split("\n")]
    return tuple(dict.fromkeys(every))
