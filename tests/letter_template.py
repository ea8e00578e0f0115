"""Rebuilds letter.docx of each pack in templates/letters: `python -m tests.letter_template`.

Staff edit the Word file itself; this script is for maintainers, and for tests that
need the template with one thing changed.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

HOME: Final = Path(__file__).resolve().parent.parent
PACKS: Final = HOME / "templates" / "letters"
TEMPLATE: Final = PACKS / "2017" / "letter.docx"
WORDML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PURPLE: Final = "8F23B3"

LOOKS: Final = {
    "<b>": "<w:b/>",
    "<i>": '<w:rStyle w:val="Unit"/>',
    "<u>": '<w:u w:val="single"/>',
}

Paragraphs = tuple[tuple[str, str], ...]


def only_if(field: str, *paragraphs: tuple[str, str]) -> Paragraphs:
    """Return paragraphs that stand only where a field says something."""
    return (("", f"{{%p if {field} %}}"), *paragraphs, ("", "{%p endif %}"))


def each_of(field: str, *paragraphs: tuple[str, str], name: str = "each") -> Paragraphs:
    """Return paragraphs that stand once for each of a field's values."""
    return (("", f"{{%p for {name} in {field} %}}"), *paragraphs, ("", "{%p endfor %}"))


def list_of(field: str, style: str) -> Paragraphs:
    """Return the points of a field in a list of two levels."""
    below = each_of("point.below", (f"{style}2", "{{ each }}"))
    return each_of(field, (style, "{{ point.text }}"), *below, name="point")


BEGINNING: Final = (
    ("Letterhead", "<i>{{ unit }}</i>\n{{ letterhead }}"),
    *only_if("address", ("Block", "{{ address }}")),
    *each_of("more_addresses", ("Block", "{{ each }}")),
    *only_if("letter_date", ("Block", "{{ letter_date }}")),
    ("", "Dear {{ salutation }},"),
    *only_if("replaces", ("", "{{ replaces }}")),
)
POINTS: Final = (*list_of("points", "ListBullet"), *list_of("numbered_points", "ListNumber"))
COPIES: Final = only_if("copies", ("", "{{ copies }}"))
ASKS: Final = only_if("asks", ("", "{{ asks }}"))

PARAGRAPHS: Final = (
    *BEGINNING,
    ("", "{%p if opening %}"),
    ("", "{{ opening }} {{ considered }}"),
    ("", "{%p else %}"),
    (
        "",
        "Thank you for submitting the {{ review_name }} ({{ review }}) report for {{ case }} to "
        "the Home Office Quality Assurance (QA) Panel. {{ considered }}",
    ),
    ("", "{%p endif %}"),
    ("", "{%p if conclusion %}"),
    (
        "",
        "The QA Panel would like to thank you for conducting this review and for providing them "
        "with the final report. {{ conclusion }}",
    ),
    ("", "{%p else %}"),
    (
        "",
        "The QA Panel would like to thank you for conducting this review and for providing them "
        "with the final report.",
    ),
    ("", "{%p endif %}"),
    *each_of("more_conclusion", ("", "{{ each }}")),
    *only_if("grade", ("", "{{ grade }}")),
    *only_if(
        "listed",
        (
            "Lead",
            "There were, however, some aspects of the report which the Panel felt may benefit "
            "from further analysis, or be revised, which you will wish to consider:",
        ),
        *POINTS,
    ),
    ("", "{%p if outcome %}"),
    ("", "{{ outcome }}"),
    ("", "{%p else %}"),
    (
        "",
        "The Panel does not need to review another version of the report, but I would be grateful "
        "if you could include our letter as an appendix to the report. I would be grateful if you "
        "could email us at <u>{{ reply_address }}</u> and provide us with the URL to the report "
        "when it is published.",
    ),
    ("", "{%p endif %}"),
    *ASKS,
    *COPIES,
    ("Closing", "Yours sincerely"),
    ("Signature", "<b>{{ signatory }}</b>\n{{ signatory_title }}"),
)
FINAL_DEVELOPMENT: Final = (
    *BEGINNING,
    ("", "{{ opening }} {{ considered }}"),
    *each_of("praise", ("", "{{ each }}")),
    ("", "{{ outcome }}"),
    *only_if("listed", ("Heading1", "{{ lead }}"), *POINTS),
    *ASKS,
    *COPIES,
    *only_if("closing", ("", "{{ closing }}")),
    ("Closing", "Yours sincerely"),
    ("", "{%p if signatory %}"),
    ("Signature", "<b>{{ signatory }}</b>\n{{ signatory_title }}"),
    ("", "{%p else %}"),
    ("Signature", "<b>{{ signatory_title }}</b>"),
    ("", "{%p endif %}"),
)
TEMPLATES: Final = {
    "2017": PARAGRAPHS,
    "2022": FINAL_DEVELOPMENT,
    "dardr": FINAL_DEVELOPMENT,
}

STYLES: Final = f"""{HEAD}<w:styles xmlns:w="{WORDML}">
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>
<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:spacing w:after="200" w:line="264" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Letterhead"><w:name w:val="Letterhead"/>
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr>
<w:spacing w:after="720" w:line="264" w:lineRule="auto"/></w:pPr>
<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Unit"><w:name w:val="Unit"/><w:qFormat/>
<w:rPr><w:b/><w:color w:val="{PURPLE}"/><w:sz w:val="30"/><w:szCs w:val="30"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Block"><w:name w:val="Block"/>
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
<w:pPr><w:keepLines/><w:spacing w:after="400" w:line="252" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Lead"><w:name w:val="Lead"/>
<w:basedOn w:val="Normal"/><w:next w:val="ListBullet"/><w:qFormat/>
<w:pPr><w:keepNext/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>
<w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet2"><w:name w:val="List Bullet 2"/>
<w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/>
<w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListNumber2"><w:name w:val="List Number 2"/>
<w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
<w:basedOn w:val="Normal"/><w:next w:val="ListBullet"/><w:qFormat/>
<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Closing"><w:name w:val="Closing"/>
<w:basedOn w:val="Normal"/><w:next w:val="Signature"/>
<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="960"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Signature"><w:name w:val="Signature"/>
<w:basedOn w:val="Normal"/><w:pPr><w:keepLines/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/>
<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:rPr><w:color w:val="505A5F"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/>
<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/><w:jc w:val="right"/></w:pPr>
<w:rPr><w:color w:val="505A5F"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
</w:styles>"""

NUMBERING: Final = f"""{HEAD}<w:numbering xmlns:w="{WORDML}">
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>
<w:lvlText w:val="•"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="567" w:hanging="397"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet2"/>
<w:lvlText w:val="–"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="1021" w:hanging="397"/></w:pPr></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="ListNumber"/>
<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="567" w:hanging="397"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:pStyle w:val="ListNumber2"/><w:lvlText w:val="%2)"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="1021" w:hanging="397"/></w:pPr></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""

SETTINGS: Final = f"""{HEAD}<w:settings xmlns:w="{WORDML}"><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" \
w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>
<w:listSeparator w:val=","/></w:settings>"""

PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_PART: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

TYPES: Final = f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD_PART}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD_PART}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{WORD_PART}.numbering+xml"/>
<Override PartName="/word/settings.xml" ContentType="{WORD_PART}.settings+xml"/>
<Override PartName="/word/footer1.xml" ContentType="{WORD_PART}.footer+xml"/>
<Override PartName="/word/header1.xml" ContentType="{WORD_PART}.header+xml"/>
<Override PartName="/docProps/core.xml" \
ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""

TOP: Final = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" \
Target="docProps/core.xml"/>
</Relationships>"""

WITHIN: Final = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/numbering" Target="numbering.xml"/>
<Relationship Id="rId3" Type="{OFFICE}/settings" Target="settings.xml"/>
<Relationship Id="rId4" Type="{OFFICE}/footer" Target="footer1.xml"/>
<Relationship Id="rId5" Type="{OFFICE}/header" Target="header1.xml"/>
</Relationships>"""

CORE: Final = f"""{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Feedback letter</dc:title>\
<dc:language>en-GB</dc:language></cp:coreProperties>"""

RUNNING_HEAD: Final = f"""{HEAD}<w:hdr xmlns:w="{WORDML}"><w:p><w:pPr>
<w:pStyle w:val="Header"/></w:pPr><w:r><w:t>Home Office</w:t></w:r></w:p></w:hdr>"""
"""Stands on every page but the first, which bears the letterhead in its body: a screen reader
leaves headers out."""

SECTION: Final = """<w:sectPr><w:headerReference w:type="default" r:id="rId5"/>
<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="first" r:id="rId4"/>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1134" w:right="1304" w:bottom="1134" w:left="1304" w:header="567" \
w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>"""


def build(paragraphs: Paragraphs = PARAGRAPHS, *, extra: str = "") -> bytes:
    """Return a Word template of these (style, text) paragraphs.

    In a text `<b>`, `<u>` and `<i>` (the unit) mark runs; a line break is one; `extra` is XML
    put before the first paragraph.
    """
    body = extra + "".join(_paragraph(style, text) for style, text in paragraphs)
    document = (
        f'{HEAD}<w:document xmlns:w="{WORDML}" xmlns:r="{OFFICE}"><w:body>'
        f"{body}{SECTION}</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": TOP,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": WITHIN,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/settings.xml": SETTINGS,
        "word/footer1.xml": _footer(),
        "word/header1.xml": RUNNING_HEAD,
        "docProps/core.xml": CORE,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            member = zipfile.ZipInfo(name, (2017, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, xml)
    return out.getvalue()


def _paragraph(style: str, text: str) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(_runs(text))}</w:p>"


def _runs(text: str) -> list[str]:
    found, look = [], ""
    for piece in re.split(r"(</?[biu]>)", text):
        if piece in LOOKS:
            look = f"<w:rPr>{LOOKS[piece]}</w:rPr>"
        elif piece.startswith("</"):
            look = ""
        elif piece:
            found.append(f"<w:r>{look}{_words(piece)}</w:r>")
    return found


def _words(piece: str) -> str:
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in piece.split("\n")]
    return "<w:br/>".join(lines).replace('<w:t xml:space="preserve"></w:t>', "")


def _footer() -> str:
    def number(field: str) -> str:
        return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    return (
        f'{HEAD}<w:ftr xmlns:w="{WORDML}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">Page </w:t></w:r>{number("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{number("NUMPAGES")}</w:p></w:ftr>'
    )


if __name__ == "__main__":
    for name, paragraphs in TEMPLATES.items():
        (PACKS / name).mkdir(exist_ok=True)
        (PACKS / name / "letter.docx").write_bytes(build(paragraphs))
