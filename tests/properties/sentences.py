"""Texts to state laws about: real sentences, every script of the UN, hostile words, and any characters at all."""

from pathlib import Path

from hypothesis import strategies as st

from app.text.clauses import Kind
from app.text.drafts import parse

_DRAFT = parse((Path(__file__).resolve().parents[2] / "drafts" / "sse.md").read_text("utf-8"))
SENTENCES = tuple(c.text for c in _DRAFT.clauses if c.kind in (Kind.PREAMBULAR, Kind.OPERATIVE) and len(c.text) < 400)

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

_STACKED = (
    "aé\u0301\u0308\u20dd \u00a0سل\u064e\u0651ٱ٫大会\U00020000क\u094d\u200d\u200b\u202e\ufe0f\U0001f469\ud800\0,’-"
)

any_texts = (
    st.text(st.characters(categories=None), max_size=40)
    | st.text("ab ,.", max_size=30)
    | st.text(_STACKED, max_size=24)
)
"""Anything a string can hold, a few characters again and again, and marks that combine with whatever is before them."""


@st.composite
def _negotiated(draw: st.DrawFn) -> tuple[str, str, str]:
    sentence = draw(st.just("") | st.sampled_from(SENTENCES))
    lists = [PHRASES, ("women", "men", "youth", ", ", ", ", "and", " "), ("a", "b", "c")]
    vocabulary = sentence.split(" ") if sentence else draw(st.sampled_from(lists))
    parts = st.tuples(st.sampled_from(vocabulary), st.sampled_from(SPACES))
    base = [(word, " ") for word in vocabulary] if sentence else draw(st.lists(parts, max_size=14))
    places = st.integers(0, len(base))
    edits = st.lists(st.tuples(places, st.integers(0, 2), st.lists(parts, max_size=2)), max_size=3)
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
