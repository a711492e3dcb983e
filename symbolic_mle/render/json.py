"""A document as JSON: every block and node an object with its ``type``, in the order of its fields.

    render(document, indent=None)     as_dict(document)

Formulas carry their text and LaTeX beside the tree, so that a reader needs no renderer of its own.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from symbolic_mle.exposition.document import Document
from symbolic_mle.exposition.mathematics import Maths

from . import latex, text

VERSION = 1


def render(document: Document, indent: int | None = None) -> str:
    """The document as JSON text; equal documents give equal text."""
    return json.dumps(as_dict(document), ensure_ascii=False, indent=indent)


def as_dict(document: Document) -> dict[str, Any]:
    """The document as plain dicts, lists and strings."""
    return {"version": VERSION, **_record(document)}


def _value(value: Any) -> Any:
    if isinstance(value, Maths):
        tree = _tree(value)
        return {"type": "Formula", "text": text.inline(value), "latex": latex.inline(value), "tree": tree}
    return _plain(value, _value)


def _tree(value: Any) -> Any:
    """A maths node, without text at every level."""
    return _plain(value, _tree)


def _plain(value: Any, inner: Any) -> Any:
    if isinstance(value, tuple):
        return [inner(item) for item in value]
    if value is None or isinstance(value, (str, int)):
        return value
    return {"type": type(value).__name__, **{f.name: inner(getattr(value, f.name)) for f in fields(value)}}


def _record(value: Any) -> dict[str, Any]:
    record: dict[str, Any] = _plain(value, _value)
    return record
