"""Feedback letters: beside their preview, amended, confirmed, returned, approved."""

import re
from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import NotFound, SecretariatError, StaleVersion
from secretariat.domain.ledger import Entry, Event
from secretariat.domain.letter import Copy, Fact, Letter, LetterStatus, unconfirmed
from secretariat.domain.letter_changes import differences
from secretariat.domain.reference import Reference
from secretariat.domain.staff import Duty
from secretariat.stages.approval import REPLY_ADDRESS
from secretariat.web.asking import as_file, eyes
from secretariat.web.came_back import came_back, offices_served
from secretariat.web.forms import Form
from secretariat.web.guard import office, person, requires
from secretariat.web.letter_form import content_typed, fields_of
from secretariat.web.letter_typed import form_of_typed
from secretariat.web.letter_versions import words_at
from secretariat.web.look import moment
from secretariat.web.shown import stated

pages = Blueprint("letters", __name__)

Page = str | tuple[str, int] | Answered
BACK: Final = (Event.RETURNED, Event.STOPPED, Event.APPROVAL_VOID, Event.BOUNCED)
AT: Final = "/register/<reference:reference>/letters/<int:number>"
UNDERWAY: Final = (
    LetterStatus.DRAFT,
    LetterStatus.APPROVED,
    LetterStatus.SENDING,
    LetterStatus.NOT_DELIVERED,
)


@pages.get("/letters")
def letter_list() -> str:
    """List the letters that are underway, by where they stand."""
    with eyes() as register:
        letters = register.letters(*UNDERWAY)
    groups = [
        (status, [letter for letter in letters if letter.status is status]) for status in UNDERWAY
    ]
    return render_template(
        "letters/list.html",
        groups=groups,
        unconfirmed=unconfirmed,
        template_faults=office().press.faults(),
    )


@pages.get(AT)
def letter_page(reference: Reference, number: int) -> tuple[str, int]:
    """Show the letter beside its preview, with what is still to be done to it."""
    return show(letter_now(reference, number), Form(), 200)


@pages.route(f"{AT}/amend", methods=["GET", "POST"])
@requires(Duty.WORK)
def amend(reference: Reference, number: int) -> Page:
    """Change the words; when somebody was quicker, keep what was typed beside what they saved."""
    letter = letter_now(reference, number)
    form = Form.sent()
    if not form.typed:
        return _ask_words(letter, form_of_typed(letter) or Form(fields_of(letter)), 200)
    content = content_typed(form, letter.content)
    if form.faults:
        return _ask_words(letter, form, 422)
    try:
        office().approval.amend(
            reference, number, content, version=form.whole("version"), by=person().email
        )
    except StaleVersion:
        return _ask_over_theirs(letter_now(reference, number), form)
    office().unsaved.forget(str(reference), number, by=person().email)
    flash("The letter is saved as a new version.")
    return _back_to(reference, number)


@pages.post(f"{AT}/confirm")
@requires(Duty.WORK)
def confirm(reference: Reference, number: int) -> Page:
    """Note that this person has looked at the chosen facts of the letter."""
    form = Form.sent()
    known = {str(fact): fact for fact in Fact}
    chosen = tuple(known[text] for text in form.chosen("facts") if text in known)
    if not chosen:
        form.fault("facts", "Choose the facts that you confirm")
        return show(letter_now(reference, number), form, 422)
    office().approval.confirm(
        reference, number, chosen, version=form.whole("version"), by=person().email
    )
    flash("Confirmed.")
    return _back_to(reference, number)


@pages.post(f"{AT}/recipients")
@requires(Duty.WORK)
def recipients(reference: Reference, number: int) -> Page:
    """Say to which addresses the letter and its copies go."""
    letter = letter_now(reference, number)
    form = Form.sent()
    addresses = {name: form.address(name) for name in ("to", *_copy_fields(letter))}
    if form.faults:
        return show(letter, form, 422)
    copies = tuple(
        Copy(copy.pfa_code, copy.office, addresses[name])
        for name, copy in zip(_copy_fields(letter), letter.copies, strict=True)
        if not form[f"no-{name}"]
    )
    _confirm_offices(copies)
    office().approval.set_recipients(
        reference, number, form["to"], copies, version=form.whole("version"), by=person().email
    )
    flash("The recipients are saved.")
    return _back_to(reference, number)


@pages.post(f"{AT}/make")
@requires(Duty.WORK)
def make(reference: Reference, number: int) -> Answered:
    """Print the letter with the day on which it would leave; nothing is approved by that."""
    version = Form.sent().whole("version")
    office().approval.make(reference, number, version=version, by=person().email)
    flash("The letter is made, with its day. Read it before it is approved.")
    return _back_to(reference, number)


@pages.post(f"{AT}/return")
@requires(Duty.WORK)
def give_back(reference: Reference, number: int) -> Page:
    """Return the letter to whoever drafted it, with the reason."""
    form = Form.sent()
    why = form.required("why", "Say what is to be put right")
    if form.faults:
        return show(letter_now(reference, number), form, 422)
    office().approval.give_back(
        reference, number, why, version=form.whole("version"), by=person().email
    )
    flash("The letter is returned.")
    return _back_to(reference, number)


@pages.post(f"{AT}/approve")
@requires(Duty.APPROVE)
def approve(reference: Reference, number: int) -> Page:
    """Approve the very version that this person read."""
    version = Form.sent().whole("version")
    office().approval.approve(reference, number, version=version, by=person().email)
    letter = letter_now(reference, number)
    told = "The letter is approved and leaves with the next round, unless sending is held."
    if letter.stop_until:
        told = f"The letter is approved. Until {moment(letter.stop_until)} it can be stopped."
    flash(told)
    return _back_to(reference, number)


@pages.get(f"{AT}/<any(word, pdf):kind>")
def paper(reference: Reference, number: int, kind: str) -> Response:
    """Hand out the letter: as it was made, or as it would be made now."""
    letter = letter_now(reference, number)
    kept = letter.docx if kind == "word" else letter.pdf
    name = f"{reference} letter {number}.{'docx' if kind == 'word' else 'pdf'}"
    if kept:
        return as_file(office().vault.open(kept), name)
    if kind == "pdf":
        raise NotFound("a PDF of this letter, which there is once it is made,")
    return as_file(office().approval.paperwork(letter).docx, name)


def _confirm_offices(copies: tuple[Copy, ...]) -> None:
    """Note each new address of an office as confirmed: whoever saves it says that it is right."""
    with eyes() as register:
        known = {copy.pfa_code: register.office(copy.pfa_code) for copy in copies}
    for copy in copies:
        before = known[copy.pfa_code]
        if copy.to and (before is None or before.email != copy.to):
            office().casework.confirm_office(copy.pfa_code, copy.to, by=person().email)


def _copy_fields(letter: Letter) -> tuple[str, ...]:
    return tuple(f"copy-{place}" for place in range(1, len(letter.copies) + 1))


def letter_now(reference: Reference, number: int) -> Letter:
    """Return the letter as it stands now."""
    with eyes() as register:
        return register.letter(reference, number)


def _reasons(letter: Letter) -> list[Entry]:
    """Return why it was returned, stopped or brought back, the newest first."""
    about = re.compile(rf"letter {letter.number}\b", re.IGNORECASE)
    with eyes() as register:
        entries = register.ledger(str(letter.reference))
    return [one for one in reversed(entries) if one.what in BACK and about.match(one.why)]


def _odd(letter: Letter) -> tuple[str, ...]:
    """Return what is odd about a letter and bars nothing; nothing where it cannot be printed."""
    try:
        return tuple(office().press.odd(letter.content))
    except SecretariatError:
        return ()


def _preview(letter: Letter) -> tuple[str, str]:
    """Return (safe HTML, "") or ("", why there is none)."""
    try:
        docx = (
            office().vault.open(letter.docx)
            if letter.docx
            else office().approval.paperwork(letter).docx
        )
        return office().press.preview(docx), ""
    except SecretariatError as fault:
        return "", str(fault)


def show(letter: Letter, form: Form, status: int) -> tuple[str, int]:
    """Return the letter's page, with what was typed into one of its forms and is wrong there."""
    preview, no_preview = _preview(letter)
    open_facts = unconfirmed(letter)
    shown: dict[str, Any] = {
        "facts": [(fact, stated(letter, fact), fact in open_facts) for fact in Fact],
        "copy_fields": list(zip(_copy_fields(letter), letter.copies, strict=True)),
        "hindrances": office().approval.hindrances(letter),
        "odd": _odd(letter),
        "unsure_address": any(one.name == REPLY_ADDRESS for one in office().approval.marks(letter)),
        "returned": _reasons(letter),
        "same_eyes": person().email in (*letter.note_authors, *letter.editors),
        "draft": letter.status is LetterStatus.DRAFT,
        "back": came_back(letter),
        "served": offices_served(letter),
        "changeable": letter.status in (LetterStatus.DRAFT, LetterStatus.APPROVED),
    }
    body = render_template(
        "letters/letter.html",
        letter=letter,
        form=form,
        preview=preview,
        no_preview=no_preview,
        template_faults=office().press.faults(),
        makes_pdf=office().press.makes_pdf,
        **shown,
    )
    return body, status


def _ask_over_theirs(letter: Letter, form: Form) -> tuple[str, int]:
    """Show what differs between the letter as somebody else saved it and what is typed.

    Saved from there, what is typed takes the place of the version that is shown.
    """
    typed = content_typed(form, letter.content)
    began = words_at(letter, form.whole("version"))
    form.typed["version"] = str(letter.version)
    return _ask_words(
        letter,
        form,
        409,
        mine=differences(letter.content, typed),
        theirs=None if began is None else differences(began, letter.content),
    )


def _ask_words(letter: Letter, form: Form, status: int, **compared: object) -> tuple[str, int]:
    preview, no_preview = _preview(letter)
    body = render_template(
        "letters/amend.html",
        letter=letter,
        form=form,
        stale=status == 409,
        preview=preview,
        no_preview=no_preview,
        **compared,
    )
    return body, status


def _back_to(reference: Reference, number: int) -> Answered:
    return redirect(url_for("letters.letter_page", reference=reference, number=number))
