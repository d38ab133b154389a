"""Starting points for whoever settles a conflict."""

from app.text.resolution import for_ours, for_theirs

BASE = "Encourages Member States to support cooperatives in their plans;"


def test_our_words_take_in_all_of_the_text_that_does_not_touch_them() -> None:
    ours = "Encourages Member States to promote cooperatives in their plans;"
    theirs = "Encourages Member States to finance cooperatives in their national plans;"
    assert for_ours(BASE, ours, theirs) == "Encourages Member States to promote cooperatives in their national plans;"
    assert for_theirs(BASE, ours, theirs) == "Encourages Member States to finance cooperatives in their national plans;"


def test_without_a_conflict_both_starting_points_are_the_merged_text() -> None:
    theirs = "Encourages Member States to support cooperatives in their national plans;"
    ours = "Encourages all Member States to support cooperatives in their plans;"
    merged = "Encourages all Member States to support cooperatives in their national plans;"
    assert for_ours(BASE, ours, theirs) == for_theirs(BASE, ours, theirs) == merged


def test_where_both_insert_at_one_point_each_keeps_its_own_words() -> None:
    ours = "Encourages Member States to support cooperatives and mutuals in their plans;"
    theirs = "Encourages all Member States to support cooperatives and associations in their plans;"
    assert for_ours(BASE, ours, theirs) == (
        "Encourages all Member States to support cooperatives and mutuals in their plans;"
    )
    assert for_theirs(BASE, ours, theirs) == theirs
