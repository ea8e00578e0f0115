"""The headers that tell a browser what our pages may do.

The one inline script is GOV.UK's own, in its page template; its hash stands in the
policy, so that any other inline script is refused.
"""

import base64
import hashlib
from typing import Final

from flask import Flask, Response, request

GOVUK_SCRIPT: Final = (
    "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype"
    " ? ' govuk-frontend-supported' : '');"
)
GOVUK_SCRIPT_HASH: Final = base64.b64encode(hashlib.sha256(GOVUK_SCRIPT.encode()).digest()).decode()

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' 'sha256-{GOVUK_SCRIPT_HASH}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
A_YEAR: Final = "max-age=31536000"


def send_headers(app: Flask) -> None:
    """Add the headers to every answer; pages are never kept by a browser or a proxy."""

    @app.after_request
    def add(response: Response) -> Response:
        """Add them to one answer."""
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = A_YEAR
        return response
