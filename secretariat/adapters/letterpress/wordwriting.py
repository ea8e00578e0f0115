"""Writes plain Word files of our own: styles, lists, page numbers, and content controls.

A4, British English, Arial 12, left aligned, real headings and real lists.  `w:` names are
those of the WordprocessingML standard, in the order in which it wants them.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from itertools import count
from typing import Final
from xml.sax.saxutils import escape, quoteattr

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORDML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_PART: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
UNPRINTABLE: Final = re.compile(
    "[\x00-\x1f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
BLANKS: Final = re.compile(r"\s+")
LONGEST_TAG: Final = 64
MADE: Final = (2026, 1, 1, 0, 0, 0)


def _style(key: str, name: str, more: str, *, based: bool = True, kind: str = "paragraph") -> str:
    on = '<w:basedOn w:val="Normal"/>' if based and kind == "paragraph" else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{on}'
        f"<w:qFormat/>{more}</w:style>"
    )


def _heading(level: int, half_points: int, before: int) -> str:
    looks = (
        f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="120"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    )
    return _style(f"Heading{level}", f"heading {level}", looks)


def _bullet_style(level: int) -> str:
    key, name = ("ListBullet", "List Bullet") if level == 0 else ("ListBullet2", "List Bullet 2")
    at = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return _style(key, name, f"<w:pPr>{at}</w:pPr>")


STYLES: Final = f"""{HEAD}<w:styles xmlns:w="{WORDML}">
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>
<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:spacing w:after="160" w:line="264" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="57" w:type="dxa"/>
<w:left w:w="85" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
</w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>
{
    _style(
        "Title",
        "Title",
        '<w:pPr><w:keepNext/><w:spacing w:after="240"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr>',
    )
}
{_heading(1, 30, 480)}{_heading(2, 24, 240)}{_bullet_style(0)}{_bullet_style(1)}
{_style("Cell", "Cell", '<w:pPr><w:spacing w:after="0"/></w:pPr>')}
{_style("Footer", "footer", '<w:pPr><w:spacing w:after="0"/></w:pPr>')}
{
    _style(
        "PlaceholderText",
        "Placeholder Text",
        '<w:rPr><w:color w:val="595959"/></w:rPr>',
        kind="character",
    )
}
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
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""

SETTINGS: Final = f"""{HEAD}<w:settings xmlns:w="{WORDML}"><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" \
w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>
<w:listSeparator w:val=","/></w:settings>"""

TYPES: Final = f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD_PART}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD_PART}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{WORD_PART}.numbering+xml"/>
<Override PartName="/word/settings.xml" ContentType="{WORD_PART}.settings+xml"/>
<Override PartName="/word/footer1.xml" ContentType="{WORD_PART}.footer+xml"/>
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
</Relationships>"""

SECTION: Final = """<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" \
w:footer="567" w:gutter="0"/></w:sectPr>"""
TEXT_WIDTH: Final = 11906 - 2 * 1134


def word_file(blocks: Iterable[str], *, title: str) -> bytes:
    """Return a Word file of these paragraphs, tables and controls, one after another."""
    document = (
        f'{HEAD}<w:document xmlns:w="{WORDML}" xmlns:r="{OFFICE}"><w:body>'
        f"{''.join(blocks)}{SECTION}</w:body></w:document>"
    )
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{printable(title)}</dc:title><dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": TOP,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": WITHIN,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/settings.xml": SETTINGS,
        "word/footer1.xml": _footer(title),
        "docProps/core.xml": core,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            member = zipfile.ZipInfo(name, MADE)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, xml)
    return out.getvalue()


def printable(text: str) -> str:
    """Return text as XML holds it, on one line, without signs that turn or hide what is read."""
    return escape(UNPRINTABLE.sub("", BLANKS.sub(" ", text)))


def paragraph(content: str, style: str = "", *, new_page: bool = False) -> str:
    """Return a paragraph of runs or controls."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    page = "<w:pageBreakBefore/>" if new_page else ""
    looks = f"<w:pPr>{said}{page}</w:pPr>" if said or page else ""
    return f"<w:p>{looks}{content}</w:p>"


def run(text: str, style: str = "", *, bold: bool = False) -> str:
    """Return a run of text; style: a character style."""
    said = f'<w:rStyle w:val="{style}"/>' if style else ""
    weight = "<w:b/>" if bold else ""
    looks = f"<w:rPr>{said}{weight}</w:rPr>" if said or weight else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{printable(text)}</w:t></w:r>'


class Controls:
    """Makes the content controls of one file, each with a number of its own."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def around(self, blocks: str, title: str, tag: str) -> str:
        """Return a control around whole paragraphs, which cannot be deleted by accident."""
        kept = '<w:lock w:val="sdtLocked"/>'
        return self._control(title, tag, kept, "<w:richText/>", blocks)

    def asking(self, asked: str, title: str, tag: str) -> str:
        """Return a control within a paragraph; what is typed takes the place of `asked`."""
        return self._control(title, tag, "<w:showingPlcHdr/>", "<w:richText/>", _grey(asked))

    def choosing(self, asked: str, choices: Iterable[str], title: str, tag: str) -> str:
        """Return a drop-down list within a paragraph."""
        items = "".join(
            f"<w:listItem w:displayText={quoteattr(each)} w:value={quoteattr(each)}/>"
            for each in choices
        )
        kind = f"<w:dropDownList>{items}</w:dropDownList>"
        kept = '<w:lock w:val="sdtLocked"/><w:showingPlcHdr/>'
        return self._control(title, tag, kept, kind, _grey(asked))

    def _control(self, title: str, tag: str, more: str, kind: str, content: str) -> str:
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(title)}/>"
            f"<w:tag w:val={quoteattr(tag[:LONGEST_TAG])}/>"
            f'<w:id w:val="{next(self._numbers)}"/>{more}{kind}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )


def _grey(asked: str) -> str:
    return run(asked, "PlaceholderText")


def table(
    head: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    widths: tuple[int, ...],
    *,
    called: str,
) -> str:
    """Return a ruled table whose head stands again on each page; widths: in twentieths of a point.

    called: what a screen reader says that it is
    """
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="767676"/>'
        for edge in ("top", "bottom", "insideH")
    )
    looks = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(called)}/></w:tblPr>"
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = _row(head, widths, head=True) + "".join(_row(row, widths) for row in rows)
    return f"<w:tbl>{looks}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(cells: tuple[str, ...], widths: tuple[int, ...], *, head: bool = False) -> str:
    again = "<w:tblHeader/>" if head else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(run(cell, bold=head), 'Cell')}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{made}</w:tr>"


def _footer(title: str) -> str:
    def number(field: str) -> str:
        return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    words = f"{run(f'{title}. Page ')}{number('PAGE')}{run(' of ')}{number('NUMPAGES')}"
    return f'{HEAD}<w:ftr xmlns:w="{WORDML}">{paragraph(words, "Footer")}</w:ftr>'
