"""Why what was given is no report or table that can be read: each cause with its one sentence.

They are said and heard by `ingest.model.failures`.
"""

from enum import StrEnum


class Phrase(StrEnum):
    """What may stand in a sentence as a part of it: kinds of files, what to do where reading was ended, and what a disk refuses."""

    PDF = "a PDF"
    WORD = "a Word document"
    EXCEL = "an Excel workbook"
    OUTLOOK = "an Outlook message"
    MAIL = "a mail message"
    OLD_OFFICE = "an old Office file"
    BINARY = "binary data of no kind that is known here"
    TEXT = "text"
    WEB_PAGE = "a web page"
    SPLIT = "split it"
    SPLIT_OR_TEXT = "split it, or save it as text"
    SPLIT_OR_CSV = "split it, or save its sheets as CSV"
    SERVER = "its server is at fault or its shape changed; the next refresh tries again"
    CHECK = "check what it holds"
    UNPACK = "unpack it first"
    LEFT_ALONE = "its pages were left alone"
    LAYERS = "unpack it and give only the layers needed"
    DISK_FULL = "the disk is full; free some space and run it again"
    QUOTA = "the disk quota is used up; free some space and run it again"
    DENIED = "permission is denied; make the folder writable or set CROSSCOUNT_DATA to another one"
    READ_ONLY = "the disk is read-only; set CROSSCOUNT_DATA to a folder that can be written"


class Unreadable(StrEnum):
    """The causes, each with its sentence; `name` is how people know the file, page or table."""

    # any file
    EMPTY = "{name} is empty; check where it came from"
    NO_TEXT = "{name} has no text that can be read; open it to see what it holds"
    NOT_TEXT = "{name} is not text: it holds binary data; save it as text, PDF, DOCX or HTML"
    LARGE_FILE = "{name} is {size} MB, more than the {most} MB that are read; split it or add only the report"
    ENDED = "{name} could not be read within {seconds} seconds or within memory; {how}"
    MISNAMED = "{name} is named as {promised}, but it holds {found}; give it the ending of what it is ({ending}), or save it again"
    MISNAMED_TEXT = (
        "{name} is named as {promised}, but it holds {found}; "
        "give it the ending of what it is (.txt for a report, .csv for a table), or save it again"
    )
    MISNAMED_BINARY = "{name} is named as {promised}, but it holds {found}; open it to see what it is, and save it again"
    TABLE = "{name} is a table; import it with the columns of the tidy dataset, or add the report it came from"
    OLD_OFFICE = "{name} is in an old Office format; save it as DOCX, PDF or text"
    RICH_TEXT = "{name} is in Rich Text Format; save it as DOCX, PDF or text"
    ZIP = "{name} is a zip archive that no reader opens here; unpack it first"
    PICTURE = "{name} is a picture; run it through OCR and add the text"
    OTHER_TYPE = "{name} is of the type {type}, which cannot be read; save it as text, PDF, DOCX or HTML"
    TAKEN_DOWN_REPORT = "The report {hash} was taken down and is not kept again; crosscount corrections says why"
    # PDF and Word
    SCAN = "{name} has no text: it is a scan, or pictures of pages; run it through OCR and add the result"
    MANY_PAGES = "{name} has {pages} pages, more than the {most} that are read; split it"
    LOCKED_PDF = "{name} is protected by a password; save a copy without one"
    DAMAGED_PDF = "{name} is damaged or is not the PDF it claims to be{why}; save it again"
    DAMAGED_WORD = "{name} is damaged or is not the Word file it claims to be{why}; save it again"
    ONLY_PICTURES = "{name} has no text, perhaps only pictures; add the report as text or run it through OCR"
    BOMB = "{name} unpacks to more than {most} MB, so it was not opened; save it again without pictures"
    # messages
    NO_MESSAGE = "{name} is no message: it has no headers; save it again as EML or text"
    BROKEN_MESSAGE = "{name} is too broken to be read as a message ({answer}); save it again as text"
    OTHER_OFFICE = "{name} is a file of an old Office program and no message; save it as DOCX, PDF or text"
    DAMAGED_MESSAGE = "{name} is damaged or is not the file it claims to be ({answer}); save it again as EML or text"
    # pages, feeds and JSON
    BROKEN_PAGE = "{name} cannot be read as HTML ({answer}); save it again or as text"
    NO_SELECTOR = "{name} cannot be searched for “{part}”, which is no CSS selector; correct it in the crisis file"
    FEED = "{name} is a feed, which is many reports; add it as a source with its address instead"
    NO_FEED = "{name} is not a feed: it has no rss, feed or rdf element; check its address"
    BROKEN_FEED = "{name} is too broken to be read as a feed ({answer}); try again later"
    NO_ENTRY = "{name} has no entry {wanted}; it is not the feed this document was read from"
    JSON = "{name} is JSON, which is data and not a report; add its publisher as a source instead"
    NO_JSON_LIST = "{name} is not a list of valid JSON ({answer}); fetch it again"
    DEEP_JSON = "{name} is not valid JSON of a source: it is nested deeper than {levels} levels; fetch it again"
    MANY_VALUES = "{name} holds more than the {most} values that are read at once; ask for less of it"
    NOTHING_AT = "{name} has nothing at {wanted}; it is not the answer this document was read from"
    NO_RECORD = "{name} has no record at {wanted}; it is not the answer this document was read from"
    NO_TOML = "{name} is not valid TOML ({answer}); correct it"
    # tables
    EMPTY_TABLE = "{name} is empty; a tidy table begins with a line of column names"
    NOT_UTF8 = "{name} is not UTF-8 at byte {at}; save it as “CSV UTF-8” and read it again"
    MANY_CELLS = "{name} holds more than the {most} cells that are read at once; split it"
    MANY_CELLS_ASKED = "{name} holds more than the {most} cells that are read at once; ask for less of it"
    LONG_CELL = "{name}, line {line} has a cell of {count} characters, more than {most}; a quotation mark may be missing there"
    LONG_ROW = "{name}, line {line} has more than the {most} columns that are read; check what separates its cells"
    OPEN_QUOTATION = "{name}, line {line}: a quotation mark is opened and never closed; close it and read it again"
    NO_TABLE = "{name} is no table that can be read ({answer}); fetch it again"
    MANY_COLUMNS = "{name} has {count} columns, more than the {most} that are read; check what it holds"
    NO_HEAD = "{name} has no head that names its columns; check what the address gives"
    WIDE_ROW = "{name} has a row with {cells} cells below {columns} columns; fetch it again"
    # workbooks
    WORKBOOK = "{name} is a workbook, not a report; hand it in as a table, with `crosscount ingest`"
    NO_SHEET = "{name} has no sheet {wanted} with a table; check its name"
    MANY_SHEETS = "{name} has {count} sheets, more than the {most} that are read; split it"
    BROKEN_WORKBOOK = "{name} is a workbook that cannot be opened ({answer}); save it again as XLSX"
    NO_WORKBOOK = "{name} is damaged, or no workbook ({answer}); save it again as XLSX"
    LARGE_WORKBOOK = "{name} unpacks to {size} MB, more than the {most} MB that are read; split it"
    WIDE_SHEET = "{name} has more than the {most} cells that are read; clear what is below and beside its table, or split it"
    LONG_SHEET = "{name} has more than the {most} million characters that are read; split it"
    # what sources give
    UNREAD = "{name} could not be read"
    NO_TEXT_HERE = "{name} has no text that can be read"
    NO_DAY_STATED = "{name} states no date that can be understood{why}, so it was left out; add it by hand with its date"
    LOOSE_ENTRY = "“{part}” in {where} has no text and no web address, so it was left out"
    LOOSE_DATED_ENTRY = "“{part}” in {where} has the date “{wanted}” and no web address, so it was left out"
    OTHER_THAN_TABLE = "{name} is no table but {type}; save it as CSV or XLSX, or check the address"
    NO_TABLE_SHEET = "{name} has no sheet with a table{said}; check what it holds"
    COLUMN_TWICE = "{name} has the column {wanted} twice; remove one"
    STRANGE_COLUMN = (
        "{name} has a column {wanted} that is not known; take a name from the data dictionary, "
        "say in a mapping file what it means, or remove it"
    )
    LIKELY_COLUMN = (
        "{name} has a column {wanted} that is not known; rename it if {answer} is meant, say in a mapping file what it means, or remove it"
    )
    NO_COLUMN = "{name} has no column {wanted}, without which no row is a claim; add it"
    # what is given to the app or handed in
    NO_MOMENT = "{name} does not say when it was published; add --published 2024-11-30, or such a line to its header"
    STRANGE_MOMENT = "{name} has the date “{part}”, which is not understood; write it as 2024-11-30 or 2024-11-30T18:40+03"
    NOT_WHOLE = "{name} did not arrive whole; choose it again"
    LARGE_UPLOAD = "{name} is larger than {most} MB; hand it in with crosscount ingest"
    LONG_TEXT = "The text has {count} characters; paste at most {most}, or hand it in as a file"
    NO_ADDRESS = "“{part}” is no address; give the whole link of one page, such as https://example.org/report"
    NO_DAY = "“{part}” is no date; write it as 2024-11-30"
