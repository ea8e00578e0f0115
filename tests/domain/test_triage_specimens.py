"""Triage on invented mails of every kind: none is taken for another, few are for a person only."""

import pytest

from secretariat.domain.links import find_links, to_a_page
from secretariat.domain.reference import Reference
from secretariat.domain.triage import triage
from secretariat.domain.triage_clues import Clues, Verdict
from secretariat.domain.triage_senders import is_council
from tests.mail_builders import TRUST, WORDS, a_parsed, a_seen
from tests.triage_mails import SPECIMENS, Specimen

ONE = Reference(2026, 1)


def weighed(mail: Specimen) -> Verdict:
    headers = (("from", mail.sender), *mail.headers)
    parsed = a_parsed(subject=mail.subject, body=mail.body, sender=mail.sender, headers=headers)
    links = to_a_page(
        find_links(parsed.own_text),
        ignored_hosts=WORDS.ignored_hosts,
        ignored_paths=WORDS.ignored_paths,
    )
    clues = Clues(
        parsed,
        WORDS,
        (a_seen(),) if mail.report else (),
        links,
        thread=(ONE,) if mail.ours else (),
        official=is_council(mail.sender, TRUST),
        locked=(ONE,) if mail.locked else (),
    )
    return triage(clues)


@pytest.mark.parametrize("mail", SPECIMENS, ids=lambda mail: f"{mail.kind.name}: {mail.subject}")
def test_a_specimen_is_what_it_is_and_held_where_a_person_must_see_it(mail: Specimen) -> None:
    verdict = weighed(mail)
    assert (verdict.kind, verdict.held) == (mail.kind, mail.held), verdict.why
