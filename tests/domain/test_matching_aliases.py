"""The matcher against names as real reports, pages and minutes write them.

Each name is tried with the directory as delivered, and again with that very name taken out
of it, so that the rules are measured and not only the list.
"""

import csv
from dataclasses import replace

import pytest

from secretariat.config import defaults
from secretariat.config.directory import read_directory
from secretariat.domain.council import Council, Csp, Directory, directory_of
from secretariat.domain.matching import Match, Matcher, MatchOutcome
from secretariat.domain.matching_words import BODY, COMPASS, FILLER, words

ROOT = defaults()
DIRECTORY = read_directory(ROOT / "config" / "directory")
MATCHER = Matcher(DIRECTORY)

with (ROOT / "tests/corpus/directory/aliases_dev.csv").open(encoding="utf-8") as file:
    ALIASES = tuple(csv.DictReader(file))
TO_MATCH = tuple(row for row in ALIASES if row["expected_outcome"] == "match")
TO_ASK = tuple(row for row in ALIASES if row["expected_outcome"] != "match")


HELD_OUT = ROOT / "tests/corpus/directory/names_thought_up.csv"


def without(name: str) -> Directory:
    """Return the directory without any other name that reads as this one does."""
    return directory_of(
        [_forgetting(csp, name) for csp in DIRECTORY.csps.values()],
        [_council_forgetting(council, name) for council in DIRECTORY.councils.values()],
        DIRECTORY.police_areas.values(),
    )


def _forgetting(csp: Csp, name: str) -> Csp:
    return replace(
        csp,
        alt_names=_others(csp.alt_names, name),
        unverified_names=_others(csp.unverified_names, name),
    )


def _council_forgetting(council: Council, name: str) -> Council:
    """The council's short name, which heads its list, is its own and stays."""
    short, *rest = council.alt_names
    return replace(council, alt_names=(short, *_others(tuple(rest), name)))


def _others(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if words(each) != words(name))


def in_the_right_police_area(match: Match, row: dict[str, str]) -> bool:
    return match.outcome is MatchOutcome.MATCH and match.pfa_codes == (row["expected_pfa_code"],)


@pytest.fixture(scope="module")
def left_out() -> dict[str, Match]:
    """Every name's match by a matcher that never saw that name, however it was spelt."""
    known = {
        words(name)
        for row in (*DIRECTORY.csps.values(), *DIRECTORY.councils.values())
        for name in (*row.alt_names, *(row.unverified_names if isinstance(row, Csp) else ()))
    }
    matches: dict[str, Match] = {}
    for row in ALIASES:
        name = row["name_as_written"]
        matcher = Matcher(without(name)) if words(name) in known else MATCHER
        matches[row["alias_id"]] = matcher.match(name)
    return matches


@pytest.mark.parametrize("row", TO_MATCH, ids=lambda row: row["name_as_written"])
def test_a_name_in_use_finds_its_police_area_and_partnership(row: dict[str, str]) -> None:
    match = MATCHER.match(row["name_as_written"])
    assert in_the_right_police_area(match, row), match
    assert match.csp_id in row["accepted_csp_ids"].split("|")


@pytest.mark.parametrize("row", TO_ASK, ids=lambda row: row["name_as_written"])
def test_a_name_that_may_mean_several_goes_to_a_person(row: dict[str, str]) -> None:
    match = MATCHER.match(row["name_as_written"])
    assert match.outcome is MatchOutcome.AMBIGUOUS
    assert match.csp_ids == ()


def test_the_rules_alone_find_nearly_every_police_area(left_out: dict[str, Match]) -> None:
    right = [row for row in TO_MATCH if in_the_right_police_area(left_out[row["alias_id"]], row)]
    assert len(right) / len(TO_MATCH) >= 0.97


def test_the_rules_alone_never_name_a_wrong_partnership(left_out: dict[str, Match]) -> None:
    for row in TO_MATCH:
        match = left_out[row["alias_id"]]
        if match.outcome is MatchOutcome.MATCH:
            assert match.csp_id in row["accepted_csp_ids"].split("|"), row["name_as_written"]


def test_the_rules_alone_never_guess_an_ambiguous_name(left_out: dict[str, Match]) -> None:
    assert all(left_out[row["alias_id"]].outcome is not MatchOutcome.MATCH for row in TO_ASK)


def test_the_lists_of_general_words_hold_no_name_of_a_place() -> None:
    general = BODY | FILLER | COMPASS
    cores = {words(council.alt_names[0]) for council in DIRECTORY.councils.values()}
    assert [core for core in cores if len(core) == 1 and core[0] in general] == []


@pytest.mark.parametrize(
    "style", ["{}", "Safer {}", "{} CSP", "Safer {} Partnership", "Community Safety Board for {}"]
)
def test_every_council_is_found_in_the_usual_styles(style: str) -> None:
    for council in DIRECTORY.councils.values():
        match = MATCHER.match(style.format(council.alt_names[0]))
        assert match.outcome is MatchOutcome.MATCH, council.name
        assert council.pfa_code in match.pfa_codes, council.name


def test_every_name_of_every_council_leads_to_its_police_area() -> None:
    for council in DIRECTORY.councils.values():
        for name in filter(None, (council.name, council.welsh_name, *council.domains)):
            match = MATCHER.match(name)
            assert match.pfa_codes == (council.pfa_code,), name


def test_names_that_the_rules_were_not_made_for_are_found_as_well() -> None:
    with HELD_OUT.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    missed = [row["name_as_written"] for row in rows if not _as_expected(row)]
    assert len(rows) >= 60
    assert len(missed) / len(rows) <= 0.04, missed


def test_names_thought_up_are_never_given_to_a_wrong_place() -> None:
    with HELD_OUT.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        match = MATCHER.match(row["name_as_written"])
        if match.outcome is MatchOutcome.MATCH:
            assert match.pfas == (row["expected_pfa_name"],), row["name_as_written"]


def _as_expected(row: dict[str, str]) -> bool:
    match = MATCHER.match(row["name_as_written"])
    if row["expected_outcome"] == "match":
        return match.pfas == (row["expected_pfa_name"],) and bool(match.csp_ids)
    return match.outcome is not MatchOutcome.MATCH
