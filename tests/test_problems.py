"""Every refusal has a type of its own, a sentence that says what the person can do, and a place where it is raised."""

import ast
import re
from pathlib import Path

import pytest

import app
from app.problems import Problem, catalogue
from tests.api.bodies import description

SOURCES = sorted(path for path in Path(app.__file__).parent.rglob("*.py") if path.name != "problems.py")
# Passes on what is wrong with each field, said where it is known, with a remedy for each.
PASSED_ON = {"invalid-input"}


@pytest.fixture(params=catalogue(), ids=lambda kind: kind.slug)
def kind(request: pytest.FixtureRequest) -> type[Problem]:
    found: type[Problem] = request.param
    return found


def test_no_two_problems_share_a_type_a_title_or_a_sentence() -> None:
    for said in ("slug", "title", "sentence"):
        values = [getattr(found, said) for found in catalogue()]
        assert sorted(values) == sorted(set(values)), said


def test_a_problem_says_for_itself_what_it_is(kind: type[Problem]) -> None:
    assert {"status", "slug", "title", "sentence"} <= vars(kind).keys()
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.slug)
    assert 400 <= kind.status < 600
    assert kind.title[0].isupper()
    assert not kind.title.endswith(".")


def test_a_problem_says_what_happened_and_then_what_can_be_done(kind: type[Problem]) -> None:
    """Two parts at least, of which the first has the facts and the last what to do; or the remedy comes as a fact."""
    if kind.slug in PASSED_ON:
        return
    assert kind.sentence.endswith((".", "{remedy}"))
    parts = re.split(r"[.;:] ", kind.sentence.rstrip("."))
    assert len(parts) >= 2, kind.sentence


def test_every_problem_is_raised_somewhere(kind: type[Problem]) -> None:
    assert kind.__name__ in _made(), f"nothing raises {kind.__name__}"


def test_every_problem_is_listed_for_those_who_use_the_api() -> None:
    listed = description()["components"]["schemas"]["Problem"]["properties"]["type"]["examples"]
    assert listed == [f"/problems/{found.slug}" for found in catalogue()]


def _made() -> set[str]:
    """The classes that the application calls by name, to raise one or to give it to what will."""
    if not _MADE:
        for path in SOURCES:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    called = node.func.value if isinstance(node.func, ast.Attribute) else node.func
                    _MADE.update({called.id} if isinstance(called, ast.Name) else ())
    return _MADE


_MADE: set[str] = set()
