"""A board can be looked at in part."""

from app.rules.consensus import Status
from app.rules.permissions import Role
from app.rules.positions import DelegationKind, Stance
from app.text.clauses import Kind
from app.views.board import Board, Cell, Column, Row, narrowed
from app.views.progress import shares


def test_a_board_narrowed_to_what_is_open_counts_what_is_left_and_leaves_out_who_is_silent_there() -> None:
    fra = Column("FRA", "France", DelegationKind.STATE, Role.DELEGATE, True, {Stance.SUPPORT: 2})
    sen = Column("SEN", "Senegal", DelegationKind.STATE, Role.DELEGATE, True, {Stance.OBJECT: 1})
    support, objection = Cell(Stance.SUPPORT, "", 1), Cell(Stance.OBJECT, "", 1)
    agreed = Row("c1", "OP1", Kind.PARAGRAPH, 1, 1, Status.AGREED, 0, (support, objection))
    still_open = Row("c2", "OP2", Kind.PARAGRAPH, 1, 1, Status.OPEN, 0, (support, None))
    whole = Board("sse", 9, (fra, sen), (agreed, still_open))
    found = narrowed(whole, left_out={Status.AGREED}, only_heard=True)
    assert [column.code for column in found.delegations] == ["FRA"]
    assert found.delegations[0].positions == {Stance.SUPPORT: 1}
    assert [row.positions for row in found.clauses] == [(support,)]


def test_paragraphs_share_out_among_the_statuses_from_agreed_on_without_those_removed() -> None:
    found = shares({"bracketed": 1, "agreed": 3, "removed": 5})
    assert [(one.status, one.count, one.start, one.length) for one in found] == [
        (Status.AGREED, 3, 0.0, 75.0),
        (Status.BRACKETED, 1, 75.0, 25.0),
    ]
    assert shares({}) == ()
