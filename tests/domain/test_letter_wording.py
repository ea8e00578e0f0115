from dataclasses import replace
from datetime import date

import pytest

from secretariat.adapters.letterpress.packs import Packs
from secretariat.domain.letter_content import (
    Addressee,
    Delay,
    Grade,
    Greeting,
    LetterContent,
    LetterKind,
    MeetingMode,
    Point,
    ReviewName,
)
from secretariat.domain.letter_pack import Sentence, Wording, faults_in
from secretariat.domain.letter_wording import (
    copy_sentence,
    lacking,
    marks_of,
    oddities,
    used,
    values_of,
)
from secretariat.domain.review import Outcome
from tests.builders import a_head, some_content
from tests.letter_builders import TEMPLATES

PACKS = {
    name: Packs(TEMPLATES / "letters").pack(name).wording for name in ("2017", "2022", "dardr")
}
OLD, NEW = PACKS["2017"], PACKS["2022"]


def told(wording: Wording = OLD, **said: object) -> dict[str, object]:
    return values_of(some_content(**said), wording)


def with_sentence(name: str, sentence: Sentence | None) -> Wording:
    others = {each: said for each, said in OLD.sentences.items() if each != name}
    return replace(OLD, sentences={name: sentence, **others} if sentence else others)


@pytest.mark.parametrize(
    ("offices", "names", "said"),
    [
        ((), (), ""),
        (("PCC",), ("copy-pcc",), "copying this letter to the PCC for"),
        (("PFCC",), ("copy-pfcc",), "copying this letter to the PFCC for"),
        (("Mayor of Otherton",), ("copy-mayor",), "to the Mayor of Otherton for"),
        (("The Board",), ("copy-other",), "to the Board for"),
        (("PCC for A", "PCC for B"), ("copy-pcc-several",), "to the PCC for A and the PCC for B"),
        (("PCC for A", "Mayor of B"), ("copy-several",), "to the PCC for A and the Mayor of B for"),
        (("DAC",), ("copy-dac",), "to the Domestic Abuse Commissioner"),
        (("DAC", "PCC"), ("copy-pcc", "copy-dac"), "to the PCC for information. I am copying"),
    ],
)
def test_the_sentence_on_copies_follows_the_kind_of_office(
    offices: tuple[str, ...], names: tuple[str, ...], said: str
) -> None:
    content = some_content(copy_offices=offices)
    assert said in copy_sentence(content, OLD)
    assert tuple(name for name in used(content, OLD) if name.startswith("copy")) == names


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        ({"regret": False}, "2026."),
        (
            {"delay": Delay.STRONG},
            "I very much regret the delay in providing the Panel's feedback.",
        ),
        ({"delay": Delay.STANDARD}, "I apologise for the delay in providing the Panel's feedback."),
        ({"delay": Delay.OWN, "delay_words": " We are sorry. "}, "We are sorry."),
    ],
)
def test_the_delay_is_regretted_as_staff_choose(delay: dict[str, object], said: str) -> None:
    considered = str(told(mode=MeetingMode.VIRTUAL, **delay)["considered"])
    assert considered.startswith("The report was considered at the virtual QA Panel meeting on 3")
    assert considered.endswith(said)


def test_a_meeting_whose_day_is_not_known_is_not_given_one() -> None:
    values = told(meeting_date=None, regret=False)
    assert values["considered"] == "The report was considered by the QA Panel."
    values = told(meeting_date=None, date_as_written="28th Sept.", regret=False)
    assert str(values["considered"]).endswith("meeting on 28th Sept.")


@pytest.mark.parametrize("wording", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_report_that_may_be_published_is_asked_for_its_url(
    outcome: Outcome, wording: Wording
) -> None:
    content = some_content(outcome=outcome, asks=("url",))
    assert ("ask-url" in used(content, wording)) is (outcome is not Outcome.RESUBMIT)


def test_the_url_is_not_asked_on_resubmission_though_a_pack_would() -> None:
    wording = with_sentence("ask-url", Sentence("Send us the URL."))
    assert "ask-url" not in used(some_content(outcome=Outcome.RESUBMIT), wording)


def test_the_old_letter_says_the_outcome_and_the_usual_asks_in_word() -> None:
    assert (told()["outcome"], told()["asks"]) == ("", "")
    values = told(asks=("size",))
    assert values["outcome"] == "The Panel does not need to review another version of the report."
    assert values["asks"] == "Please provide the report as a single PDF of less than 20 MB."


def test_staffs_own_sentence_takes_the_place_of_the_outcome_and_asks_stay() -> None:
    values = told(outcome_words="It may be published in May.")
    assert values["outcome"] == "It may be published in May."
    assert "as an appendix" in str(values["asks"])


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.PUBLISH, "The Home Office is content that the DHR may be published."),
        (
            Outcome.PUBLISH_AFTER_CHANGES,
            "The QA Panel felt that some aspects of the report may benefit from further revision, "
            "but the Home Office is content that on completion of these changes, the DHR may be "
            "published.",
        ),
    ],
)
def test_each_outcome_has_its_sentence_since_2022(outcome: Outcome, said: str) -> None:
    assert told(NEW, outcome=outcome)["outcome"] == said


def test_the_review_is_named_by_the_letter_and_by_a_pack_that_renames_it() -> None:
    assert told()["review_name"] == "Domestic Homicide Review"
    assert told(review_name=ReviewName.DARDR)["review"] == "DARDR"
    opening = str(told(PACKS["dardr"])["opening"])
    assert "the Domestic Abuse Related Death Review (DARDR) report" in opening


@pytest.mark.parametrize("kind", LetterKind)
def test_each_kind_of_letter_begins_in_its_own_way(kind: LetterKind) -> None:
    values = told(NEW, kind=kind, replaces=date(2026, 2, 1))
    again = kind is LetterKind.AFTER_RESUBMISSION
    assert str(values["opening"]).startswith(f"Thank you for {'re' if again else ''}submitting")
    replaces = "This letter replaces our letter of 1 February 2026."
    assert values["replaces"] == (replaces if kind is LetterKind.CORRECTION else "")


@pytest.mark.parametrize(
    ("point", "text", "below"),
    [
        (Point("text", label="Structure"), "Structure: text", ()),
        (Point("text", label="Structure:"), "Structure: text", ()),
        (Point("", ("a;", " ", "b.."), label="Structure"), "Structure:", ("a;", "b.")),
        (Point("text.", ("a",), lead_in="They may"), "text. They may:", ("a",)),
        (Point("", ("a",), lead_in="They may:"), "They may:", ("a",)),
    ],
)
def test_a_point_is_its_label_text_and_lead_in(
    point: Point, text: str, below: tuple[str, ...]
) -> None:
    assert told(points=(point,))["points"] == ({"text": text, "below": below},)


def test_points_are_numbered_or_bear_bullets_and_empty_ones_never_show() -> None:
    points = (Point("a"), Point(" "), Point("", (" ",)))
    values = told(points=points, numbered=True, conclusion=("x", "", "y"))
    assert (values["points"], values["numbered_points"]) == ((), ({"text": "a", "below": ()},))
    assert (values["conclusion"], values["more_conclusion"]) == ("x", ("y",))
    assert told(points=(Point(""),))["listed"] is False


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"addressee": Addressee()}, "nobody is addressed"),
        ({"area": " "}, "no area or partnership is named"),
        ({"head": a_head(signatory="")}, "nobody is named who signs it"),
        ({"head": a_head(reply_address=" ")}, "it names no address to answer to"),
        ({"points": (Point("a"), Point(""))}, "point 2 says nothing"),
        ({"points": (Point("a", ("b", " ")),)}, "something below point 1 says nothing"),
        ({"conclusion": ("a", " ")}, "paragraph 2 of the conclusion says nothing"),
        ({"delay": Delay.OWN}, "the own words for the delay are not written"),
        ({"kind": LetterKind.CORRECTION}, "it does not say which letter it replaces"),
        (
            {"asks": ("a cake",)},
            "the 2017 templates do not know how to ask for 'a cake'",
        ),
        (
            {"addressee": Addressee(last="Hill", greeting=Greeting.BY_ROLE)},
            "an addressee is to be greeted by role, which is not known",
        ),
    ],
)
def test_what_a_letter_lacks_is_a_plain_reason(said: dict[str, object], reason: str) -> None:
    assert lacking(some_content(), OLD) == ()
    assert lacking(some_content(**said), OLD) == (reason,)


def test_a_pack_without_words_for_what_is_said_is_a_reason() -> None:
    graded = some_content(generation="2022", grade=Grade.ADEQUATE)
    assert lacking(graded, NEW) == ("the 2022 templates have no words for a grade",)
    assert lacking(replace(graded, generation="2017"), OLD) == ()
    first_only = replace(OLD, needs={LetterKind.FIRST: ()})
    again = some_content(kind=LetterKind.AFTER_RESUBMISSION)
    assert lacking(again, first_only) == ("the 2017 templates make no letter after resubmission",)


def test_since_2022_nobody_need_sign_by_name() -> None:
    assert lacking(some_content(head=a_head(signatory="")), NEW) == ()


def test_a_letter_of_another_time_is_odd_and_so_are_changes_without_a_point() -> None:
    assert oddities(some_content(letter_date=date(2026, 3, 10)), OLD) == ()
    early = some_content(letter_date=date(2012, 3, 10), points=())
    assert [each.partition(",")[0] for each in oddities(early, OLD)] == [
        "letters are written so only since 1 January 2016",
        "the report is to be changed",
    ]
    (odd,) = oddities(
        some_content(letter_date=date(2020, 1, 1)), replace(OLD, until=date(2019, 12, 31))
    )
    assert odd == "letters were written so until 31 December 2019"


def test_the_seeds_letter_uses_no_marked_wording_and_a_later_one_what_is_open() -> None:
    usual = some_content(copy_offices=("PCC",))
    assert used(usual, OLD) == ("considered-meeting", "regret", "copy-pcc")
    assert marks_of(usual, OLD) == ()
    names = [mark.name for mark in marks_of(usual, NEW)]
    assert names[:3] == ["head", "closing", "kinds"]
    assert "outcome-after-changes" in names
    assert "outcome-resubmit" not in names
    assert "lead" not in names


@pytest.mark.parametrize("wording", [NEW, PACKS["dardr"]], ids=["2022", "dardr"])
def test_every_sentence_that_was_never_seen_whole_is_marked(wording: Wording) -> None:
    unmarked = [name for name, said in wording.sentences.items() if not said.confirm]
    assert unmarked == ([] if wording.review else ["lead"])
    assert wording.still_open


@pytest.mark.parametrize("generation", PACKS)
def test_no_template_calls_a_death_anything(generation: str) -> None:
    words = (TEMPLATES / "letters" / generation / "manifest.toml").read_text()
    texts = " ".join(said.text for said in PACKS[generation].sentences.values()).lower()
    banned = ("homicide", "perpetrator", "killed", "murder", "suicide", "gsi.gov", "acting chair")
    assert not [word for word in banned if word in texts]
    assert "gsi.gov" not in words


@pytest.mark.parametrize(
    ("name", "sentence", "fault"),
    [
        pytest.param("regret", Sentence("Sorry on {day}"), "{day} is unknown", id="a place"),
        pytest.param(
            "outcome-resubmit",
            Sentence("Send it again", when=("resubmit",)),
            "{reply_address} is missing",
            id="no address",
        ),
        pytest.param("regret", Sentence("Sorry {"), "a bracket is not closed", id="a bracket"),
        pytest.param("regrets", Sentence("Sorry"), "may be misspelt", id="a name nobody uses"),
        pytest.param("lead", Sentence("So:"), "the letter has no field 'lead'", id="no field"),
        pytest.param(
            "grade", Sentence("So", when=("gradde",)), "nothing is called 'gradde'", id="a when"
        ),
    ],
)
def test_a_sentence_broken_by_an_editor_is_named(name: str, sentence: Sentence, fault: str) -> None:
    (said,) = faults_in(with_sentence(name, sentence))
    assert name in said
    assert fault in said


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("copy-dac", "no sentence 'copy' is there for a letter that is dac"),
        ("regret", "no sentence 'regret' is there for a letter that is strong"),
        ("replaces", "no sentence 'replaces' is there for a letter that is correction"),
        ("outcome-resubmit", "no sentence 'outcome' is there for a letter that is resubmit"),
        (
            "considered-virtual",
            "no sentence 'considered' is there for a letter that is at a virtual meeting, dated",
        ),
    ],
)
def test_a_sentence_that_is_gone_is_missed(name: str, fault: str) -> None:
    wording = with_sentence(name, None)
    in_word = frozenset({"opening"}) if name == "outcome-resubmit" else OLD.in_word
    assert fault in faults_in(replace(wording, in_word=in_word))


def test_a_manifest_that_leaves_a_field_out_is_told() -> None:
    less = replace(OLD, fields=OLD.fields - {"points"} | {"pints"}, asks=("cake",))
    assert faults_in(less) == (
        "fields: there is no field 'pints'",
        "fields: 'points' is missing: its words would be lost",
        "asks: there is no sentence 'ask-cake'",
    )


def a_plain_letter() -> LetterContent:
    return some_content(points=(), conclusion=())


def test_a_letter_with_nothing_but_an_outcome_has_no_empty_list() -> None:
    values = values_of(a_plain_letter(), NEW)
    assert (values["listed"], values["lead"], values["praise"]) == (False, "", ())
