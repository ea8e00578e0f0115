"""What every mailbox and outbox keeps to, whatever server stands behind it."""

import hashlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import pytest

from secretariat.ports.mail import Changes, Mailbox, MessageGone, Source, Waiting
from tests.mail_servers import SERVERS, MailServer, subject_of

OURS = "dhr-enquiries@homeoffice.example"
MANY = 2_000
LARGE = 25 * 2**20


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MailServer]:
    with SERVERS[request.param](tmp_path) as found:
        yield found


def a_message(subject: str, attached: bytes = b"", **headers: str) -> bytes:
    """Return a plain mail with a Message-ID of its own."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=998))
    message["From"] = "Jo Bloggs <jo.bloggs@anyshire.gov.uk>"
    message["To"] = OURS
    message["Subject"] = subject
    message["Date"] = "Tue, 10 Mar 2026 09:00:00 +0000"
    message["Message-ID"] = f"<{hashlib.sha256(subject.encode()).hexdigest()[:16]}@anyshire.gov.uk>"
    for name, value in ((name.replace("_", "-"), value) for name, value in headers.items()):
        del message[name]
        message[name] = value
    message.set_content(f"The words of {subject}.\n")
    if attached:
        message.add_attachment(
            attached, maintype="application", subtype="pdf", filename="Report.pdf"
        )
    return message.as_bytes()


def everything(source: Source, since: str = "") -> tuple[list[Waiting], str]:
    """Return all that has come since a place, in as many answers as it takes."""
    arrived: list[Waiting] = []
    news = Changes((), since, more=True)
    while news.more:
        news = source.changes(news.reached)
        arrived += news.arrived
    return arrived, news.reached


def fetched(source: Source, place: str) -> bytes:
    into = BytesIO()
    source.fetch(place, into)
    return into.getvalue()


def subjects(source: Source, arrived: list[Waiting]) -> list[str]:
    return [subject_of(fetched(source, each.place)) for each in arrived]


def only(mailbox: Mailbox) -> str:
    """Return the place of the one message that waits."""
    (waiting,), _ = everything(mailbox)
    return waiting.place


def lying(server: MailServer, folder: str) -> list[str]:
    return sorted(subject_of(raw) for raw in server.lying_in(folder))


def test_what_arrives_waits_and_is_told_once(server: MailServer) -> None:
    mailbox = server.doors().mailbox
    server.deliver(a_message("First"))
    server.deliver(a_message("Second"))
    arrived, reached = everything(mailbox)
    assert sorted(subjects(mailbox, arrived)) == ["First", "Second"]
    for each in arrived:
        mailbox.file(each.place, "Noted")
    server.deliver(a_message("Third"))
    later, _ = everything(server.doors().mailbox, reached)
    assert [each.place for each in later if each not in arrived] != []
    assert subjects(mailbox, [each for each in later if each not in arrived]) == ["Third"]


def test_an_empty_inbox_has_nothing_to_tell(server: MailServer) -> None:
    mailbox = server.doors().mailbox
    arrived, reached = everything(mailbox)
    assert arrived == []
    assert everything(mailbox, reached)[0] == []


def test_places_are_short_and_give_nobody_away(server: MailServer) -> None:
    mailbox = server.doors().mailbox
    server.deliver(a_message("First"))
    place = only(mailbox)
    assert len(place) <= 500
    assert "@" not in place
    assert "bloggs" not in place.casefold()


def test_when_a_message_was_delivered_is_told_in_utc(server: MailServer) -> None:
    server.deliver(a_message("First"))
    (waiting,), _ = everything(server.doors().mailbox)
    assert waiting.delivered_at is not None
    assert waiting.delivered_at.utcoffset() is not None


def test_a_message_is_fetched_with_its_words_and_its_papers(server: MailServer) -> None:
    paper = bytes(range(256)) * 1000
    server.deliver(a_message("First", paper))
    mailbox = server.doors().mailbox
    parts = list(message_from_bytes(fetched(mailbox, only(mailbox))).walk())
    contents = [part.get_payload(decode=True) for part in parts]
    assert b"The words of First." in b"".join(each for each in contents if isinstance(each, bytes))
    assert paper in contents


def test_a_message_of_25_megabytes_is_fetched_whole(server: MailServer) -> None:
    paper = hashlib.shake_256(b"a long scan").digest(LARGE)
    server.deliver(a_message("Large", paper))
    mailbox = server.doors().mailbox
    message = message_from_bytes(fetched(mailbox, only(mailbox)))
    (attached,) = [part for part in message.walk() if part.get_filename() == "Report.pdf"]
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert hashlib.sha256(content).digest() == hashlib.sha256(paper).digest()


@pytest.mark.parametrize("folder", ["Registered", "Held", "Noted", "Refused"])
def test_a_message_is_filed_and_keeps_its_place(server: MailServer, folder: str) -> None:
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    place = only(mailbox)
    assert mailbox.file(place, folder)
    assert lying(server, folder) == ["First"]
    assert list(mailbox.filed()) == [place]
    assert list(mailbox.unfiled()) == []
    assert fetched(mailbox, place)


def test_a_held_message_is_filed_again_by_a_process_that_has_just_started(
    server: MailServer,
) -> None:
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    place = only(mailbox)
    mailbox.file(place, "Held")
    later = server.doors().mailbox
    assert later.file(place, "Registered")
    assert later.file(place, "Registered")
    assert lying(server, "Registered") == ["First"]
    assert lying(server, "Held") == []
    assert list(later.filed()) == [place]


def test_a_process_that_dies_between_any_two_calls_loses_nothing_and_doubles_nothing(
    server: MailServer,
) -> None:
    server.deliver(a_message("First"))
    server.deliver(a_message("Second"))
    first, _ = everything(server.doors().mailbox)
    again, _ = everything(server.doors().mailbox)
    assert {each.place for each in first} == {each.place for each in again}
    server.doors().mailbox.file(first[0].place, "Noted")
    left, _ = everything(server.doors().mailbox)
    assert [each.place for each in left] == [first[1].place]
    server.doors().mailbox.file(first[1].place, "Noted")
    assert everything(server.doors().mailbox)[0] == []
    assert lying(server, "Noted") == ["First", "Second"]


def test_a_message_deleted_by_hand_is_gone_and_no_fault(server: MailServer) -> None:
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    place = only(mailbox)
    server.delete_by_hand("First")
    with pytest.raises(MessageGone):
        fetched(mailbox, place)
    assert mailbox.file(place, "Noted") is False
    mailbox.put_back(place)
    assert list(mailbox.filed()) == []


def test_a_message_moved_by_hand_does_no_harm(server: MailServer) -> None:
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    place = only(mailbox)
    server.move_by_hand("First", "Archive")
    assert mailbox.file(place, "Noted") in (True, False)
    assert lying(server, "Archive") + lying(server, "Noted") == ["First"]


def test_a_message_moved_back_into_the_inbox_has_the_same_place(server: MailServer) -> None:
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    (waiting,), reached = everything(mailbox)
    mailbox.file(waiting.place, "Registered")
    server.move_by_hand("First", "Inbox")
    back, _ = everything(server.doors().mailbox, reached)
    assert [each.place for each in back] == [waiting.place]


def test_what_was_filed_waits_again_when_it_is_put_back(server: MailServer) -> None:
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    (waiting,), reached = everything(mailbox)
    mailbox.file(waiting.place, "Registered")
    server.doors().mailbox.put_back(waiting.place)
    back, _ = everything(mailbox, reached)
    assert [each.place for each in back] == [waiting.place]


def test_a_place_that_was_lost_tells_everything_anew(server: MailServer) -> None:
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    (waiting,), reached = everything(mailbox)
    lost = server.lose_place(reached)
    server.deliver(a_message("Second"))
    mailbox = server.doors().mailbox
    again, _ = everything(mailbox, lost)
    assert sorted(subjects(mailbox, again)) == ["First", "Second"]
    assert waiting.place in {each.place for each in again}


def test_a_place_that_is_nonsense_tells_everything_anew(server: MailServer) -> None:
    server.deliver(a_message("First"))
    news = server.doors().mailbox.changes("what no server ever said")
    assert news.anew or not server.keeps_place
    assert len(news.arrived) == 1


def test_what_is_no_mail_is_passed_over(server: MailServer) -> None:
    if not server.deliver_no_mail():
        return
    server.deliver(a_message("First"))
    mailbox = server.doors().mailbox
    arrived, _ = everything(mailbox)
    assert subjects(mailbox, arrived) == ["First"]
    assert len(list(mailbox.unfiled())) == 1


def test_two_thousand_waiting_messages_are_each_told_once(server: MailServer) -> None:
    for number in range(MANY):
        server.deliver(a_message(f"Number {number}"))
    mailbox = server.doors().mailbox
    arrived, reached = everything(mailbox)
    assert len(arrived) == len({each.place for each in arrived}) == MANY
    assert len(list(mailbox.unfiled())) == MANY
    assert len(reached) < 100_000


def test_two_messages_that_look_alike_are_both_told(server: MailServer) -> None:
    server.deliver(a_message("Alike", b"one"))
    server.deliver(a_message("Alike", b"two"))
    mailbox = server.doors().mailbox
    arrived, _ = everything(mailbox)
    assert len({fetched(mailbox, each.place) for each in arrived}) == 2


def test_the_bell_rings_when_something_arrives(server: MailServer) -> None:
    if not server.rings:
        return
    mailbox = server.doors().mailbox
    everything(mailbox)
    mailbox.wait(1)
    heard: list[bool] = []
    ear = threading.Thread(target=lambda: heard.append(mailbox.wait(30)))
    ear.start()
    server.deliver(a_message("First"))
    ear.join(30)
    assert heard == [True]
    mailbox.close()


def test_waiting_ends_in_its_time_and_at_once_when_the_mailbox_is_closed(
    server: MailServer,
) -> None:
    mailbox = server.doors().mailbox
    everything(mailbox)
    start = time.monotonic()
    mailbox.wait(0.1)
    assert time.monotonic() - start < 10
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(mailbox.wait, 300)
        mailbox.close()
        assert waiting.result(timeout=2) is False


def test_several_threads_may_use_one_mailbox(server: MailServer) -> None:
    for number in range(8):
        server.deliver(a_message(f"Number {number}", bytes([number]) * 50_000))
    mailbox = server.doors().mailbox
    arrived, _ = everything(mailbox)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: subject_of(fetched(mailbox, each.place)), arrived))
        filed = list(pool.map(lambda each: mailbox.file(each.place, "Noted"), arrived))
    assert sorted(found) == [f"Number {number}" for number in range(8)]
    assert all(filed)


def test_the_doctor_is_told_in_a_sentence_that_all_is_well(server: MailServer) -> None:
    doors = server.doors()
    for said in (doors.mailbox.check(), doors.outbox.check()):
        assert said
        assert "\n" not in said


def a_letter(subject: str = "Our letter", *, to: str = "clerk@anyshire.gov.uk") -> bytes:
    return a_message(
        subject,
        b"%PDF-1.7 a letter",
        From=OURS,
        To=to,
        Message_ID="<QA-2026-0001.letter.1@homeoffice.example>",
        In_Reply_To="<LO2P265MB1234567890ABCDEF@LO2P265MB1234.GBRP265.PROD.OUTLOOK.COM>",
    )


OUR_ID = "<QA-2026-0001.letter.1@homeoffice.example>"


def test_a_mail_leaves_once_with_its_message_id_and_lies_in_sent(server: MailServer) -> None:
    outbox = server.doors().outbox
    assert not outbox.sent(OUR_ID)
    outbox.send(a_letter(to=server.outside), OUR_ID)
    (left,) = server.left()
    message = message_from_bytes(left)
    assert message["Message-ID"].strip() == OUR_ID
    assert "GBRP265.PROD.OUTLOOK.COM" in message["In-Reply-To"]
    assert lying(server, "Sent") == ["Our letter"]
    assert server.doors().outbox.sent(OUR_ID)
    assert not outbox.sent("<QA-2026-0001.letter.2@homeoffice.example>")


def test_several_mails_leave_one_after_the_other(server: MailServer) -> None:
    outbox = server.doors().outbox
    for number in range(3):
        own = f"<QA-2026-000{number}.letter.1@homeoffice.example>"
        letter = a_letter(f"Letter {number}", to=server.outside).replace(
            OUR_ID.encode(), own.encode()
        )
        outbox.send(letter, own)
    assert sorted(map(subject_of, server.left())) == ["Letter 0", "Letter 1", "Letter 2"]


def test_a_draft_lies_in_drafts_and_does_not_leave(server: MailServer) -> None:
    server.doors().outbox.save_draft(a_letter("To be finished", to=server.outside))
    assert lying(server, "Drafts") == ["To be finished"]
    assert server.left() == []


def test_sent_tells_what_left_and_what_staff_wrote_by_hand(server: MailServer) -> None:
    doors = server.doors()
    doors.outbox.send(a_letter(to=server.outside), OUR_ID)
    found, reached = everything(doors.sent)
    assert subjects(doors.sent, found) == ["Our letter"]
    server.send_by_hand(a_message("By hand", From=OURS))
    sent = server.doors().sent
    later, _ = everything(sent, reached)
    assert "By hand" in subjects(sent, later)
    assert lying(server, "Sent") == ["By hand", "Our letter"]


def test_when_a_mail_in_sent_was_sent_is_told_without_fetching_it(server: MailServer) -> None:
    server.send_by_hand(a_message("By hand", From=OURS))
    (waiting,), _ = everything(server.doors().sent)
    assert waiting.delivered_at is not None
    assert waiting.delivered_at.utcoffset() is not None


def test_how_far_sent_was_looked_through_is_kept_beside_the_inbox(server: MailServer) -> None:
    doors = server.doors()
    assert doors.sent.name != doors.mailbox.name
    assert doors.sent.name == server.doors().sent.name


def test_a_mail_that_was_taken_out_of_sent_is_gone(server: MailServer) -> None:
    with pytest.raises(MessageGone):
        server.doors().sent.fetch("1.never.there", BytesIO())
