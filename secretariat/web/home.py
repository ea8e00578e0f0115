"""The first page, and those about the service itself."""

from flask import Blueprint, Response, render_template

from secretariat.web.guard import open_to_all

pages = Blueprint("home", __name__)


@pages.get("/")
def home() -> str:
    """Show what needs somebody."""
    return render_template("home.html")


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
