"""Texts to state laws about: real phrases, every script of the UN, hostile words, and any characters at all."""

from hypothesis import strategies as st

PHRASES = (
    *(
        "Member States",
        "the United Nations system",
        "sustainable",
        "inclusive",
        "growth",
        "and",
        "of",
        "the",
        "the",
        "to promote",
    ),
    *(
        "decent work",
        "social and solidarity economy",
        "A/RES/70/1",
        "resolution 79/213",
        "2030 Agenda",
        "1,000.5",
        "co-operation",
    ),
    *(
        "l’économie",
        "développement",
        "развитие",
        "мир",
        "التنمية",
        "المُسْتَدامة",
        "大会欢迎",
        "发展",
        "constructor",
        "__proto__",
        "\ue000",
    ),
    *(",", ";", ".", "(a)", "“", "”", "—", "very very"),
)
SPACES = (" ", " ", " ", " ", "", "  ", "\u00a0")

texts = st.lists(st.tuples(st.sampled_from(PHRASES), st.sampled_from(SPACES)), max_size=24).map(
    lambda parts: "".join(phrase + space for phrase, space in parts)
)
"""Sentences as people write and mistype them."""

any_texts = st.text(st.characters(categories=None), max_size=40) | st.text("ab ,.", max_size=30)
"""Anything a string can hold, and a few characters again and again."""


@st.composite
def _negotiated(draw: st.DrawFn) -> tuple[str, str, str]:
    vocabulary = draw(st.sampled_from([PHRASES, ("women", "men", "youth", ", ", ", ", "and", " "), ("a", "b", "c")]))
    parts = st.tuples(st.sampled_from(vocabulary), st.sampled_from(SPACES))
    base = draw(st.lists(parts, max_size=14))
    edits = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 2), st.lists(parts, max_size=2)), max_size=3)
    versions = [base]
    for _ in range(2):
        version = list(base)
        for place, taken, brought in draw(edits):
            version[place : place + taken] = brought
        versions.append(version)
    base_text, ours, theirs = ("".join(phrase + space for phrase, space in version) for version in versions)
    return base_text, ours, theirs


negotiated = _negotiated()
"""A base and two texts that differ from it by a few edits, often of the same words."""
