from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.config import defaults
from secretariat.config.faults import ConfigFaults
from secretariat.config.sections import RULES
from secretariat.config.settings import FILES, Settings, effective, load
from secretariat.config.toml_lines import places_in

LONG_KEY = "k" * 40
NAMES_KEY, OLDER_KEY = "A" * 43 + "=", "-_+/" * 10 + "AAA="
NO_SECRETS: Mapping[str, str] = {}


def settings_of(folder: Path, toml: str, chase: str = "") -> Settings:
    (folder / "secretariat.toml").write_text(toml, encoding="utf-8")
    if chase:
        (folder / "chase.toml").write_text(chase, encoding="utf-8")
    return load(folder / "secretariat.toml", NO_SECRETS)


def faults_of(folder: Path, toml: str, chase: str = "") -> list[str]:
    with pytest.raises(ConfigFaults) as told:
        settings_of(folder, toml, chase)
    return [str(fault).replace(f"{folder}/", "") for fault in told.value.faults]


def test_the_delivered_settings_can_be_used_as_they_are() -> None:
    settings = load(None, NO_SECRETS)
    assert settings.chase.publish_after_changes == (40, 80, 120)
    assert settings.letter.working_hours_from == time(9)
    assert settings.office.go_live is None
    assert settings.publication.close_by_itself is False


def test_an_empty_file_has_every_default(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "")
    assert settings.web == load(None, NO_SECRETS).web
    assert settings.letter.generation == ""


def test_what_staff_set_counts_and_the_rest_stays(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        '[office]\ngo_live = 2026-12-01\nstaff_domains = ["Anyshire.example"]\n'
        "[web]\nport = 9000\n",
        "[chase]\npublish = [10]\n",
    )
    assert settings.office.go_live == date(2026, 12, 1)
    assert settings.office.staff_domains == ("anyshire.example",)
    assert (settings.web.port, settings.web.host) == (9000, "127.0.0.1")
    assert settings.chase.publish == (10,)
    assert settings.chase.publish_after_changes == (40, 80, 120)


def test_folders_start_at_the_configuration_file(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, '[office]\ndata_dir = "held here"\n')
    assert settings.office.data_dir == tmp_path / "held here"
    assert settings.mailbox.in_folder == tmp_path / "held here" / "mail" / "in"
    assert settings.database_url == f"sqlite:///{tmp_path / 'held here' / 'register.sqlite'}"


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    told = faults_of(
        tmp_path,
        "\n".join(
            [
                "[web]",
                'port = "eighty"',
                "cookie_secure = 0",
                "colour = true",
                "[office]",
                'mailbox_address = ""',
                "go_live = 5",
                "[kitchen]",
                "tea = 1",
            ]
        ),
        "[chase]\n\npublish = [40, 20]\n",
    )
    assert [fault.partition(": ")[0] for fault in told] == [
        "secretariat.toml, line 2",
        "secretariat.toml, line 3",
        "secretariat.toml, line 4",
        "secretariat.toml, line 6",
        "secretariat.toml, line 7",
        "secretariat.toml, line 8",
        "chase.toml, line 3",
    ]
    assert told[0].endswith("[web] port must be a whole number, not 'eighty'")
    assert told[3].endswith("[office] mailbox_address is empty; it must be filled")


def test_a_file_that_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert faults_of(tmp_path, "[web]\nport = = 1\n")[0].startswith("secretariat.toml, line 2: ")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigFaults, match="there is no such file"):
        load(tmp_path / "secretariat.toml", NO_SECRETS)


@pytest.mark.parametrize(
    ("toml", "wrong"),
    [
        ("[web]\nport = true", "must be a whole number, not true"),
        ("[web]\nport = 0", "is 0; it must be from 1 to 65535"),
        ("[web]\ncookie_secure = 1", "must be true or false, not 1"),
        ("[publication]\nsame_likeness = 1.5", "is 1.5; it must be from 0 to 1"),
        ('[letter]\nworking_hours_from = "9am"', 'must be a time like "09:00"'),
        ('[letter]\nworking_hours_from = "25:00"', 'must be a time like "09:00"'),
        ('[letter]\nworking_hours_to = "08:00"', "must be later than working_hours_from"),
        ("[publication]\nperson_likeness = 0.99", "must not be above same_likeness"),
        ('[office]\nmorning_mail_to = ["jo@anyshire.gov.uk"]', "which is in none of staff_domains"),
        (
            '[office]\nmorning_mail_to = ["dhr-enquiries@homeoffice.example"]',
            "must not name the watched address",
        ),
        ('[office]\nmailbox_address = "two@a.example, b@c.example"', "must be one e-mail address"),
        ('[office]\nour_domain = "not a domain"', "must be a domain like"),
        ('[office]\nstaff_domains = "homeoffice.example"', "must be a list in square brackets"),
        ('[mailbox]\nkind = "pigeon"', 'it must be "maildir"'),
        ('[mailbox]\nin_folder = "../mail"', "must lie under data_dir"),
        ('[register]\nurl = "mysql://register"', "must begin with postgresql:// or sqlite://"),
        ("[limits]\nmail_mb = 0", "is 0; it must be from 1 to 256"),
        ("[limits]\nmail_mb = 1000", "is 1000; it must be from 1 to 256"),
        ('[limits]\nmail_mb = "25 MB"', "must be a whole number, not '25 MB'"),
        ("[limits]\nanswered_an_hour = 0", "is 0; it must be from 1 to 1000"),
        ("[limits]\nautomatic_an_hour = 2.5", "must be a whole number, not 2.5"),
        ("port = 1", "stands in no section"),
        ('[letter]\ndelay = "none"', 'it must be "strong" or "standard"'),
        ("[letter]\nheads = 3", "must be tables like"),
        ('[letter]\nheads = { "2022" = 3 }', "must be tables like"),
        ('[letter.heads.2022]\nfax = "1"', "of 2022 has fax"),
        ("[letter.heads.2022]\nunit = 1", "must be text in quotes"),
        ('[letter.heads.2022]\nreply_address = "x"', "must be one e-mail address"),
    ],
)
def test_a_value_that_does_not_fit_is_told_in_plain_words(
    tmp_path: Path, toml: str, wrong: str
) -> None:
    told = faults_of(tmp_path, toml)
    assert len(told) == 1
    assert wrong in told[0]
    assert "line " in told[0]


@pytest.mark.parametrize("days", ["[]", "[40, 40]", "[0]", '["40"]', "40"])
def test_chasing_days_must_rise(tmp_path: Path, days: str) -> None:
    assert len(faults_of(tmp_path, "", f"[chase]\npublish = {days}\n")) == 1


def test_sections_stay_in_their_file(tmp_path: Path) -> None:
    told = faults_of(tmp_path, "[chase]\npublish = [5]\n")
    assert "[chase] is not known" in told[0]


@pytest.mark.parametrize(
    "toml",
    [
        'secret_key = "open sesame"',
        '[web]\nsecret_key = "open sesame"',
        '[register]\nurl = "postgresql://us:open%20sesame@db/register"',
        '[register]\nurl = "postgresql://db/register?password=sesame"',
        '[mailbox]\npassword = "open sesame"',
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, toml: str) -> None:
    told = faults_of(tmp_path, toml)
    assert "SECRETARIAT_" in told[0]
    assert "sesame" not in told[0]


def test_a_database_without_a_password_may_stand_in_the_file(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, '[register]\nurl = "postgresql://db/register"\n')
    assert settings.database_url == "postgresql://db/register"


def test_secrets_come_from_the_environment_or_a_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{LONG_KEY}\n", encoding="utf-8")
    url = "postgresql://us:pass@db/register"
    settings = load(
        None,
        {
            "SECRETARIAT_DATABASE_URL": url,
            "SECRETARIAT_SECRET_KEY_FILE": str(tmp_path / "key"),
        },
    )
    assert settings.database_url == url
    assert settings.secrets.secret_key == LONG_KEY
    assert settings.secrets.backup_key == ""


@pytest.mark.parametrize(
    ("environ", "wrong"),
    [
        ({"SECRETARIAT_SECRET_KEY": "short"}, "SECRETARIAT_SECRET_KEY is too short"),
        ({"SECRETARIAT_BACKUP_KEY_FILE": "/nowhere/key"}, "which fails: No such file"),
        ({"SECRETARIAT_DATABASE_URL": "db"}, "must begin with postgresql://"),
        (
            {"SECRETARIAT_SECRET_KEY": LONG_KEY, "SECRETARIAT_SECRET_KEY_FILE": "/key"},
            "are both set; leave one out",
        ),
        ({"SECRETARIAT_NAMES_KEY": LONG_KEY}, "SECRETARIAT_NAMES_KEY holds what is no key"),
        ({"SECRETARIAT_NAMES_KEY": "é" * 44}, "SECRETARIAT_NAMES_KEY holds what is no key"),
        ({"SECRETARIAT_NAMES_KEY": f"{NAMES_KEY} short"}, "holds what is no key"),
        ({"SECRETARIAT_NAMES_KEY_FILE": "/nowhere/key"}, "which fails: No such file"),
        (
            {
                "SECRETARIAT_NAMES_KEY": f"{OLDER_KEY}\n{NAMES_KEY}",
                "SECRETARIAT_BACKUP_KEY": NAMES_KEY,
            },
            "SECRETARIAT_NAMES_KEY is the key of the backups too",
        ),
    ],
)
def test_a_secret_that_cannot_be_used_is_told(environ: Mapping[str, str], wrong: str) -> None:
    with pytest.raises(ConfigFaults, match=wrong) as told:
        load(None, environ)
    assert told.value.faults[0].file == "the environment"


def test_of_several_keys_of_names_the_first_is_the_one_that_seals(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{NAMES_KEY}\n{OLDER_KEY}\n")
    settings = load(None, {"SECRETARIAT_NAMES_KEY_FILE": str(tmp_path / "key")})
    assert settings.secrets.names_keys == (NAMES_KEY, OLDER_KEY)
    assert load(None, {}).secrets.names_keys == ()
    assert ("SECRETARIAT_NAMES_KEY", "set (not shown)") in [row[:2] for row in effective(settings)]
    assert NAMES_KEY not in f"{settings!r}{effective(settings)}"


def test_a_key_of_names_in_the_file_is_refused(tmp_path: Path) -> None:
    (told,) = faults_of(tmp_path, f'[office]\nnames_key = "{NAMES_KEY}"\n')
    assert "use SECRETARIAT_NAMES_KEY or SECRETARIAT_NAMES_KEY_FILE instead" in told


def test_secrets_are_never_shown() -> None:
    settings = load(
        None,
        {
            "SECRETARIAT_SECRET_KEY": LONG_KEY,
            "SECRETARIAT_DATABASE_URL": "postgresql://us:sesame@db/register",
        },
    )
    shown = f"{settings!r}{effective(settings)}"
    assert LONG_KEY not in shown
    assert "sesame" not in shown
    assert ("SECRETARIAT_SECRET_KEY", "set (not shown)", "From the environment.") in effective(
        settings
    )


def test_every_key_is_delivered_with_its_default_and_its_sentence() -> None:
    told = {name: sentence for name, _, sentence in effective(load(None, NO_SECRETS))}
    for section, keys in RULES.items():
        for key in keys:
            assert told[f"{section}.{key}"].endswith("."), f"{section}.{key} has no sentence"


def test_the_url_goes_to_the_watched_address_unless_said_otherwise(tmp_path: Path) -> None:
    assert load(None, NO_SECRETS).reply_address == "dhr-enquiries@homeoffice.example"
    own = settings_of(tmp_path, '[letter]\nreply_address = "letters@homeoffice.example"\n')
    assert own.reply_address == "letters@homeoffice.example"


def test_staffs_own_files_stand_before_the_delivered_ones(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "")
    assert settings.config_file("directory") == defaults() / "config" / "directory"
    assert settings.templates == defaults() / "templates"
    (tmp_path / "directory").mkdir()
    (tmp_path / "templates").mkdir()
    assert settings.config_file("directory") == tmp_path / "directory"
    assert settings.templates == tmp_path / "templates"


def test_the_delivered_files_hold_the_sections_that_are_read() -> None:
    for name, sections in FILES.items():
        toml = (defaults() / "config" / name).read_text(encoding="utf-8")
        assert tuple(places_in(toml).sections) == sections


@given(st.text())
def test_no_text_stops_the_search_for_lines(text: str) -> None:
    places = places_in(text)
    assert all(line >= 1 for line in places.keys.values())


def test_letters_of_one_generation_may_say_otherwise_who_writes(tmp_path: Path) -> None:
    toml = (
        '[letter]\ndelay = "standard"\nasks = ["url", "size"]\n[letter.heads.2022]\nunit = " IAU "'
    )
    letter = settings_of(tmp_path, toml).letter
    assert (letter.delay, letter.asks) == ("standard", ("url", "size"))
    assert letter.heads == {"2022": {"unit": "IAU"}}
    shown = {name: value for name, value, _ in effective(settings_of(tmp_path, toml))}
    assert shown["letter.heads"] == "2022: unit"
