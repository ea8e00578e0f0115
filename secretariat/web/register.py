"""The register as a list: searched, filtered and paged on the server, 25 reviews a page."""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from secretariat.domain.listing import PAGE_LENGTH, RegisterQuery
from secretariat.domain.review import Status
from secretariat.web.asking import asked_number, eyes
from secretariat.web.guard import office, person
from secretariat.web.shown import UNDERWAY, pagination

pages = Blueprint("register", __name__)

SORTS: Final = {
    "-reference": "newest reference first",
    "reference": "oldest reference first",
    "since": "longest where it stands first",
    "-since": "latest moved first",
}
LONGEST_WORDS: Final = 200


@pages.get("/register")
def register_page() -> str:
    """Show one page of the reviews that fit the filter in the address."""
    query = _asked()
    with eyes() as register:
        page = register.page(query)
    first = (page.page - 1) * PAGE_LENGTH + 1
    return render_template(
        "register/list.html",
        query=query,
        page=page,
        first=first,
        last=first + len(page.rows) - 1,
        statuses=list(Status),
        sorts=SORTS,
        underway=UNDERWAY,
        today=office().clock.today(),
        pagination=pagination(page.page, page.pages, lambda to: f"/register?{_address(query, to)}"),
    )


def _asked() -> RegisterQuery:
    known = {str(status): status for status in Status}
    wanted = (known.get(text) for text in request.args.getlist("status"))
    sort = request.args.get("sort", "")
    return RegisterQuery(
        words=request.args.get("words", "").strip()[:LONGEST_WORDS],
        statuses=tuple(status for status in wanted if status),
        owner=person().email if request.args.get("mine") else "",
        facts_missing=bool(request.args.get("missing")),
        page=asked_number("page"),
        sort=sort if sort in SORTS else "-reference",
    )


def _address(query: RegisterQuery, page: int) -> str:
    parts: list[tuple[str, str]] = [("status", str(status)) for status in query.statuses]
    parts += [("words", query.words)] if query.words else []
    parts += [("mine", "yes")] if query.owner else []
    parts += [("missing", "yes")] if query.facts_missing else []
    return urlencode([*parts, ("sort", query.sort), ("page", str(page))])
