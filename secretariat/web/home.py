"""The first page, and those about the service itself.

What has waited for too long stands first, then what needs somebody, then what stands where.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from flask import Blueprint, Response, render_template

from secretariat.domain.listing import Counts
from secretariat.domain.post_in import MailCount, MailState
from secretariat.domain.silence import LOOKED_BACK, silence_of
from secretariat.web.asking import eyes
from secretariat.web.guard import office, open_to_all
from secretariat.web.shown import UNDERWAY

pages = Blueprint("home", __name__)

ROUNDS_MISSED: Final = 3


class Need(NamedTuple):
    """One count of the home page: what it counts, how much of it, and where the list is."""

    text: str
    number: int
    href: str


class Became(NamedTuple):
    """How many mails of the register became what."""

    state: MailState
    number: int


@pages.get("/")
def home() -> str:
    """Show what needs somebody, then how many reviews stand where."""
    with eyes() as register:
        counts = register.counts(office().clock.today())
        count = register.mail_count()
        limit_is_reached = office().outlook.limit_is_reached(register)
        arrivals = register.arrivals(office().clock.now() - LOOKED_BACK)
    by_status = dict(counts.by_status)
    return render_template(
        "home.html",
        needs=[need for need in _needs(counts) if need.number],
        quiet=[need for need in _needs(counts) if not need.number],
        old_answers=office().chase.old_answers(),
        count=count,
        due_behind=counts.due_behind,
        became=_became(count) if count else (),
        long_ago=count is not None and office().clock.now() - count.at > _patience(),
        silence=_silence(arrivals),
        limit_is_reached=limit_is_reached,
        underway=[(status, by_status.get(status, 0)) for status in UNDERWAY],
    )


def _patience() -> timedelta:
    """Return how old a count may be before the daemon is thought to have stopped."""
    return timedelta(seconds=ROUNDS_MISSED * office().count_every)


def _silence(arrivals: Sequence[datetime]) -> str:
    """Return in a sentence that no mail has come for longer than usual, "" where all is well."""
    hours = office().outlook.hours
    if hours is None:
        return ""
    found = silence_of(arrivals, office().clock.now(), hours, office().outlook.holidays)
    if found is None:
        return ""
    return (
        f"No mail has come for {found.lasts:.0f} hours of the office; in the last 90 days the"
        f" longest silence was {found.usual:.0f}. Tell an administrator: the mailbox may not be"
        " reached, or mail may go elsewhere"
    )


def _became(count: MailCount) -> tuple[Became, ...]:
    return (
        Became(MailState.REGISTERED, count.registered),
        Became(MailState.JOINED, count.joined),
        Became(MailState.NOTED, count.noted),
        Became(MailState.HELD, count.held),
        Became(MailState.REFUSED, count.refused),
    )


def _needs(counts: Counts) -> tuple[Need, ...]:
    return (
        Need("Mail held for a person", counts.held, "/held"),
        Need("Answers of councils unread", counts.answers, "/held/answers"),
        Need("Decisions and questions open", counts.matters_open, "/held/matters"),
        Need("Reviews that wait for a password", counts.locked, "/held/locked"),
        Need("Reviews with facts missing", counts.facts_missing, "/register?missing=yes"),
        Need("Letters to check and approve", counts.letters_draft, "/letters"),
        Need("Letters that were not delivered", counts.letters_not_delivered, "/letters"),
        Need("Copies that were not delivered", counts.copies_not_delivered, "/letters/post"),
        Need("Mail waiting to be released", counts.postings_for_release, "/letters/post"),
        Need("Mail that may or may not have left", counts.postings_stuck, "/letters/post"),
        Need("Mail that the server refused", counts.postings_refused, "/letters/post"),
        Need("Links that a person must look at", counts.links_to_look_at, "/publication?show=look"),
        Need("Reviews whose chasers are spent", counts.chase_spent, "/publication?show=spent"),
    )


@pages.get("/accessibility")
@open_to_all
def accessibility() -> str:
    """Tell how accessible the pages are and whom to tell of a fault."""
    return render_template("accessibility.html")


@pages.get("/healthz")
@open_to_all
def healthz() -> Response:
    """Answer "ok" to whatever watches that the pages are served."""
    return Response("ok", mimetype="text/plain")
