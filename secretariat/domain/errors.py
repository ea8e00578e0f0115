"""What can be wrong, in the words the secretariat would use."""


class SecretariatError(Exception):
    """Something a caseworker can read, understand and put right."""


class NotAReference(SecretariatError):
    """The text is not one of our references."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"{text!r} is not a reference of ours; one looks like QA-2026-0042")


class UnlawfulMove(SecretariatError):
    """The case cannot take this step from where it stands."""

    def __init__(self, subject: str, status: str, step: str) -> None:
        self.subject, self.status, self.step = subject, status, step
        super().__init__(f"{subject} is {status}: it cannot be {step}")


class SameEyes(SecretariatError):
    """Somebody who wrote the notes or edited the letter tried to approve it."""

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(
            f"{person} wrote its notes or edited this letter: somebody else must approve it"
        )


class StaleVersion(SecretariatError):
    """Somebody else saved this first; nothing was written."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        super().__init__(f"{subject} was changed by somebody else in the meantime")


class NotFound(SecretariatError):
    """The register holds no such thing."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        super().__init__(f"{subject} is not in the register")


class Refused(SecretariatError):
    """The step is lawful but something that it needs is missing; `reasons` says what."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


class OutOfOrder(SecretariatError):
    """A part that the work stands on (disk, database, mailbox) cannot be used now."""
