"""Mail that leaves through Microsoft 365: whole, once, and honest about what nobody knows."""

from __future__ import annotations

import email
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

import pytest

from secretariat.adapters.mail.graph_outbox import LARGEST_AT_ONCE, PIECE
from secretariat.ports.mail import LineDropped, MailboxUnusable, OutboxClosed, SendRefused
from tests.adapters.graph_builders import (
    OUR_ID,
    OUTLOOK_ID,
    Served,
    a_letter,
    a_mail,
    served,
)

SEND_MAIL = "POST .*/sendMail"
SEND_DRAFT = "POST .*/send$"
MB = 2**20
LARGE = 4 * MB


@pytest.fixture
def at() -> Iterator[Served]:
    with served() as found:
        yield found


@cache
def scan(size: int, name: str = "a scan") -> bytes:
    return hashlib.shake_256(name.encode()).digest(size)


def attachments(raw: bytes) -> list[bytes]:
    parts = email.message_from_bytes(raw).walk()
    contents = [part.get_payload(decode=True) for part in parts if part.get_filename()]
    return [each for each in contents if isinstance(each, bytes)]


def lying(at: Served, folder: str) -> int:
    return len(at.box.within(folder))


def test_a_letter_leaves_byte_by_byte_and_lies_in_sent(at: Served) -> None:
    outbox = at.outbox()
    outbox.send(a_letter(), OUR_ID)
    assert at.box.sent == [a_letter()]
    assert lying(at, "sentitems") == 1
    assert outbox.sent(OUR_ID)


@pytest.mark.parametrize(
    "sizes",
    [
        (LARGE,),
        (LARGEST_AT_ONCE, 3 * MB),
        (2 * MB, 2 * MB, 2 * MB),
        (7 * MB, LARGE, 1000),
        (PIECE, PIECE + 1),
    ],
)
def test_a_large_letter_leaves_whole_with_its_threading(at: Served, sizes: tuple[int, ...]) -> None:
    papers = tuple(scan(size, f"number {number}") for number, size in enumerate(sizes))
    outbox = at.outbox()
    outbox.send(a_letter(papers), OUR_ID)
    (left,) = at.box.sent
    message = email.message_from_bytes(left)
    assert message["Message-ID"] == OUR_ID
    assert message["In-Reply-To"] == OUTLOOK_ID
    assert message["References"] == f"<first@anyshire.test> {OUTLOOK_ID}"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] == "clerk@anyshire.test"
    assert sorted(attachments(left)) == sorted(papers)
    assert b"The words of Our letter." in left
    assert outbox.sent(OUR_ID)
    assert lying(at, "drafts") == 0


def test_the_headers_of_a_large_letter_are_the_bytes_that_were_approved(at: Served) -> None:
    letter = a_letter((scan(LARGE),), Subject="Ateb i'r adolygiad: Gwên, Anytown, " * 4)
    at.outbox().send(letter, OUR_ID)
    (left,) = at.box.sent
    wanted = {
        line for line in letter.split(b"\r\n\r\n")[0].split(b"\r\n") if b"boundary" not in line
    }
    assert wanted <= set(left.split(b"\r\n\r\n")[0].split(b"\r\n"))


def test_large_attachments_go_in_pieces_one_after_the_other(at: Served) -> None:
    size = 2 * PIECE + 5
    at.outbox().send(a_letter((scan(size),)), OUR_ID)
    assert at.graph.routes.ranges == [
        f"bytes 0-{PIECE - 1}/{size}",
        f"bytes {PIECE}-{2 * PIECE - 1}/{size}",
        f"bytes {2 * PIECE}-{size - 1}/{size}",
    ]


def test_a_file_name_with_other_letters_stays(at: Served) -> None:
    letter = a_letter((scan(LARGE),)).replace(b"Letter 0.pdf", "Llythyr ŵ.pdf".encode())
    letter = letter.replace(
        'filename="Llythyr ŵ.pdf"'.encode(), b"filename*=utf-8''Llythyr%20%C5%B5.pdf"
    )
    at.outbox().send(letter, OUR_ID)
    parts = email.message_from_bytes(at.box.sent[0]).walk()
    assert "Llythyr ŵ.pdf" in [part.get_filename() for part in parts]


def test_a_large_mail_attached_to_a_letter_is_taken_along_whole(at: Served) -> None:
    inner = a_mail("What we were sent", (scan(LARGE),))
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["To"] = "us@example.test", "clerk@anyshire.test"
    outer["Message-ID"], outer["Subject"] = OUR_ID, "Your mail"
    outer.set_content("Here it is again.")
    outer.add_attachment(email.message_from_bytes(inner, policy=SMTP), filename="Your mail.eml")
    at.outbox().send(outer.as_bytes(), OUR_ID)
    (left,) = at.box.sent
    names = [part.get_filename() for part in email.message_from_bytes(left).walk()]
    assert "Your mail.eml" in names
    assert any(scan(LARGE) in attachments(each) for each in attachments(left))


# What is sure not to have left


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (400, "ErrorInvalidRecipients", "an address that it is for is none"),
        (413, "RequestEntityTooLarge", "the message is too large"),
        (400, "ErrorMimeContentInvalid", "answered 400, ErrorMimeContentInvalid"),
    ],
)
def test_what_is_wrong_with_one_mail_refuses_that_mail(
    at: Served, status: int, code: str, told: str
) -> None:
    at.graph.fail(SEND_MAIL, status, code)
    outbox = at.outbox()
    with pytest.raises(SendRefused, match=told) as refused:
        outbox.send(a_letter(), OUR_ID)
    assert not isinstance(refused.value, OutboxClosed)
    assert at.box.sent == []
    outbox.send(a_letter(), OUR_ID)
    assert len(at.box.sent) == 1


def test_an_address_that_is_none_refuses_the_mail(at: Served) -> None:
    letter = a_letter().replace(b"clerk@anyshire.test", b"clerk")
    with pytest.raises(SendRefused, match="an address that it is for is none"):
        at.outbox().send(letter, OUR_ID)
    assert at.box.sent == []
    assert lying(at, "drafts") == 0


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (401, "InvalidAuthenticationToken", "refused the application's token"),
        (403, "ErrorAccessDenied", r"it needs Mail\.ReadWrite and Mail\.Send"),
        (403, "ErrorSendAsDenied", "may not send in the name of this mailbox"),
        (404, "ErrorInvalidUser", "there is no such mailbox"),
        (507, "ErrorQuotaExceeded", "the mailbox is full"),
        (400, "ErrorExceededMessageLimit", "lets no more mail leave"),
        (429, "ApplicationThrottled", "pause"),
    ],
)
@pytest.mark.parametrize("size", [1000, 5 * MB // 2], ids=["small", "large"])
def test_what_is_wrong_with_the_mailbox_closes_the_outbox_for_now(
    at: Served, status: int, code: str, told: str, size: int
) -> None:
    at.graph.fail("POST", status, code, retry_after="600" if status == 429 else "", times=2)
    line = at.line()
    with pytest.raises(OutboxClosed, match=told):
        at.outbox(line).send(a_letter((scan(size),)), OUR_ID)
    assert at.box.sent == []
    at.graph.faults.clear()
    at.outbox().send(a_letter((scan(size),)), OUR_ID)
    assert len(at.box.sent) == 1


def test_a_server_that_is_not_there_closes_the_outbox_for_now(at: Served) -> None:
    line = at.line()
    line.endpoint = "http://127.0.0.1:9/v1.0"
    for letter in (a_letter(), a_letter((scan(LARGE),))):
        with pytest.raises(OutboxClosed, match="refuses the connection"):
            at.outbox(line).send(letter, OUR_ID)


def test_a_refused_secret_closes_the_outbox_for_now(at: Served) -> None:
    at.graph.desk.secret = "changed by somebody"
    with pytest.raises(OutboxClosed, match="secret was refused"):
        at.outbox().send(a_letter(), OUR_ID)


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_that_the_server_asks_for_is_kept_and_the_mail_leaves_once(
    at: Served, status: int
) -> None:
    at.graph.fail(SEND_MAIL, status, "ApplicationThrottled", retry_after="1")
    at.outbox().send(a_letter(), OUR_ID)
    assert len(at.box.sent) == 1
    assert at.graph.asked_for(SEND_MAIL) == 2


def test_a_token_that_ran_out_is_renewed_and_the_mail_leaves_once(at: Served) -> None:
    outbox = at.outbox()
    outbox.check()
    at.graph.desk.revoke()
    outbox.send(a_letter(), OUR_ID)
    assert len(at.box.sent) == 1


# What nobody knows


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_line_dropped_while_sending_is_never_tried_again_by_itself(
    at: Served, cut: str, large: bool
) -> None:
    at.graph.fail("POST .*/send(Mail)?$", cut=cut)
    outbox = at.outbox()
    letter = a_letter((scan(LARGE if large else 1000),))
    with pytest.raises(LineDropped, match="nobody knows"):
        outbox.send(letter, OUR_ID)
    assert len(at.box.sent) == (cut != "before")
    assert outbox.sent(OUR_ID) is (cut != "before")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 200])
def test_an_answer_that_tells_nothing_leaves_it_open(at: Served, status: int) -> None:
    at.graph.fail(SEND_MAIL, status, "ErrorInternalServerError")
    with pytest.raises(LineDropped, match="nobody knows"):
        at.outbox().send(a_letter(), OUR_ID)
    assert at.graph.asked_for(SEND_MAIL) == 1


def test_closing_while_a_mail_leaves_ends_at_once_and_leaves_it_open(at: Served) -> None:
    held = at.graph.hold(SEND_MAIL)
    outbox = at.outbox()
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(outbox.send, a_letter(), OUR_ID)
        assert held.await_waiting(1)
        outbox.close()
        with pytest.raises(LineDropped):
            sending.result(timeout=2)
    with pytest.raises(OutboxClosed, match="closed"):
        outbox.send(a_letter(), OUR_ID)


def test_what_a_dropped_line_left_in_drafts_is_cleared_away_by_the_next_try(at: Served) -> None:
    at.graph.fail(SEND_DRAFT, cut="before")
    outbox, letter = at.outbox(), a_letter((scan(LARGE),))
    with pytest.raises(LineDropped):
        outbox.send(letter, OUR_ID)
    assert not outbox.sent(OUR_ID)
    assert lying(at, "drafts") == 1
    outbox.send(letter, OUR_ID)
    assert len(at.box.sent) == 1
    assert lying(at, "drafts") == 0


# Large letters that cannot leave


@pytest.mark.parametrize(
    "where", ["POST .*/messages$", "createUploadSession", "PUT .*/upload/"], ids=str
)
@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_line_dropped_before_a_large_letter_leaves_is_no_doubt(
    at: Served, where: str, cut: str
) -> None:
    at.graph.fail(where, cut=cut)
    outbox, letter = at.outbox(), a_letter((scan(LARGE),))
    with pytest.raises(OutboxClosed, match="dropped"):
        outbox.send(letter, OUR_ID)
    assert at.box.sent == []
    outbox.send(letter, OUR_ID)
    assert len(at.box.sent) == 1
    assert attachments(at.box.sent[0]) == attachments(letter)
    assert lying(at, "drafts") == 0


def test_a_mailbox_that_lets_nothing_large_leave_refuses_the_letter_alone(at: Served) -> None:
    at.graph.routes.denied.add("attach")
    outbox = at.outbox()
    with pytest.raises(SendRefused, match="nothing larger than 4 MB") as refused:
        outbox.send(a_letter((scan(LARGE),)), OUR_ID)
    assert not isinstance(refused.value, OutboxClosed)
    assert lying(at, "drafts") == 0
    outbox.send(a_letter(), OUR_ID)
    assert len(at.box.sent) == 1


def test_an_address_for_uploads_that_is_refused_refuses_the_letter_alone(at: Served) -> None:
    at.graph.fail("PUT .*/upload/", 401, "InvalidAudienceForResource")
    with pytest.raises(SendRefused, match="nothing larger than 4 MB") as refused:
        at.outbox().send(a_letter((scan(LARGE),)), OUR_ID)
    assert not isinstance(refused.value, OutboxClosed)


def test_a_large_letter_that_fails_each_time_holds_up_no_others(at: Served) -> None:
    at.graph.fail("PUT .*/upload/", cut="before", times=99)
    outbox, letter = at.outbox(), a_letter((scan(LARGE),))
    for _ in range(2):
        with pytest.raises(OutboxClosed):
            outbox.send(letter, OUR_ID)
    with pytest.raises(SendRefused, match=r"could not be uploaded: .* dropped") as refused:
        outbox.send(letter, OUR_ID)
    assert not isinstance(refused.value, OutboxClosed)
    assert at.box.sent == []
    assert lying(at, "drafts") == 0


def test_a_pause_wanted_during_an_upload_is_no_fault_of_the_letter(at: Served) -> None:
    at.graph.fail("PUT .*/upload/", 429, "ApplicationThrottled", retry_after="600", times=99)
    letter = a_letter((scan(LARGE),))
    for _ in range(4):
        with pytest.raises(OutboxClosed, match="pause"):
            at.outbox().send(letter, OUR_ID)
    at.graph.faults.clear()
    at.outbox().send(letter, OUR_ID)
    assert len(at.box.sent) == 1


def test_a_draft_that_cannot_be_thrown_away_is_told_in_the_log(
    at: Served, caplog: pytest.LogCaptureFixture
) -> None:
    at.graph.fail("PUT .*/upload/", cut="before")
    at.graph.fail("DELETE", cut="before", times=2)
    with pytest.raises(OutboxClosed):
        at.outbox().send(a_letter((scan(LARGE),)), OUR_ID)
    assert "a draft of a mail that did not leave lies in Drafts" in caplog.text
    assert lying(at, "drafts") == 1


def test_a_letter_larger_than_the_mail_server_takes_is_refused(at: Served) -> None:
    at.graph.routes.largest_message = 4 * MB
    with pytest.raises(SendRefused, match="the message is too large"):
        at.outbox().send(a_letter((scan(LARGE),)), OUR_ID)
    assert at.box.sent == []
    assert lying(at, "drafts") == 0


def test_a_letter_whose_words_alone_are_too_large_is_refused(at: Served) -> None:
    wordy = a_letter(()) + b"A long sentence of no use. \r\n" * 200_000
    with pytest.raises(SendRefused, match="too large, even without its attachments"):
        at.outbox().send(wordy, OUR_ID)
    assert at.graph.seen == []


# Sent, drafts, the check


def test_a_copy_that_a_person_moved_out_of_sent_was_still_sent(at: Served) -> None:
    outbox = at.outbox()
    outbox.send(a_letter(), OUR_ID)
    at.box.add_folder("Archive", "msgfolderroot")
    place = at.box.within("sentitems")[0].immutable
    at.box.move(place, "deleteditems")
    assert outbox.sent(OUR_ID)
    at.box.delete(place)
    assert not outbox.sent(OUR_ID)


def test_a_draft_is_not_sent(at: Served) -> None:
    outbox = at.outbox()
    outbox.save_draft(a_letter())
    assert not outbox.sent(OUR_ID)
    assert at.box.sent == []
    assert at.box.within("drafts")[0].raw == a_letter()


def test_a_large_draft_has_all_its_papers(at: Served) -> None:
    letter = a_letter((scan(LARGE),))
    at.outbox().save_draft(letter)
    (draft,) = at.box.within("drafts")
    assert attachments(draft.whole()) == attachments(letter)
    assert at.box.sent == []


def test_a_draft_that_cannot_be_kept_is_told(at: Served) -> None:
    at.graph.routes.denied.add("attach")
    with pytest.raises(MailboxUnusable, match=r"the draft cannot be kept: .*4 MB"):
        at.outbox().save_draft(a_letter((scan(LARGE),)))
    at.box.room = 0
    with pytest.raises(MailboxUnusable, match="the mailbox is full"):
        at.outbox().save_draft(a_letter())


@pytest.mark.parametrize("odd", ["<o'brien@example.test>", "<a+b&c=d#e%41@example.test>"])
def test_an_odd_message_id_is_found_in_sent(at: Served, odd: str) -> None:
    outbox = at.outbox()
    assert not outbox.sent(odd)
    outbox.send(a_letter().replace(OUR_ID.encode(), odd.encode()), odd)
    assert outbox.sent(odd)
    assert not outbox.sent(OUR_ID)


def test_whether_a_mail_was_sent_is_not_guessed_when_the_mailbox_cannot_be_read(
    at: Served,
) -> None:
    outbox = at.outbox()
    at.graph.fail("GET", 500, "ErrorInternalServerError")
    with pytest.raises(MailboxUnusable):
        outbox.sent(OUR_ID)
    at.graph.fail("GET", 200, "a page of the network")
    with pytest.raises(MailboxUnusable, match="not of Microsoft Graph"):
        outbox.sent(OUR_ID)


def test_the_check_says_that_mail_can_leave_and_sends_none(at: Served) -> None:
    assert "mail can leave" in at.outbox().check()
    assert at.box.sent == []
    assert lying(at, "drafts") == lying(at, "sentitems") == 0


def test_the_check_says_that_the_application_may_not_send(at: Served) -> None:
    at.graph.routes.denied.add("send")
    with pytest.raises(MailboxUnusable, match=r"no mail can leave: .* it needs .* Mail\.Send"):
        at.outbox().check()


def test_mail_of_others_in_the_mailbox_is_no_mail_of_ours(at: Served) -> None:
    at.box.deliver(a_mail())
    assert not at.outbox().sent(OUR_ID)
