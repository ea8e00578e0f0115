"""Invented mails of every kind, written before the rules were tuned, to measure triage by.

The phrases of config/triage.toml were first tuned on those at even places, and the others only
measured; those of LATER were written after that.
"""

from dataclasses import dataclass, field

from secretariat.domain.post_in import MailKind


@dataclass(frozen=True, slots=True)
class Specimen:
    """One mail.

    held: whether a person must see it; ours: it stands on the thread of a mail of ours
    locked: a paper of that review is locked; report: it brings an overview report
    """

    kind: MailKind
    subject: str
    body: str
    sender: str = "jo.bloggs@anyshire.gov.uk"
    held: bool = False
    ours: bool = False
    locked: bool = False
    report: bool = False
    headers: tuple[tuple[str, str], ...] = field(default=())


CHALLENGES = (
    Specimen(
        MailKind.CHALLENGE,
        "RE: DHR feedback letter",
        (
            "Dear colleague\n\nThe partnership has considered the letter. We disagree "
            "with the Panel's conclusion at point 3 and ask that it be reconsidered."
        ),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "RE: QA feedback",
        (
            "Having met on Tuesday, the board wishes to formally challenge the feedback "
            "of the QA Panel."
        ),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "Re: your letter",
        ("We do not accept the Panel's view that the report is unsuitable for publication."),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "RE: Feedback",
        (
            "Our chair disputes several of the comments in the feedback letter, which "
            "are factually wrong."
        ),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "DHR Anyshire: appeal",
        (
            "I write to appeal against the decision of the Quality Assurance Panel on "
            "our domestic homicide review."
        ),
        held=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "RE: Adborth",
        "Rydym yn anghytuno ag adborth y Panel ar bwynt 4.",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "RE: Letter",
        (
            "The independent author takes issue with the Panel's second bullet and "
            "contests the finding on equality."
        ),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "RE: DHR outcome",
        (
            "We were disappointed by the feedback and would like the Panel to "
            "reconsider its decision."
        ),
        held=True,
        ours=True,
    ),
)
NEW_CASES = (
    Specimen(
        MailKind.NEW_CASE,
        "Notification of a DHR",
        (
            "We write to notify the Home Office of a death in our area. A domestic "
            "homicide review is to be commissioned."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "New DHR notification",
        (
            "Please be advised that the partnership has taken the decision to conduct a "
            "domestic homicide review following a death on 3 March."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "DARDR: decision to commission",
        (
            "The CSP has agreed to commission a domestic abuse related death review. "
            "Scoping has begun."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "Section 9 notification",
        (
            "In line with the statutory guidance I am notifying you that the criteria "
            "for a DHR have been met and a review will be held."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "Hysbysiad o adolygiad newydd",
        (
            "Rydym yn ysgrifennu i'ch hysbysu o farwolaeth. Penderfynwyd comisiynu "
            "adolygiad o ddynladdiad domestig."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "Homicide in Anytown",
        (
            "This is to inform you that we intend to undertake a DHR after the homicide "
            "last week. A chair will be appointed."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "Notice of a new review",
        (
            "Please accept this as formal notification that the Chair of the "
            "partnership has decided to establish a DHR."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "DHR 2026/4",
        (
            "A domestic homicide review has been initiated by the partnership; we shall "
            "send terms of reference in due course."
        ),
        held=True,
    ),
)
WITHDRAWALS = (
    Specimen(
        MailKind.WITHDRAWAL,
        "RE: Acknowledgement",
        "Please withdraw the report that we sent you last week.",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "DHR submission",
        ("Kindly disregard the overview report submitted on Monday; it was the wrong version."),
        held=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "RE: Acknowledgement",
        "The attached was submitted in error. Apologies.",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "RE: DHR15",
        "We wish to withdraw our submission, as the family has asked for more time.",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "RE: DHR15",
        ("Could you ignore the executive summary sent yesterday, which was sent by mistake?"),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "RE: Cydnabyddiaeth",
        "Hoffem dynnu'r adroddiad yn ôl os gwelwch yn dda.",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "Recall of report",
        ("We need to pull our DHR from the December panel and are withdrawing it for now."),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "Domestic homicide review sent in error",
        (
            "The report that went to you this morning was sent to you in error and "
            "should be deleted."
        ),
        held=True,
    ),
)
PASSWORDS = (
    Specimen(
        MailKind.PASSWORD,
        "Password",
        "The password for the attached in our earlier email is Heron42!",
        ours=True,
        locked=True,
    ),
    Specimen(
        MailKind.PASSWORD,
        "RE: DHR submission",
        "As promised, the password to our earlier report:\n\nKestrel-7",
        ours=True,
        locked=True,
    ),
    Specimen(
        MailKind.PASSWORD,
        "Cyfrinair",
        "Y cyfrinair ar gyfer yr adroddiad yw Dyfrgi99",
        ours=True,
        locked=True,
    ),
    Specimen(
        MailKind.PASSWORD, "Document passcode", "Passcode: blue7kettle", ours=True, locked=True
    ),
    Specimen(
        MailKind.PASSWORD,
        "RE: locked file",
        "You can open it with the pw: Gannet2026",
        ours=True,
        locked=True,
    ),
    Specimen(
        MailKind.PASSWORD,
        "Re: report",
        "Sorry about that. Password is “three blind mice”.",
        ours=True,
        locked=True,
    ),
)
OUTSIDE = (
    Specimen(
        MailKind.FROM_OUTSIDE,
        "My sister",
        ("I am the brother of a woman whose death was reviewed. When will I see the report?"),
        sender="a.relative@gmail.com",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Press enquiry",
        "I am a reporter at the Anytown Echo and would welcome a comment by 5pm.",
        sender="newsroom@anytownecho.example",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Constituent",
        "My constituent has written to me about the review of her daughter's death.",
        sender="member@parliament.uk",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "DHR figures",
        "I am writing a dissertation on domestic homicide reviews.",
        sender="student@anyuniversity.example",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Request",
        "Under the Freedom of Information Act please send all reports.",
        sender="someone@example.org",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Family",
        ("We act for the family of the deceased and seek disclosure of the overview report."),
        sender="law@anyfirm.example",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Ynglŷn â'm chwaer",
        "Bu farw fy chwaer yn 2021 a hoffwn weld yr adroddiad.",
        sender="perthynas@gmail.com",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Programme",
        ("We are making a documentary for television and should like an interview about DHRs."),
        sender="researcher@anyfilms.example",
        held=True,
    ),
)
AWAY = (
    Specimen(
        MailKind.AUTOMATIC_REPLY,
        "Automatic reply: feedback letter",
        "I am out of the office until 7 December.",
        ours=True,
        headers=(("auto-submitted", "auto-replied"),),
    ),
    Specimen(
        MailKind.AUTOMATIC_REPLY,
        "Out of Office Re: DHR",
        "I am back on Monday 7 December. Please contact cover@anyshire.gov.uk.",
        ours=True,
    ),
    Specimen(
        MailKind.AUTOMATIC_REPLY, "Ateb awtomatig: llythyr", "Byddaf yn ôl ar 7 Rhagfyr.", ours=True
    ),
    Specimen(
        MailKind.AUTOMATIC_REPLY,
        "Thank you for your email",
        "Your message has been received and will be answered in ten working days.",
        ours=True,
        headers=(("auto-submitted", "auto-generated"),),
    ),
    Specimen(
        MailKind.AUTOMATIC_REPLY,
        "Annual leave",
        "I am away until 7/12.",
        ours=True,
        headers=(("x-autoreply", "yes"),),
    ),
    Specimen(
        MailKind.AUTOMATIC_REPLY,
        "Jo Bloggs is out of the office",
        "Returning 7 Dec 2026.",
        ours=True,
    ),
)
BOUNCES = (
    Specimen(
        MailKind.BOUNCE,
        "Undeliverable: Feedback letter",
        "Your message to x@anyshire.gov.uk couldn't be delivered.",
        sender="postmaster@anyshire.gov.uk",
    ),
    Specimen(
        MailKind.BOUNCE,
        "Mail delivery failed: returning message to sender",
        ("This message was created automatically by mail delivery software.\n\n550 no such user"),
        sender="mailer-daemon@mx.example",
        headers=(("x-failed-recipients", "x@anyshire.gov.uk"),),
    ),
    Specimen(
        MailKind.BOUNCE,
        "Undelivered Mail Returned to Sender",
        "I'm sorry to have to inform you that your message could not be delivered.",
        sender="mailer-daemon@mx.example",
    ),
    Specimen(
        MailKind.BOUNCE,
        "Delivery Status Notification (Failure)",
        "Address not found",
        sender="mailer-daemon@googlemail.com",
    ),
)
PUBLISHED = (
    Specimen(
        MailKind.PUBLICATION_NOTICE,
        "RE: Letter",
        "The report is now on our website: https://www.anyshire.gov.uk/dhr/maria",
        ours=True,
    ),
    Specimen(
        MailKind.PUBLICATION_NOTICE,
        "RE: Letter",
        "Cyhoeddwyd yr adroddiad: https://www.anyshire.gov.uk/cy/adroddiad",
        ours=True,
    ),
    Specimen(
        MailKind.PUBLICATION_NOTICE,
        "DHR published",
        ("Our domestic homicide review went live today: https://www.anyshire.gov.uk/dhr/x"),
        held=True,
    ),
    Specimen(
        MailKind.PUBLICATION_NOTICE,
        "RE: chaser",
        "Please see https://www.anyshire.gov.uk/dhr/x where it can be viewed.",
        ours=True,
    ),
)
NO_REVIEW = (
    Specimen(
        MailKind.DECISION_NOT_TO_REVIEW,
        "DHR decision",
        "The partnership decided not to commission a domestic homicide review.",
    ),
    Specimen(
        MailKind.DECISION_NOT_TO_REVIEW,
        "Decision",
        "The criteria for a DHR were not met and no review will be conducted.",
    ),
    Specimen(
        MailKind.DECISION_NOT_TO_REVIEW,
        "Penderfyniad",
        "Penderfynwyd peidio â chynnal adolygiad o ddynladdiad domestig.",
    ),
    Specimen(
        MailKind.DECISION_NOT_TO_REVIEW,
        "Section 9",
        "Having reviewed the death, the CSP concluded that a DHR is not warranted.",
    ),
)
QUESTIONS = (
    Specimen(
        MailKind.REQUEST_TO_EXPLAIN,
        "RE: Letter",
        "Could you please clarify what the Panel meant by point 2?",
        ours=True,
    ),
    Specimen(
        MailKind.REQUEST_TO_EXPLAIN,
        "RE: Letter",
        "Would it be possible to discuss the Panel's comments on the action plan?",
        ours=True,
    ),
    Specimen(
        MailKind.REQUEST_TO_EXPLAIN,
        "RE: Llythyr",
        "A allwch egluro sylwadau'r Panel ar bwynt 3?",
        ours=True,
    ),
    Specimen(
        MailKind.REQUEST_TO_EXPLAIN,
        "RE: Letter",
        "We do not understand the fourth bullet. What does the Panel expect?",
        ours=True,
    ),
)
REPORTS = (
    Specimen(
        MailKind.SUBMISSION,
        "DHR submission",
        ("Please find attached our overview report. We did not accept one agency's view."),
        report=True,
    ),
    Specimen(
        MailKind.SUBMISSION,
        "DHR",
        ("We write to notify you of the completion of our review; the report is attached."),
        report=True,
    ),
    Specimen(
        MailKind.SUBMISSION,
        "DHR",
        ("Attached is our report. The family disagree with the panel's fifth recommendation."),
        report=True,
    ),
    Specimen(
        MailKind.FURTHER_PAPERS,
        "RE: Letter",
        "Revised report attached. Please disregard the version that we sent before.",
        ours=True,
        report=True,
    ),
)
OTHERS = (
    Specimen(MailKind.UNKNOWN, "Meeting room", "Is the room booked for Thursday?", held=True),
    Specimen(
        MailKind.UNKNOWN, "RE: Letter", "Thank you, received with thanks.", held=True, ours=True
    ),
    Specimen(
        MailKind.UNKNOWN,
        "Invitation",
        "You are invited to a conference on violence.",
        sender="events@anyevents.example",
        held=True,
    ),
    Specimen(
        MailKind.UNKNOWN,
        "RE: Letter",
        "The password will follow in a separate email.",
        held=True,
        ours=True,
    ),
)
LATER = (
    Specimen(
        MailKind.CHALLENGE,
        "RE: letter",
        ("The CSP cannot agree with what the Panel says about the family's involvement."),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "RE: letter",
        (
            "On behalf of the Chair: we feel the outcome is wrong and want it looked at "
            "again by the Panel."
        ),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.CHALLENGE,
        "RE: feedback",
        "Who do we complain to about the Panel's decision? We think it unfair.",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "DHR referral",
        (
            "Following a suspected murder on Sunday the partnership will now commission "
            "a domestic homicide review."
        ),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "Notification",
        ("I attach no papers yet; this is just to let you know that a DARDR is being set up here."),
        held=True,
    ),
    Specimen(
        MailKind.NEW_CASE,
        "DHR",
        "A rapid review meeting was held and recommended that a DHR go ahead.",
        held=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "RE: ack",
        ("Please do not take our report to the Panel; we are withdrawing the submission."),
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.WITHDRAWAL,
        "DHR",
        "Can you delete the overview report I sent earlier please? Wrong file.",
        held=True,
    ),
    Specimen(
        MailKind.PASSWORD, "RE: papers", "Hi, pw for the zip = Lapwing_88", ours=True, locked=True
    ),
    Specimen(
        MailKind.PASSWORD,
        "RE: papers",
        "To open the documents use the password below\n\nGolden-Plover-5",
        ours=True,
        locked=True,
    ),
    Specimen(
        MailKind.UNKNOWN,
        "RE: papers",
        "Join the meeting. Meeting ID: 123 456 Passcode: aB3xYz",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Question",
        "My daughter was killed and I have never been sent the report.",
        sender="mother@icloud.com",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Interview",
        "I'm a producer working on a podcast and would love to talk.",
        sender="p@anypodcast.example",
        held=True,
    ),
    Specimen(
        MailKind.FROM_OUTSIDE,
        "Correspondence",
        "Dear Minister, I have been contacted by a constituent.",
        sender="office@parliament.uk",
        held=True,
    ),
    Specimen(
        MailKind.AUTOMATIC_REPLY,
        "Thanks for contacting us",
        "We aim to answer within five days.",
        ours=True,
        headers=(("precedence", "auto_reply"),),
    ),
    Specimen(
        MailKind.BOUNCE,
        "Returned mail: see transcript for details",
        "The original message was received",
        sender="mailer-daemon@mx.example",
    ),
    Specimen(
        MailKind.PUBLICATION_NOTICE,
        "RE: chaser",
        "Apologies for the delay. It is up here: https://www.anyshire.gov.uk/dhr/x",
        ours=True,
    ),
    Specimen(
        MailKind.DECISION_NOT_TO_REVIEW,
        "DHR decision",
        ("After discussion the partnership has agreed that a DHR will not be undertaken."),
    ),
    Specimen(
        MailKind.REQUEST_TO_EXPLAIN,
        "RE: letter",
        (
            "The author is unsure how the Panel wants bullet 6 addressed and would be "
            "grateful for guidance."
        ),
        ours=True,
    ),
    Specimen(
        MailKind.REQUEST_TO_EXPLAIN,
        "RE: letter",
        ("Thank you for the feedback, with which we agree. What does the Panel mean by point 7?"),
        ours=True,
    ),
    Specimen(
        MailKind.SUBMISSION, "DHR", "Please withdraw nothing; here is our report.", report=True
    ),
    Specimen(
        MailKind.UNKNOWN,
        "RE: letter",
        "We accept the Panel's feedback and shall send a new version in May.",
        held=True,
        ours=True,
    ),
    Specimen(
        MailKind.UNKNOWN,
        "RE: letter",
        "The family disagrees with the review but we are content.",
        held=True,
        ours=True,
    ),
)
SPECIMENS = (
    *CHALLENGES,
    *NEW_CASES,
    *WITHDRAWALS,
    *PASSWORDS,
    *OUTSIDE,
    *AWAY,
    *BOUNCES,
    *PUBLISHED,
    *NO_REVIEW,
    *QUESTIONS,
    *REPORTS,
    *OTHERS,
    *LATER,
)
