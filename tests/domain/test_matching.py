import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.config import defaults
from secretariat.config.directory import read_directory
from secretariat.domain.matching import (
    Certainty,
    Clue,
    ClueSource,
    Match,
    Matcher,
    MatchOutcome,
)
from secretariat.domain.matching_hosts import host_in

MATCHER = Matcher(read_directory(defaults() / "config" / "directory"))


def csp_of(name: str) -> str:
    match = MATCHER.match(name)
    assert match.outcome is MatchOutcome.MATCH, match.why
    return match.csp


def asked(name: str) -> Match:
    match = MATCHER.match(name)
    assert match.outcome is MatchOutcome.AMBIGUOUS, match.csp
    assert match.csp_ids == ()
    return match


@pytest.mark.parametrize(
    ("written", "csp"),
    [
        ("PRESTON COMMUNITY SAFETY PARTNERSHIP", "Preston"),
        ("the  Preston community-safety partnership.", "Preston"),
        ("Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("Fulham and Hammersmith CSP", "Hammersmith and Fulham"),
        ("London Borough of Bexley", "Bexley"),
        ("LB Bexley", "Bexley"),
        ("City of London Community Safety Partnership", "City of London"),
        ("Royal Borough of Kingston", "Kingston upon Thames"),
        ("City of York Council", "City of York"),
        ("Kings Lynn & West Norfolk", "King's Lynn and West Norfolk"),
        ("King’s Lynn and West Norfolk", "King's Lynn and West Norfolk"),
        ("Saint Helens", "St. Helens"),
        ("Hull Community Safety Partnership", "Kingston upon Hull, City of"),
        ("East Herts CSP", "East Hertfordshire"),
        ("NE Lincs CSP", "North East Lincolnshire"),
        ("L.B. Hackney", "Hackney"),
        ("Newcastle on Tyne", "Newcastle upon Tyne"),
        ("Salford CSP, Greater Manchester", "Salford"),
        ("RBKC", "Kensington and Chelsea"),
        ("BCP Council", "Bournemouth, Christchurch and Poole"),
    ],
)
def test_spelling_and_style_do_not_matter(written: str, csp: str) -> None:
    assert csp_of(written) == csp


@pytest.mark.parametrize(
    ("written", "csp"),
    [
        ("Safer Exeter", "Exeter"),
        ("Cheltenham Strategic Leadership Group", "Cheltenham"),
        ("Luton Responsible Authorities Group", "Luton"),
        ("Nottingham Crime and Drugs Partnership", "Nottingham"),
        ("Torfaen Public Services Board", "Torfaen"),
        ("One Leicester Partnership", "Leicester"),
    ],
)
def test_a_partnership_need_not_be_called_one(written: str, csp: str) -> None:
    assert csp_of(written) == csp


@pytest.mark.parametrize(
    ("written", "csp"),
    [
        ("Partneriaeth Diogelwch Cymunedol Abertawe", "Swansea"),
        ("Cyngor Sir Gar", "Carmarthenshire"),
        ("Cyngor Bwrdeistref Sirol Pen-y-bont ar Ogwr", "Bridgend"),
        ("Partneriaeth Diogelwch Cymunedol Ynys Môn", "Isle of Anglesey"),
        ("Bwrdd Gwasanaethau Cyhoeddus Gwynedd", "Gwynedd"),
    ],
)
def test_welsh_names_are_names(written: str, csp: str) -> None:
    assert csp_of(written) == csp


def test_an_abolished_council_leads_to_its_successor_and_says_so() -> None:
    match = MATCHER.match("Corby Borough Council")
    assert match.csp == "North Northamptonshire"
    assert match.council_ids == ("NNT",)
    assert match.why.endswith(
        "Corby (abolished 1 April 2021; now North Northamptonshire)"
    ) or match.why.endswith(
        "Corby Borough Council (abolished 1 April 2021; now North Northamptonshire Council)"
    )


@pytest.mark.parametrize(
    ("written", "on", "csp_id"),
    [
        ("Kettering", date(2021, 3, 31), "E22000236"),
        ("Kettering", date(2021, 4, 1), "X-NORTH-NORTHAMPTONSHIRE"),
        ("kettering.gov.uk", date(2020, 1, 1), "E22000236"),
        ("Kettering Borough Council", date(2020, 1, 1), "E22000236"),
        ("Daventry District Council", date(2020, 1, 1), "E22000357"),
        ("West Cumbria CSP", date(2019, 6, 26), "X-WEST-CUMBRIA"),
        ("West Cumbria CSP", date(2024, 6, 26), "X-CUMBERLAND"),
        ("Medway", date(1999, 1, 1), "E22000143"),
    ],
)
def test_on_a_day_before_it_ended_the_body_itself_is_meant(
    written: str, on: date, csp_id: str
) -> None:
    assert MATCHER.match(written, on=on).csp_id == csp_id


def test_the_day_of_the_end_and_the_successor_are_told_in_words() -> None:
    why = MATCHER.match("Kettering CSP").why
    assert "Kettering (abolished 1 April 2021; now North Northamptonshire" in why
    assert "stood on 1 May 2020" in MATCHER.match("Kettering", on=date(2020, 5, 1)).why


def test_every_step_to_the_council_of_today_is_told() -> None:
    why = MATCHER.match("Taunton Deane Borough Council").why
    assert "abolished 1 April 2019; then Somerset West and Taunton Council" in why
    assert "abolished 1 April 2023; now Somerset Council" in why


def test_a_county_whose_partnership_is_not_held_says_so_for_a_day_before_its_end() -> None:
    match = MATCHER.match("Northamptonshire County Council", on=date(2020, 5, 1))
    assert len(match.csp_ids) == 2
    assert "does not hold its partnership of that day" in match.why


def test_an_abolished_county_leads_to_both_its_successors() -> None:
    match = MATCHER.match("Northamptonshire County Council")
    assert match.csp_ids == ("X-NORTH-NORTHAMPTONSHIRE", "X-WEST-NORTHAMPTONSHIRE")
    assert match.pfas == ("Northamptonshire",)


def test_a_match_says_whom_the_letter_is_copied_to() -> None:
    match = MATCHER.match("Kent")
    assert match.csp_id == "X-COUNTY-KENT"
    assert match.copy_to == ("Police and Crime Commissioner for Kent",)
    assert match.certainty is Certainty.CERTAIN


def test_partnerships_named_together_are_meant_together() -> None:
    match = MATCHER.match("Kent and Medway Community Safety Partnerships")
    assert match.csp == "Kent (county level) and Medway"
    assert match.pfas == ("Kent",)


def test_councils_that_share_a_partnership_are_one_match() -> None:
    match = MATCHER.match("Redditch & Bromsgrove")
    assert match.csp_ids == ("E22000368",)
    assert set(match.council_ids) == {"RED", "BRM"}


def test_a_joint_partnership_is_found_in_either_order() -> None:
    assert csp_of("Vale of White Horse and South Oxfordshire") == (
        "South Oxfordshire and Vale of White Horse"
    )


def test_partnerships_of_two_police_areas_go_to_a_person() -> None:
    match = asked("Luton and Medway")
    assert {each.csp for each in match.candidates} == {"Luton", "Medway"}
    assert match.pfas == ()


def test_an_address_after_the_name_does_not_matter() -> None:
    assert csp_of("Medway Council, Gun Wharf, Dock Road, Chatham, Kent ME4 4TR") == "Medway"
    assert csp_of("Ashford (Kent)") == "Ashford"


@pytest.mark.parametrize(
    "shared",
    [
        "Newcastle CSP",
        "Richmond",
        "Safer City Partnership",
        "Community Safety Partnership",
        "Public Services Board",
        "SCP",
        "LBH",
        "West Kent CSP",
        "North Bristol",
        "Clark Kent",
        "London",
        "southnorfolkandbroadland.gov.uk",
    ],
)
def test_what_may_mean_several_places_is_never_guessed(shared: str) -> None:
    assert "a person must say" in asked(shared).why or not MATCHER.match(shared).candidates


def test_candidates_that_share_a_police_area_still_tell_it() -> None:
    assert asked("lewes-eastbourne.gov.uk").pfas == ("Sussex",)


def test_a_city_that_is_not_named_may_be_any_so_no_police_area_is_told() -> None:
    match = asked("Safer City Partnership")
    assert {"Stoke-on-Trent", "City of London"} <= {each.csp for each in match.candidates}
    assert match.pfas == ()


@pytest.mark.parametrize("area", ["Sussex", "Greater Manchester", "Thames Valley Police"])
def test_a_police_area_is_not_a_partnership(area: str) -> None:
    match = asked(area)
    assert len(match.pfa_codes) == 1
    assert "police area" in match.why


@pytest.mark.parametrize("host", ["office@kent-pcc.gov.uk", "jo@kent.police.uk"])
def test_the_site_of_police_or_commissioner_is_not_a_partnerships(host: str) -> None:
    assert asked(host).pfas == ("Kent",)


@pytest.mark.parametrize(
    ("written", "csp"),
    [
        ("C'bury CSP", "Canterbury"),
        ("SaferTH Partnership", "Tower Hamlets"),
        ("H&F Council", "Hammersmith and Fulham"),
        ("LB Richmond", "Richmond upon Thames"),
        ("Gt. Yarmouth BC", "Great Yarmouth"),
    ],
)
def test_a_short_form_that_only_one_place_has_is_found(written: str, csp: str) -> None:
    assert csp_of(written) == csp


@pytest.mark.parametrize(
    "initials",
    ["DHR MK", "DHR MK Community Safety Partnership", "MK", "W'ton", "Safer TW", "City & Hackney"],
)
def test_initials_of_several_or_of_a_person_are_not_taken_for_a_place(initials: str) -> None:
    assert MATCHER.match(initials).outcome is not MatchOutcome.MATCH


@pytest.mark.parametrize(
    ("written", "csp"),
    [
        ("Safer Rotheram Partnership", "Rotherham"),
        ("Bunrley", "Burnley"),
        ("Tunbridge Wels CSP", "Tunbridge Wells"),
        ("Winsor and Maidenhead", "Windsor and Maidenhead"),
        ("Maidstone Borough Counsil", "Maidstone"),
        ("Newcastle under Lime CSP", "Newcastle-under-Lyme"),
    ],
)
def test_one_wrong_letter_is_forgiven_and_told(written: str, csp: str) -> None:
    assert csp_of(written) == csp
    assert MATCHER.match(written).certainty is Certainty.LIKELY


@pytest.mark.parametrize("between", ["Harlaw", "Braford", "Burney"])
def test_a_slip_that_may_be_of_two_places_is_not_guessed(between: str) -> None:
    assert len(asked(between).candidates) > 1


@pytest.mark.parametrize(
    "elsewhere", ["Anytown Community Safety Partnership", "Home Office", "Bradford-on-Avon", ""]
)
def test_what_the_directory_does_not_have_is_no_match(elsewhere: str) -> None:
    match = MATCHER.match(elsewhere)
    assert match.outcome is MatchOutcome.NONE
    assert match.candidates == ()


@pytest.mark.parametrize(
    ("written", "csp"),
    [
        ("jo@kent.gov.uk", "Kent (county level)"),
        ("<Jo@KENT.gov.uk>", "Kent (county level)"),
        ("https://www.westsuffolk.gov.uk/news?page=1", "Western Suffolk"),
        ("adur-worthing.gov.uk", "Adur and Worthing"),
        ("scambs.moderngov.co.uk", "South Cambridgeshire"),
        ("saferleeds.org.uk", "Leeds"),
        ("democracy.corby.gov.uk", "North Northamptonshire"),
    ],
)
def test_an_address_or_page_leads_to_its_council(written: str, csp: str) -> None:
    assert csp_of(written) == csp
    assert MATCHER.match(written).certainty is not Certainty.CERTAIN


@pytest.mark.parametrize(
    "host",
    [
        "gmail.com",
        "nhs.net",
        "anyshire.example",
        "camden.gov.uk.anytown.example",
        "jo@kent.gov.uk.example",
        "evil-camden.gov.uk",
        "camden-gov.uk",
    ],
)
def test_a_domain_of_nobody_is_no_match(host: str) -> None:
    assert MATCHER.match(host).outcome is MatchOutcome.NONE


@pytest.mark.parametrize("host", ["gov.uk", "uk.com", "co.uk", "jo@gov.wales", "moderngov.co.uk"])
def test_a_host_that_is_all_suffix_belongs_to_nobody(host: str) -> None:
    assert MATCHER.match(host).outcome is MatchOutcome.NONE


@pytest.mark.parametrize(
    ("host", "area"),
    [
        ("met.police.uk", "Metropolitan Police"),
        ("gmp.police.uk", "Greater Manchester"),
        ("jo@herts.police.uk", "Hertfordshire"),
        ("devonandcornwall.pnn.police.uk", "Devon & Cornwall"),
        ("north-wales.police.uk", "North Wales"),
        ("cityoflondon.police.uk", "London, City of"),
    ],
)
def test_a_forces_host_tells_the_police_area_weakly_and_no_partnership(
    host: str, area: str
) -> None:
    match = asked(host)
    assert (match.pfas, match.certainty, match.candidates) == ((area,), Certainty.WEAK, ())


def test_a_host_that_a_whole_county_once_shared_tells_candidates_only() -> None:
    match = asked("dorsetforyou.com")
    assert len(match.candidates) == 2
    assert match.pfas == ("Dorset",)


def test_a_quarter_of_a_wider_place_is_not_the_place_that_begins_with_it() -> None:
    assert csp_of("Safer Central") == "Central Bedfordshire"
    assert asked("Safer Central London").candidates == ()


def test_two_parts_of_one_county_are_both_meant() -> None:
    assert csp_of("West & North Northants") == "West Northamptonshire and North Northamptonshire"


@pytest.mark.parametrize(
    ("written", "csp"),
    [
        ("Partneriaeth Diogelwch Cymunedol yng Nghaerdydd", "Cardiff"),
        ("ym Mhowys", "Powys"),
        ("yng Ngheredigion", "Ceredigion"),
        ("Bwrdd Diogelwch Wynedd", "Gwynedd"),
    ],
)
def test_a_welsh_name_is_found_with_its_first_letter_changed(written: str, csp: str) -> None:
    assert csp_of(written) == csp


def test_a_name_is_not_taken_for_a_host() -> None:
    assert csp_of("St.Helens") == "St. Helens"
    assert host_in("St. Helens") == ""
    assert host_in("jo@kent.gov.uk") == "kent.gov.uk"
    assert host_in("Jo Bloggs <jo@kent.gov.uk>") == "kent.gov.uk"


@given(st.text() | st.from_regex(r"[A-Za-z&,.()@/' -]{0,60}"))
def test_no_text_stops_the_matcher(text: str) -> None:
    match = MATCHER.match(text)
    assert (match.outcome is MatchOutcome.MATCH) == bool(match.csp_ids)
    assert match.why


def cover(text: str) -> Clue:
    return Clue(ClueSource.COVER, text)


def sender(text: str) -> Clue:
    return Clue(ClueSource.DOMAIN, text)


def subject(text: str) -> Clue:
    return Clue(ClueSource.SUBJECT, text)


def test_clues_that_agree_make_one_match() -> None:
    match = MATCHER.weigh([sender("jo@luton.gov.uk"), cover("Luton CSP")])
    assert (match.csp, match.certainty) == ("Luton", Certainty.CERTAIN)
    assert "2 clues agree" in match.why


def test_each_clue_is_told_with_how_sure_and_why() -> None:
    match = MATCHER.weigh([cover("Luton CSP"), subject("DHR for the panel"), sender("x@nhs.net")])
    assert [(told.clue.source, told.outcome) for told in match.clues] == [
        (ClueSource.COVER, MatchOutcome.MATCH),
        (ClueSource.SUBJECT, MatchOutcome.NONE),
        (ClueSource.DOMAIN, MatchOutcome.NONE),
    ]
    assert all(told.why for told in match.clues)


def test_clues_that_disagree_go_to_a_person() -> None:
    match = MATCHER.weigh([cover("Luton CSP"), sender("jo@medway.gov.uk")])
    assert match.outcome is MatchOutcome.AMBIGUOUS
    assert "The clues disagree" in match.why
    assert {each.csp for each in match.candidates} == {"Luton", "Medway"}


def test_a_county_that_sends_for_its_district_does_not_disagree() -> None:
    match = MATCHER.weigh([sender("jo@kent.gov.uk"), cover("Ashford CSP")])
    assert match.csp == "Ashford"


def test_a_district_that_sends_for_its_joint_partnership_does_not_disagree() -> None:
    match = MATCHER.weigh([cover("Castle Point and Rochford CSP"), sender("jo@rochford.gov.uk")])
    assert match.csp == "Castle Point and Rochford"


def test_a_vague_clue_that_leaves_room_does_not_disagree() -> None:
    match = MATCHER.weigh([cover("Newcastle CSP"), sender("jo@newcastle.gov.uk")])
    assert match.csp == "Newcastle upon Tyne"
    assert match.certainty is Certainty.LIKELY


def test_a_vague_clue_that_leaves_no_room_disagrees() -> None:
    match = MATCHER.weigh([cover("Newcastle CSP"), sender("jo@luton.gov.uk")])
    assert match.outcome is MatchOutcome.AMBIGUOUS


def test_vague_clues_alone_leave_what_they_share_to_a_person() -> None:
    match = MATCHER.weigh([cover("Newcastle CSP"), subject("Newcastle")])
    assert match.outcome is MatchOutcome.AMBIGUOUS
    assert len(match.candidates) == 2


def test_no_clue_is_no_match() -> None:
    assert MATCHER.weigh([]).outcome is MatchOutcome.NONE
    assert MATCHER.weigh([cover("Anytown CSP")]).outcome is MatchOutcome.NONE


def signed(text: str) -> Clue:
    return Clue(ClueSource.SIGNATURE, text)


@pytest.mark.parametrize(
    "line", ["Borough Council", "Community Safety Partnership", "SCP", "North London Borough"]
)
def test_general_words_in_a_signature_leave_room_for_what_the_cover_says(line: str) -> None:
    assert MATCHER.weigh([cover("Croydon CSP"), signed(line)]).csp == "Croydon"


def test_a_title_before_the_council_in_a_signature_does_not_matter() -> None:
    match = MATCHER.weigh([signed("Community Safety Manager | Mole Valley District Council")])
    assert match.csp == "Mole Valley"


def test_a_county_that_writes_for_its_district_agrees_in_every_clue() -> None:
    clues = [cover("Ashford CSP"), signed("Kent County Council"), sender("jo@kent.gov.uk")]
    match = MATCHER.weigh(clues)
    assert (match.csp, match.certainty) == ("Ashford", Certainty.CERTAIN)


def test_a_unitary_is_no_part_of_the_county_beside_it() -> None:
    assert MATCHER.weigh([cover("Medway CSP"), sender("jo@kent.gov.uk")]).csp == ""


def test_two_vague_clues_that_leave_one_place_over_name_it() -> None:
    match = MATCHER.weigh([cover("Richmond CSP"), sender("jo@richmondandwandsworth.gov.uk")])
    assert (match.csp, match.certainty) == ("Richmond upon Thames", Certainty.LIKELY)
    assert "fits the cover and the sender's domain together" in match.why


def test_words_alone_that_leave_one_place_over_stay_with_a_person() -> None:
    match = MATCHER.weigh([cover("Newcastle CSP"), signed("NCP")])
    assert match.outcome is MatchOutcome.AMBIGUOUS


def test_a_clue_without_candidates_does_not_hide_those_of_the_next() -> None:
    match = MATCHER.weigh([cover("Community Safety Partnership"), subject("Newcastle CSP")])
    assert len(match.candidates) == 2


def test_vague_clues_that_share_nothing_tell_all_their_candidates() -> None:
    match = MATCHER.weigh([cover("Newcastle CSP"), subject("Richmond CSP")])
    assert match.outcome is MatchOutcome.AMBIGUOUS
    assert {"Newcastle upon Tyne", "Richmond upon Thames"} <= {m.csp for m in match.candidates}


def test_a_forces_host_of_another_area_disagrees_and_of_the_same_does_not() -> None:
    assert MATCHER.weigh([cover("Luton CSP"), sender("jo@beds.police.uk")]).csp == "Luton"
    other = MATCHER.weigh([cover("Luton CSP"), sender("jo@kent.police.uk")])
    assert other.outcome is MatchOutcome.AMBIGUOUS
    assert "kent.police.uk" in other.why


def test_papers_are_weighed_for_a_day_as_well() -> None:
    clues = [cover("Kettering CSP"), sender("jo@kettering.gov.uk")]
    assert MATCHER.weigh(clues, on=date(2020, 1, 1)).csp_id == "E22000236"


@given(
    st.one_of(
        st.text(max_size=300).map(lambda text: text * (100_000 // max(1, len(text)))),
        st.from_regex(r"[a-zA-Z.@<>()&'/ -]{1,40}", fullmatch=True).map(lambda t: t * 2500),
    )
)
@settings(deadline=None, max_examples=60)
def test_a_text_of_any_length_is_answered_at_once(text: str) -> None:
    begun = time.thread_time()
    MATCHER.match(text)
    assert time.thread_time() - begun < 0.1


@given(st.from_regex(r"[a-z.@-]{1,30}\.(gov|co|org)\.(uk|wales|cymru)", fullmatch=True))
def test_no_host_stops_the_matcher(host: str) -> None:
    assert MATCHER.match(host).why
