"""Templates of letters: versions, an upload looked over, a preview, and wording to be confirmed."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.papers import ScannerAway
from secretariat.domain.staff import Duty, may
from secretariat.ports.templates import Looked, TemplateNotPut, TemplateVersion
from secretariat.web.asking import as_file
from secretariat.web.forms import Form, as_sentence
from secretariat.web.guard import office, person, requires

pages = Blueprint("wording", __name__)

Page = str | tuple[str, int] | Answered
UNCHECKED = "The virus scanner does not answer: the file was not opened. Try again in a minute"


@pages.get("/wording")
def wording() -> str:
    """List the packs with their versions, and the wording that is to be confirmed."""
    ours = office().wording
    packs = [(name, ours.shelf.faults(name)) for name in ours.shelf.generations()]
    return render_template(
        "wording/list.html",
        packs=[(name, faults, _in_use(name)) for name, faults in packs],
        uses=ours.uses(),
        told_of=ours.told_of,
        open_marks=ours.open_marks(),
        confirmed=ours.confirmed(),
        may_confirm=_may_confirm(),
    )


@pages.post("/wording/marks")
def confirm() -> Answered:
    """Confirm one sentence; approvers and administrators may."""
    if not _may_confirm():
        abort(403, description="Your account may not confirm the wording of letters")
    form = Form.sent()
    office().wording.confirm(form["pack"], form["name"], form["words"], by=person().email)
    flash(f"The wording of {form['name']} is confirmed.")
    return redirect(url_for("wording.wording", _anchor="marks"))


@pages.get("/wording/<pack>")
def pack_page(pack: str) -> Page:
    """Show the versions of one pack, and where to upload another."""
    return _show_pack(pack, Form(), ())


@pages.post("/wording/<pack>")
@requires(Duty.ADMINISTER)
def upload(pack: str) -> Page:
    """Look over an uploaded template: tell every fault, or keep it and show a made-up letter."""
    form = Form({"template": "sent"})
    sent = request.files.get("template")
    if sent is None or not sent.filename:
        form.fault("template", "Choose the Word file")
        return _show_pack(pack, form, ())
    try:
        looked = office().wording.offer(pack, sent.read())
    except ScannerAway:
        form.fault("template", UNCHECKED)
        return _show_pack(pack, form, (), status=503)
    except Refused as fault:
        form.fault("template", as_sentence(fault))
        return _show_pack(pack, form, ())
    if looked.faults:
        form.fault("template", "The template cannot be used as it is: see what is wrong below")
        return _show_pack(pack, form, looked.faults)
    return redirect(url_for("wording.version_page", pack=pack, version=looked.version))


@pages.get("/wording/<pack>/<version>")
def version_page(pack: str, version: str) -> str:
    """Show a made-up letter printed with a version, and let it be put into use."""
    found, looked = _kept(pack, version)
    return render_template("wording/version.html", version=found, looked=looked)


@pages.post("/wording/<pack>/<version>")
@requires(Duty.ADMINISTER)
def use(pack: str, version: str) -> Page:
    """Put a version into use, also an earlier one."""
    try:
        office().wording.use(pack, version, by=person().email)
    except (Refused, TemplateNotPut) as fault:
        form = Form()
        form.fault("use", as_sentence(fault))
        found, looked = _kept(pack, version)
        body = render_template("wording/version.html", version=found, looked=looked, form=form)
        return body, 422
    flash(f"Letters of {pack} are made with version {version} from now on.")
    return redirect(url_for("wording.pack_page", pack=pack))


@pages.get("/wording/<pack>/<version>/template.docx")
def template(pack: str, version: str) -> Response:
    """Hand out the Word template of a version, to be edited."""
    return as_file(office().wording.shelf.template(pack, version), f"letter-{pack}-{version}.docx")


@pages.get("/wording/<pack>/<version>/letter.docx")
def made_up_letter(pack: str, version: str) -> Response:
    """Hand out a made-up letter that was printed with a version."""
    _, looked = _kept(pack, version)
    if not looked.docx:
        raise NotFound("a letter printed with that version")
    return as_file(looked.docx, f"made-up-letter-{pack}-{version}.docx")


def _may_confirm() -> bool:
    return may(person(), Duty.APPROVE) or may(person(), Duty.ADMINISTER)


def _in_use(pack: str) -> TemplateVersion | None:
    return next((one for one in office().wording.versions(pack) if one.in_use), None)


def _kept(pack: str, version: str) -> tuple[TemplateVersion, Looked]:
    for one in office().wording.versions(pack):
        if one.name == version:
            return one, office().wording.look(pack, version)
    raise NotFound("that version of the template")


def _show_pack(pack: str, form: Form, faults: tuple[str, ...], status: int = 422) -> Page:
    ours = office().wording
    body = render_template(
        "wording/pack.html",
        pack=pack,
        versions=ours.versions(pack),
        uses=ours.uses(),
        told_of=ours.told_of,
        standing=ours.shelf.faults(pack),
        faults=faults,
        form=form,
    )
    return body, status if form.faults else 200
