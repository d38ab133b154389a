"""What the catalogues hold: `python -m tests.web.catalogues` gathers every message and merges it into each of them.

A message that is new comes in without a translation, one that is gone goes. The order is that of the alphabet, and
nothing else is written (no dates, no places in the code), so that a catalogue changes only where a message does.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import normalize, read_po
from jinja2.ext import extract_from_ast

from app.problems import Problem, catalogue
from app.web.catalogue import HERE, LANGUAGES
from app.web.pages import environment

APP: Final = HERE.parent.parent
TRANSLATED: Final = tuple(language for language in LANGUAGES if language != "en")  # English is in the code itself
Message = str | tuple[str, str]  # a tuple where a number decides: of one, of many
Forms = tuple[str, ...]
_MARKS: Final = ("N_", "_", "ngettext", "Said")


def messages() -> dict[str, Message]:
    """Every message of the pages, by its English words (of one, where a number decides)."""
    found: dict[str, Message] = {}
    for message in (*_in_templates(), *_in_code(), *_in_problems()):
        key = message if isinstance(message, str) else message[0]
        if not isinstance(found.get(key), tuple):
            found[key] = message
    return found


def translations(language: str) -> dict[str, Forms]:
    """What a catalogue says for each message: one form, or as many as the language has for numbers."""
    file = HERE / f"{language}.po"
    found = read_po(BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(language)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (message.string,)
        if isinstance(message.string, str)
        else tuple(message.string)
        for message in found
        if message.id
    }


def written(language: str, found: Mapping[str, Message], said: Mapping[str, Forms]) -> str:
    """The catalogue of a language as a gettext file, with what is said in it for each of the messages."""
    plural = get_plural(language)
    lines = [
        f"# The pages in {LANGUAGES[language]}. 'make catalogues' adds the messages that are new.",
        'msgid ""',
        'msgstr ""',
        rf'"Language: {language}\n"',
        r'"MIME-Version: 1.0\n"',
        r'"Content-Type: text/plain; charset=utf-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
        rf'"Plural-Forms: nplurals={plural.num_plurals}; plural={plural.plural_expr};\n"',
    ]
    for key in sorted(found):
        message, forms = found[key], said.get(key, ())
        lines.append("")
        if isinstance(message, str):
            lines += [f"msgid {_quoted(key)}", f"msgstr {_quoted(forms[0] if len(forms) == 1 else '')}"]
            continue
        forms = forms if len(forms) == plural.num_plurals else ("",) * plural.num_plurals
        lines += [f"msgid {_quoted(key)}", f"msgid_plural {_quoted(message[1])}"]
        lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return normalize(text, width=0)


def _in_templates() -> Iterator[Message]:
    pages = environment()
    for file in sorted((APP / "web" / "templates").glob("*.html")):
        tree = pages.parse(file.read_text(encoding="utf-8"))
        for _line, _mark, said in extract_from_ast(tree, _MARKS):
            words = said if isinstance(said, tuple) else (said,)
            if words[0] is None:  # a variable, whose text is marked where it is written
                continue
            yield (words[0], words[1] or "") if _mark == "ngettext" else words[0]


def _in_code() -> Iterator[Message]:
    for file in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            mark = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if mark in _MARKS and words and isinstance(words[0], str):
                if mark == "ngettext":
                    yield words[0], str(words[1])
                    continue
                said = (
                    str(words[1]) if mark == "Said" and len(words) > 1 else words[0]
                )  # what pages say, where both are
                if re.search(r"\w", re.sub(r"{\w*}", "", said)) or set(said) & set("“:"):
                    yield said


def _in_problems() -> Iterator[Message]:
    for problem in (Problem, *catalogue()):
        yield from (problem.title, problem.on_pages or problem.sentence)


def main() -> None:
    found = messages()
    for language in TRANSLATED:
        said = translations(language)
        (HERE / f"{language}.po").write_text(written(language, found, said), encoding="utf-8")
        missing = [key for key in found if not all(said.get(key) or ("",))]
        print(f"{language}: {len(found) - len(missing)} of {len(found)} messages are translated")
        if "--missing" in sys.argv and language == sys.argv[-1]:
            print("\n".join(missing))


if __name__ == "__main__":
    main()
