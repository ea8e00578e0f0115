"""One review: what is known of it, its papers, letters and links, and its ledger."""

import re
from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import NotFound, StaleVersion
from secretariat.domain.letter_content import Addressee
from secretariat.domain.papers import FACTS, Facts, PaperKind, missing
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, steps_open_to
from secretariat.domain.staff import Duty
from secretariat.web.asking import download, eyes
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires
from secretariat.web.shown import FACT_NAMES, facts_shown, timeline

pages = Blueprint("review", __name__)

Page = str | tuple[str, int] | Answered
AS_PRECISE: Final = re.compile(r"(\d{4})(-\d{2}(-\d{2})?)?")
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
            "entries": timeline(register.ledger(str(reference))),
            "contact": register.contact(str(reference)),
            "meeting": register.meeting(review.meeting) if review.meeting else None,
        }
    everyone = [account for account in office().accounts.everyone() if account.active]
    return render_template(
        "review/review.html",
        review=review,
        facts=facts_shown(review.facts),
        missing=missing(review.facts),
        steps=steps_open_to(review),
        everyone=everyone,
        kinds=list(PaperKind),
        **shown,
    )


@pages.get("/register/<reference:reference>/papers/<int:number>")
def paper(reference: Reference, number: int) -> Response:
    """Hand out one paper of the review."""
    with eyes() as register:
        found = next((one for one in register.papers(reference) if one.number == number), None)
    if found is None:
        raise NotFound(f"paper {number} of {reference}")
    return download(found.sha256, found.name)


@pages.post("/register/<reference:reference>/papers/<int:number>")
@requires(Duty.WORK)
def name_paper(reference: Reference, number: int) -> Answered:
    """Say what kind a paper is."""
    kind = PaperKind(Form.sent()["kind"])
    office().casework.name_paper(reference, number, kind, by=person().email)
    flash(f"Noted: it is the {kind}.")
    return _back_to(reference)


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
        return _ask_facts(review, _form_of(review), 200)
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


def addressee_typed(form: Form) -> Addressee:
    """Return the address block as it was typed; the letter's form has the same fields."""
    return Addressee(
        title=form["title"],
        first=form["first"],
        last=form["last"],
        postnominals=form["postnominals"],
        role=form["role"],
        organisation=form["organisation"],
        address_lines=form.lines("address_lines"),
        salutation=form["salutation"],
    )


def addressee_fields(addressee: Addressee) -> dict[str, str]:
    """Return what the form's fields hold for an address block."""
    names = ("title", "first", "last", "postnominals", "role", "organisation", "salutation")
    fields = {name: str(getattr(addressee, name)) for name in names}
    return fields | {"address_lines": "\n".join(addressee.address_lines)}


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
    said: dict[str, Any] = {name: form[name] or None for name in FACTS}
    said["pseudonyms"] = form.lines("pseudonyms")
    return Facts(**said)


def _form_of(review: Review) -> Form:
    typed = {name: getattr(review.facts, name) or "" for name in FACTS}
    typed["pseudonyms"] = "\n".join(review.facts.pseudonyms)
    return Form({**typed, "version": str(review.version)})


def _ask_facts(review: Review, form: Form, status: int) -> tuple[str, int]:
    shown = facts_shown(review.facts)
    stale = status == 409
    body = render_template("review/facts.html", review=review, facts=shown, form=form, stale=stale)
    return body, status


def _review(reference: Reference) -> Review:
    with eyes() as register:
        return register.review(reference)


def _back_to(reference: Reference) -> Answered:
    return redirect(url_for("review.review_page", reference=reference))
