"""Sessions kept in the register: revocable, with idle and absolute limits, a new id at sign-in.

The cookie holds nothing but a random id, and the register holds only its hash.
"""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, Final, cast

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from secretariat.office.office import Office
from secretariat.ports.sessions import Sessions, StoredSession

PERSON: Final = "person"
NOTED_EVERY: Final = timedelta(minutes=1)


class BrowserSession(CallbackDict[str, Any], SessionMixin):
    """What one browser's session holds while a request is answered.

    id: the secret in the cookie
    stored: the session as the register has it; None while it is new
    given_up: the id that a rotation replaced; "" when there was none
    """

    def __init__(self, stored: StoredSession | None = None, identity: str = "") -> None:
        """Begin from what is stored, or anew."""

        def changed(_: object) -> None:
            self.modified = True

        super().__init__(json.loads(stored.content) if stored else {}, changed)
        self.id = identity or secrets.token_urlsafe(32)
        self.stored = stored
        self.given_up = ""
        self.modified = False
        self.new = stored is None

    def rotate(self) -> None:
        """Forget everything and go on under a new id; a planted or stolen one is then worthless."""
        self.clear()
        self.given_up = self.id if self.stored else ""
        self.id, self.stored, self.new = secrets.token_urlsafe(32), None, True


class RegisterSessions(SessionInterface):
    """Flask's sessions through the port `Sessions`."""

    def __init__(self, office: Office) -> None:
        """Take from the office `sessions` and `clock`."""
        self._sessions: Sessions = office.sessions
        self._clock = office.clock

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """Return the browser's session; an empty one for an unknown, ended or lapsed id."""
        identity = request.cookies.get(self.get_cookie_name(app), "")
        if not identity or request.path.startswith("/static/"):
            return BrowserSession()
        now = self._now()
        stored = self._sessions.open(_hash(identity), now)
        if stored is None or stored.lapsed(now):
            return BrowserSession()
        return BrowserSession(stored, identity)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed; note the use once a minute; give a cookie with each new id."""
        ours = cast(BrowserSession, session)
        if ours.given_up:
            self._sessions.end(_hash(ours.given_up))
        if not ours:
            self._forget(app, ours, response)
        elif ours.modified or self._unnoted(ours):
            self._keep(app, ours, response)

    def _forget(self, app: Flask, ours: BrowserSession, response: Response) -> None:
        if ours.stored or ours.given_up:
            self._sessions.end(_hash(ours.id))
            response.delete_cookie(
                self.get_cookie_name(app), secure=self.get_cookie_secure(app), httponly=True
            )

    def _keep(self, app: Flask, ours: BrowserSession, response: Response) -> None:
        now = self._now()
        opened = ours.stored.opened if ours.stored else now
        content = json.dumps(dict(ours), separators=(",", ":"))
        person = str(ours.get(PERSON, ""))
        self._sessions.save(StoredSession(_hash(ours.id), person, content, opened, now))
        if ours.stored is None:
            response.set_cookie(
                self.get_cookie_name(app),
                ours.id,
                secure=self.get_cookie_secure(app),
                httponly=True,
                samesite="Lax",
            )

    def _unnoted(self, ours: BrowserSession) -> bool:
        return ours.stored is not None and self._now() - ours.stored.seen >= NOTED_EVERY

    def _now(self) -> datetime:
        now: datetime = self._clock.now()
        return now


def rotate() -> None:
    """Give the session of this request a new id and empty it."""
    cast(BrowserSession, session).rotate()


def _hash(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()
