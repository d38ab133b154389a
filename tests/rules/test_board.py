"""A board can be looked at in part."""

from app.rules.consensus import Status
from app.rules.permissions import Role
from app.rules.positions import DelegationKind, Stance
from app.text.clauses import Kind
from app.views.board import Board, Cell, Column, Row, narrowed


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
