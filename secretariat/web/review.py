"""One review: what is known of it, its papers, letters and links, and its ledger."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import NotFound, StaleVersion
from secretariat.domain.found import ReviewKind
from secretariat.domain.letter_content import Addressee, Greeting
from secretariat.domain.papers import Facts, PaperKind, ReadingStatus
from secretariat.domain.post_in import Paper, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, steps_open_to
from secretariat.domain.staff import Duty
from secretariat.web.asking import asked_number, eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires
from secretariat.web.papers import STILL_DUE
from secretariat.web.shown import FACT_NAMES, facts_shown, timeline
from secretariat.web.shown_facts import facts_read, markings_read, other_values

pages = Blueprint("review", __name__)

Page = str | tuple[str, int] | Answered
AS_PRECISE: Final = re.compile(r"(\d{4})(-\d{2}(-\d{2})?)?")
FIELDS: Final = {"version": "called"}
LISTS: Final = ("pseudonyms", "councils")
KINDS: Final = [(str(kind), str(kind).capitalize()) for kind in ReviewKind]
ADDRESSEE: Final = (
    "title",
    "first",
    "last",
    "postnominals",
    "role",
    "organisation",
    "salutation",
)
DAYS: Final = ("date_of_death", "version_date")


@pages.get("/register/<reference:reference>")
def review_page(reference: Reference) -> str:
    """Show everything that the register holds of one review."""
    with eyes() as register:
        review = register.review(reference)
        shown: dict[str, Any] = {
            "papers": register.papers(reference),
            "letters": register.letters_of(reference),
            "links": register.links_of(reference),
            "checks": register.checks_of(reference),
            "mails": register.mails_of(reference),
            "postings": register.postings_of(reference),
            "by_hand": register.by_hand_about(reference),
            "entries": timeline(register.ledger(str(reference))),
            "contact": register.contact(str(reference)),
            "kept_names": register.kept_names(reference),
            "meeting": register.meeting(review.meeting) if review.meeting else None,
        }
    everyone = [account for account in office().accounts.everyone() if account.active]
    return render_template(
        "review/review.html",
        review=review,
        facts=facts_read(review.facts, shown["papers"]),
        markings=markings_read(shown["papers"]),
        away=_away(shown["mails"], office().clock.today()),
        still_due=STILL_DUE,
        opened_from=_opened_from(shown["papers"]),
        quarantined=ReadingStatus.QUARANTINED,
        steps=steps_open_to(review),
        everyone=everyone,
        kinds=list(PaperKind),
        **shown,
    )


@pages.post("/register/<reference:reference>/owner")
@requires(Duty.WORK)
def set_owner(reference: Reference) -> Answered:
    """Give the review to a colleague, or to nobody."""
    owner = Form.sent()["owner"]
    known = {account.email for account in office().accounts.everyone() if account.active}
    if owner and owner not in known:
        raise NotFound(f"an account called {owner}")
    office().casework.set_owner(reference, owner, by=person().email)
    flash("The owner is changed.")
    return _back_to(reference)


@pages.route("/register/<reference:reference>/facts", methods=["GET", "POST"])
@requires(Duty.WORK)
def facts(reference: Reference) -> Page:
    """Let a person say what the front page states, or what it leaves out."""
    review = _review(reference)
    form = Form.sent()
    if not form.typed:
        form = _form_of(review)
        return _ask_facts(review, form, 200, _taken_over(review, form))
    said = _facts_typed(form)
    if form.faults:
        return _ask_facts(review, form, 422)
    try:
        office().casework.change_facts(
            reference, said, version=form.whole("version"), by=person().email, why=form["why"]
        )
    except StaleVersion:
        now = _review(reference)
        form.typed["version"] = str(now.version)
        return _ask_facts(now, form, 409)
    flash("The facts are saved.")
    return _back_to(reference)


@pages.route("/register/<reference:reference>/partnership", methods=["GET", "POST"])
@requires(Duty.WORK)
def partnership(reference: Reference) -> Page:
    """Let a person say whose review it is."""
    review = _review(reference)
    form = Form.sent()
    lead = form.required("lead", "Choose the partnership") if form.typed else ""
    if lead:
        chosen = tuple(dict.fromkeys(one for one in (lead, form["joint"]) if one))
        office().casework.say_partnership(
            reference, chosen, version=form.whole("version"), by=person().email
        )
        flash("The partnership is saved.")
        return _back_to(reference)
    csps = sorted(office().directory.csps.values(), key=lambda csp: csp.name)
    body = render_template("review/partnership.html", review=review, csps=csps, form=form)
    return body, 422 if form.faults else 200


@pages.route("/register/<reference:reference>/contact", methods=["GET", "POST"])
@requires(Duty.WORK)
def contact(reference: Reference) -> Page:
    """Let a person confirm to whom the letter and the chasers go."""
    review = _review(reference)
    form = Form.sent()
    if not form.typed:
        return render_template("review/contact.html", review=review, form=_known_contact(reference))
    email = form.address("email", "Enter the email address")
    form.required("organisation", "Enter the partnership or council")
    if form.faults:
        return render_template("review/contact.html", review=review, form=form), 422
    office().casework.confirm_contact(
        str(reference), email, addressee_typed(form), by=person().email
    )
    flash("The contact is confirmed.")
    return _back_to(reference)


def _taken_over(review: Review, form: Form) -> str:
    """Fill in the candidate that was asked for; return the name of its fact, "" for none.

    The address names it by its place in the list, so that no name of a person stands in it.
    """
    field = request.args.get("fact", "")
    if field not in FACT_NAMES:
        return ""
    with eyes() as register:
        others = other_values(review.facts, register.papers(review.reference), field)
    place = asked_number("other", 0)
    if not 0 < place <= len(others):
        return ""
    value, name = others[place - 1], FIELDS.get(field, field)
    lines = field in LISTS and form[name]
    form.typed[name] = f"{form[name]}\n{value}" if lines else value
    return FACT_NAMES[field]


def _away(mails: Sequence[ReceivedMail], today: date) -> list[ReceivedMail]:
    """Return the newest reply of each correspondent who is still away."""
    newest = {mail.sender: mail for mail in mails if mail.returns_on or mail.colleague}
    return [one for one in newest.values() if one.returns_on is None or one.returns_on > today]


def _opened_from(papers: Sequence[Paper]) -> dict[str, str]:
    """Return the name of the locked file that an unlocked copy was opened from, by its SHA-256."""
    opened = {paper.unlocked for paper in papers if paper.unlocked}
    return {paper.sha256: paper.name for paper in papers if paper.sha256 in opened}


def addressee_typed(form: Form, prefix: str = "") -> Addressee:
    """Return the address block as it was typed; the letter's form has the same fields.

    prefix: what the names of its fields begin with
    """
    texts = {name: form[f"{prefix}{name}"] for name in ADDRESSEE}
    greeting = form[f"{prefix}greeting"]
    return Addressee(
        **texts,
        address_lines=form.lines(f"{prefix}address_lines"),
        greeting=Greeting(greeting) if greeting in set(Greeting) else Greeting.BY_TITLE,
    )


def addressee_fields(addressee: Addressee, prefix: str = "") -> dict[str, str]:
    """Return what the form's fields hold for an address block."""
    fields = {name: str(getattr(addressee, name)) for name in (*ADDRESSEE, "greeting")}
    fields["address_lines"] = "\n".join(addressee.address_lines)
    return {f"{prefix}{name}": text for name, text in fields.items()}


def _known_contact(reference: Reference) -> Form:
    with eyes() as register:
        review = register.review(reference)
        keys = (str(reference), *review.parties.csp_ids[:1])
        known = next((found for key in keys if (found := register.contact(key))), None)
    if known is None:
        return Form({"organisation": review.parties.csp})
    return Form({"email": known.email} | addressee_fields(known.addressee))


def _facts_typed(form: Form) -> Facts:
    for name in DAYS:
        if form[name] and not AS_PRECISE.fullmatch(form[name]):
            form.fault(name, f"{FACT_NAMES[name]} must be like 2025, 2025-11 or 2025-11-02")
    if form["review_kind"] and form["review_kind"] not in set(ReviewKind):
        form.fault("review_kind", "Choose the kind of review")
    said: dict[str, Any] = {name: form[FIELDS.get(name, name)] or None for name in FACT_NAMES}
    said |= {name: form.lines(name) for name in LISTS}
    return Facts(**said)


def _form_of(review: Review) -> Form:
    typed = {FIELDS.get(name, name): getattr(review.facts, name) or "" for name in FACT_NAMES}
    typed |= {name: "\n".join(getattr(review.facts, name)) for name in LISTS}
    return Form({**typed, "version": str(review.version)})


def _ask_facts(review: Review, form: Form, status: int, taken: str = "") -> tuple[str, int]:
    body = render_template(
        "review/facts.html",
        review=review,
        facts=facts_shown(review.facts),
        form=form,
        kinds=KINDS,
        taken=taken,
        stale=status == 409,
    )
    return body, status


def _review(reference: Reference) -> Review:
    with eyes() as register:
        return register.review(reference)


def _back_to(reference: Reference) -> Answered:
    return redirect(url_for("review.review_page", reference=reference))
