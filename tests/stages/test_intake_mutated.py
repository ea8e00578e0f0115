"""Mutated mails: whatever comes, a rule speaks or a person is asked, and nothing is raised."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.reader import Reader
from secretariat.domain.post_in import MailKind
from secretariat.domain.reference import Reference
from secretariat.domain.triage import triage
from secretariat.domain.triage_clues import Clues
from secretariat.stages.intake import Opening, weigh_mail
from tests.intake_builders import a_plan, a_report
from tests.mail_builders import CORPUS, TRUST, WORDS, a_parsed, a_raw, a_seen
from tests.papers_builders import a_zip
from tests.triage_mails import SPECIMENS

HELD_ALWAYS = {
    MailKind.UNKNOWN,
    MailKind.CHALLENGE,
    MailKind.NEW_CASE,
    MailKind.WITHDRAWAL,
    MailKind.FROM_OUTSIDE,
}
SEEDS = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]
SEEDS += [a_raw({"Overview.pdf": a_report(), "papers.zip": a_zip({"Plan.pdf": a_plan()})})]
PIECES = [piece for each in SPECIMENS for piece in each.body.split(". ")]
ONE = Reference(2026, 1)


def _named(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@given(
    words=st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=8),
    subject=st.sampled_from([each.subject for each in SPECIMENS]) | st.text(max_size=30),
    thread=st.booleans(),
    report=st.booleans(),
    official=st.booleans(),
    false_council=st.booleans(),
)
def test_whatever_the_words_a_kind_that_a_person_must_see_is_held(
    words: list[str], subject: str, thread: bool, report: bool, official: bool, false_council: bool
) -> None:
    mail = a_parsed(subject=subject, body=". ".join(words))
    clues = Clues(
        mail,
        WORDS,
        (a_seen(),) if report else (),
        thread=(ONE,) if thread else (),
        official=official,
        false_council=false_council,
    )
    verdict = triage(clues)
    assert verdict.why
    assert verdict.held or verdict.kind not in HELD_ALWAYS
    assert verdict.held or not false_council
    if report and not verdict.held:
        assert verdict.kind in (
            MailKind.SUBMISSION,
            MailKind.FURTHER_PAPERS,
            MailKind.PUBLICATION_NOTICE,
            MailKind.BOUNCE,
        )


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a mail with stretches cut out, doubled, swapped or overwritten."""
    raw = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(len(raw) - 1, 0)))
        end = min(start + draw(st.integers(0, 400)), len(raw))
        put = draw(st.sampled_from([b"", raw[start:end] * 2, b"\0\xff", b"\r\n\r\n", b"--"]))
        raw = raw[:start] + put + raw[end:]
    return raw


@settings(max_examples=40)
@given(raw=mutated())
def test_a_mutated_mail_is_weighed_by_the_real_reader_without_a_fault(
    reader: Reader, raw: bytes
) -> None:
    opening = Opening(MimeReading(reader.text_of_html), reader, _named, WORDS)
    told = weigh_mail(raw, opening=opening, trust=TRUST)
    assert told["why"]
    assert told["kind"] in set(MailKind)
