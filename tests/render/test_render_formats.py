"""Every format draws every node; Markdown, HTML and JSON hold what the text holds."""

from __future__ import annotations

import json as standard_json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import document as d
from symbolic_mle.exposition import mathematics as m
from symbolic_mle.render import html, json, latex, markdown, mathml, text
from symbolic_mle.render.latex_maths import LatexMaths
from symbolic_mle.render.mathml import MathMl
from symbolic_mle.render.text_maths import TextMaths
from tests.render import sample_documents as sample

KINDS = [
    kind for kind in vars(m).values() if isinstance(kind, type) and issubclass(kind, m.Maths) and kind is not m.Maths
]
BLOCKS = [
    kind for kind in vars(d).values() if isinstance(kind, type) and issubclass(kind, d.Block) and kind is not d.Block
]
SECOND_ROOT = "{http://www.w3.org/1998/Math/MathML}"


def walk(node: m.Maths) -> Iterator[m.Maths]:
    yield node
    for child in m.children(node):
        yield from walk(child)


@pytest.mark.parametrize("fold", [TextMaths, LatexMaths, MathMl])
@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_every_fold_has_a_method_for_every_node(fold: type, kind: type) -> None:
    assert callable(getattr(fold, kind.__name__.lower(), None))


def test_the_samples_have_every_node_and_every_block() -> None:
    seen = {type(node) for formula in sample.nodes() for node in walk(formula)}
    assert seen == set(KINDS)
    assert {type(block) for block in latex._walk(sample.document().blocks)} == set(BLOCKS)


@pytest.mark.parametrize("node", sample.nodes(), ids=[text.inline(node) for node in sample.nodes()])
def test_mathml_is_well_formed(node: m.Maths) -> None:
    for block in (False, True):
        root = ElementTree.fromstring(mathml.formula(node, block))
        assert root.tag == "math"
        annotation = root.find("semantics/annotation")
        assert annotation is not None and annotation.text == latex.inline(node)


def test_html_is_well_formed_and_holds_every_heading() -> None:
    root = ElementTree.fromstring(html.render(sample.document()))
    headings = ["".join(h.itertext()) for h in root.iter("h2")]
    assert headings[0] == "Model" and headings[1] == "1. Log-likelihood"
    page = html.render(sample.document(), standalone=True)
    assert page.startswith("<!DOCTYPE html>") and "Cramér–Rao inequality &amp;" in page
    assert "<script" not in page and "http" not in page


def test_html_aligns_the_lines_of_a_display() -> None:
    root = ElementTree.fromstring(html.render(sample.document()))
    tables = [table for table in root.iter("mtable") if table.get("columnalign")]
    rows = [len(list(row)) for row in tables[1]]
    assert rows == [3, 4]


def test_markdown_has_balanced_dollars_and_no_escaped_punctuation_in_formulas() -> None:
    rendered = markdown.render(sample.document())
    assert rendered.startswith("# Maximum likelihood: Gamma($k$, $\\theta$)\n")
    assert len(re.findall(r"^\s*\$\$$", rendered, re.MULTILINE)) % 2 == 0
    formulas = re.findall(r"\$\$\n(.*?)\$\$", rendered, re.DOTALL)
    assert formulas and not any(re.search(r"\\[,{}#]", formula) for formula in formulas)
    assert "\\parbox" not in rendered and "align*" not in rendered


def test_markdown_escapes_its_own_signs() -> None:
    rendered = markdown.render(d.document("a_b *c*", d.paragraph("1 < 2 and [x]")))
    assert rendered == "# a\\_b \\*c\\*\n\n1 \\< 2 and \\[x\\]\n"


def test_json_is_stable_typed_and_complete() -> None:
    first, second = json.render(sample.document()), json.render(sample.document())
    assert first == second
    loaded = standard_json.loads(first)
    assert loaded == json.as_dict(sample.document())
    assert loaded["type"] == "Document" and loaded["version"] == 1
    assert [block["type"] for block in loaded["blocks"][:2]] == ["Section", "Section"]
    formula = loaded["blocks"][0]["blocks"][1]["lines"][0]["left"]
    assert formula["type"] == "Formula" and formula["text"] == "f(x | k, θ)" and formula["tree"]["type"] == "Call"


x, lam = sp.symbols("x lambda", positive=True)
mu = sp.Symbol("mu", real=True)
LEAVES = st.sampled_from([x, lam, mu, sp.Integer(2), sp.Integer(-3), sp.Rational(2, 3), sp.pi, DataSum(x * mu, x)])
FUNCTIONS = [sp.exp, sp.log, sp.gamma, sp.Abs, sp.sqrt, sp.digamma, sp.factorial, sp.sign, lambda u: sp.Max(u, 1)]


def grown(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    return st.one_of(
        st.builds(lambda u, v: u + v, inner, inner),
        st.builds(lambda u, v: u * v, inner, inner),
        st.builds(lambda u, v: u**v, inner, inner),
        st.builds(lambda f, u: f(u), st.sampled_from(FUNCTIONS), inner),
        st.builds(lambda u, v: sp.Piecewise((u, x < lam), (v, True)), inner, inner),
        st.builds(lambda u: DataSum(u, x), inner),
    )


@given(st.recursive(LEAVES, grown, max_leaves=8))
@settings(max_examples=80, deadline=None)
def test_any_expression_renders_in_every_format(expr: sp.Expr) -> None:
    assume(not expr.has(sp.zoo, sp.nan, sp.AccumBounds))
    node = sample.NOTATION.write(expr)
    plain = text.inline(node)
    assert "\\" not in plain and "--" not in plain and "+-" not in plain and "1·" not in plain
    assert text.inline(node, ascii=True).isascii()
    assert latex.inline(node).isascii()
    ElementTree.fromstring(mathml.formula(node, block=True))
    page = d.document("t", d.display(d.line(node, "=", node, "a note")), d.paragraph(node))
    for render in (text.render, latex.render, markdown.render, html.render, json.render):
        assert render(page)
