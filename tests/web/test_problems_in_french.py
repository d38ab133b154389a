"""Whatever stands in the way is said on a page in the language of the page, and for people, not for programs."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import app
from app import problems
from app.problems import InvalidInput, NotFound, Problem, catalogue
from app.said import Said
from app.web import catalogue as languages
from tests.web.reading import is_english

ROOT = Path(app.__file__).parent
FRENCH = languages.catalogue("fr")
# Problems of programs alone: nothing on a page leads to them.
OF_PROGRAMS = ("api", "cli")
FOR_PROGRAMS = re.compile(
    r"\b(GET|POST|PUT|DELETE|ETag|If-Match|Idempotency|Bearer)\b|/api/|/[a-z]+ (lists|shows)|'\w+'"
)


@pytest.fixture(params=catalogue(), ids=lambda kind: kind.slug)
def kind(request: pytest.FixtureRequest) -> type[Problem]:
    found: type[Problem] = request.param
    return found


def test_a_problem_has_a_french_sentence_and_a_french_title(kind: type[Problem]) -> None:
    facts = dict.fromkeys(_facts(kind.sentence) | _facts(kind.on_pages), "X7")
    said = FRENCH.problem(kind(**facts))
    assert said == "X7" or said != (kind.on_pages or kind.sentence).format(**facts)
    assert not is_english(said), said
    assert not is_english(FRENCH.gettext(kind.title))


def test_a_page_does_not_speak_of_addresses_headers_and_fields(kind: type[Problem]) -> None:
    assert not FOR_PROGRAMS.search(kind.on_pages or kind.sentence)
    assert not FOR_PROGRAMS.search(FRENCH.gettext(kind.on_pages or kind.sentence))


def test_what_fills_a_problem_remembers_what_it_is_made_of() -> None:
    """A fact in words is one of the sentences that keep their facts: a text alone would stay in English on a page."""
    wrong = []
    for file in sorted(ROOT.rglob("*.py")):
        if file.relative_to(ROOT).parts[0] in OF_PROGRAMS or file.name == "problems.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                wrong += [
                    f"{file.name}:{node.lineno}: {ast.unparse(fact)}" for fact in _filling(node) if _in_words(fact)
                ]
    assert wrong == []


def test_pages_say_what_people_can_do_and_programs_what_programs_can() -> None:
    remedy = Said(
        "GET .../amendments lists those you may see.", "The page of the amendments lists those that you may see."
    )
    problem = NotFound(what=Said("amendment"), name="A99", remedy=remedy)
    assert "GET .../amendments" in problem.detail
    assert "GET" not in languages.catalogue("en").problem(problem)
    said = FRENCH.problem(problem).replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("Il n’y a pas ici d’élément « A99 » (amendement)")
    assert said.endswith("La page des amendements énumère ceux que vous pouvez voir.")


def test_a_field_is_called_as_people_call_it() -> None:
    problem = InvalidInput.at("silence_least", Said("give a number of hours, such as 24."))
    assert problem.detail == "silence_least: give a number of hours, such as 24."
    assert languages.catalogue("en").problem(problem) == "The shortest silence: give a number of hours, such as 24."
    assert "silence_least" not in FRENCH.problem(problem)


def _facts(words: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(words) if name is not None}


def _filling(call: ast.Call) -> list[ast.expr]:
    """What a call gives to the sentence of a problem; nothing where it makes none."""
    of = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    kind = getattr(problems, of.id, None) if isinstance(of, ast.Name) else None
    if not (isinstance(kind, type) and issubclass(kind, Problem)):
        return []
    if isinstance(call.func, ast.Attribute):  # InvalidInput.at(field, message)
        return call.args[1:]
    named = _facts(kind.sentence) | _facts(kind.on_pages)
    return [given.value for given in call.keywords if given.arg in named and given.arg != "verb"]


def _in_words(fact: ast.expr) -> bool:
    """Whether it is a text of ours: `f"A{number}"` is a name, `"a group"` is not."""
    match fact:
        case ast.Constant(value=str(text)):
            return re.search("[a-z]{2}", text) is not None
        case ast.JoinedStr(values=parts):
            return any(_in_words(part) for part in parts if isinstance(part, ast.Constant))
        case ast.IfExp(body=one, orelse=other):
            return _in_words(one) or _in_words(other)
    return False
