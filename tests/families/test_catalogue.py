"""The catalogue as data: complete, consistent, and listed without SymPy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from symbolic_mle import families
from symbolic_mle.errors import ModelError
from symbolic_mle.families import Family, catalogue, find

CATALOGUE = catalogue()
every_family = pytest.mark.parametrize("family", CATALOGUE.values(), ids=CATALOGUE)
NAME = re.compile(r"[A-Za-z]+[0-9]*")
FUNCTIONS = set(["e", "pi", "sqrt", "log", "gamma", "beta", "binomial", "zeta", "cos", "besseli", "min"])


def names_in(text: str) -> set[str]:
    return set(NAME.findall(text))


def test_the_catalogue_is_wide() -> None:
    assert len(CATALOGUE) >= 50
    assert sum(family.discrete for family in CATALOGUE.values()) >= 15


def test_the_order_is_alphabetical_and_repeatable() -> None:
    assert list(CATALOGUE) == sorted(CATALOGUE) == families.names() == list(catalogue())


def test_one_file_each() -> None:
    folder = Path(families.__file__).parent
    files = {file.stem for file in folder.glob("*.py")} - {"__init__", "family"}
    assert {name.replace("-", "_") for name in CATALOGUE} == files


@every_family
def test_a_family_is_called_as_its_file(family: Family) -> None:
    assert CATALOGUE[family.name] is family


@every_family
def test_every_name_is_declared_and_used(family: Family) -> None:
    declared = {family.variable, *family.parameters, *family.known}
    assert names_in(family.density) - FUNCTIONS <= declared
    used = names_in(family.density) | names_in(family.support)
    assert declared <= used | {family.variable}
    assert not set(family.parameters) & set(family.known)


@every_family
def test_relations_are_about_their_names(family: Family) -> None:
    for name, relation in {**family.parameters, **family.known}.items():
        assert not relation or name in names_in(relation)
    assert names_in(family.support) <= {family.variable, "pi", *family.parameters, *family.known}


@every_family
def test_the_example_has_a_value_for_every_name(family: Family) -> None:
    assert set(family.example) == {*family.parameters, *family.known}
    assert set(family.known_values) == set(family.known)


@every_family
def test_samples_are_of_the_right_kind(family: Family) -> None:
    assert len(family.sample) >= 4
    assert not family.discrete or all(isinstance(value, int) for value in family.sample)
    assert len(set(family.sample)) > 1


@every_family
def test_texts_are_for_readers(family: Family) -> None:
    assert family.about.endswith(".")
    assert family.title[-1] != "."
    assert len(family.title) <= 60
    assert len(family.about) <= 100


@every_family
def test_a_discrete_support_lists_integers(family: Family) -> None:
    assert family.discrete == bool(re.match(rf"{family.variable} = \d", family.support))


def test_titles_are_distinct() -> None:
    assert len({family.title for family in CATALOGUE.values()}) == len(CATALOGUE)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("gamma", "k > 0, theta > 0"),
        ("normal-variance", "sigma2 > 0; mu real known"),
        ("bernoulli-closed", "0 <= p <= 1"),
        ("binomial", "0 < p < 1; integer m >= 1 known"),
        ("uniform-interval", "a real, b real, a < b"),
        ("von-mises-direction", "-pi < mu <= pi; kappa > 0 known"),
    ],
)
def test_the_parametrisation_reads_in_one_line(name: str, line: str) -> None:
    assert find(name).parametrisation == line


def test_a_specification_is_a_copy() -> None:
    find("normal").specification()["parameters"].clear()
    assert find("normal").specification()["parameters"] == {"mu": "", "sigma2": "sigma2 > 0"}


@pytest.mark.parametrize("spelling", ["normal-mean", "Normal mean", "NORMAL_MEAN", " normal  mean "])
def test_names_forgive_capitals_and_spaces(spelling: str) -> None:
    assert find(spelling) is CATALOGUE["normal-mean"]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("poison", "poisson"),
        ("exponental", "exponential"),
        ("student-t", "student-t-scale"),
        ("gamma shape rate", "gamma"),
    ],
)
def test_a_wrong_name_is_answered_with_close_ones(wrong: str, meant: str) -> None:
    with pytest.raises(ModelError, match=f"did you mean .*'{meant}"):
        find(wrong)


@pytest.mark.parametrize("wrong", ["xyzzy", "", "../errors", "__init__", "family"])
def test_what_is_no_name_loads_nothing(wrong: str) -> None:
    with pytest.raises(ModelError, match="no model is called"):
        find(wrong)


def test_listing_needs_no_sympy() -> None:
    code = "import sys; from symbolic_mle.families import catalogue; catalogue(); print('sympy' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "False"
