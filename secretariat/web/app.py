"""The application: pages, sessions and guards put together over one office.

The pages read through the office's `open_reading` and change things through its stages alone.
"""

from typing import Final

from flask import Flask
from flask_wtf import CSRFProtect

from secretariat.office.office import Office
from secretariat.web import (
    administration,
    beside,
    by_hand,
    held,
    home,
    importing,
    letter_pages,
    letter_steps,
    letter_typed,
    letter_versions,
    letters,
    mail_files,
    matters,
    meeting_letters,
    names,
    panel,
    papers,
    post,
    publication,
    register,
    review,
    right,
    several,
    sign_in,
    typed_notes,
    undelivered,
    wording,
)
from secretariat.web.asking import ReferenceInAddress
from secretariat.web.faults import tell_faults
from secretariat.web.guard import keep_the_door
from secretariat.web.look import set_the_look
from secretariat.web.security import send_headers
from secretariat.web.sessions import RegisterSessions

LARGEST_TEXT: Final = 2 * 2**20
MOST_FIELDS: Final = 2_000
ROOMS: Final = (
    sign_in.pages,
    home.pages,
    register.pages,
    importing.pages,
    review.pages,
    names.pages,
    papers.pages,
    right.pages,
    held.pages,
    mail_files.pages,
    by_hand.pages,
    several.pages,
    matters.pages,
    panel.pages,
    typed_notes.pages,
    meeting_letters.pages,
    letters.pages,
    beside.pages,
    letter_versions.pages,
    letter_pages.pages,
    letter_typed.pages,
    wording.pages,
    letter_steps.pages,
    undelivered.pages,
    publication.pages,
    post.pages,
    administration.pages,
)


def create_app(office: Office) -> Flask:
    """Return the pages of `office`; creates no table and reads no file of settings."""
    app = Flask(__name__, static_url_path="/static")
    name = "__Host-secretariat" if office.secure_cookies else "secretariat"
    app.config.update(
        SECRET_KEY=office.secret_key,
        SESSION_COOKIE_NAME=name,
        SESSION_COOKIE_SECURE=office.secure_cookies,
        MAX_CONTENT_LENGTH=office.largest_upload,
        MAX_FORM_MEMORY_SIZE=LARGEST_TEXT,
        MAX_FORM_PARTS=MOST_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["office"] = office
    app.url_map.converters["reference"] = ReferenceInAddress
    app.session_interface = RegisterSessions(office)
    send_headers(app)
    keep_the_door(app)
    CSRFProtect(app)  # type: ignore[no-untyped-call]  # Flask-WTF carries no types
    tell_faults(app)
    set_the_look(app)
    for room in ROOMS:
        app.register_blueprint(room)
    return app
