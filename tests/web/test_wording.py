"""Pages of templates and wording: upload, faults, preview, use, back, and marks confirmed."""

import io
import re

import pytest
from flask.testing import FlaskClient

from secretariat.domain.ledger import OFFICE, Event
from tests.adapters.test_letterpress_check import with_lines
from tests.adapters.test_letterpress_templates import DEAR, changed
from tests.builders import APPROVER
from tests.web.clients import post
from tests.web.desk import ADMINISTRATOR, Desk

PACK = "/wording/2017"
GREETED = changed(DEAR, "Good day {{ salutation }},")


def uploaded(client: FlaskClient, content: bytes, name: str = "letter.docx"):
    return post(client, PACK, {"template": (io.BytesIO(content), name)})


def told(desk: Desk, event: Event) -> list[tuple[str, str]]:
    with desk.database.reading() as register:
        return [(each.who, each.why) for each in register.ledger(OFFICE) if each.what == event]


def mark_in(page: str, name: str) -> dict[str, str]:
    found = re.search(rf'name="name" value="{name}"><input[^>]+name="words" value="(\w+)"', page)
    assert found, name
    return {"pack": "2017", "name": name, "words": found[1]}


def test_an_uploaded_template_is_shown_put_into_use_and_taken_back(
    administrator: FlaskClient, filled: Desk
) -> None:
    first = next(one for one in filled.wording.versions("2017") if one.in_use)
    answer = uploaded(administrator, GREETED)
    assert answer.status_code == 302
    page = administrator.get(answer.location).text
    assert "Good day Councillor Bloggs," in page
    assert "in use" not in page.split("<h1")[1].split("Kept since")[0]
    assert post(administrator, answer.location).status_code == 302
    version = answer.location.rpartition("/")[2]
    (used,) = told(filled, Event.TEMPLATE_USED)
    assert used[0] == ADMINISTRATOR
    assert version in used[1]
    assert ADMINISTRATOR in administrator.get(PACK).text
    back = f"{PACK}/{first.name}"
    assert post(administrator, back).status_code == 302
    assert next(one for one in filled.wording.versions("2017") if one.in_use).name == first.name
    assert len(told(filled, Event.TEMPLATE_USED)) == 2


def test_all_faults_of_an_upload_stand_on_the_page_and_nothing_is_kept(
    administrator: FlaskClient, filled: Desk
) -> None:
    before = filled.wording.versions("2017")
    answer = uploaded(administrator, with_lines("{{ nope }}", "{{ bad one }"))
    assert answer.status_code == 422
    assert "no field &#39;nope&#39;" in answer.text
    assert "a field is not finished" in answer.text
    assert filled.wording.versions("2017") == before
    assert told(filled, Event.TEMPLATE_USED) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 no Word file"])
def test_what_is_no_word_file_is_refused_with_a_sentence(
    administrator: FlaskClient, content: bytes
) -> None:
    answer = uploaded(administrator, content)
    assert answer.status_code == 422
    assert "no Word file that can be read" in answer.text


def test_no_file_is_asked_for_again(administrator: FlaskClient) -> None:
    answer = post(administrator, PACK, {})
    assert answer.status_code == 422
    assert "Choose the Word file" in answer.text


@pytest.mark.parametrize("who", ["caseworker", "approver", "viewer"])
def test_only_administrators_put_templates_in(
    who: str, filled: Desk, request: pytest.FixtureRequest
) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    assert client.get("/wording").status_code == 200
    assert "Upload a template" not in client.get(PACK).text
    fields = {"template": (io.BytesIO(GREETED), "x.docx")}
    assert post(client, PACK, fields, seen="/").status_code == 403
    version = filled.wording.versions("2017")[0].name
    assert post(client, f"{PACK}/{version}", seen="/").status_code == 403


def test_a_version_is_not_put_into_use_twice(administrator: FlaskClient, filled: Desk) -> None:
    version = next(one for one in filled.wording.versions("2017") if one.in_use).name
    answer = post(administrator, f"{PACK}/{version}", seen=PACK)
    assert answer.status_code == 422
    assert "in use already" in answer.text
    assert told(filled, Event.TEMPLATE_USED) == []


@pytest.mark.parametrize(
    "path", ["/wording/2099", f"{PACK}/{'0' * 16}", f"{PACK}/last-good", "/wording/.."]
)
def test_a_pack_or_version_that_is_not_there_is_not_found(caseworker: FlaskClient, path) -> None:
    assert caseworker.get(path).status_code == 404


def test_the_template_and_a_made_up_letter_can_be_taken_away(
    caseworker: FlaskClient, filled: Desk
) -> None:
    version = filled.wording.versions("2017")[0].name
    for name in ("template.docx", "letter.docx"):
        answer = caseworker.get(f"{PACK}/{version}/{name}")
        assert answer.data.startswith(b"PK")
        assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("who", "email"), [("approver", APPROVER), ("administrator", ADMINISTRATOR)]
)
def test_wording_is_confirmed_by_an_approver_or_an_administrator(
    who: str, email: str, filled: Desk, request: pytest.FixtureRequest
) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    mark = mark_in(client.get("/wording").text, "outcome-resubmit")
    for _ in range(2):
        assert post(client, "/wording/marks", mark, seen="/wording").status_code == 302
    assert "outcome-resubmit" not in {
        one.name for one in filled.wording.open_marks() if one.generation == "2017"
    }
    ((mark_of, by),) = filled.wording.confirmed()
    assert (mark_of.name, by.by) == ("outcome-resubmit", email)
    ((person, why),) = told(filled, Event.WORDING_CONFIRMED)
    assert person == email
    assert "outcome-resubmit" in why


@pytest.mark.parametrize("who", ["caseworker", "viewer"])
def test_nobody_else_confirms_wording(
    who: str, filled: Desk, request: pytest.FixtureRequest
) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    mark = next(one for one in filled.wording.open_marks() if one.name == "outcome-resubmit")
    fields = {"pack": "2017", "name": mark.name, "words": mark.text_hash}
    assert post(client, "/wording/marks", fields, seen="/").status_code == 403
    assert mark in filled.wording.open_marks()


def test_words_that_changed_meanwhile_are_not_confirmed(
    approver: FlaskClient, filled: Desk
) -> None:
    mark = mark_in(approver.get("/wording").text, "outcome-resubmit")
    manifest = filled.templates / "letters" / "2017" / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("would like to review", "wants to review"))
    answer = post(approver, "/wording/marks", mark, seen="/wording")
    assert answer.status_code == 422
    assert "other words stand there now" in answer.text
    assert "outcome-resubmit" in {
        one.name for one in filled.wording.open_marks() if one.generation == "2017"
    }


def test_confirmed_words_that_change_are_open_again(approver: FlaskClient, filled: Desk) -> None:
    post(
        approver,
        "/wording/marks",
        mark_in(approver.get("/wording").text, "outcome-resubmit"),
        seen="/wording",
    )
    manifest = filled.templates / "letters" / "2017" / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("would like to review", "wants to review"))
    assert "outcome-resubmit" in {
        one.name for one in filled.wording.open_marks() if one.generation == "2017"
    }
