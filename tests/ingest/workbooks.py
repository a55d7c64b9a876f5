"""Workbooks (XLSX) made on the spot, part by part, so that tests know every byte of them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DAY_STYLE = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
_EPOCH = date(1899, 12, 30)

Rows = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Rows], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets; `merged` are ranges such as `B1:C1` of each, `hidden` names of sheets that nobody sees."""
    hide = dict.fromkeys(hidden, ' state="hidden"')
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"{hide.get(name, "")}/>' for at, name in enumerate(sheets, 1))
    related = {f"r{at}": ("worksheet", f"worksheets/s{at}.xml") for at in range(1, len(sheets) + 1)}
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _related({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related({**related, "st": ("styles", "styles.xml")}),
        "xl/styles.xml": _DAY_STYLE,
    }
    for at, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/s{at}.xml"] = sheet_part(rows, merged)
    return packed(parts)


def packed(parts: Mapping[str, str]) -> bytes:
    """The parts as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return buffer.getvalue()


def sheet_part(rows: Rows, merged: Sequence[str] = ()) -> str:
    """One sheet; a cell that is a tuple is a formula with the value that was saved with it."""
    written = "".join(
        f'<row r="{number}">' + "".join(_cell(f"{_letters(column)}{number}", value) for column, value in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, 1)
    )
    ranges = f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{one}{chr(34)}/>' for one in merged)}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData>{ranges}</worksheet>'


def _related(parts: Mapping[str, tuple[str, str]]) -> str:
    told = "".join(f'<Relationship Id="{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for at, (kind, target) in parts.items())
    return f'<Relationships xmlns="{_RELATIONS}">{told}</Relationships>'


def _letters(column: int) -> str:
    return chr(ord("A") + column)


def _cell(at: str, value: object) -> str:
    match value:
        case None | "":
            return ""
        case (str() as formula, saved):
            return f'<c r="{at}"><f>{escape(formula)}</f><v>{saved}</v></c>'
        case date():
            return f'<c r="{at}" s="1"><v>{(value - _EPOCH).days}</v></c>'
        case int() | float():
            return f'<c r="{at}"><v>{value}</v></c>'
        case _:
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
