"""Puts merged words together again, with the white space that neighbours have in the texts they come from."""

from collections.abc import Iterator

from app.text.edits import Edit, Words

Sides = tuple[Words, Words, Words]  # base, ours, theirs
Origin = tuple[int | None, int | None, int | None]  # the index of one word in each of them
LooseGap = tuple[int, str, str]  # the base word after it, and the white space that each side wants

_BEGINNING: Origin = (-1, -1, -1)


def joined(sides: Sides, ours: list[Edit], theirs: list[Edit]) -> tuple[str, list[LooseGap]]:
    """The merged text, with every edit applied that is not disputed, and where the sides differ in white space alone.

    White space between two words that are neighbours in several texts is merged three ways; the base's stays where both
    sides changed it. Between words that are neighbours in none, it is what they have around them elsewhere.
    """
    written: list[str] = []
    loose: list[LooseGap] = []
    base, our, their = sides
    end: Origin = (len(base.words), len(our.words), len(their.words))
    before = _BEGINNING
    for word in (*_merged(len(base.words), ours, theirs), end):
        gaps = [
            side.gaps[here] if here is not None and there is not None and here == there + 1 else None
            for side, here, there in zip(sides, word, before, strict=True)
        ]
        match gaps:
            case [str(kept), str(our_gap), str(their_gap)] if kept not in gaps[1:] and our_gap != their_gap:
                loose.append((word[0] or 0, our_gap, their_gap))
                written.append(kept)
            case _:
                written.append(_settled(sides, before, word, gaps))
        written.append(_text(sides, word))
        before = word
    return "".join(written), loose


def _merged(count: int, ours: list[Edit], theirs: list[Edit]) -> Iterator[Origin]:
    """The words of the merged text in order. `count`: words of the base."""
    our_images, their_images = _images(count, ours), _images(count, theirs)
    arrivals: list[tuple[int, int, list[Origin]]] = []
    gone = bytearray(count)
    for side, edits in ((1, ours), (2, theirs)):
        for edit in edits:
            if edit.is_disputed:
                continue
            span = edit.placed
            gone[span.start : span.end] = b"\1" * (span.end - span.start)
            if not edit.only_deletes and not (edit.twin and side == 2):
                arrivals.append((span.start, span.end, _arriving(edit, side)))
    arrivals.sort(key=lambda arrival: arrival[:2], reverse=True)
    for index in range(count + 1):
        while arrivals and arrivals[-1][0] == index:
            yield from arrivals.pop()[2]
        if index < count and not gone[index]:
            yield index, our_images[index], their_images[index]


def _arriving(edit: Edit, side: int) -> list[Origin]:
    new = range(edit.new_start + edit.shift, edit.new_end + edit.shift)
    if edit.twin:
        return [(None, index, index - new.start + edit.twin.new_start + edit.twin.shift) for index in new]
    return [(None, index, None) if side == 1 else (None, None, index) for index in new]


def _images(count: int, edits: list[Edit]) -> list[int | None]:
    """For each base word its index in the new text, None where an edit takes it away."""
    images: list[int | None] = []
    offset = 0
    for edit in edits:
        span = edit.placed
        images.extend(range(len(images) + offset, span.start + offset))
        images.extend([None] * (span.end - span.start))
        offset = edit.new_end - edit.end
    images.extend(range(len(images) + offset, count + offset))
    return images


def _text(sides: Sides, word: Origin) -> str:
    for side, index in zip(sides, word, strict=True):
        if index is not None:
            return _word(side, index)
    raise AssertionError("a merged word comes from somewhere")


def _word(side: Words, index: int) -> str:
    """The word at `index`, empty before the first and after the last."""
    return side.words[index] if 0 <= index < len(side.words) else ""


def _settled(sides: Sides, before: Origin, word: Origin, gaps: list[str | None]) -> str:
    """The white space between two neighbours, of which not both sides changed it."""
    base, ours, theirs = gaps
    if ours is not None and theirs is not None:
        if base is None or ours == theirs:  # the same words brought by both sides: the shorter white space will do
            return min(ours, theirs, key=lambda gap: (len(gap), gap))
        return theirs if ours == base else ours
    if ours is not None:
        return _as_changed(sides[0], sides[2], (before[0], word[0]), (before[2], word[2]), ours)
    if theirs is not None:
        return _as_changed(sides[0], sides[1], (before[0], word[0]), (before[1], word[1]), theirs)
    return base if base is not None else _guided(sides, before, word)


def _as_changed(
    base: Words, other: Words, base_pair: tuple[int | None, int | None], pair: tuple[int | None, int | None], gap: str
) -> str:
    """The white space beside an edit of one side, which the other side may have changed between the same words."""
    before, after = base_pair
    if before is not None and pair[0] is not None and _word(base, before + 1) == _word(other, pair[0] + 1):
        changed = other.gaps[pair[0] + 1]
        if gap == base.gaps[before + 1] != changed:
            return changed
    if after is not None and pair[1] is not None and _word(base, after - 1) == _word(other, pair[1] - 1):
        changed = other.gaps[pair[1]]
        if gap == base.gaps[after] != changed:
            return changed
    return gap


def _guided(sides: Sides, before: Origin, word: Origin) -> str:
    """The white space between two words that are neighbours in none of the texts."""
    if before == _BEGINNING:
        return min(side.gaps[0] for side in sides)
    if word[0] == len(sides[0].words):
        return min(side.gaps[-1] for side in sides)
    after_it = {
        side.gaps[index + 1]
        for side, index in zip(sides, before, strict=True)
        if index is not None and index + 1 < len(side.words)
    }
    before_it = {side.gaps[index] for side, index in zip(sides, word, strict=True) if index}
    if before_it == {""} and not _text(sides, word)[0].isalnum():
        return ""  # a comma, a closing bracket
    if after_it == {""} and not _text(sides, before)[-1].isalnum():
        return ""  # an opening bracket or quote
    return min((gap for gap in after_it | before_it if gap), key=lambda gap: (len(gap), gap), default="")
