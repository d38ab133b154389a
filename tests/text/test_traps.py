"""Texts that other systems of this kind are known to fail on, each through every part of the engine."""

import random
from dataclasses import dataclass

import pytest

from app.text.clauses import Clause, Kind
from app.text.compilation import Proposal, base_of, compilation, read_back
from app.text.diff import Op, apply, diff, inverted
from app.text.document_diff import ChangeOp, compare, rebuild
from app.text.merge import Absorbed, Clean, Merge, merge, rebase
from app.text.tokens import tokens
from tests.yardstick import least_marked, words


@dataclass(frozen=True)
class Trap:
    """A text, a change of it, another change that has nothing to do with the first, and both made together."""

    base: str
    new: str
    other: str
    both: str


def _repetitive() -> Trap:
    chance = random.Random(21)
    words = [chance.choice([f"word{number}" for number in range(21)]) for _ in range(800)]
    words[390:410] = [f"middle{number}" for number in range(20)]
    new = [*words[:100], *words[108:200], *words[40:48], *words[200:]]
    return Trap(*(" ".join(text) for text in (words, new, [*words, "end"], [*new, "end"])))


TRAPS = {
    "21 different words, 800 long": _repetitive(),
    "names of JavaScript objects": Trap(
        "constructor of __proto__, hasOwnProperty and toString",
        "constructor of __proto__, prototype and toString",
        "valueOf of __proto__, hasOwnProperty and toString",
        "valueOf of __proto__, prototype and toString",
    ),
    "spaces alone": Trap("one two three four", "one  two three four", "one two three  four", "one  two three  four"),
    "double spaces kept": Trap("one  two  three", "one  2  three", "one  two  3", "one  2  3"),
    "double spaces mended": Trap("one  two  three", "one two three", "one  two  3", "one two 3"),
    "no-break spaces": Trap("of 25\u00a0May 2024", "of 26\u00a0May 2024", "of 25\u00a0May 2025", "of 26\u00a0May 2025"),
    "an edit beside a deletion": Trap("a b c d e", "a c d e", "a b x d e", "a x d e"),
    "list items renumbered": Trap(
        "(1) growth, (2) jobs, (3) peace",
        "(1) land, (2) growth, (3) jobs, (4) peace",
        "(1) growth, (2) jobs, (3) lasting peace",
        "(1) land, (2) growth, (3) jobs, (4) lasting peace",
    ),
    "Arabic with marks": Trap(
        "السَّلام والأمن والتنمية", "السَّلام والأَمْن والتنمية", "السلام والأمن والتنمية", "السلام والأَمْن والتنمية"
    ),
    "Chinese without spaces": Trap(
        "大会欢迎秘书长的报告", "大会注意到秘书长的报告", "大会欢迎秘书长的新报告", "大会注意到秘书长的新报告"
    ),
}

each_trap = pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())


@each_trap
def test_the_difference_is_exact_both_ways_and_marks_whole_words_and_few(trap: Trap) -> None:
    for base, new in ((trap.base, trap.new), (trap.base, trap.other), (trap.new, trap.both)):
        runs = diff(base, new)
        assert apply(base, runs) == new
        assert apply(new, inverted(runs)) == base
        assert tuple(token for run in runs if run.op is not Op.INSERT for token in tokens(run.text)) == tokens(base)
        shown = sum(len(words(run.text)) for run in runs if run.op is not Op.EQUAL)
        assert shown <= 1.15 * least_marked(words(base), words(new))


@each_trap
def test_changes_that_have_nothing_to_do_with_each_other_merge_whichever_comes_first(trap: Trap) -> None:
    assert merge(trap.base, trap.new, trap.other) == Merge(trap.both)
    assert merge(trap.base, trap.other, trap.new) == Merge(trap.both)
    assert rebase(trap.other, trap.base, trap.new) == Clean(trap.both)
    assert rebase(trap.new, trap.base, trap.new) == Absorbed()


@each_trap
def test_every_wording_is_read_back_from_the_compilation(trap: Trap) -> None:
    wordings = (trap.new, trap.other, trap.both, None)
    compiled = compilation(trap.base, [Proposal(f"A{number}", ("EU",), text) for number, text in enumerate(wordings)])
    assert base_of(compiled) == trap.base
    assert tuple(read_back(compiled, f"A{number}") for number in range(len(wordings))) == wordings


@each_trap
def test_the_paragraph_is_found_again_where_it_changed_and_moved(trap: Trap) -> None:
    others = ("Welcomes the report of the Secretary-General;", "Invites the regional commissions to meet;")
    old = [Clause(Kind.OPERATIVE, "", text) for text in (trap.base, *others)]
    new = [Clause(Kind.OPERATIVE, "", text) for text in (*others, trap.new)]
    changes = compare(old, new)
    assert rebuild([clause.text for clause in old], changes) == tuple(clause.text for clause in new)
    (found,) = (change for change in changes if 0 in change.old)
    assert found.new == (2,)
    assert sum(change.op is ChangeOp.MOVED for change in changes) in (1, 2)  # it did, or the two that are shorter
