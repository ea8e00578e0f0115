"""What a configuration of the mailbox must not leave out or contradict."""

from __future__ import annotations

from pathlib import Path

import pytest

from secretariat.config.faults import ConfigFaults
from secretariat.config.settings import load

IMAP = '[mailbox]\nkind = "imap"\n[imap]\nhost = "imap.anytown.example"\n'
SMTP = '[smtp]\nhost = "smtp.anytown.example"\n'
EXCHANGE = '[mailbox]\nkind = "exchange"\n'
GRAPH = '[mailbox]\nkind = "graph"\n'
OAUTH = '[oauth]\nclient = "one"\ntenant = "two"\n'


def faults(folder: Path, text: str) -> list[str]:
    own = folder / "secretariat.toml"
    own.write_text(text)
    try:
        load(own, {})
    except ConfigFaults as unfit:
        return [fault.sentence for fault in unfit.faults]
    return []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[mailbox]\nkind = "imap"\n' + SMTP, "[imap] host must be filled"),
        (IMAP, "[smtp] host must be filled"),
        (EXCHANGE, "[exchange] endpoint must be filled"),
        (GRAPH + '[graph]\nendpoint = ""\n' + OAUTH, "[graph] endpoint must be filled"),
        (GRAPH, "[oauth] client must be filled"),
        (GRAPH + '[oauth]\nclient = "one"\n', "[oauth] tenant must be filled"),
        (IMAP + 'encryption = "none"\n' + SMTP, "this machine alone"),
        (IMAP + 'sign_in = "oauth"\n' + SMTP, "[oauth] client must be filled"),
        (IMAP + SMTP + 'sign_in = "oauth"\n', "[oauth] client must be filled"),
        ('[mailbox]\nfiling = "categories"\n', 'must be "folders" for a Maildir'),
        ('[mailbox]\nheld = "noted"\n', "must be four different names"),
        (EXCHANGE + '[exchange]\nendpoint = "http://mail.anytown.example/"\n', "https"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told_with_its_key(
    tmp_path: Path, text: str, told: str
) -> None:
    assert any(told in fault for fault in faults(tmp_path, text)), faults(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        IMAP + SMTP,
        IMAP.replace("imap.anytown.example", "localhost") + 'encryption = "none"\n' + SMTP,
        IMAP + SMTP + 'sign_in = "none"\n',
        EXCHANGE + '[exchange]\nendpoint = "https://mail.anytown.example/EWS/Exchange.asmx"\n',
        EXCHANGE + '[exchange]\nendpoint = "http://127.0.0.1/EWS/Exchange.asmx"\n',
        GRAPH + OAUTH,
    ],
)
def test_what_names_all_that_its_kind_needs_is_taken(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == []
