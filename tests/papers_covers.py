"""Invented covers in every layout family, each with the facts that a careful person reads off it.

They follow the shapes and the traps of published covers; every name and place in them is invented.
"""

from secretariat.domain.papers import PaperKind
from tests.papers_builders import OVERVIEW, SUMMARY, A_Cover, said

CSP = "Anytown Community Safety Partnership"

STATUTE = (
    A_Cover(
        "a statute block with presented-to and no version",
        "Ref ADHR 2014/15-02 Final (Redacted) Page 1 of 43 / DOMESTIC HOMICIDE REVIEW "
        "/ Under section 9 "
        "of the Domestic Violence, Crime and Victims Act 2004 / In respect of the "
        "death of a woman / "
        "DHR2014/15-02 / Report produced by Paula Example / Independent Chair and "
        "Author / Presented to "
        "Anytown Community Safety Partnership on 9 May 2016",
        said(
            csp=CSP,
            local_reference="ADHR 2014/15-02",
            author="Paula Example",
            chair="Paula Example",
        ),
    ),
    A_Cover(
        "two subjects in a draft that is marked sensitive",
        "OFFICIAL:SENSITIVE / Safer Anytown / DOMESTIC HOMICIDE REVIEW / OVERVIEW "
        "REPORT / Report under "
        "section 9 of the Domestic Violence, Crime and Victims Act 2004 / In respect "
        "of the deaths of "
        "Wilma and Fred / Draft report produced by Dr Joan Made-Up / Independent Chair"
        " / Final draft "
        "January 2018 / Do not circulate",
        said(
            csp="Safer Anytown",
            pseudonyms=("Wilma", "Fred"),
            chair="Dr Joan Made-Up",
            version_date="2018-01",
        ),
        warned="OFFICIAL-SENSITIVE",
    ),
    A_Cover(
        "an embargo date is no version date",
        "DOMESTIC HOMICIDE REVIEW / under section 9 of the Domestic Violence Crime and"
        " Victims Act 2004 / "
        "in respect of the death of a woman / Overview Report / produced by Dr Joan "
        "Made-Up, Chair / "
        "FINAL – FOR PUBLICATION / Embargoed until 18 October 2016 / ANYTOWN STRATEGIC"
        " LEADERSHIP GROUP",
        said(csp="Anytown Strategic Leadership Group", chair="Dr Joan Made-Up"),
        warned="embargo",
    ),
    A_Cover(
        "a day that no calendar has",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / Into the "
        "death of 'Petra' / who died on 31 June 2015 / Author: Mary Example / Date "
        "completed: 12/03/2017",
        said(csp=CSP, pseudonyms=("Petra",), author="Mary Example", version_date="2017-03-12"),
        warned="31 June 2015",
    ),
)
NAME = (
    A_Cover(
        "a name block with the month beside the name",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / The death of "
        "‘Wilma’ August 2015 / Report Author: Mr Barney Sample MBE / Report completed: August 2017",
        said(
            csp=CSP,
            pseudonyms=("Wilma",),
            date_of_death="2015-08",
            author="Barney Sample MBE",
            version_date="2017-08",
        ),
    ),
    A_Cover(
        "the opening quotation mark was lost",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / The death of "
        "Wilma’ August 2015 / Report Author: Mr Barney Sample MBE / Report completed: August 2017",
        said(
            csp=CSP,
            pseudonyms=("Wilma",),
            date_of_death="2015-08",
            author="Barney Sample MBE",
            version_date="2017-08",
        ),
    ),
    A_Cover(
        "nothing labelled, the writer last",
        "Anyshire Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / Elizabeth "
        "(March 2016) / 10 January 2019 / Norma Stand",
        said(
            csp="Anyshire Community Safety Partnership",
            pseudonyms=("Elizabeth",),
            date_of_death="2016-03",
            version_date="2019-01-10",
        ),
    ),
    A_Cover(
        "two bare months, the death first",
        "Safer Anytown Partnership / Domestic Homicide Review / Overview Report / Case"
        " of ‘Mary’ / May 2014 / "
        "Author: Colin Sample QPM / September 2016",
        said(
            csp="Safer Anytown Partnership",
            pseudonyms=("Mary",),
            date_of_death="2014-05",
            author="Colin Sample QPM",
            version_date="2016-09",
        ),
    ),
    A_Cover(
        "a partnership of three districts",
        "North Any, Middle & South Any / Community Safety Partnership / DOMESTIC HOMICIDE REVIEW / "
        "OVERVIEW REPORT / Regarding the death of 'Sarah' in February 2019 / Independent Chair: / "
        "Ms Jo Example / Report Author: / Ms Kim Sample / Final version March 2021",
        said(
            csp="North Any, Middle & South Any Community Safety Partnership",
            pseudonyms=("Sarah",),
            date_of_death="2019-02",
            chair="Jo Example",
            author="Kim Sample",
            version_date="2021-03",
        ),
    ),
    A_Cover(
        "a scan that reads OHR",
        "Anyshire and Midway / Community Safety Partnership / DOMESTIC HOMICIDE REVIEW"
        " / OHR15 / Overview "
        "Report / Adult A / Died 7 April 2016 / Independent Chair & Report Author: Paul Invented / "
        "Completed 11th May 2017",
        said(
            csp="Anyshire and Midway Community Safety Partnership",
            pseudonyms=("Adult A",),
            local_reference="DHR15",
            date_of_death="2016-04-07",
            author="Paul Invented",
            chair="Paul Invented",
            version_date="2017-05-11",
        ),
        warned="scan",
    ),
    A_Cover(
        "a table of labels and values",
        "DOMESTIC HOMICIDE REVIEW / OVERVIEW REPORT / Commissioned by / Anytown "
        "Community Safety Partnership / "
        "Victim: / Adult B / Date of death: / 3rd November 2018 / Review Chair / Alex Sample / "
        "Report Author / Sam Invented / Date of report: / 2 July 2020",
        said(
            csp=CSP,
            pseudonyms=("Adult B",),
            date_of_death="2018-11-03",
            chair="Alex Sample",
            author="Sam Invented",
            version_date="2020-07-02",
        ),
    ),
)
FIRM = (
    A_Cover(
        "a firm's block with counter and copyright",
        "Page 1 of 88 / Copyright © 2020 Standing Somewhere. All rights reserved. / "
        "Anytown Community "
        "Safety Partnership / Domestic Homicide Review / Overview Report / into the "
        "death of ‘Nora’ in "
        "July 2017 / Independent Chair and Author of Report: Mark Sample / Associate, "
        "Standing Somewhere / "
        "Date of Completion: 14 November 2019",
        said(
            csp=CSP,
            pseudonyms=("Nora",),
            date_of_death="2017-07",
            author="Mark Sample",
            chair="Mark Sample",
            version_date="2019-11-14",
        ),
    ),
    A_Cover(
        "the summary of a firm's report",
        "Domestic Homicide Review / Executive Summary / Anytown CSP / into the "
        "homicide of Ms J / died "
        "in 2018 / Report Author: Dr Ann Example, Independent Consultant / Copyright © 2021",
        said(
            csp="Anytown CSP",
            pseudonyms=("Ms J",),
            date_of_death="2018",
            author="Dr Ann Example",
        ),
        kind=SUMMARY,
    ),
)
PAGE = (
    A_Cover(
        "a page whose title says overview report and executive summary",
        "DHR case 40 ES / Overview Report Executive Summary regarding Jean who died in"
        " January 2020 / "
        "Written by: / Stephen Sample, Managing Director, Madeup Consulting (Anytown) "
        "Ltd / Independent "
        "Chair and Author / August 2021 / Updated May 2022",
        said(
            pseudonyms=("Jean",),
            local_reference="Case 40",
            date_of_death="2020-01",
            author="Stephen Sample",
            chair="Stephen Sample",
            version_date="2022-05",
        ),
        kind=SUMMARY,
    ),
    A_Cover(
        "the facts stand in the first paragraph",
        "Case 46 / Executive Summary March 2016 / 1. Introduction / 1.1 This review "
        "was commissioned by "
        "South Any and Moor Community Safety Partnership following the death ofSubject"
        " A, who was killed "
        "by Subject B in January 2015.",
        said(
            csp="South Any and Moor Community Safety Partnership",
            pseudonyms=("Subject A",),
            local_reference="Case 46",
            date_of_death="2015-01",
            version_date="2016-03",
        ),
        kind=SUMMARY,
    ),
    A_Cover(
        "a page about circumstances",
        "DHR01 Executive Summary / The circumstances of the death of Jane, aged 62, in"
        " August 2019 / "
        "The panel offers its condolences.",
        said(pseudonyms=("Jane",), local_reference="DHR01", date_of_death="2019-08"),
        kind=SUMMARY,
    ),
    A_Cover(
        "two partnerships, one the other's successor",
        "The subject of the report: “Jessica” May 2021 / This review was commissioned "
        "by West Any Community "
        "Safety Partnership / Responsibility passed to Any Unitary Community Safety "
        "Partnership on 1 April 2023",
        said(pseudonyms=("Jessica",), date_of_death="2021-05"),
        kind=PaperKind.OTHER,
        warned="more than one partnership",
    ),
    A_Cover(
        "chronology in prose, no version stated",
        "Domestic Homicide Review / Relating to the death of Mrs Q / Overview Report /"
        " Preface / Mrs Q died "
        "on REDACTED November 2012. The review ran from February 2013 to July 2013. "
        "The panel judged it "
        "inadequate in September 2013. This report was produced by Jim Sample, a commissioner.",
        said(pseudonyms=("Mrs Q",), date_of_death="2012-11", author="Jim Sample"),
    ),
)
BARE = (
    A_Cover(
        "initials in quotation marks and a place",
        "RESTRICTED / Final version & exec summary / iv / DOMESTIC HOMICIDE / REVIEW /"
        " Southanytown / “TL” / "
        "Author – Anthony Invented / August 2016",
        said(pseudonyms=("TL",), author="Anthony Invented", version_date="2016-08"),
        warned="RESTRICTED",
    ),
    A_Cover(
        "an officer who wrote and chaired",
        "Domestic Homicide Review / Overview Report / Report into the death of Adult A"
        " / Report produced "
        "by Mark Example, Strategic Director at Anytown Borough Council, Chair of the DHR Panel / "
        "Date: 5 March 2013",
        said(pseudonyms=("Adult A",), chair="Mark Example", version_date="2013-03-05"),
    ),
    A_Cover(
        "post-nominals, a pseudonym said to be one, a list of the panel",
        "Anytown and North East Anyshire Responsible Authorities Group / Domestic "
        "Homicide Review / "
        "Executive Summary into the death of Mary (pseudonym) in June 2015 / David "
        "Sample QPM, LLB, BA, "
        "Dip.MADEUP / Independent DHR Chair and Report Author / Report completed 28 "
        "April 2016 / Panel "
        "Members / Jill Othername, Chair of Anytown Charity / Ken Othername, Author, Anytown NHS",
        said(
            csp="Anytown and North East Anyshire Responsible Authorities Group",
            pseudonyms=("Mary",),
            date_of_death="2015-06",
            author="David Sample QPM",
            chair="David Sample QPM",
            version_date="2016-04-28",
        ),
        kind=SUMMARY,
    ),
    A_Cover(
        "American order of day and month",
        "Domestic Homicide Review / Mrs. Z / Executive Summary / Completed 10/16/2015",
        said(pseudonyms=("Mrs Z",), version_date="2015-10-16"),
        kind=SUMMARY,
    ),
    A_Cover(
        "collapsed spaces",
        "Domestic Homicide Review into the deathofSusanCommissioned by Anytown Community Safety "
        "Partnership / Overview Report / Author:Ann Example / Final report April 2018",
        said(csp=CSP, pseudonyms=("Susan",), author="Ann Example", version_date="2018-04"),
    ),
    A_Cover(
        "a footnote's digit at the name, review period dates",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Main Report"
        " / The death of Wilma1 "
        "/ Review period: 1 January 2014 to 3 March 2017 / Chair: Jo Example2 / Report"
        " written by Kim Sample",
        said(csp=CSP, pseudonyms=("Wilma",), chair="Jo Example", author="Kim Sample"),
    ),
    A_Cover(
        "a full name may be a real one",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / Into the death "
        "of Wilhelmina Invented on 4 May 2018 / Author: Kim Sample",
        said(csp=CSP, date_of_death="2018-05-04", author="Kim Sample"),
        warned="real name",
    ),
    A_Cover(
        "the report's own date comes before the death",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / The death of "
        "‘Ann’ in March 2019 / Report completed: June 2017",
        said(csp=CSP, pseudonyms=("Ann",)),
        warned="before the date of death",
    ),
    A_Cover(
        "two authors by two labels",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / Author: Kim "
        "Sample / Report written by Jo Example",
        said(csp=CSP),
        warned="more than one author",
    ),
    A_Cover(
        "the month under the subject could be either date",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview "
        "Report / Into the death "
        "of ‘Ann’ / March 2019",
        said(csp=CSP, pseudonyms=("Ann",)),
        warned="without saying",
    ),
)
NEWER = (
    A_Cover(
        "a domestic abuse related death review",
        "Anyshire Together / Community Safety Partnership / Domestic Abuse Related "
        "Death Review / (DARDR) / "
        "DARDR 07 / OVERVIEW REPORT / In relation to the suicide of ‘Freya’, who died "
        "in October 2022 / Chair "
        "and Author – Dr Lee Sample / Version 3 – 12 February 2025",
        said(
            csp="Anyshire Together Community Safety Partnership",
            pseudonyms=("Freya",),
            local_reference="DARDR 07",
            date_of_death="2022-10",
            author="Dr Lee Sample",
            chair="Dr Lee Sample",
            version_date="2025-02-12",
        ),
    ),
    A_Cover(
        "an action plan",
        "Appendix A: Domestic Homicide Review Action Plan / DHR 12 / Recommendation / "
        "Lead / Target date "
        "March 2024",
        said(local_reference="DHR 12"),
        kind=PaperKind.ACTION_PLAN,
    ),
    A_Cover(
        "shouted",
        "ANYTOWN COMMUNITY SAFETY PARTNERSHIP / DOMESTIC HOMICIDE REVIEW / EXECUTIVE "
        "SUMMARY / REPORT INTO "
        "THE DEATH OF WILMA / IN DECEMBER 2020 / AUTHOR: KIM MCSAMPLE / DATE: JULY 2022",
        said(
            csp=CSP,
            pseudonyms=("Wilma",),
            date_of_death="2020-12",
            author="Kim McSample",
            version_date="2022-07",
        ),
        kind=SUMMARY,
    ),
    A_Cover(
        "a mother and a child, and a contents page that names both papers",
        (
            "Anytown Community Safety Partnership / Joint Domestic Homicide Review and"
            " Serious Case Review / "
            "Overview Report / Into the deaths of ‘Laura’ and ‘Ella’ in May 2018 / "
            "Independent Chair – Jo "
            "Example OBE / Independent Author – Kim Sample / October 2020",
            "CONTENTS / 1. Introduction 3 / Executive Summary 5 / Action plan 60",
        ),
        said(
            csp=CSP,
            pseudonyms=("Laura", "Ella"),
            date_of_death="2018-05",
            chair="Jo Example OBE",
            author="Kim Sample",
            version_date="2020-10",
        ),
        kind=OVERVIEW,
    ),
)
FURTHER = (
    A_Cover(
        "a label over the name",
        "Safe Anydale Partnership / Domestic Homicide Review / Concerning the death of ‘Alice’ "
        "/ Date of death: 14th February 2019 / Overview Report Author and Independent Chair / "
        "Russell Invented / Final Version 2.0 – 8 July 2021",
        said(
            csp="Safe Anydale Partnership",
            pseudonyms=("Alice",),
            date_of_death="2019-02-14",
            author="Russell Invented",
            chair="Russell Invented",
            version_date="2021-07-08",
        ),
    ),
    A_Cover(
        "shouted, with degrees",
        "DOMESTIC HOMICIDE REVIEW / OVERVIEW REPORT / VICTIM: BELLA / DECEMBER 2017 / REVIEW "
        "PANEL CHAIR: MS TINA SAMPLE / AUTHOR OF REPORT: MR TED EXAMPLE BA (HONS), MSC / MARCH "
        "2019 / ANYSHIRE COUNTY COMMUNITY SAFETY BOARD",
        said(
            csp="Anyshire County Community Safety Board",
            pseudonyms=("Bella",),
            date_of_death="2017-12",
            author="Ted Example",
            chair="Tina Sample",
            version_date="2019-03",
        ),
    ),
    A_Cover(
        "a label for each fact, two digits for the year",
        "Domestic Homicide Review (DHR) / DHR/03/2018 / Name: Bernard / Month/year of death: "
        "May 2018 / Overview Report / Chair: Gill Invented / Author: Gill Invented / Draft v4 "
        "17.09.20",
        said(
            pseudonyms=("Bernard",),
            local_reference="DHR/03/2018",
            date_of_death="2018-05",
            author="Gill Invented",
            chair="Gill Invented",
            version_date="2020-09-17",
        ),
    ),
    A_Cover(
        "name and month parted by a stroke",
        "Anyham Community Safety Partnership / Domestic Homicide Review / ‘Dorothy’/May 2018 / "
        "Executive Summary / Independent Chair and Author: Pat Madeup MBE / October 2019",
        said(
            csp="Anyham Community Safety Partnership",
            pseudonyms=("Dorothy",),
            date_of_death="2018-05",
            author="Pat Madeup MBE",
            chair="Pat Madeup MBE",
            version_date="2019-10",
        ),
        kind=PaperKind.EXECUTIVE_SUMMARY,
    ),
    A_Cover(
        "a revised report",
        "1 / Domestic Homicide Review / Victim: Mrs B / Died: March 2013 / Perpetrator: Mr B / "
        "Overview report / Report commissioned by the Anyham Community Safety Partnership / "
        "Report author: Jean Sample / Report completed: September 2014 (revised January 2015)",
        said(
            csp="Anyham Community Safety Partnership",
            pseudonyms=("Mrs B",),
            date_of_death="2013-03",
            author="Jean Sample",
            version_date="2015-01",
        ),
    ),
    A_Cover(
        "a joint review with an adults board",
        "Adult Safeguarding Review / and Domestic Homicide Review / in respect of / Adult Q / "
        "Independent Reviewer: Carol Sample / Anyham Safeguarding Adults Board and Anyham "
        "Community Safety Partnership / April 2020",
        said(
            csp="Anyham Community Safety Partnership",
            pseudonyms=("Adult Q",),
            version_date="2020-04",
        ),
        kind=PaperKind.OTHER,
    ),
    A_Cover(
        "the word pseudonym on its own line",
        "Domestic Homicide Review in to the death of Kirsty / (pseudonym) / Died 2 August 2016 "
        "/ Report by: Jo Sample / Chair of the Panel: Supt. Max Example / 30th September 2017 /"
        " Not for circulation until publication",
        said(
            pseudonyms=("Kirsty",),
            date_of_death="2016-08-02",
            author="Jo Sample",
            chair="Max Example",
            version_date="2017-09-30",
        ),
    ),
    A_Cover(
        "a blank Home Office reference beside the local one",
        "Home Office Ref: / Local Ref: DHR 004/17 / Anyham CSP / DOMESTIC HOMICIDE REVIEW / "
        "Overview Report on the death of Cassie / (Died Oct 2017) / Chair/Author - Liz Example",
        said(
            csp="Anyham CSP",
            pseudonyms=("Cassie",),
            local_reference="DHR 004/17",
            date_of_death="2017-10",
            author="Liz Example",
            chair="Liz Example",
        ),
    ),
    A_Cover(
        "an adult and a child, described in brackets",
        "Overview Report of the Domestic Homicide Review / into the deaths of Adult F (female "
        "aged 34) and Child M / on 15/01/2016 / commissioned by Northern Any Community Safety "
        "Partnership / Author: Dr Nia Example PhD / Review completed: 01/02/2017",
        said(
            csp="Northern Any Community Safety Partnership",
            pseudonyms=("Adult F", "Child M"),
            date_of_death="2016-01-15",
            author="Dr Nia Example",
            version_date="2017-02-01",
        ),
    ),
    A_Cover(
        "month and year in figures",
        "Copyright Sancus Somewhere Ltd 2017 / This report is the property of Anyham CSP / "
        "Anyham Community Safety Partnership / DHR into the death of 'Hope' / Date of death "
        "07/2015 / Independent author: Alan Sample / 2nd March 2017",
        said(
            csp="Anyham Community Safety Partnership",
            pseudonyms=("Hope",),
            date_of_death="2015-07",
            author="Alan Sample",
            version_date="2017-03-02",
        ),
    ),
    A_Cover(
        "a death by suicide, told in the form of a sentence",
        "DOMESTIC ABUSE RELATED DEATH REVIEW / Overview Report / Relating to the death of Mia /"
        " Mia took her own life in April 2023 / Report author – Kerry Sample / Chair – Lou "
        "Example / Commissioned by Safer Anyvale Partnership / Version date: 5th of November "
        "2024",
        said(
            csp="Safer Anyvale Partnership",
            pseudonyms=("Mia",),
            date_of_death="2023-04",
            author="Kerry Sample",
            chair="Lou Example",
            version_date="2024-11-05",
        ),
    ),
    A_Cover(
        "names and roles on alternate lines",
        "Bwrdd Gwasanaethau Cyhoeddus / Any Public Services Board / Domestic Homicide Review / "
        "DHR 02/2014 / Executive Summary / Mr Rhys Sample / Independent Chair / Mrs Sian "
        "Example / Overview Author",
        said(
            csp="Any Public Services Board",
            local_reference="DHR 02/2014",
            author="Sian Example",
            chair="Rhys Sample",
        ),
        kind=PaperKind.EXECUTIVE_SUMMARY,
    ),
    A_Cover(
        "who was murdered, on a line below the name",
        "Anyham / DOMESTIC HOMICIDE REVIEW / 'Fran' / Who was murdered in Anyham on 23rd "
        "December 2014 / Overview Report / September 2016 / Independent Chair - Jim Example QPM"
        " MA / Report Author - Jim Example QPM MA",
        said(
            pseudonyms=("Fran",),
            date_of_death="2014-12-23",
            author="Jim Example QPM",
            chair="Jim Example QPM",
            version_date="2016-09",
        ),
    ),
    A_Cover(
        "submission is no version",
        "Domestic Homicide Review / Overview Report / A report into the murder of Helen. / "
        "Submitted to the Home Office: March 2017 / Panel Chair Lesley Example / Report Author "
        "Lesley Example",
        said(pseudonyms=("Helen",), author="Lesley Example", chair="Lesley Example"),
    ),
    A_Cover(
        "a title with a full stop",
        "A DOMESTIC HOMICIDE REVIEW / into the death of / Ms. Kay / on the 5th November 2019 / "
        "Review conducted by Anyham Community Safety Partnership / Independent Chair & Author –"
        " Kate Sample / 7th January 2022 / ©AnyCouncil 2022",
        said(
            csp="Anyham Community Safety Partnership",
            date_of_death="2019-11-05",
            author="Kate Sample",
            chair="Kate Sample",
            version_date="2022-01-07",
        ),
    ),
    A_Cover(
        "the date of birth is no date of death",
        "Date of Birth: 3 May 1971 / Date of Death: 9 June 2018 / Overview Report / Anyham "
        "Community Safety Partnership / Author: Tim Example / Date of Homicide Review: 2019",
        said(
            csp="Anyham Community Safety Partnership",
            date_of_death="2018-06-09",
            author="Tim Example",
        ),
    ),
    A_Cover(
        "the date of the incident is not the report's",
        "Domestic Homicide Review 'Sam' / Overview Report / Incident date: March 2018 / Report "
        "date: 12th April 2020 / Lead reviewer Ann Example / Panel chair Bob Sample",
        said(pseudonyms=("Sam",), chair="Bob Sample", version_date="2020-04-12"),
    ),
    A_Cover(
        "a professor named for a month",
        "Executive Summary / of the Domestic Homicide Review / Case Reference: AN07 / Anyham "
        "Community Safety Partnership / following the deaths in January 2011 of Mr and Mrs X / "
        "Chair and author of the report: Professor June Example CBE",
        said(
            csp="Anyham Community Safety Partnership",
            local_reference="AN07",
            date_of_death="2011-01",
            author="Professor June Example CBE",
            chair="Professor June Example CBE",
        ),
        kind=PaperKind.EXECUTIVE_SUMMARY,
    ),
    A_Cover(
        "a title and a full name",
        "Anyham Safer Communities Board / Overview report / DHR No. 5 / The death of Ms Poppy "
        "Realname / aged 31 years / Author Stan Example / Date 04-05-2018",
        said(
            csp="Anyham Safer Communities Board",
            local_reference="DHR No. 5",
            author="Stan Example",
            version_date="2018-05-04",
        ),
    ),
)
TOLD_APART = (
    A_Cover(
        "a table of two columns without colons",
        "Domestic Homicide Review / Executive Summary / Reference / ADHR/9 / Pseudonym / Iris / "
        "Date of death / 3 May 2021 / Date of report / 12 July 2023",
        said(
            local_reference="ADHR/9",
            pseudonyms=("Iris",),
            date_of_death="2021-05-03",
            version_date="2023-07-12",
        ),
        kind=SUMMARY,
    ),
    A_Cover(
        "two labels, then two values: nobody can tell whose",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview Report / "
        "Into the death of ‘Iris’ / Date of death: / Date of report: / 3 May 2021 / 12 July 2023",
        said(csp=CSP, pseudonyms=("Iris",)),
        warned="without saying",
    ),
    A_Cover(
        "the month below a word that may be a name is no version",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview Report / "
        "Kamilah / May 2020",
        said(csp=CSP),
        warned="without saying",
    ),
    A_Cover(
        "a partnership without a name",
        "COMMUNITY SAFETY PARTNERSHIP / DOMESTIC HOMICIDE REVIEW / OVERVIEW REPORT / ‘NELL’",
        said(pseudonyms=("Nell",)),
    ),
    A_Cover(
        "a child and a mother, each named",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview Report / "
        "The death of Baby B and his mother Carla / died in May 2020",
        said(csp=CSP, pseudonyms=("Baby B", "Carla"), date_of_death="2020-05"),
    ),
    A_Cover(
        "more died than are named",
        "Anytown Community Safety Partnership / Domestic Homicide Review / Overview Report / "
        "The deaths of Carla and her two children",
        said(csp=CSP),
        warned="more who died",
    ),
    A_Cover(
        "Welsh beside English",
        "Anytown Community Safety Partnership / Adolygiad Dynladdiad Domestig / Domestic Homicide "
        "Review / Overview Report / Mair / Chwefror 2021 / Author: Kim Sample / June 2023",
        said(
            csp=CSP,
            pseudonyms=("Mair",),
            date_of_death="2021-02",
            author="Kim Sample",
            version_date="2023-06",
        ),
    ),
    A_Cover(
        "a form about a report is none",
        "QA checklist / Does the overview report include / Executive summary attached",
        said(),
        kind=PaperKind.OTHER,
    ),
    A_Cover(
        "a name in brackets that is said not to be real",
        "Anytown CSP / Domestic Homicide Review / EXECUTIVE SUMMARY / into the homicide of / "
        "Beth and Tia / (not their real names) / in March 2020",
        said(csp="Anytown CSP", pseudonyms=("Beth", "Tia"), date_of_death="2020-03"),
        kind=SUMMARY,
    ),
)
COVERS = (*STATUTE, *NAME, *FIRM, *PAGE, *BARE, *NEWER, *FURTHER, *TOLD_APART)
