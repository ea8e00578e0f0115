import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, url_for

from secretariat.domain.staff import ATTEMPTS, Role
from tests.builders import REFERENCE
from tests.web.clients import post, signed_in, token
from tests.web.desk import CHEAP, PASSWORD, Desk, an_account

SAM = "sam@homeoffice.example"
NEW = "a quiet yellow bicycle"


def attempt(app: Flask, email: str = SAM, password: str = "wrong wrong wrong"):
    return post(app.test_client(), "/sign-in", {"email": email, "password": password})


def test_nobody_sees_a_page_without_signing_in_and_comes_back_to_it_afterwards(app: Flask) -> None:
    client = app.test_client()
    away = client.get("/change-password?from=home")
    assert away.headers["Location"].startswith("/sign-in?next=/change-password?from%3Dhome")
    assert 'value="/change-password?from=home"' in client.get(away.headers["Location"]).text


def test_every_page_but_the_few_that_say_so_asks_for_a_sign_in(app: Flask) -> None:
    open_to_all = set()
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        said = dict.fromkeys(rule.arguments, 1) | {"reference": REFERENCE, "email": SAM}
        said |= {"kind": "word", "step": "confirm", "filename": "boot.js"}
        with app.test_request_context():
            path = url_for(rule.endpoint, **{name: said[name] for name in rule.arguments})
        if "GET" in (rule.methods or ()) and client.get(path).status_code != 302:
            open_to_all.add(rule.endpoint)
        if "POST" in (rule.methods or ()):
            assert client.post(path).status_code in (400, 401), path
    asked = {"sign_in.sign_in", "home.accessibility", "home.healthz", "static"}
    assert open_to_all == asked


def test_the_right_password_leads_to_the_page_that_was_asked_for(app: Flask) -> None:
    fields = {"email": "SAM@HomeOffice.example", "password": PASSWORD, "next": "/register?page=2"}
    answer = post(app.test_client(), "/sign-in", fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/register?page=2")


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "evil.example", "/a\n/b", ""],
)
def test_signing_in_never_leads_away_from_the_service(app: Flask, address: str) -> None:
    fields = {"email": SAM, "password": PASSWORD, "next": address}
    assert post(app.test_client(), "/sign-in", fields).headers["Location"] == "/"


def test_an_unknown_person_reads_the_same_as_one_with_a_wrong_password(app: Flask) -> None:
    known, unknown = attempt(app), attempt(app, "nobody@homeoffice.example")
    assert known.status_code == unknown.status_code == 422
    assert "The email address or the password is not right" in known.text
    assert "The email address or the password is not right" in unknown.text


def test_an_unknown_person_costs_a_hash_like_everybody_else(app: Flask, desk: Desk) -> None:
    checked = []

    class Watched:
        def verify(self, password_hash: str | None, password: str) -> bool:
            checked.append(password_hash)
            return CHEAP.verify(password_hash, password)

    desk.passwords = Watched()
    attempt(app, "nobody@homeoffice.example")
    assert checked == [None]


def test_somebody_who_left_cannot_sign_in(app: Flask, desk: Desk) -> None:
    desk.accounts.save(an_account(active=False))
    assert attempt(app, password=PASSWORD).status_code == 422


def test_somebody_who_leaves_is_out_at_the_next_click(app: Flask, desk: Desk) -> None:
    client = signed_in(app)
    desk.accounts.save(an_account(active=False))
    assert client.get("/").status_code == 302


def test_nothing_typed_is_told_field_by_field(app: Flask) -> None:
    answer = post(app.test_client(), "/sign-in")
    assert 'href="#email">Enter your email address' in answer.text
    assert 'href="#password">Enter your password' in answer.text
    assert "<title>Error: Sign in" in answer.text.replace("\n", "")


def test_after_ten_attempts_even_the_right_password_waits_a_quarter_of_an_hour(
    app: Flask, desk: Desk
) -> None:
    for _ in range(ATTEMPTS):
        attempt(app)
    assert attempt(app, password=PASSWORD).status_code == 429
    desk.pass_by(minutes=15)
    assert attempt(app, password=PASSWORD).status_code == 302


def test_one_address_cannot_try_many_accounts(app: Flask) -> None:
    for number in range(ATTEMPTS):
        attempt(app, f"person{number}@homeoffice.example")
    assert attempt(app, password=PASSWORD).status_code == 429


def test_the_session_gets_a_new_id_at_sign_in_and_the_planted_one_is_worthless(
    app: Flask, desk: Desk
) -> None:
    client = app.test_client()
    client.get("/sign-in")
    planted = client.get_cookie("__Host-secretariat")
    post(client, "/sign-in", {"email": SAM, "password": PASSWORD})
    now = client.get_cookie("__Host-secretariat")
    assert planted
    assert now
    assert planted.value != now.value
    thief = app.test_client()
    thief.set_cookie("__Host-secretariat", planted.value)
    assert thief.get("/").status_code == 302


def test_the_register_keeps_no_id_that_would_open_a_session(app: Flask, desk: Desk) -> None:
    cookie = signed_in(app).get_cookie("__Host-secretariat")
    assert cookie
    kept = desk.database.url.removeprefix("sqlite:///")
    files = [path.read_bytes() for path in Path(kept).parent.glob("register.db*")]
    assert not any(cookie.value.encode() in content for content in files)
    hashed = hashlib.sha256(cookie.value.encode()).hexdigest()
    assert any(hashed.encode() in content for content in files)


def test_a_cookie_kept_from_before_signing_out_opens_nothing(app: Flask) -> None:
    client = signed_in(app)
    cookie = client.get_cookie("__Host-secretariat")
    assert post(client, "/sign-out", seen="/").headers["Location"] == "/sign-in?left=yes"
    assert cookie
    thief = app.test_client()
    thief.set_cookie("__Host-secretariat", cookie.value)
    assert thief.get("/").status_code == 302


def test_a_session_ends_after_half_an_hour_without_use(app: Flask, desk: Desk) -> None:
    client = signed_in(app)
    desk.pass_by(minutes=29)
    assert client.get("/").status_code == 200
    desk.pass_by(minutes=29)
    assert client.get("/").status_code == 200
    desk.pass_by(minutes=30)
    assert client.get("/").status_code == 302


def test_a_session_ends_after_eight_hours_however_busy(app: Flask, desk: Desk) -> None:
    client = signed_in(app)
    for _ in range(23):
        desk.pass_by(minutes=20)
        assert client.get("/").status_code == 200
    desk.pass_by(minutes=20)
    assert client.get("/").status_code == 302


def test_an_administrator_can_end_all_sessions_of_a_person(app: Flask, desk: Desk) -> None:
    one, other = signed_in(app), signed_in(app)
    desk.sessions.end_all_of(SAM)
    assert one.get("/").status_code == other.get("/").status_code == 302


def test_lapsed_sessions_can_be_swept_up(app: Flask, desk: Desk) -> None:
    signed_in(app)
    assert desk.sessions.end_lapsed(desk.clock.now() + timedelta(hours=1)) == 1


def test_a_one_time_password_opens_nothing_but_its_own_change(app: Flask, desk: Desk) -> None:
    desk.accounts.save(an_account(must_change=True))
    client = signed_in(app)
    assert client.get("/").headers["Location"] == "/change-password"
    assert "one-time password" in client.get("/change-password").text


def change(app: Flask, **said: str):
    client = signed_in(app)
    fields = {"old": PASSWORD, "new": NEW, "again": NEW} | said
    return client, post(client, "/change-password", fields)


def test_a_changed_password_opens_the_pages_and_the_old_one_no_longer_does(
    app: Flask, desk: Desk
) -> None:
    desk.accounts.save(an_account(must_change=True))
    client, answer = change(app)
    assert answer.status_code == 302
    assert "Your password is changed." in client.get("/").text
    assert attempt(app, password=PASSWORD).status_code == 422
    assert attempt(app, password=NEW).status_code == 302


def test_a_changed_password_ends_the_sessions_elsewhere(app: Flask) -> None:
    elsewhere = signed_in(app)
    change(app)
    assert elsewhere.get("/").status_code == 302


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"old": "wrong wrong wrong"}, "The current password is not right"),
        ({"new": "short", "again": "short"}, "12 characters or more"),
        ({"new": "Password1234", "again": "Password1234"}, "harder to guess"),
        ({"new": "a" * 20, "again": "a" * 20}, "harder to guess"),
        ({"new": f"x{SAM}x", "again": f"x{SAM}x"}, "must not contain your email address"),
        ({"new": "y" + "x" * 2000, "again": "y" + "x" * 2000}, "1024 characters or fewer"),
        ({"new": PASSWORD, "again": PASSWORD}, "must differ from the current one"),
        ({"again": "something else again"}, "Type the same new password twice"),
    ],
)
def test_a_weak_or_mistyped_new_password_is_refused_with_the_reason(
    app: Flask, said: dict[str, str], sentence: str
) -> None:
    _, answer = change(app, **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert attempt(app, password=PASSWORD).status_code == 302


def test_guessing_the_current_password_counts_as_attempts(app: Flask) -> None:
    client = signed_in(app)
    for _ in range(ATTEMPTS):
        post(client, "/change-password", {"old": "wrong", "new": NEW, "again": NEW})
    answer = post(client, "/change-password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert "Too many attempts" in answer.text


def test_only_administrators_are_shown_administration(app: Flask, desk: Desk) -> None:
    assert "/administration" not in signed_in(app).get("/").text
    desk.accounts.add(an_account("root@homeoffice.example", Role.ADMINISTRATOR))
    assert "/administration" in signed_in(app, "root@homeoffice.example").get("/").text


def test_the_token_of_another_session_does_not_serve(app: Flask) -> None:
    stolen = token(app.test_client())
    client = app.test_client()
    client.get("/sign-in")
    answer = client.post(
        "/sign-in", data={"csrf_token": stolen, "email": SAM, "password": PASSWORD}
    )
    assert answer.status_code == 400
