"""The mailbox on a real Dovecot: what breaks, what a server lacks, and how it is told."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from secretariat.adapters.mail.identity import place_of
from secretariat.adapters.mail.imap import ImapMailbox
from secretariat.adapters.mail.imap_server import ImapServer, NameRefused
from secretariat.adapters.mail.tokens import OUTLOOK_SCOPE, Application, Tokens
from secretariat.adapters.mail.wires import Wires
from secretariat.ports.mail import MailboxUnusable, MessageGone, MessageUnreadable
from tests.adapters.test_mail_contract import a_message, everything, fetched, only
from tests.mail_servers import subject_of
from tests.patience import within
from tests.servers.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.servers.imap_world import HOST, ImapWorld, imap_folders, post_office
from tests.servers.line import Line, a_line
from tests.servers.token_desk import CLIENT, SECRET, TokenDesk, running_desk

WITHIN = 20.0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ImapWorld]:
    with imap_folders(tmp_path) as found:
        yield found


@pytest.fixture
def line(world: ImapWorld) -> Iterator[Line]:
    """A line to Dovecot that may break."""
    with a_line(world.dovecot.imaps) as laid:
        yield laid


@pytest.fixture(scope="module")
def plain() -> Iterator[Dovecot]:
    """A server that can neither move nor remove one message nor tell of news."""
    with running_dovecot(capability="IMAP4rev1 LITERAL+ AUTH=PLAIN") as found:
        yield found


def mailbox_of(
    dovecot: Dovecot, user: str, *, port: int = 0, read: float = 30.0, **how: object
) -> ImapMailbox:
    wires = Wires(dovecot.certificates.authority, read=read)
    server = ImapServer(HOST, port or dovecot.imaps, "tls", user, PASSWORD, wires=wires)
    return ImapMailbox(server, **how)  # type: ignore[arg-type]


def test_a_place_is_thirty_two_digits_and_its_parts_cannot_be_shifted() -> None:
    assert len(place_of("a", "b")) == 32
    assert place_of("ab", "c") != place_of("a", "bc")


@pytest.mark.parametrize("encryption", ["tls", "starttls", "none"])
def test_each_encryption_is_spoken(world: ImapWorld, encryption: str) -> None:
    dovecot = world.dovecot
    port = dovecot.imaps if encryption == "tls" else dovecot.imap
    wires = Wires(dovecot.certificates.authority)
    server = ImapServer(HOST, port, encryption, world.user, PASSWORD, wires=wires)
    assert "0 mails wait in INBOX on localhost" in ImapMailbox(server).check()


def test_a_certificate_that_is_not_trusted_is_told(world: ImapWorld) -> None:
    server = ImapServer(HOST, world.dovecot.imaps, "tls", world.user, PASSWORD)
    with pytest.raises(MailboxUnusable, match="the certificate of localhost is not trusted"):
        ImapMailbox(server).check()


def test_a_certificate_for_another_name_is_told(world: ImapWorld) -> None:
    wires = Wires(world.dovecot.certificates.authority)
    server = ImapServer("127.0.0.2", world.dovecot.imaps, "tls", world.user, PASSWORD, wires=wires)
    with a_line(world.dovecot.imaps), pytest.raises(MailboxUnusable) as told:
        ImapMailbox(server).check()
    assert "127.0.0.2" in str(told.value)


def test_a_server_that_is_not_there_is_told(world: ImapWorld, line: Line) -> None:
    with a_line(1) as nowhere:
        mailbox = mailbox_of(world.dovecot, world.user, port=nowhere.port)
        with pytest.raises(MailboxUnusable, match="dropped"):
            mailbox.changes("")
    gone = mailbox_of(world.dovecot, world.user, port=nowhere.port)
    with pytest.raises(MailboxUnusable, match="localhost refuses the connection"):
        gone.changes("")


def test_a_refused_password_is_told_once_and_not_tried_again(world: ImapWorld, line: Line) -> None:
    now = [0.0]
    wires = Wires(world.dovecot.certificates.authority)
    server = ImapServer(
        HOST, line.port, "tls", world.user, "not it 987", wires=wires, now=lambda: now[0]
    )
    mailbox = ImapMailbox(server)
    for _ in range(3):
        with pytest.raises(NameRefused, match="refused the name or password") as told:
            mailbox.changes("")
        assert "987" not in str(told.value) + repr(server) + repr(mailbox)
    assert line.made == 1
    now[0] = 301.0
    with pytest.raises(NameRefused):
        mailbox.changes("")
    assert line.made == 2


def test_a_password_that_was_changed_stops_the_next_connection(
    world: ImapWorld, line: Line
) -> None:
    world.dovecot.add_user("changing")
    mailbox = mailbox_of(world.dovecot, "changing", port=line.port)
    mailbox.changes("")
    world.dovecot.add_user("changing", password="another one, 4321")
    line.cut()
    with pytest.raises(NameRefused):
        mailbox.changes("")


def test_a_password_may_hold_any_letter(world: ImapWorld) -> None:
    word = 'Tŷ "mawr" \\ £5'
    world.dovecot.add_user("welsh")
    users = world.dovecot._users
    users["welsh"] = users["welsh"].replace(PASSWORD, word)
    world.dovecot._write_users()
    wires = Wires(world.dovecot.certificates.authority)

    def let_in() -> bool:
        server = ImapServer(HOST, world.dovecot.imaps, "tls", "welsh", word, wires=wires)
        try:
            return bool(ImapMailbox(server).check())
        except NameRefused:
            return False

    assert sooner_or_later(let_in)


def test_a_token_signs_in_and_a_refused_one_is_told(world: ImapWorld) -> None:
    with running_desk(TokenDesk()) as running:
        application = Application(CLIENT, SECRET, OUTLOOK_SCOPE, token_url=running.token_url)
        tokens = Tokens(application)
        stale = tokens.token()
        world.dovecot.tokens["token-1"] = world.user
        server = ImapServer(HOST, world.dovecot.imaps, "tls", world.user, tokens=tokens)
        server.wires = Wires(world.dovecot.certificates.authority)
        assert ImapMailbox(server).check()
        assert running.desk.given == [stale, "token-1"]
        world.dovecot.tokens.clear()
        mailbox = ImapMailbox(server)
        with pytest.raises(NameRefused, match="refused the application's token") as told:
            mailbox.check()
        assert "token-" not in str(told.value)
        asked = len(running.desk.asked)
        with pytest.raises(NameRefused):
            mailbox.check()
        assert len(running.desk.asked) == asked


def test_a_server_that_starts_again_is_found_again(tmp_path: Path) -> None:
    with running_dovecot() as dovecot:
        user = dovecot.newcomer()
        dovecot.deliver(user, a_message("First"))
        mailbox = mailbox_of(dovecot, user)
        (first,), reached = everything(mailbox)
        dovecot.stop()
        with pytest.raises(MailboxUnusable):
            mailbox.changes(reached)
        dovecot.start()
        dovecot.deliver(user, a_message("Second"))
        (second,), _ = everything(mailbox, reached)
        assert subject_of(fetched(mailbox, second.place)) == "Second"
        assert mailbox.file(first.place, "Noted")
        mailbox.close()


def test_a_line_cut_in_the_middle_of_a_message_is_taken_up_where_it_broke(
    world: ImapWorld, line: Line
) -> None:
    world.deliver(a_message("Large", bytes(range(256)) * 20_000))
    mailbox = mailbox_of(world.dovecot, world.user, port=line.port)
    world.doors()
    place = only(mailbox)
    line.cut_after(2_500_000, times=2)
    raw = fetched(mailbox, place)
    kept = world.dovecot.files(world.user)[0].read_bytes()
    assert raw.replace(b"\r\n", b"\n") == kept.replace(b"\r\n", b"\n")
    assert line.made == 3


def test_a_message_that_ends_the_line_each_time_is_held_and_the_next_one_is_read(
    world: ImapWorld, line: Line
) -> None:
    world.deliver(a_message("Harmful", b"x" * 600_000))
    world.deliver(a_message("Harmless"))
    mailbox = mailbox_of(world.dovecot, world.user, port=line.port)
    world.doors()
    (first, second), _ = everything(mailbox)
    line.cut_after(300_000, times=10)
    with pytest.raises(MessageUnreadable, match="ends the line"):
        fetched(mailbox, first.place)
    line.reset()
    assert subject_of(fetched(mailbox, second.place)) == "Harmless"


def test_a_message_that_the_store_cannot_give_is_unreadable_and_the_next_one_is_read(
    world: ImapWorld,
) -> None:
    world.deliver(a_message("Damaged", b"x" * 100_000))
    world.deliver(a_message("Sound"))
    mailbox = world.doors().mailbox
    (first, second), _ = everything(mailbox)
    (file,) = (each for each in world.dovecot.files(world.user) if b"Damaged" in each.read_bytes())
    file.chmod(0)
    with pytest.raises(MessageUnreadable):
        fetched(mailbox, first.place)
    assert subject_of(fetched(mailbox, second.place)) == "Sound"
    assert mailbox.file(second.place, "Registered")


def test_a_frozen_server_is_given_up_and_does_not_stop_closing(
    world: ImapWorld, line: Line
) -> None:
    mailbox = mailbox_of(world.dovecot, world.user, port=line.port, read=0.5)
    mailbox.changes("")
    line.freeze()
    with pytest.raises(MailboxUnusable, match="does not answer"):
        mailbox.changes("")
    slow = mailbox_of(world.dovecot, world.user, port=line.port)
    told: list[MailboxUnusable] = []

    def look() -> None:
        try:
            slow.changes("")
        except MailboxUnusable as fault:
            told.append(fault)

    made = line.made
    thread = threading.Thread(target=look)
    thread.start()
    assert sooner_or_later(lambda: line.made > made)
    start = time.monotonic()
    slow.close()
    thread.join(WITHIN)
    assert time.monotonic() - start < within(2)
    assert [str(each) for each in told] == ["the mailbox is closed"]


def test_closing_cuts_a_fetch_under_way(world: ImapWorld, line: Line) -> None:
    world.deliver(a_message("Large", b"x" * 3_000_000))
    mailbox = mailbox_of(world.dovecot, world.user, port=line.port)
    world.doors()
    place = only(mailbox)

    class Closing:
        def write(self, content: bytes, /) -> None:
            mailbox.close()

    with pytest.raises(MailboxUnusable, match="the mailbox is closed"):
        mailbox.fetch(place, Closing())


def test_a_full_disk_of_ours_is_not_taken_for_a_fault_of_the_line(world: ImapWorld) -> None:
    world.deliver(a_message("First"))
    mailbox = world.doors().mailbox

    class Full:
        def write(self, content: bytes, /) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        mailbox.fetch(only(mailbox), Full())


def test_the_bell_rings_again_after_the_line_dropped(world: ImapWorld, line: Line) -> None:
    mailbox = mailbox_of(world.dovecot, world.user, port=line.port, renewed_every=0.2)
    world.doors()
    mailbox.changes("")
    assert mailbox.wait(0.5) is False
    line.cut()
    world.deliver(a_message("First"))
    assert mailbox.wait(WITHIN)
    mailbox.changes("")
    assert mailbox.wait(0.1) is False
    mailbox.close()


def test_a_server_without_a_bell_is_waited_for(plain: Dovecot) -> None:
    mailbox = mailbox_of(plain, plain.newcomer())
    mailbox.changes("")
    assert mailbox.wait(0.3) is False
    assert "now and then" in mailbox.check()
    mailbox.close()


def test_a_server_that_cannot_move_has_its_mail_copied_and_removed(plain: Dovecot) -> None:
    user = plain.newcomer()
    plain.deliver(user, a_message("First"), a_message("Second"))
    mailbox = mailbox_of(plain, user)
    (first, second), _ = everything(mailbox)
    assert mailbox.file(first.place, "Registered")
    assert [each.place for each in mailbox.unfiled()] == [second.place]
    assert list(mailbox_of(plain, user).filed()) == [first.place]


def test_a_copy_whose_removal_broke_off_is_not_doubled(plain: Dovecot) -> None:
    user = plain.newcomer()
    plain.deliver(user, a_message("First"))
    mailbox = mailbox_of(plain, user)
    place = only(mailbox)
    with plain.person(user) as person:
        person.create("Registered")
        person.select()
        person.copy("1", "Registered")
    assert mailbox.file(place, "Registered")
    assert len(plain.files(user, "Registered")) == 1
    assert list(mailbox.unfiled()) == []


def test_what_a_person_marked_as_deleted_is_not_removed_by_us(plain: Dovecot) -> None:
    user = plain.newcomer()
    plain.deliver(user, a_message("First"), a_message("Second"))
    mailbox = mailbox_of(plain, user)
    first, _ = everything(mailbox)[0]
    with plain.person(user) as person:
        person.select()
        person.store("2", "+FLAGS", r"(\Deleted)")
        assert mailbox.file(first.place, "Noted")
        assert list(mailbox.unfiled()) == []
        person.noop()
        assert person.search(None, "DELETED")[1] == [b"1 2"]


def test_a_mailbox_that_is_full_is_told_when_mail_is_copied(plain: Dovecot) -> None:
    plain.add_user("full", storage_kb=40)
    plain.deliver("full", a_message("First", b"x" * 22_000))
    mailbox = mailbox_of(plain, "full")
    place = only(mailbox)
    with pytest.raises(MailboxUnusable, match="the mailbox is full"):
        mailbox.file(place, "Registered")
    assert [each.place for each in mailbox.unfiled()] == [place]


def test_folders_lie_below_the_inbox_where_the_server_wants_it() -> None:
    with running_dovecot(separator=".", prefix="INBOX.") as dovecot:
        user = dovecot.newcomer()
        dovecot.deliver(user, a_message("First"))
        names = {"Registered": "DHR/Done"}
        mailbox = mailbox_of(dovecot, user, names=names)
        assert mailbox.file(only(mailbox), "Registered")
        with dovecot.person(user) as person:
            _, listed = person.list()
            assert any(b"INBOX.DHR.Done" in each for each in listed if isinstance(each, bytes))
            assert person.select("INBOX.DHR.Done")[1] == [b"1"]


def test_a_folder_that_a_person_renamed_is_made_again(world: ImapWorld) -> None:
    world.deliver(a_message("First"))
    world.deliver(a_message("Second"))
    mailbox = world.doors().mailbox
    (first, second), _ = everything(mailbox)
    assert mailbox.file(first.place, "Held")
    with world.dovecot.person(world.user) as person:
        person.rename("Held", "Older")
    assert mailbox.file(second.place, "Held")
    assert list(mailbox.filed()) == [second.place]
    assert mailbox.file(first.place, "Noted") is False


def test_a_watched_folder_that_was_renamed_is_named(world: ImapWorld) -> None:
    mailbox = mailbox_of(world.dovecot, world.user, inbox="DHR")
    with pytest.raises(MailboxUnusable, match="the folder DHR is not there"):
        mailbox.changes("")


def test_a_message_that_a_person_took_while_it_was_read_is_gone(world: ImapWorld) -> None:
    world.deliver(a_message("Large", b"x" * 3_000_000))
    mailbox = world.doors().mailbox
    place = only(mailbox)

    class Hand:
        taken = False

        def write(self, content: bytes, /) -> None:
            if not self.taken:
                self.taken = True
                world.delete_by_hand("Large")

    with pytest.raises(MessageGone):
        mailbox.fetch(place, Hand())


def test_a_message_that_a_person_moved_while_it_was_read_is_read_on(world: ImapWorld) -> None:
    world.deliver(a_message("Large", b"x" * 3_000_000))
    mailbox = world.doors().mailbox
    place = only(mailbox)

    class Hand(BytesIO):
        def write(self, content: bytes, /) -> int:  # type: ignore[override]
            if not self.tell():
                world.move_by_hand("Large", "Held")
            return super().write(content)

    into = Hand()
    mailbox.fetch(place, into)
    assert into.getvalue() == world.lying_in("Held")[0]


def test_the_same_moment_in_another_zone_is_the_same_place(world: ImapWorld) -> None:
    mailbox = world.doors().mailbox
    places = []
    for moment in ('"10-Mar-2026 09:00:00 +0000"', '"10-Mar-2026 10:00:00 +0100"'):
        with world.dovecot.person(world.user) as person:
            person.append("INBOX", "", moment, a_message("First"))
        places.append(only(mailbox))
        world.delete_by_hand("First")
    assert places[0] == places[1]


def test_a_server_whose_clock_is_wrong_loses_nothing(world: ImapWorld) -> None:
    mailbox = world.doors().mailbox
    _, reached = everything(mailbox)
    for year in (2031, 1999, 2026):
        moment = datetime(year, 3, 10, 9, tzinfo=UTC)
        raw = a_message(f"In {year}")
        world.dovecot.put(world.user, raw, moment.timestamp(), number=year)
        (waiting,), reached = everything(mailbox, reached)
        assert waiting.delivered_at == moment


def test_two_copies_of_the_same_bytes_are_told_apart(world: ImapWorld) -> None:
    with world.dovecot.person(world.user) as person:
        for _ in range(2):
            person.append("INBOX", "", '"10-Mar-2026 09:00:00 +0000"', a_message("Twice"))
    arrived, _ = everything(world.doors().mailbox)
    first, second = (each.place for each in arrived)
    assert second == f"{first}-2"


def test_a_mailbox_restored_from_a_backup_is_told_anew(world: ImapWorld) -> None:
    world.deliver(a_message("First"))
    mailbox = world.doors().mailbox
    _, reached = everything(mailbox)
    later = reached.replace('"uid": 1', '"uid": 999')
    assert later != reached
    news = mailbox.changes(later)
    assert news.anew
    assert len(news.arrived) == 1


def test_categories_go_by_keyword_and_a_person_may_take_them_off(world: ImapWorld) -> None:
    world.deliver(a_message("First"))
    names = {"Held": "To be asked (DHR)"}
    world.doors()
    mailbox = mailbox_of(world.dovecot, world.user, by_category=True, names=names)
    place = only(mailbox)
    assert mailbox.file(place, "Held")
    assert list(mailbox.filed()) == [place]
    with world.dovecot.person(world.user) as person:
        person.select()
        flags = str(person.fetch("1", "(FLAGS)")[1])
        assert "To_be_asked__DHR_" in flags
        person.store("1", "-FLAGS", "To_be_asked__DHR_")
    assert [each.place for each in mailbox.unfiled()] == [place]


def test_nothing_secret_stands_in_what_is_logged(
    world: ImapWorld, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    world.deliver(a_message("First"))
    mailbox = mailbox_of(world.dovecot, world.user, port=line.port)
    world.doors()
    place = only(mailbox)
    mailbox.wait(0.3)
    line.unplug()
    mailbox.wait(0.5)
    mailbox.close()
    assert sooner_or_later(lambda: bool(caplog.records))
    for secret in (PASSWORD, world.user, place, "First", "anyshire"):
        assert secret not in caplog.text


def sooner_or_later(true: object) -> bool:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if true():  # type: ignore[operator]
            return True
        threading.Event().wait(0.05)
    return False


def test_the_servers_are_started_once_for_all_tests() -> None:
    assert post_office() is post_office()
