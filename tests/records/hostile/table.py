"""Every hostile file: what it tries, under which name it comes, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from records.hostile import others, pdfs


class May(StrEnum):
    """What may become of a file."""

    BE_READ = "its words are read, as if nothing were wrong with it"
    NOT_BE_READ = "it is listed as unread, or every page of it is, with a reason"
    EITHER = "either of the two, but nothing else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A file to be read beside a good one; a slow one is not read a second time alone."""

    name: str
    make: Callable[[str], bytes]
    tries: str
    may: May = May.EITHER
    slow: bool = False


TABLE = (
    Hostile(name="streams.pdf", make=pdfs.bomb_of_streams, tries="to fill the memory", slow=True),
    Hostile(name="forms.pdf", make=pdfs.forms_within_forms, tries="to take all time", slow=True),
    Hostile(
        name="itself.pdf",
        make=pdfs.form_that_draws_itself,
        tries="to exhaust the stack by drawing",
        may=May.NOT_BE_READ,
    ),
    Hostile(name="tree.pdf", make=pdfs.deep_page_tree, tries="to exhaust the stack by pages"),
    Hostile(name="brackets.pdf", make=pdfs.deep_arrays, tries="to exhaust the stack by parsing"),
    Hostile(name="circle.pdf", make=pdfs.tree_that_holds_itself, tries="never to end", may=May.NOT_BE_READ),
    Hostile(name="claims.pdf", make=pdfs.claims_many_pages, tries="to have 100,000 pages made for one"),
    Hostile(
        name="pages.pdf", make=pdfs.has_many_pages, tries="to have 100,000 pages read", may=May.NOT_BE_READ
    ),
    Hostile(name="script.pdf", make=pdfs.script, tries="to run a script", may=May.BE_READ),
    Hostile(name="launch.pdf", make=pdfs.launch, tries="to start a program", may=May.BE_READ),
    Hostile(name="wide.pdf", make=pdfs.wide_page, tries="to have a vast page drawn"),
    Hostile(
        name="picture.pdf",
        make=pdfs.vast_picture,
        tries="to have a vast picture unpacked",
        may=May.NOT_BE_READ,
    ),
    Hostile(name="prev.pdf", make=pdfs.table_that_points_at_itself, tries="never to end"),
    Hostile(name="size.pdf", make=pdfs.table_of_two_milliards, tries="to fill the memory by a table"),
    Hostile(
        name="locked.pdf", make=pdfs.locked, tries="to stop the reader at a password", may=May.NOT_BE_READ
    ),
    *(
        Hostile(name=f"cut-{share}.pdf", make=partial(pdfs.cut_off, share=share / 100), tries="to break off")
        for share in (3, 40, 80, 97)
    ),
    Hostile(name="bomb.zip", make=others.zip_bomb, tries="to fill the disk", may=May.NOT_BE_READ, slow=True),
    Hostile(name="nested.zip", make=others.zip_in_zip, tries="to unpack without end"),
    Hostile(name="many.zip", make=others.zip_of_many, tries="to have 70,000 files made"),
    Hostile(name="climbs.zip", make=others.zip_that_climbs, tries="to write outside of the folder"),
    Hostile(name="links.zip", make=others.zip_with_links, tries="to have a file of the machine read"),
    Hostile(name="lies.zip", make=others.zip_that_lies, tries="to have its size believed"),
    Hostile(
        name="vast.png", make=others.vast_png, tries="to have a vast picture unpacked", may=May.NOT_BE_READ
    ),
    Hostile(name="loop.tif", make=others.tiff_without_end, tries="never to end"),
    Hostile(name="vast.tif", make=others.vast_tiff, tries="to fill the memory", may=May.NOT_BE_READ),
    Hostile(name="laughs.docx", make=others.milliard_laughs, tries="to unfold entities", may=May.NOT_BE_READ),
    Hostile(name="reads.docx", make=others.docx_that_reads_files, tries="to have a file of the machine read"),
    Hostile(name="empty.pdf", make=others.empty, tries="to be nothing", may=May.NOT_BE_READ),
    Hostile(name="program.pdf", make=others.program, tries="to pass for a PDF", may=May.NOT_BE_READ),
    Hostile(name="program.png", make=others.program, tries="to pass for a picture", may=May.NOT_BE_READ),
    Hostile(name="png.pdf", make=others.picture_bytes, tries="to pass for a PDF", may=May.NOT_BE_READ),
    Hostile(name="line.txt", make=others.long_line, tries="to take all time by one line", slow=True),
    Hostile(name="bytes.txt", make=others.no_letters, tries="to pass for a text"),
)
