"""What was typed into a form, what is wrong with it, and where."""

from dataclasses import dataclass, field

from flask import request

from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import Refused


def as_sentence(fault: Exception) -> str:
    """Return what a fault says, as a sentence begins."""
    text = str(fault)
    return text[:1].upper() + text[1:]


@dataclass(slots=True)
class Form:
    """One form as it was sent, with its faults in the order they were found.

    typed: what each field holds, without spaces at its ends
    faults: field name -> the sentence beside the field and in the summary
    """

    typed: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, *verbatim: str) -> "Form":
        """Read the form of this request; fields named in `verbatim` keep their spaces."""
        typed = {
            name: text if name in verbatim else text.strip().replace("\r\n", "\n")
            for name, text in request.form.items()
        }
        return cls(typed)

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name, "")

    def fault(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first fault of a field stands."""
        self.faults.setdefault(name, sentence)

    def required(self, name: str, sentence: str) -> str:
        """Return what was typed; note `sentence` as a fault if it is nothing."""
        if not self[name]:
            self.fault(name, sentence)
        return self[name]

    def address(self, name: str, sentence: str = "") -> str:
        """Return an e-mail address; note a fault if it is none, or (with `sentence`) nothing."""
        if sentence:
            self.required(name, sentence)
        try:
            return bare_address(self[name]) if self[name] else ""
        except Refused:
            self.fault(name, "Enter an email address, like name@example.gov.uk")
            return self[name]

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a field without the empty ones."""
        return tuple(line.strip() for line in self[name].splitlines() if line.strip())

    def whole(self, name: str) -> int:
        """Return a whole number; -1, which fits no version and no row, for anything else."""
        return int(self[name]) if self[name].isdecimal() and len(self[name]) < 10 else -1

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that may be chosen more than once."""
        return tuple(request.form.getlist(name))

    def message(self, name: str) -> dict[str, str] | None:
        """Return the error message of a field as GOV.UK's macros take it, or None."""
        return {"text": self.faults[name]} if name in self.faults else None

    def summary(self) -> dict[str, object]:
        """Return the error summary as GOV.UK's macro takes it."""
        listed = [{"text": text, "href": f"#{name}"} for name, text in self.faults.items()]
        return {"titleText": "There is a problem", "errorList": listed}
