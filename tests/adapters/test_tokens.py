"""An application signs in to the mailbox: by msal, by a plain request, and when it may not."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from secretariat.adapters.mail.tokens import (
    GRAPH_SCOPE,
    REFUSAL_STANDS,
    RENEWED_BEFORE,
    Application,
    SignInRefused,
    Tokens,
)
from secretariat.ports.mail import MailboxUnusable
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.token_desk import CLIENT, SECRET, TENANT, RunningDesk, TokenDesk, running_desk


class Clock:
    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


Open = Callable[..., Tokens]


@pytest.fixture(params=["plain", "msal"])
def desk(request: pytest.FixtureRequest, certificates: Certificates) -> Iterator[RunningDesk]:
    tls = certificates.server_side() if request.param == "msal" else None
    with running_desk(TokenDesk(), tls) as running:
        yield running


@pytest.fixture
def opened(desk: RunningDesk, certificates: Certificates, clock: Clock) -> Iterator[Open]:
    """Open the tokens of the application, as each kind of desk is asked."""
    with ExitStack() as stack:

        def open_tokens(**other: str) -> Tokens:
            encrypted = desk.url.startswith("https")
            application = Application(
                CLIENT,
                SECRET,
                GRAPH_SCOPE,
                tenant=TENANT,
                token_url="" if encrypted else desk.token_url,
                authority=desk.url,
            )
            tokens = Tokens(
                dataclasses.replace(application, **other),
                certificates.authority if encrypted else None,
                now=clock,
            )
            stack.callback(tokens.close)
            return tokens

        yield open_tokens


def test_a_token_is_asked_for_once_and_kept(opened: Open, desk: RunningDesk) -> None:
    tokens = opened()
    assert tokens.token() == tokens.token() == desk.desk.given[0]
    assert desk.desk.good(tokens.token())
    assert len(desk.desk.asked) == 1
    assert desk.desk.asked[0]["scope"] == GRAPH_SCOPE


def test_a_token_is_renewed_before_it_expires(
    opened: Open, desk: RunningDesk, clock: Clock
) -> None:
    tokens = opened()
    first = tokens.token()
    clock.seconds += desk.desk.life - RENEWED_BEFORE - 1
    assert tokens.token() == first
    clock.seconds += 2
    assert tokens.token() == desk.desk.given[1] != first


def test_a_token_of_a_minute_is_not_asked_for_at_every_call(
    opened: Open, desk: RunningDesk, clock: Clock
) -> None:
    desk.desk.life = 60
    tokens = opened()
    for _ in range(5):
        tokens.token()
    assert len(desk.desk.asked) == 1
    clock.seconds += 31
    tokens.token()
    assert len(desk.desk.asked) == 2


def test_the_old_token_serves_while_no_new_one_can_be_had(
    opened: Open, desk: RunningDesk, clock: Clock
) -> None:
    tokens = opened()
    first = tokens.token()
    desk.desk.trouble = 503
    clock.seconds += desk.desk.life - 60
    assert tokens.token() == tokens.token() == first
    assert len(desk.desk.asked) == 2
    clock.seconds += 61
    with pytest.raises(MailboxUnusable, match="gives out none now"):
        tokens.token()
    desk.desk.trouble = 0
    assert tokens.token() != first


def test_a_token_that_the_mail_server_refused_is_replaced_once_for_all_threads(
    opened: Open, desk: RunningDesk
) -> None:
    tokens = opened()
    first = tokens.token()
    with ThreadPoolExecutor(8) as pool:
        renewed = set(pool.map(lambda _: tokens.renew(first), range(8)))
    assert renewed == {desk.desk.given[1]}
    assert len(desk.desk.given) == 2


def test_many_threads_at_the_beginning_ask_for_one_token(opened: Open, desk: RunningDesk) -> None:
    tokens = opened()
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: tokens.token(), range(16)))) == 1
    assert len(desk.desk.asked) == 1


def test_a_refused_secret_is_told_in_words_and_not_tried_again_at_once(
    opened: Open, desk: RunningDesk, clock: Clock
) -> None:
    desk.desk.secret = "another secret by now"
    tokens = opened()
    for _ in range(5):
        with pytest.raises(SignInRefused, match="secret was refused") as refused:
            tokens.token()
        assert SECRET not in str(refused.value)
        assert "AADSTS7000215" in str(refused.value)
        assert "Trace" not in str(refused.value)
    assert len(desk.desk.asked) == 1
    clock.seconds += REFUSAL_STANDS + 1
    desk.desk.secret = SECRET
    assert desk.desk.good(tokens.token())


def test_an_expired_secret_is_told_as_such(opened: Open, desk: RunningDesk) -> None:
    desk.desk.expired = True
    with pytest.raises(SignInRefused, match="has expired: a new one must be made"):
        opened().token()


def test_a_secret_that_was_never_given_is_told_and_nothing_is_asked(
    opened: Open, desk: RunningDesk
) -> None:
    with pytest.raises(SignInRefused, match="comes from SECRETARIAT_MAIL_CLIENT_SECRET"):
        opened(secret="").token()
    assert desk.desk.asked == []


def test_an_unknown_application_is_told_as_such(opened: Open) -> None:
    with pytest.raises(SignInRefused, match="knows no such application"):
        opened(client="another-client").token()


@pytest.mark.parametrize("trouble", [429, 500, 503])
def test_a_desk_out_of_order_is_asked_again_at_the_next_call(
    opened: Open, desk: RunningDesk, trouble: int
) -> None:
    desk.desk.trouble = trouble
    tokens = opened()
    with pytest.raises(MailboxUnusable, match="gives out none now") as told:
        tokens.token()
    assert not isinstance(told.value, SignInRefused)
    desk.desk.trouble = 0
    assert desk.desk.good(tokens.token())


def test_a_page_of_the_network_instead_of_a_token_is_no_refusal(
    opened: Open, desk: RunningDesk
) -> None:
    desk.desk.garbled = True
    with pytest.raises(MailboxUnusable, match="gives out none now") as told:
        opened().token()
    assert not isinstance(told.value, SignInRefused)


def test_a_desk_that_is_not_there_is_told_by_its_name(opened: Open, desk: RunningDesk) -> None:
    gone = "://127.0.0.1:9"
    encrypted = desk.url.startswith("https")
    tokens = opened(authority=f"https{gone}", token_url="" if encrypted else f"http{gone}/token")
    with pytest.raises(MailboxUnusable, match=r"127\.0\.0\.1 refuses the connection"):
        tokens.token()


def test_closing_ends_a_request_that_hangs(opened: Open, desk: RunningDesk) -> None:
    desk.desk.held = threading.Event()
    tokens = opened()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(tokens.token)
        assert desk.desk.reached.wait(10)
        tokens.close()
        try:
            with pytest.raises(MailboxUnusable):
                asking.result(timeout=5)
        finally:
            desk.desk.held.set()
    with pytest.raises(MailboxUnusable, match="closed"):
        tokens.token()


def test_neither_secret_nor_token_is_shown_or_logged(
    opened: Open, desk: RunningDesk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        tokens = opened()
        token = tokens.token()
        desk.desk.garbled = True
        with pytest.raises(MailboxUnusable):
            tokens.renew(token)
    for shown in (repr(tokens), repr(tokens.application), caplog.text):
        assert SECRET not in shown
        assert token not in shown


def test_a_directory_that_does_not_exist_is_told(certificates: Certificates) -> None:
    with running_desk(TokenDesk(), certificates.server_side()) as desk:
        application = Application(CLIENT, SECRET, GRAPH_SCOPE, "nowhere", authority=desk.url)
        tokens = Tokens(application, certificates.authority)
        with pytest.raises(SignInRefused, match="there is no such directory"):
            tokens.token()
        tokens.close()


def test_a_certificate_that_is_not_trusted_is_told(certificates: Certificates) -> None:
    with running_desk(TokenDesk(), certificates.server_side()) as desk:
        application = Application(CLIENT, SECRET, GRAPH_SCOPE, TENANT, authority=desk.url)
        tokens = Tokens(application)
        with pytest.raises(MailboxUnusable, match="certificate of localhost is not trusted"):
            tokens.token()
        tokens.close()


def test_a_file_of_certificates_that_is_none_is_told(tmp_path: Path) -> None:
    wrong = tmp_path / "ca.pem"
    wrong.write_text("no certificate")
    for each in (wrong, tmp_path / "missing.pem"):
        with pytest.raises(MailboxUnusable, match=r"certificates in .* cannot be read"):
            Tokens(Application(CLIENT, SECRET, GRAPH_SCOPE, TENANT), each)


@pytest.mark.parametrize("name", ["no-such-host.invalid"])
def test_a_name_that_is_not_known_is_told(name: str) -> None:
    tokens = Tokens(Application(CLIENT, SECRET, GRAPH_SCOPE, token_url=f"http://{name}/token"))
    with pytest.raises(MailboxUnusable, match=f"the name {name} is not known"):
        tokens.token()
    tokens.close()
