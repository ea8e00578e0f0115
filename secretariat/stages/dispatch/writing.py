"""The mails of one letter, written and kept before any of them is ready to leave.

Their Message-IDs follow from the review and the letter, not from chance: whatever a restored
register has forgotten, a letter that Sent holds is known again and not sent a second time.
"""

from dataclasses import dataclass, replace

from secretariat.domain.covering import copy_words, covering_words, mails_of, paper_of
from secretariat.domain.letter import Copy, Letter
from secretariat.domain.mail import Draft, Part
from secretariat.domain.message_id import message_id_of, steady_token
from secretariat.domain.post import Posting, PostingStatus
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes letters' mails; sender: our address; domain: what our Message-IDs end in."""

    open_register: OpenRegister
    mail: MailReading
    press: Letterpress
    vault: Vault
    clock: Clock
    sender: str
    domain: str

    def written(self, letter: Letter) -> tuple[Posting, ...]:
        """Return the mails of a letter, their bytes in the vault."""
        paper = paper_of(letter, self.vault.open(letter.pdf or letter.docx))
        subject, body = self.press.word("covering-letter", covering_words(letter))
        tokens = self._tokens(letter)
        plain, *copies = (
            replace(posting, message_id=self._named(posting, token))
            for posting, token in zip(mails_of(letter), tokens, strict=True)
        )
        written = [self._kept(replace(plain, subject=subject), body, paper)]
        for posting, copy in zip(copies, letter.copies, strict=True):
            written.append(self._copy(letter, copy, posting, paper))
        return tuple(written)

    def written_copy(self, letter: Letter, copy: Copy) -> Posting:
        """Return one copy of a letter that was sent, to leave at once, its bytes in the vault."""
        paper = paper_of(letter, self.vault.open(letter.pdf or letter.docx))
        alone = replace(letter, copies=(copy,))
        posting, token = mails_of(alone)[1], self._tokens(alone)[1]
        named = replace(posting, message_id=self._named(posting, token))
        return self._copy(letter, copy, replace(named, leave_on=self.clock.today()), paper)

    def _copy(self, letter: Letter, copy: Copy, posting: Posting, paper: Part) -> Posting:
        subject, body = self.press.word("covering-copy", copy_words(letter, copy))
        return self._kept(replace(posting, subject=subject), body, paper)

    def _tokens(self, letter: Letter) -> tuple[str, ...]:
        """Return a token for each mail of a letter: the same each time it is written.

        Nobody outside can guess it, for it hangs on the ledger; a mail that bounced gets another.
        """
        with self.open_register() as register:
            first = register.ledger(str(letter.reference))[0].hash
            bounced = [
                posting.to
                for posting in register.postings_of(letter.reference)
                if posting.letter == letter.number and posting.status is PostingStatus.BOUNCED
            ]
        mails = ((letter.to, ""), *((copy.to, copy.pfa_code) for copy in letter.copies))
        number = str(letter.number)
        return tuple(
            steady_token(first, number, to, area, str(bounced.count(to))) for to, area in mails
        )

    def _named(self, posting: Posting, token: str) -> str:
        reference = posting.references[0]
        return message_id_of(reference, posting.kind, token=token, domain=self.domain)

    def _kept(self, posting: Posting, body: str, paper: Part) -> Posting:
        draft = Draft(
            posting.message_id,
            self.sender,
            posting.to,
            posting.subject,
            body,
            self.clock.now(),
            parts=(paper,),
        )
        return replace(posting, raw=self.vault.keep(self.mail.compose(draft)))
