"""Word files held against the schemas of WordprocessingML, as Word does when it opens them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from openxml_audit import FileFormat, OpenXmlValidator

SCHEMAS: Final = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0)
NOT_NEEDED: Final = ("relationships/fontTable' is missing", "relationships/theme' is missing")
"""Word writes a theme and a table of fonts into every file and asks for neither."""


def schema_faults(docx: bytes) -> list[str]:
    """Return everything about the file that its schemas do not allow, with where it stands."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.docx")
        path.write_bytes(docx)
        errors = SCHEMAS.validate(path).errors
    found = [f"{each.part_uri}{each.path or ''}: {each.description}" for each in errors]
    return [each for each in found if not any(known in each for known in NOT_NEEDED)]
