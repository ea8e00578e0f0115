"""What the rules weigh, and what they make of a mail where no register is asked."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from secretariat.domain.absence import Absence, absence_in
from secretariat.domain.authentication import authentication_of
from secretariat.domain.calendar import LONDON
from secretariat.domain.links import is_at
from secretariat.domain.mail import Mail
from secretariat.domain.message_id import reference_in
from secretariat.domain.post_in import MailKind
from secretariat.domain.reference import Reference
from secretariat.domain.triage import triage
from secretariat.domain.triage_clues import Clues, TriageWords, Verdict, to_be_filed
from secretariat.domain.triage_senders import (
    Trust,
    bounce_in,
    domain_of,
    is_council,
    is_false_council,
    is_internal,
    is_staff,
)
from secretariat.stages.intake.opening import Opened, Opening

REFUSED: Final = "refused"


def clues_of(
    opened: Opened,
    words: TriageWords,
    trust: Trust,
    *,
    thread: tuple[Reference, ...],
    named: tuple[Reference, ...],
    strange: tuple[Reference, ...] = (),
    locked: tuple[Reference, ...] = (),
) -> Clues:
    """Return what the rules weigh; what is known of reviews is the caller's to say."""
    mail = opened.mail
    return Clues(
        mail,
        words,
        tuple(paper for paper in opened.papers if to_be_filed(paper)),
        opened.links,
        thread,
        named,
        strange,
        from_us=is_ours(mail, trust),
        from_staff=is_staff(mail.sender, trust),
        internal=is_internal(mail, trust),
        official=is_council(mail.sender, trust)
        or is_at(domain_of(mail.sender), words.public_hosts),
        false_council=is_false_council(mail, trust),
        locked=locked,
    )


def is_ours(mail: Mail, trust: Trust) -> bool:
    """Say whether a mail bears our address, or a Message-ID that only we give."""
    ours = reference_in(mail.message_id, domain=trust.own_domain) is not None
    return ours or mail.sender in trust.own_addresses


def absence_of(mail: Mail, kind: MailKind, trust: Trust, *, at: datetime) -> Absence:
    """Return what an absence note says of return and colleague; nothing for other mail.

    at: when it reached us, which counts where it has no date of its own
    """
    if kind is not MailKind.AUTOMATIC_REPLY:
        return Absence()
    day = min(mail.sent_at or at, at).astimezone(LONDON).date()
    text = f"{mail.subject}.\n{mail.own_text or mail.text}"
    return absence_in(text, sent_on=day, known={mail.sender, *trust.own_addresses})


def authentication_said(mail: Mail, trust: Trust) -> str:
    """Return what our border server says of the sender, "" where nothing is believed."""
    found = authentication_of(mail, trust.authserv_ids)
    return found.said if found else ""


def named_in(mail: Mail) -> tuple[Reference, ...]:
    """Return the references of our shape in a mail's subject and own words."""
    return Reference.find_all(f"{mail.subject}\n{mail.own_text}")[:20]


def weigh_mail(raw: bytes, *, opening: Opening, trust: Trust) -> dict[str, object]:
    """Return what triage makes of a mail without a register, as `secretariat triage` prints it.

    References in it, and those that our own Message-IDs carry, are taken to be registered.
    """
    opened = opening.open(raw)
    mail = opened.mail
    answered = (reference_in(each, domain=trust.own_domain) for each in _answered(mail))
    thread = tuple(dict.fromkeys(each for each in answered if each))
    clues = clues_of(opened, opening.words, trust, thread=thread, named=named_in(mail))
    if bounce := bounce_in(mail, opening.words):
        about = (reference_in(each, domain=trust.own_domain) for each in bounce.about)
        clues = clues_of(
            opened, opening.words, trust, thread=tuple(filter(None, about))[:1], named=()
        )
    if clues.gives_password:
        clues = replace(clues, locked=clues.candidates)
    verdict = triage(clues)
    if opened.refused:
        verdict = Verdict(MailKind.UNKNOWN, opened.refused, rule=REFUSED)
    away = absence_of(mail, verdict.kind, trust, at=mail.sent_at or datetime.now(UTC))
    return {
        "kind": verdict.kind.value,
        "rule": verdict.rule,
        "why": verdict.why,
        "review": str(verdict.review) if verdict.review else None,
        "links": list(opened.links),
        "papers": [{"name": each.name, "kind": each.read.kind.value} for each in clues.papers],
        "held": verdict.held,
        "looked": list(verdict.looked),
        "authentication": authentication_said(mail, trust),
        "returns_on": str(away.returns_on) if away.returns_on else None,
        "colleague": away.colleague or None,
    }


def _answered(mail: Mail) -> tuple[str, ...]:
    return (*mail.in_reply_to, *reversed(mail.references))
