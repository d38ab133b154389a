"""Agreed language: where adopted texts say the same as a paragraph or phrase, or nearly so, with the difference."""

import math
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import TextTooLong
from app.record.library import LibraryPassage, LibraryText, LibraryWord, passages_with
from app.text.clauses import Kind
from app.text.diff import Runs
from app.text.nearness import Nearness, Sought, Words, compared, words
from app.text.screen import TEXT_LIMIT
from app.views.clauses import marked

NEAR_ENOUGH: Final = 0.6  # below it, passages have little in common but the words that every resolution has
_MOST_PROBES: Final = 16  # words looked for in the index, the rarest first,
_MOST_MENTIONS: Final = 5_000  # as long as they stand in so many passages in all (one is looked for in any case)
_MOST_WEIGHED: Final = 2_000  # passages with the most of these words
_MOST_COMPARED: Final = 200  # of them, those that are compared word by word
_PHRASE: Final = 12  # words; a query of so few may stand as it is among many passages that have all of them


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where an adopted text says the same (`exact`: word for word) or nearly so.

    `text` is the whole passage, `stretch` the part of it that comes nearest. `score` is 1 for the same words and
    falls with each word that is missing, replaced or put in (app/text/nearness.py). `runs` lead from what was
    looked for to the stretch: `delete` is only in the first, `insert` only in the second. `marked` shows them on one
    line.
    """

    symbol: str
    title: str
    adopted_on: date | None
    label: str
    kind: Kind
    text: str
    stretch: str
    score: float
    exact: bool
    runs: Runs
    marked: str


@dataclass(frozen=True, slots=True)
class AgreedLanguage:
    """What was looked for, and where it was found: the nearest first, of equally near ones the latest adopted."""

    query: str
    hits: tuple[Hit, ...]


class _Candidate(NamedTuple):
    symbol: str
    title: str
    adopted_on: date | None
    label: str
    kind: str
    text: str
    words: str


class _Ranked(NamedTuple):
    near: Nearness
    candidate: _Candidate

    @property
    def order(self) -> tuple[float, float, str]:
        adopted_on = self.candidate.adopted_on
        return -self.near.score, -adopted_on.toordinal() if adopted_on else math.inf, self.candidate.symbol


async def agreed_language(
    db: AsyncSession, query: str, *, limit: int = 10, language: str = "", without: str = ""
) -> AgreedLanguage:
    """The `limit` nearest passages to `query`, of texts in `language` (empty: any), none from the text `without`.

    The index gives the passages that have the most of its rarest words; these are compared with it word by word. Two
    statements; none for a query without words. Raises TextTooLong.
    """
    if len(query) > TEXT_LIMIT:
        raise TextTooLong(field="q", length=len(query), limit=TEXT_LIMIT)
    wanted = words(query)
    if not wanted:
        return AgreedLanguage(query, ())
    probes = await _probes(db, wanted)
    if not probes:
        return AgreedLanguage(query, ())
    found = await db.execute(_candidates(db, wanted, probes, language, without))
    ranked = _nearest(wanted, [_Candidate._make(row) for row in found], limit)
    return AgreedLanguage(query, tuple(_hit(query, near, candidate) for near, candidate in ranked))


async def _probes(db: AsyncSession, wanted: Words) -> dict[str, float]:
    """The rarest words of a query that the library has, each with its weight (inverse document frequency)."""
    everything = select(func.coalesce(func.sum(LibraryText.paragraphs), 0)).scalar_subquery()
    known = await db.execute(
        select(LibraryWord.word, LibraryWord.passages, everything).where(LibraryWord.word.in_(sorted(set(wanted))))
    )
    rarest = sorted(known, key=lambda row: (row[1], row[0]))[:_MOST_PROBES]
    mentions = accumulate(passages for _, passages, _ in rarest)
    few = [row for row, so_far in zip(rarest, mentions, strict=True) if so_far <= _MOST_MENTIONS] or rarest[:1]
    return {word: math.log(1 + everywhere / passages) for word, passages, everywhere in few}


def _candidates(
    db: AsyncSession, wanted: Words, probes: dict[str, float], language: str, without: str
) -> Select[str, str, date | None, str, str, str, str]:
    mentions = union_all(
        *(passages_with(db, word).add_columns(literal(weight).label("weight")) for word, weight in probes.items())
    ).subquery("mentions")
    weight = func.sum(mentions.c.weight).label("weight")
    weighed = (
        select(mentions.c.id, weight)
        .group_by(mentions.c.id)
        .order_by(weight.desc(), mentions.c.id.desc())
        .limit(_MOST_WEIGHED)
        .subquery("weighed")
    )
    query = (
        select(
            LibraryText.symbol,
            LibraryText.title,
            LibraryText.adopted_on,
            LibraryPassage.label,
            LibraryPassage.kind,
            LibraryPassage.text,
            LibraryPassage.words,
        )
        .join(LibraryPassage, LibraryPassage.text_id == LibraryText.id)
        .join(weighed, weighed.c.id == LibraryPassage.id)
        .limit(_MOST_COMPARED)
    )
    if len(wanted) <= _PHRASE:
        query = query.order_by(LibraryPassage.words.contains(" ".join(wanted)).desc())
    query = query.order_by(weighed.c.weight.desc(), LibraryPassage.id.desc())
    if language:
        query = query.where(LibraryText.language == language)
    if without:
        query = query.where(LibraryText.symbol != without)
    return query


def _nearest(wanted: Words, candidates: list[_Candidate], limit: int) -> list[_Ranked]:
    """The nearest candidates, in order. Those that cannot be among them are not compared."""
    sought = Sought(wanted)
    bounded = [(sought.at_best(candidate.words.split()), candidate) for candidate in candidates]
    bounded.sort(key=lambda pair: -pair[0])
    best: list[_Ranked] = []
    for bound, candidate in bounded:
        if bound < (best[-1].near.score if len(best) == limit else NEAR_ENOUGH):
            break
        near = sought.nearest(candidate.words.split())
        if near.score >= NEAR_ENOUGH:
            best.append(_Ranked(near, candidate))
            best.sort(key=lambda ranked: ranked.order)
            del best[limit:]
    return best


def _hit(query: str, near: Nearness, candidate: _Candidate) -> Hit:
    comparison = compared(query, candidate.text, near)
    return Hit(
        symbol=candidate.symbol,
        title=candidate.title,
        adopted_on=candidate.adopted_on,
        label=candidate.label,
        kind=Kind(candidate.kind),
        text=candidate.text,
        stretch=comparison.stretch,
        score=round(near.score, 4),
        exact=near.exact,
        runs=comparison.runs,
        marked=marked(comparison.runs),
    )
