"""The mailbox in Microsoft 365 when things go wrong: pauses, refusals, lost places, cut lines."""

from __future__ import annotations

import errno
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from secretariat.adapters.mail.graph import doors_on
from secretariat.adapters.mail.graph_line import AT_ONCE, CHUNK, GraphLine, PauseWanted
from secretariat.adapters.mail.graph_source import GraphSource
from secretariat.adapters.mail.tokens import GRAPH_SCOPE, Application, Tokens
from secretariat.ports.mail import MailboxUnusable, MessageGone, MessageUnreadable
from tests.adapters.graph_builders import Served, a_letter, a_mail, everything, fetched, served
from tests.patience import within
from tests.servers.certificates import make_certificates
from tests.servers.graph import ADDRESS, running_graph
from tests.servers.graph_box import INVITATION
from tests.servers.graph_world import NAMES
from tests.servers.token_desk import CLIENT, SECRET

VALUE = r"GET .*/\$value"
DELTA = r"GET .*/delta"


@pytest.fixture
def at() -> Iterator[Served]:
    with served() as found:
        yield found


# Pauses that the server asks for


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_pause_that_the_server_asks_for_is_kept(at: Served, status: int) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail(DELTA, status, "ApplicationThrottled", retry_after="1")
    start = time.monotonic()
    arrived, _ = everything(at.mailbox())
    assert [each.place for each in arrived] == [place]
    assert time.monotonic() - start >= 1
    assert at.graph.asked_for(DELTA) == 2


def test_too_many_requests_without_a_time_are_asked_again_after_a_moment(at: Served) -> None:
    at.graph.fail(DELTA, 429, "ApplicationThrottled")
    start = time.monotonic()
    everything(at.mailbox())
    assert time.monotonic() - start >= 1


def test_a_long_pause_is_told_and_the_server_is_left_alone_meanwhile(at: Served) -> None:
    at.graph.fail(DELTA, 429, "ApplicationThrottled", retry_after="600")
    mailbox = at.mailbox()
    for _ in range(3):
        with pytest.raises(PauseWanted, match=r"asks for (600|599) seconds' pause"):
            mailbox.changes("")
    assert len(at.graph.seen) == 1


def test_a_pause_is_kept_by_all_threads(at: Served) -> None:
    line = at.line()
    mailbox = at.mailbox(line)
    at.graph.fail(DELTA, 429, retry_after="600")
    with pytest.raises(PauseWanted):
        mailbox.changes("")
    with ThreadPoolExecutor(1) as pool, pytest.raises(PauseWanted):
        pool.submit(mailbox.check).result(timeout=5)


def test_closing_ends_a_pause_at_once(at: Served) -> None:
    at.graph.fail(DELTA, 503, retry_after="50")
    mailbox = at.mailbox()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(mailbox.changes, "")
        _await(lambda: at.graph.asked_for(DELTA) == 1)
        mailbox.close()
        with pytest.raises(MailboxUnusable, match="closed"):
            asking.result(timeout=2)


def test_no_more_than_four_requests_are_made_at_once(at: Served) -> None:
    line = at.line()
    inbox, outbox = at.inbox(line), at.outbox(line)
    places = [at.box.deliver(a_mail(f"Number {number}")) for number in range(12)]
    held = at.graph.hold(VALUE)
    with ThreadPoolExecutor(13) as pool:
        reading = [pool.submit(fetched, inbox, place) for place in places]
        assert held.await_waiting(AT_ONCE)
        asking = pool.submit(outbox.sent, "<nothing@example.test>")
        held.release()
        assert len({each.result(timeout=20) for each in reading}) == 12
        assert asking.result(timeout=20) is False
    assert (at.graph.busiest, at.graph.crowded) == (AT_ONCE, 0)


# Signing in


def test_a_token_that_ran_out_is_renewed_once(at: Served) -> None:
    mailbox = at.mailbox()
    mailbox.changes("")
    at.graph.desk.revoke()
    mailbox.changes("")
    assert len(at.graph.desk.given) == 2


def test_a_token_that_is_never_taken_is_not_tried_again_and_again(at: Served) -> None:
    at.graph.fail(DELTA, 401, "InvalidAuthenticationToken", times=99)
    with pytest.raises(MailboxUnusable, match="refused the application's token"):
        at.mailbox().changes("")
    assert at.graph.asked_for(DELTA) == 2
    assert len(at.graph.desk.given) == 2


def test_a_refused_secret_is_told_and_asked_for_once(at: Served) -> None:
    at.graph.desk.secret = "changed by somebody"
    mailbox = at.mailbox()
    for _ in range(3):
        with pytest.raises(MailboxUnusable, match="secret was refused"):
            mailbox.changes("")
    assert len(at.graph.desk.asked) == 1
    assert at.graph.seen == []


@pytest.mark.parametrize(
    ("where", "status", "code", "told"),
    [
        ("inbox", 403, "ErrorAccessDenied", "it needs Mail.ReadWrite and Mail.Send"),
        ("inbox", 404, "MailboxNotEnabledForRESTAPI", "does not lie in Microsoft 365"),
        ("inbox", 404, "ErrorInvalidUser", "there is no such mailbox"),
        ("inbox", 500, "ErrorInternalServerError", "answered 500, ErrorInternalServerError"),
        ("inbox", 500, "<script>", "Microsoft 365 answered 500$"),
        ("inbox", 200, "a page of the network", "not of Microsoft Graph"),
    ],
)
def test_what_an_administrator_must_put_right_is_told_in_words(
    at: Served, where: str, status: int, code: str, told: str
) -> None:
    at.graph.fail(where, status, code, times=99)
    mailbox = at.mailbox()
    for ask in (lambda: mailbox.changes(""), lambda: list(mailbox.unfiled())):
        with pytest.raises(MailboxUnusable, match=told) as fault:
            ask()
        assert ADDRESS not in str(fault.value)


def test_another_mailbox_than_the_directory_holds_is_told(at: Served) -> None:
    at.box.address = "another@example.test"
    line = at.line()
    at.box.address = ADDRESS
    with pytest.raises(MailboxUnusable, match="there is no such mailbox in this directory"):
        at.mailbox(line).check()


def test_a_server_that_is_not_there_is_told_by_its_name(at: Served) -> None:
    line = at.line()
    line.endpoint = "http://127.0.0.1:9/v1.0"
    with pytest.raises(MailboxUnusable, match=r"127\.0\.0\.1 refuses the connection"):
        at.mailbox(line).check()


def test_a_certificate_is_trusted_where_it_is_configured_and_only_there(
    at: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    certificates = make_certificates(tmp_path_factory.mktemp("graph"))
    with running_graph(tls=certificates.server_side()) as graph:
        tokens = Tokens(Application(CLIENT, SECRET, GRAPH_SCOPE, token_url=at.graph.token_url))
        at.graph.desk = graph.desk
        knowing = GraphLine(graph.endpoint, ADDRESS, tokens, certificates.authority)
        assert "0 messages" in at.mailbox(knowing).check()
        knowing.close()
        tokens = Tokens(Application(CLIENT, SECRET, GRAPH_SCOPE, token_url=at.graph.token_url))
        strange = GraphLine(graph.endpoint, ADDRESS, tokens)
        with pytest.raises(MailboxUnusable, match="certificate of localhost is not trusted"):
            at.mailbox(strange).check()
        strange.close()


# The place that was reached


@pytest.mark.parametrize(
    ("status", "code"),
    [(410, "SyncStateNotFound"), (410, "resyncRequired"), (400, "SyncStateInvalid")],
)
def test_a_place_that_graph_has_forgotten_tells_everything_anew(
    at: Served, status: int, code: str
) -> None:
    mailbox = at.mailbox()
    place = at.box.deliver(a_mail())
    _, reached = everything(mailbox)
    at.graph.fail(DELTA, status, code)
    news = mailbox.changes(reached)
    assert news.anew
    assert [each.place for each in news.arrived] == [place]


def test_a_place_forgotten_between_two_pages_tells_everything_anew(at: Served) -> None:
    mailbox = at.mailbox(at.line(page=2))
    places = {at.box.deliver(a_mail(f"Number {number}")) for number in range(5)}
    at.graph.fail(r"skiptoken", 410, "SyncStateNotFound")
    with pytest.raises(MailboxUnusable):
        mailbox.changes("")
    arrived, reached = everything(mailbox)
    assert {each.place for each in arrived} == places
    later = {at.box.deliver(a_mail(f"Later {number}")) for number in range(5)}
    at.graph.fail(r"skiptoken", 410, "SyncStateNotFound")
    news = mailbox.changes(reached)
    assert news.anew
    assert {each.place for each in news.arrived} == places | later


def test_a_mailbox_that_is_gone_is_no_lost_place(at: Served) -> None:
    mailbox = at.mailbox()
    _, reached = everything(mailbox)
    at.graph.fail(DELTA, 404, "ErrorInvalidUser", times=99)
    with pytest.raises(MailboxUnusable, match="there is no such mailbox"):
        mailbox.changes(reached)


def test_our_token_is_shown_to_no_other_server(at: Served) -> None:
    with served() as other:
        link = f"{other.graph.endpoint}/users/{ADDRESS}/mailFolders/inbox/messages/delta"
        news = at.mailbox().changes(json.dumps({"link": link}))
        assert news.anew
        assert other.graph.seen == []


def test_a_page_that_leads_to_another_server_is_not_followed(at: Served) -> None:
    mailbox = at.mailbox(at.line(page=1))
    for number in range(2):
        at.box.deliver(a_mail(f"Number {number}"))
    with served() as other:
        at.graph.url, ours = other.graph.url, at.graph.url
        with pytest.raises(MailboxUnusable, match="away from Microsoft Graph"):
            mailbox.changes("")
        assert other.graph.seen == []
        at.graph.url = ours


def test_many_pages_are_one_answer_the_oldest_first(at: Served) -> None:
    mailbox = at.mailbox(at.line(page=7))
    places = [at.box.deliver(a_mail(f"Number {number}")) for number in range(40)]
    news = mailbox.changes("")
    assert [each.place for each in news.arrived] == places
    assert not news.more
    assert at.graph.asked_for(DELTA) == 6


def test_what_was_moved_away_or_deleted_is_not_told(at: Served) -> None:
    mailbox = at.mailbox()
    _, reached = everything(mailbox)
    stays, moved, deleted = (at.box.deliver(a_mail(f"Number {number}")) for number in range(3))
    at.box.add_folder("Archive", "msgfolderroot")
    at.box.move(moved, "deleteditems")
    at.box.delete(deleted)
    arrived, _ = everything(mailbox, reached)
    assert [each.place for each in arrived] == [stays]


def test_invitations_are_neither_told_nor_counted_as_waiting(at: Served) -> None:
    place = at.box.deliver(a_mail())
    for kind in (INVITATION, "#microsoft.graph.eventMessage", "#microsoft.graph.eventMessageX"):
        at.box.deliver(a_mail("An invitation"), kind=kind)
    mailbox = at.mailbox()
    assert [each.place for each in everything(mailbox)[0]] == [place]
    assert [each.place for each in mailbox.unfiled()] == [place]


# Fetching


def test_a_message_that_is_not_there_yet_is_asked_for_again(at: Served) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail(VALUE, 404, "ErrorItemNotFound", times=3)
    assert fetched(at.inbox(), place) == a_mail()


def test_a_message_that_never_comes_is_gone(at: Served) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail(VALUE, 404, "ErrorItemNotFound", times=99)
    with pytest.raises(MessageGone):
        fetched(at.inbox(), place)
    assert at.graph.asked_for(VALUE) == 4


def test_a_place_of_another_kind_of_mailbox_is_gone(at: Served) -> None:
    mailbox = at.mailbox()
    inbox = at.inbox()
    for place in ("1774000000.M1P2R3.host", "../../me", "a?b#c%2F", "", "a" * 501, "0a1b" * 8):
        with pytest.raises(MessageGone):
            fetched(inbox, place)
        assert mailbox.file(place, "Noted") is False
        mailbox.put_back(place)


def test_a_line_cut_in_the_middle_of_a_message_is_told_and_the_next_try_has_it_whole(
    at: Served,
) -> None:
    mail = a_mail("Long", (bytes(range(256)) * 8_000,))
    place = at.box.deliver(mail)
    at.graph.fail(VALUE, cut="middle")
    inbox = at.inbox()
    with pytest.raises(MailboxUnusable, match=r"the line to 127\.0\.0\.1 dropped"):
        fetched(inbox, place)
    assert fetched(inbox, place) == mail
    assert at.graph.asked_for(VALUE) == 2


def test_a_message_cut_every_time_is_unreadable_and_the_others_are_not(at: Served) -> None:
    bad, good = at.box.deliver(a_mail("Bad")), at.box.deliver(a_mail("Good"))
    at.graph.fail(re.escape(f"{bad}/$value"), cut="middle", times=99)
    inbox = at.inbox()
    for _ in range(2):
        with pytest.raises(MailboxUnusable):
            fetched(inbox, bad)
    with pytest.raises(MessageUnreadable, match="dropped it each time"):
        fetched(inbox, bad)
    assert fetched(inbox, good) == a_mail("Good")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, "ErrorInternalServerError"),
        (500, "ErrorMimeContentInvalid"),
        (400, "ErrorContentConversionFailed"),
        (403, "blocked by a filter on the way"),
    ],
)
def test_a_message_that_cannot_be_handed_out_is_unreadable(
    at: Served, status: int, code: str
) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail(VALUE, status, code, times=99)
    with pytest.raises(MessageUnreadable, match="a message could not be read"):
        fetched(at.inbox(), place)


def test_a_fault_of_the_whole_mailbox_is_not_laid_on_a_message(at: Served) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail("GET", 500, "ErrorInternalServerError", times=99)
    inbox = at.inbox()
    for _ in range(5):
        with pytest.raises(MailboxUnusable):
            fetched(inbox, place)


def test_a_page_of_the_network_is_never_taken_for_a_message(at: Served) -> None:
    place = at.box.deliver(a_mail())
    at.graph.routes.as_html = True
    into = BytesIO()
    with pytest.raises(MailboxUnusable, match="something on the way answered"):
        at.inbox().fetch(place, into)
    assert into.getvalue() == b""


class Pieces:
    def __init__(self) -> None:
        self.sizes: list[int] = []

    def write(self, content: bytes, /) -> int:
        self.sizes.append(len(content))
        return len(content)


def test_a_message_is_handed_on_in_small_pieces(at: Served) -> None:
    place = at.box.deliver(a_mail("Large", (bytes(5 * 2**20),)))
    pieces = Pieces()
    at.inbox().fetch(place, pieces)
    assert max(pieces.sizes) <= CHUNK
    assert sum(pieces.sizes) > 5 * 2**20


def test_a_message_larger_than_is_read_is_unreadable(at: Served) -> None:
    place = at.box.deliver(a_mail("Large", (bytes(2 * 2**20),)))
    with pytest.raises(MessageUnreadable, match="larger than 1 MB"):
        fetched(at.inbox(largest=2**20), place)


class FullDisk:
    def write(self, content: bytes, /) -> int:
        raise OSError(errno.ENOSPC, "no room")


def test_a_full_disk_of_ours_is_told_by_its_own_fault(at: Served) -> None:
    place = at.box.deliver(a_mail())
    inbox = at.inbox()
    for _ in range(AT_ONCE + 1):
        with pytest.raises(OSError, match="no room"):
            inbox.fetch(place, FullDisk())
    assert fetched(inbox, place) == a_mail()


def test_closing_ends_a_request_that_hangs(at: Served) -> None:
    place = at.box.deliver(a_mail())
    held = at.graph.hold(VALUE)
    mailbox = at.mailbox()
    with ThreadPoolExecutor(8) as pool:
        reading = [pool.submit(fetched, mailbox, place) for _ in range(6)]
        assert held.await_waiting(AT_ONCE)
        start = time.monotonic()
        mailbox.close()
        for each in reading:
            with pytest.raises(MailboxUnusable):
                each.result(timeout=5)
        assert time.monotonic() - start < within(2)
    with pytest.raises(MailboxUnusable, match="closed"):
        mailbox.changes("")


def test_a_line_that_dropped_while_it_was_idle_is_no_fault(at: Served) -> None:
    mailbox = at.mailbox()
    mailbox.changes("")
    at.graph.fail(DELTA, cut="before")
    assert mailbox.changes("").arrived == ()
    at.graph.fail(DELTA, cut="before", times=2)
    with pytest.raises(MailboxUnusable, match="dropped"):
        mailbox.changes("")


def test_closing_ends_the_wait_for_a_message_that_is_not_there_yet(at: Served) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail(VALUE, 404, "ErrorItemNotFound", times=99)
    line = at.line()
    inbox = GraphSource(line, "inbox", tried_again=(60.0,))
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(fetched, inbox, place)
        _await(lambda: at.graph.asked_for(VALUE) == 1)
        line.close()
        with pytest.raises(MailboxUnusable, match="closed"):
            reading.result(timeout=2)


# Filing


def test_filing_finds_a_folder_among_very_many_however_it_is_written(at: Served) -> None:
    for number in range(120):
        at.box.add_folder(f"Folder {number}", "inbox")
    own = at.box.add_folder("REGISTERED", "inbox")
    place = at.box.deliver(a_mail())
    assert at.mailbox().file(place, "Registered")
    assert [item.immutable for item in at.box.within(own.id)] == [place]


def test_a_folder_deleted_under_our_hands_is_made_again(at: Served) -> None:
    mailbox = at.mailbox()
    first, second = at.box.deliver(a_mail("First")), at.box.deliver(a_mail("Second"))
    mailbox.file(first, "Noted")
    at.box.remove_folder(at.box.item(first).folder)
    assert mailbox.file(second, "Noted")
    assert list(mailbox.filed()) == [second]


def test_a_folder_renamed_by_a_person_still_takes_mail(at: Served) -> None:
    mailbox = at.mailbox()
    first, second = at.box.deliver(a_mail("First")), at.box.deliver(a_mail("Second"))
    mailbox.file(first, "Noted")
    at.box.rename(at.box.item(first).folder, "Done with")
    assert mailbox.file(second, "Noted")
    later = at.mailbox()
    third = at.box.deliver(a_mail("Third"))
    assert later.file(third, "Noted")
    assert at.box.folders[at.box.item(third).folder].name == "Noted"


def test_two_processes_that_make_the_same_folder_make_one(at: Served) -> None:
    places = [at.box.deliver(a_mail(f"Number {number}")) for number in range(2)]
    held = at.graph.hold(r"POST .*/childFolders")
    with ThreadPoolExecutor(2) as pool:
        filing = [pool.submit(at.mailbox().file, place, "Noted") for place in places]
        assert held.await_waiting(2)
        held.release()
        assert all(each.result(timeout=10) for each in filing)
    assert len({at.box.item(place).folder for place in places}) == 1


def test_filing_where_it_lies_already_asks_for_no_move(at: Served) -> None:
    mailbox = at.mailbox()
    place = at.box.deliver(a_mail())
    for _ in range(3):
        assert mailbox.file(place, "Held")
    assert at.graph.asked_for("POST .*/move") == 1


def test_the_configured_names_are_those_of_the_folders(at: Served) -> None:
    names = {**NAMES, "Registered": "Cofrestrwyd"}
    mailbox = doors_on(at.line(), names).mailbox
    place = at.box.deliver(a_mail())
    mailbox.file(place, "Registered")
    assert at.box.folders[at.box.item(place).folder].name == "Cofrestrwyd"


def test_a_full_mailbox_is_told_when_mail_is_filed(at: Served) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail("POST .*/move", 507, "ErrorQuotaExceeded")
    with pytest.raises(MailboxUnusable, match="the mailbox is full"):
        at.mailbox().file(place, "Noted")


def test_a_message_taken_away_between_two_requests_is_gone(at: Served) -> None:
    place = at.box.deliver(a_mail())
    at.graph.fail("POST .*/move", 404, "ErrorItemNotFound", times=2)
    assert at.mailbox().file(place, "Noted") is False
    at.graph.fail("PATCH", 404, "ErrorItemNotFound")
    assert at.mailbox(by_category=True).file(place, "Noted") is False


def test_a_persons_own_categories_are_left_on_the_message(at: Served) -> None:
    mailbox = at.mailbox(by_category=True)
    place = at.box.deliver(a_mail())
    at.box.categorise(at.box.item(place), ["Urgent", "held"])
    mailbox.file(place, "Registered")
    assert at.box.item(place).categories == ["Urgent", "Registered"]
    mailbox.file(place, "Noted")
    assert at.box.item(place).categories == ["Urgent", "Noted"]
    mailbox.put_back(place)
    assert at.box.item(place).categories == ["Urgent"]


def test_a_category_taken_off_by_a_person_lets_the_message_wait_again(at: Served) -> None:
    mailbox = at.mailbox(by_category=True)
    place = at.box.deliver(a_mail())
    mailbox.file(place, "Held")
    arrived, reached = everything(mailbox)
    assert arrived == []
    at.box.categorise(at.box.item(place), [])
    assert [each.place for each in everything(mailbox, reached)[0]] == [place]


# What is told, and to whom


def test_the_check_makes_the_folders_and_tells_how_much_waits(at: Served) -> None:
    at.box.deliver(a_mail())
    assert at.mailbox().check().startswith("1 messages lie in the inbox")
    inbox = at.box.folder("inbox").id
    assert {each.name for each in at.box.below(inbox)} == set(NAMES)


def test_the_check_tells_that_the_application_may_only_read(at: Served) -> None:
    at.graph.routes.denied.add("write")
    with pytest.raises(MailboxUnusable, match=r"it needs Mail\.ReadWrite"):
        at.mailbox().check()


def test_logs_hold_no_address_no_subject_no_id_and_no_secret(
    at: Served, caplog: pytest.LogCaptureFixture
) -> None:
    place = at.box.deliver(a_mail("A confidential matter"))
    with caplog.at_level(logging.DEBUG):
        line = at.line()
        mailbox = at.mailbox(line)
        everything(mailbox)
        fetched(mailbox, place)
        mailbox.file(place, "Noted")
        at.outbox(line).send(a_letter(), "<ours@example.test>")
    token = at.graph.desk.given[0]
    for word in (ADDRESS, "confidential", place, SECRET, token, "anyshire"):
        assert word not in caplog.text
    assert SECRET not in repr(line)
    assert token not in repr(mailbox)


def _await(condition: Callable[[], bool]) -> None:
    """Wait until something is so, at most ten seconds."""
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)
