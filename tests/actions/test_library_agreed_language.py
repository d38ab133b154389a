"""Agreed language: adopted texts that say the same or nearly so, in real resolutions and in every script."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.actions.library import import_text
from app.problems import TextTooLong
from app.record.database import Database
from app.text.adopted import read_adopted, symbol_in_name
from app.text.clauses import WITH_SUBPARAGRAPHS, Clause
from app.text.diff import apply
from app.text.nearness import Sought, words
from app.text.screen import TEXT_LIMIT
from app.views.access import operator_seat
from app.views.agreed_language import NEAR_ENOUGH, Hit, agreed_language
from tests.corpus import families, needs_corpus, pasted

NEW_WORDS = "Encourages Member States to measure the quality of safe water every year"


async def library(database: Database, **texts: str) -> None:
    """Paragraphs of texts named after their language: `en="OP1. *Decides*;"`."""
    async with database.writing() as db:
        seat = await operator_seat(db)
        for name, written in texts.items():
            language, _, number = name.partition("_")
            source = f"---\nslug: x\nlanguage: {language}\n---\n\n{written}\n"
            await import_text(db, seat, read_adopted(source, symbol=f"{language.upper()}/{number or 1}"))


async def found(database: Database, query: str, **how: object) -> tuple[Hit, ...]:
    async with database.reading() as db:
        return (await agreed_language(db, query, **how)).hits  # type: ignore[arg-type]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is asked of the database in the block."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


def paragraphs(name: str) -> list[Clause]:
    return [clause for clause in read_adopted(pasted(name)).draft.clauses if clause.kind in WITH_SUBPARAGRAPHS]


# --- real resolutions -------------------------------------------------------------------------------------------------


async def fill(database: Database, names: list[str]) -> None:
    async with database.writing() as db:
        seat = await operator_seat(db)
        for name in names:
            await import_text(db, seat, read_adopted(pasted(name), symbol=symbol_in_name(name)))


@needs_corpus
async def test_a_paragraph_of_79_213_is_found_word_for_word_and_first(database: Database) -> None:
    await fill(database, ["A_RES_79_213", "A_RES_79_205", "A_RES_79_197", "A_RES_78_152"])
    adopted = read_adopted(pasted("A_RES_79_213")).draft
    for clause in adopted.clauses:
        if clause.label in ("PP1", "PP8", "OP2", "OP6"):
            hits = await found(database, clause.text)
            assert (hits[0].symbol, hits[0].label, hits[0].text) == ("A/RES/79/213", clause.label, clause.text)
            assert (hits[0].exact, hits[0].score) == (True, 1.0)
            assert "[-" not in hits[0].marked
            assert "{+" not in hits[0].marked
            assert str(hits[0].adopted_on) == "2024-12-19"


@needs_corpus
async def test_the_nearly_same_paragraph_of_an_earlier_session_is_found_with_the_difference(
    database: Database,
) -> None:
    names = families()["disaster risk reduction"]
    await fill(database, names)
    latest = read_adopted(pasted(names[-1])).draft
    (report,) = (c for c in latest.clauses if c.text.startswith("Requests the Secretary-General to submit"))
    hits = await found(database, report.text, limit=20)
    symbols = [hit.symbol for hit in hits]
    assert symbols[0] == "A/RES/79/205"
    earlier = next(hit for hit in hits if hit.symbol == "A/RES/78/152")
    assert not earlier.exact
    assert 0.8 < earlier.score < 1
    assert "[-eightieth-]{+seventy-ninth+}" in earlier.marked
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.score >= NEAR_ENOUGH
        assert hit.stretch in " ".join(hit.text.split())
        assert apply(report.text, hit.runs) == hit.stretch


@needs_corpus
async def test_the_index_loses_nothing_that_a_comparison_with_every_passage_would_find(database: Database) -> None:
    *earlier, latest = families()["disaster risk reduction"][-4:]
    await fill(database, earlier)
    adopted = [words(clause.text) for name in earlier for clause in paragraphs(name)]
    for clause in paragraphs(latest)[::3]:
        sought = Sought(words(clause.text))
        nearest = max(sought.nearest(passage).score for passage in adopted)
        hits = await found(database, clause.text, limit=1)
        assert [hit.score for hit in hits] == [round(nearest, 4)] * (nearest >= NEAR_ENOUGH), clause.text


# --- ranking ----------------------------------------------------------------------------------------------------------


async def test_the_exact_one_comes_first_and_then_the_nearest(database: Database) -> None:
    await library(
        database,
        en_1="OP1. *Encourages* Member States to measure the quality of water every year;",
        en_2=f"OP1. *{NEW_WORDS.partition(' ')[0]}*{NEW_WORDS.removeprefix('Encourages')}, and to publish it;",
        en_3="OP1. *Requests* Member States to measure the amount of water twice;",
        en_4="OP1. *Invites* development banks to finance roads;",
    )
    hits = await found(database, NEW_WORDS)
    assert [(hit.symbol, hit.exact) for hit in hits] == [("EN/2", True), ("EN/1", False), ("EN/3", False)]
    assert hits[0].stretch == NEW_WORDS
    assert hits[1].marked == "Encourages Member States to measure the quality of [-safe -]water every year"


async def test_a_common_phrase_is_found_among_many_passages_that_have_all_its_words(database: Database) -> None:
    others = "\n\n".join(f"OP{number}. *Decides* of the many that {number} all have;" for number in range(2, 400))
    await library(database, en=f"OP1. *Notes* that all of the many have;\n\n{others}")
    (hit,) = await found(database, "that all of the many have", limit=1)
    assert (hit.label, hit.exact) == ("OP1", True)


async def test_one_language_can_be_asked_for_and_one_text_left_out(database: Database) -> None:
    decide = "OP1. *Decide* continuar;"
    await library(database, es_1=decide, es_2=decide, pt_1=decide)
    assert {hit.symbol for hit in await found(database, "Decide continuar")} == {"ES/1", "ES/2", "PT/1"}
    assert [hit.symbol for hit in await found(database, "Decide continuar", language="pt")] == ["PT/1"]
    assert [hit.symbol for hit in await found(database, "Decide continuar", language="es", without="ES/1")] == ["ES/2"]
    assert len(await found(database, "Decide continuar", limit=2)) == 2


# --- scripts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "query", "marked"),
    [
        ("鼓励会员国促进社会和团结经济，以实现可持续发展；", "促进社会和团结经济", "促进社会和团结经济"),
        (
            "鼓励会员国促进社会和团结经济，以实现可持续发展；",
            "鼓励会员国促进社会经济",
            "鼓励会员国促进社会{+和团结+}经济",
        ),
        (
            "تشجع الدول الأعضاء على تعزيز الاقتصاد الاجتماعي والتضامني؛",
            "تَعزيز الاقتصاد الاجتماعي",
            "[-تَعزيز-]{+تعزيز+} الاقتصاد الاجتماعي",
        ),
        ("призывает государства-члены поощрять экономику;", "Государства-члены", "[-Государства-]"),
        ("encourage l’économie sociale et solidaire ;", "l'economie sociale", "[-l'economie-]{+l’économie+} sociale"),
    ],
)
async def test_every_script_is_found(database: Database, paragraph: str, query: str, marked: str) -> None:
    await library(database, en=f"OP1. {paragraph}\n\nOP2. Something else;")
    (hit,) = await found(database, query)
    assert hit.label == "OP1"
    assert hit.marked.startswith(marked) or hit.exact


# --- what people type -------------------------------------------------------------------------------------------------

HOSTILE = [
    '"',
    '""',
    "water AND",
    "NOT water",
    "water*",
    "words:water",
    "^water",
    "NEAR(water quality, 3)",
    "water & ! | quality",
    "'water':*",
    "water\\",
    "'; drop table library_text; --",
    '" or 1=1 --',
    "wa\x00ter",
    "\ud800 water",
    "%water_",
    "(((",
    ";,.",
    " ",
    "",
    "\u200d\u200e",
    "{+water+}",
    ":weight_1 water",
]


async def test_no_sign_in_a_query_has_a_meaning(database: Database) -> None:
    await library(database, en="OP1. *Encourages* Member States to measure the quality of water;")
    for query in HOSTILE:
        assert {hit.label for hit in await found(database, query)} <= {"OP1"}, query
    assert [hit.label for hit in await found(database, "water")] == ["OP1"]


async def test_an_empty_library_and_words_it_does_not_have_give_nothing(database: Database) -> None:
    assert await found(database, "water") == ()
    await library(database, en="OP1. *Decides*;")
    assert await found(database, "water") == ()


async def test_a_query_as_long_as_a_paragraph_may_be_is_answered_and_a_longer_one_refused(database: Database) -> None:
    await library(database, en="OP1. *Encourages* Member States to measure the quality of water;")
    many = " ".join(f"w{number}" for number in range(5_000))
    assert await found(database, f"Encourages {many}"[:TEXT_LIMIT]) == ()
    assert await found(database, "水" * TEXT_LIMIT) == ()
    different = "".join(chr(0x4E00 + number) for number in range(TEXT_LIMIT))
    assert await found(database, different) == ()
    with pytest.raises(TextTooLong, match="at most 20000 are accepted"):
        await found(database, many)


@pytest.mark.parametrize("query", ["water", NEW_WORDS, f"{NEW_WORDS} " * 20, "水 of the"])
async def test_two_statements_whatever_is_looked_for_and_however_much_there_is(database: Database, query: str) -> None:
    many = "\n\n".join(
        f"OP{number}. *Encourages* States to measure water {number} of the year;" for number in range(1, 120)
    )
    await library(database, en_1=many, en_2="OP1. *Notes* the 水;")
    async with database.reading() as db:
        with statements(database) as asked:
            await agreed_language(db, query, limit=50)
    assert len([one for one in asked if not one.startswith("BEGIN")]) == 2
