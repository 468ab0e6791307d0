"""The files that commands exchange: validated on the way in, canonical on the way out."""

from openimr.formats.reading import from_json, read_json_file, read_text_file, read_toml_file
from openimr.formats.writing import OutputFolder, to_json, to_json_line, write_file

__all__ = [
    "OutputFolder",
    "from_json",
    "read_json_file",
    "read_text_file",
    "read_toml_file",
    "to_json",
    "to_json_line",
    "write_file",
]
