"""Workings from files, folders and tables → their lines: what a lecturer has after a deadline.

``lines_of`` knows the markup around a working (preamble, comments, displays over several lines, lists, fences) and nothing of
mathematics. A file that cannot be read is an error in its own place, so that one does not stop the rest.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from symbolic_mle.errors import DataError, ReadingError
from symbolic_mle.marking.displays import DISPLAYS, with_displays
from symbolic_mle.marking.macros import expanded
from symbolic_mle.marking.working import MAX_CHARACTERS
from symbolic_mle.reading.refusal import refusal

LATEX, MARKDOWN, TEXT = (".tex", ".latex"), (".md", ".markdown"), (".txt",)
SUFFIXES = (*TEXT, *MARKDOWN, *LATEX)
MOST_BYTES = 100_000_000  # of a table
WHO = (
    "id",
    "name",
    "student",
    "student id",
    "student name",
    "user",
    "username",
    "email",
    "e-mail",
    "candidate",
    "number",
)
WORKING = ("working", "answer", "response", "solution", "derivation", "text", "submission", "work")

_PREAMBLE = re.compile(r"\A.*?\\begin\s*\{document\}|\\end\s*\{document\}.*\Z|\A\s*\\documentclass[^\n]*", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_INLINE = re.compile(r"(?<![\\$])\$(?!\$)(?:[^$\n\\]|\\.|\n(?!\s*\n))+\$")
_LABEL = re.compile(r"\\(?:label|tag\*?|vspace\*?|hspace\*?)\s*\{[^{}]*\}")
_INTERTEXT = re.compile(r"\\(?:short)?intertext\s*\{([^{}]*)\}")
_LIST = re.compile(
    rf"\\(?:begin|end)\s*\{{(?!(?:{DISPLAYS}|split|gathered|cases|array)\*?\}})[a-zA-Z]+\*?\}}(?:\[[^\]\n]{{0,99}}\])?"
)
_ITEM = re.compile(r"\\item(?![A-Za-z])[ \t]*(?:\[[^\]\n]{0,99}\])?")
_HEADING = re.compile(r"\\(?:(?:sub)*section|(?:sub)?paragraph|title|author|date|chapter)\*?\s*\{[^{}]*\}")
_LAYOUT = re.compile(
    r"\\(?:maketitle|noindent|newpage|clearpage|pagebreak|smallskip|medskip|bigskip|centering|par|indent|hfill|qed|qedhere)(?![A-Za-z])"
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*\n", re.DOTALL)
_HIDDEN = re.compile(r"<!--.{0,2000}?-->", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t].*)?$|^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*(?:[-*+•]|\(?\d{1,2}[.)])[ \t]+(?=\S)", re.MULTILINE)
_STRONG = re.compile(r"(?<![^\s(])(\*\*|__)(?=\S)([^*_\n]{1,200}?)(?<=\S)\1(?![A-Za-z0-9])")
_CODE = re.compile(r"`([^`\n]+)`")


def lines_of(text: str, suffix: str = ".txt") -> list[str]:
    r"""The lines of a working, each formula that is displayed or goes over several lines as one.

    ``suffix`` says how it is written: text, Markdown or LaTeX. A text with ``\documentclass`` is LaTeX in any case.

    >>> lines_of("So\n$$\n\\ell = a \\\\\n = b\n$$")
    ['So', '\\[ \\ell = a \\\\ = b \\]']
    """
    if len(text) > MAX_CHARACTERS * 2:
        raise refusal("", 0, f"the working has {len(text)} characters", f"at most {MAX_CHARACTERS}")
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if suffix.lower() in LATEX or "\\documentclass" in text or "\\begin{document}" in text:
        text = _from_latex(text)
    elif suffix.lower() in MARKDOWN:
        text = _from_markdown(text)
    else:
        text = _FENCE.sub("", re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE))
    text = _INLINE.sub(lambda found: " ".join(found[0].split()), with_displays(text))
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def _from_latex(text: str) -> str:
    text = "\n".join(_COMMENT.sub(r"\1", line) for line in text.split("\n"))
    text = _PREAMBLE.sub("", expanded(text))
    text = _LABEL.sub("", _HEADING.sub("\n", text))
    text = _INTERTEXT.sub(r"\\\\ \\text{\1} \\\\", text)
    return _ITEM.sub("\n", _LIST.sub("\n", _LAYOUT.sub(" ", text)))


def _from_markdown(text: str) -> str:
    """Without headings, bullets and marks; what is fenced stays as it stands, where a line may begin with a minus."""
    parts = _FENCE.split(_HIDDEN.sub("", _FRONT_MATTER.sub("", text)))
    return "\n".join(part if number % 2 else _unmarked(part) for number, part in enumerate(parts))


def _unmarked(text: str) -> str:
    text = with_displays(_QUOTED.sub("", _MARKDOWN_HEADING.sub("", text)))
    text = _STRONG.sub(lambda found: found[2] if re.search("[A-Za-z]", found[2]) else found[0], _BULLET.sub("", text))
    return _CODE.sub(r"\1", text)


Lines = list[str] | ReadingError


def read_workings(path: Path, who: str = "", working: str = "") -> dict[str, Lines]:
    """{name: lines} from a file, a folder with its subfolders, or a table; what cannot be read is an error in its place.

    ``who`` and ``working`` name the columns of a table whose header has none of the usual words (``WHO``, ``WORKING``).
    Raises ``DataError`` where there is nothing to mark.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
        if not any(p.suffix.lower() in SUFFIXES for p in files):
            raise DataError(f"{path}: no file ends in {', '.join(SUFFIXES)}")
        return {_printable(p.relative_to(path).as_posix()): _lines_of_file(p) for p in files}
    if path.suffix.lower() in (".csv", ".tsv"):
        return _table(path, who, working)
    return {_printable(path.name): lines_of(_text(path, MAX_CHARACTERS * 8), path.suffix)}


def _printable(name: str) -> str:
    """A name that any terminal shows as it is."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _lines_of_file(path: Path) -> Lines:
    if path.suffix.lower() not in SUFFIXES:
        return refusal("", 0, f"a {path.suffix or 'nameless'} file", f"one that ends in {', '.join(SUFFIXES)}")
    return _lines_or_error(path, path.suffix)


def _lines_or_error(source: Path | str, suffix: str) -> Lines:
    try:
        return lines_of(source if isinstance(source, str) else _text(source, MAX_CHARACTERS * 8), suffix)
    except ReadingError as error:
        return error
    except (DataError, OSError) as error:
        return refusal("", 0, f"the file cannot be read ({error})")


def _text(path: Path, most: int) -> str:
    """The text of a file in UTF-8, or in UTF-16 where it says so at its start."""
    if path.stat().st_size > most:
        raise refusal("", 0, f"{path.name} has {path.stat().st_size} bytes", f"at most {most}")
    raw = path.read_bytes()
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise DataError(f"{path}: the file is not text in UTF-8; save it in that encoding") from None


def _table(path: Path, who: str, working: str) -> dict[str, Lines]:
    rows = _rows(path)
    header = [cell.strip() for cell in next(rows, [])]
    name_at, text_at = _place(header, who, WHO, path, "--who"), _place(header, working, WORKING, path, "--working")
    found: dict[str, Lines] = {}
    for number, cells in enumerate(rows, 1):
        cell = [*cells, *[""] * len(header)]
        name = " ".join(_printable(cell[name_at]).split()) or f"row {number}"
        found[_fresh(name, found)] = _lines_or_error(cell[text_at], ".txt")
    if not found:
        raise DataError(f"{path}: the table has a header and no workings")
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    """The rows that are not blank; the separator is the one that the header has most of."""
    text = _text(path, MOST_BYTES)
    head = text.partition("\n")[0]
    separator = max("\t;,|", key=head.count) if any(mark in head for mark in "\t;,|") else ","
    limit = csv.field_size_limit(max(len(text), 1))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise DataError(f"{path}: {error}") from None
    finally:
        csv.field_size_limit(limit)
    return (row for row in rows if any(cell.strip() for cell in row))


def _place(header: list[str], asked: str, usual: tuple[str, ...], path: Path, option: str) -> int:
    """Where the column is: the one that was asked for, or the first of the usual names. Never guessed beyond that."""
    small = [" ".join(name.lower().replace("_", " ").split()) for name in header]
    for name in (" ".join(asked.lower().replace("_", " ").split()),) if asked else usual:
        if name in small:
            return small.index(name)
    have = ", ".join(repr(name) for name in header) or "none"
    wanted = repr(asked) if asked else f"one of {', '.join(usual)}"
    raise DataError(f"{path}: the columns are {have}; needed {wanted}. Name the column with {option}")


def _fresh(name: str, taken: dict[str, Lines]) -> str:
    """The name, with a number where somebody handed in twice."""
    if name not in taken:
        return name
    return next(f"{name} ({k})" for k in range(2, len(taken) + 3) if f"{name} ({k})" not in taken)
