from collections.abc import Callable

import pytest

from secretariat.domain.errors import UnlawfulMove
from secretariat.domain.post import (
    Posting,
    PostingStatus,
    begin_sending,
    bounce,
    confirm_sent,
    drop,
    refuse,
    release,
    send_again,
)
from tests.builders import NOW, a_posting

STEPS: dict[str, tuple[Callable[[Posting], Posting], set[str], str]] = {
    "begin": (begin_sending, {"ready"}, "sending"),
    "confirm": (lambda posting: confirm_sent(posting, at=NOW), {"sending"}, "sent"),
    "refuse": (lambda posting: refuse(posting, "550"), {"sending"}, "refused by the server"),
    "again": (send_again, {"sending"}, "ready"),
    "release": (release, {"waiting for a person to release it", "refused by the server"}, "ready"),
    "drop": (
        lambda posting: drop(posting, "not wanted"),
        {"waiting for a person to release it", "ready", "refused by the server"},
        "not to be sent",
    ),
    "bounce": (lambda posting: bounce(posting, "full"), {"sending", "sent"}, "not delivered"),
}


@pytest.mark.parametrize("status", PostingStatus)
@pytest.mark.parametrize("name", STEPS)
def test_a_mail_takes_only_the_steps_that_are_lawful_where_it_stands(
    name: str, status: PostingStatus
) -> None:
    step, lawful, reached = STEPS[name]
    posting = a_posting(status=status)
    if status in lawful:
        assert step(posting).status == reached
    else:
        with pytest.raises(UnlawfulMove):
            step(posting)


def test_a_mail_that_may_have_left_is_never_ready_without_a_person() -> None:
    leading_back = {name for name, (_, lawful, _) in STEPS.items() if "sending" in lawful}
    assert leading_back == {"confirm", "refuse", "again", "bounce"}
