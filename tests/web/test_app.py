import base64
import hashlib
import logging
import re

import pytest
from flask import Flask

from secretariat.domain.errors import (
    NotAReference,
    NotFound,
    OutOfOrder,
    Refused,
    StaleVersion,
    UnlawfulMove,
)
from secretariat.domain.staff import Duty
from secretariat.web.app import create_app
from secretariat.web.guard import open_to_all, requires
from secretariat.web.security import GOVUK_SCRIPT_HASH
from tests.web.clients import post, signed_in, statements
from tests.web.desk import Desk

LONG = "A paragraph that somebody wrote with care, and would not like to write again."


@pytest.fixture
def app(desk: Desk) -> Flask:
    """Pages of its own for each test, because some of them add an address."""
    return create_app(desk)  # type: ignore[arg-type]


def test_the_watchdog_hears_ok_without_a_cookie(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert "Set-Cookie" not in answer.headers


def test_the_headers_let_nothing_in_but_our_own_files(app: Flask) -> None:
    headers = app.test_client().get("/sign-in").headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_hash_in_the_policy_is_that_of_the_one_inline_script(app: Flask) -> None:
    scripts = re.findall(r"<script[^>]*>([^<]+)</script>", app.test_client().get("/sign-in").text)
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts
    ]
    assert digests == [GOVUK_SCRIPT_HASH]


def test_the_cookie_is_for_this_host_and_out_of_the_reach_of_scripts(app: Flask) -> None:
    cookie = app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-secretariat=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_only_a_page_behind_tls_insists_on_tls(app: Flask) -> None:
    client = app.test_client()
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    answer = client.get("/sign-in", base_url="https://office.example")
    assert "Strict-Transport-Security" in answer.headers


def test_files_that_never_change_may_be_kept_by_the_browser_and_cost_no_session(
    app: Flask,
) -> None:
    client = signed_in(app)
    with statements() as asked:
        answer = client.get("/static/govuk.css")
    assert answer.status_code == 200
    assert answer.headers.get("Cache-Control") != "no-store"
    assert asked == []


def test_a_form_without_its_token_is_refused_and_the_long_texts_are_given_back(app: Flask) -> None:
    answer = signed_in(app).post("/change-password", data={"remark": LONG, "csrf_token": "x" * 50})
    assert answer.status_code == 400
    assert LONG in answer.text
    assert "x" * 50 not in answer.text


def test_whoever_was_signed_out_while_writing_gets_the_text_back(app: Flask) -> None:
    answer = app.test_client().post("/change-password", data={"remark": LONG})
    assert answer.status_code == 401
    assert LONG in answer.text
    assert "You were signed out" in answer.text


def test_a_form_sent_from_another_website_is_refused_even_with_its_token(app: Flask) -> None:
    client = signed_in(app)
    answer = client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "sent from another website" in answer.text
    assert client.get("/").status_code == 200


def test_a_page_that_is_not_there_says_where_to_look(app: Flask) -> None:
    answer = signed_in(app).get("/no/such/page")
    assert answer.status_code == 404
    assert "look for it in the register" in answer.text


def test_the_wrong_way_to_ask_is_told_as_such(app: Flask) -> None:
    assert signed_in(app).get("/sign-out").status_code == 405


def test_a_file_above_the_limit_is_refused_in_words(app: Flask, desk: Desk) -> None:
    client = signed_in(app)
    answer = client.post("/change-password", data={"old": "x" * (desk.largest_upload + 1)})
    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        (NotFound("QA-2026-0001"), 404, "QA-2026-0001 is not in the register"),
        (NotAReference("blue"), 404, "is not a reference of ours"),
        (StaleVersion("QA-2026-0001"), 409, "changed by somebody else"),
        (UnlawfulMove("QA-2026-0001", "received", "sent"), 422, "is received: it cannot be sent"),
        (Refused("The notes are missing", "No addressee"), 422, "No addressee"),
        (OutOfOrder("The disk is full"), 503, "The disk is full"),
    ],
)
def test_our_own_faults_are_pages_that_say_what_is_wrong(
    app: Flask, fault: Exception, status: int, sentence: str
) -> None:
    def fails() -> str:
        raise fault

    app.add_url_rule("/fails", view_func=open_to_all(fails))
    answer = app.test_client().get("/fails")
    assert answer.status_code == status
    assert sentence in answer.text


def test_an_unforeseen_fault_is_logged_without_its_words(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> str:
        raise ValueError("Maria Anyname")

    app.add_url_rule("/fails", view_func=open_to_all(fails))
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/fails")
    assert answer.status_code == 500
    assert "Maria" not in caplog.text + answer.text
    assert "ValueError" in caplog.text
    assert "fails:" in caplog.text


def test_a_role_is_asked_for_before_the_view_runs(app: Flask) -> None:
    app.add_url_rule("/secret", view_func=requires(Duty.ADMINISTER)(lambda: "the secret"))
    answer = signed_in(app).get("/secret")
    assert answer.status_code == 403
    assert "Your account may not look after accounts and sending" in answer.text


def test_an_address_without_its_last_stroke_still_arrives(app: Flask) -> None:
    app.add_url_rule("/folder/", view_func=open_to_all(lambda: "here"))
    assert app.test_client().get("/folder").status_code == 308


def test_held_sending_stands_above_every_page(app: Flask, desk: Desk) -> None:
    client = signed_in(app)
    assert "Sending is held" in client.get("/").text
    desk.switch_sending(released=True)
    assert "Sending is held" not in client.get("/").text
    assert "Sending is held" not in app.test_client().get("/sign-in").text


def test_signing_out_needs_a_form_of_ours(app: Flask) -> None:
    client = signed_in(app)
    assert client.post("/sign-out").status_code == 400
    assert post(client, "/sign-out", seen="/").status_code == 302


@pytest.mark.parametrize("field", ["password", "old", "new", "again"])
def test_a_long_password_is_never_given_back(app: Flask, field: str) -> None:
    answer = app.test_client().post("/sign-in", data={field: LONG, "csrf_token": "x"})
    assert answer.status_code == 400
    assert LONG not in answer.text
