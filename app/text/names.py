"""Names of delegations in a sentence: the United States of America, but Switzerland."""

from typing import Final

# As the United Nations writes them in running text (UN Terminology: the names that it gives with “(the)”).
_WITH_ARTICLE: Final = frozenset(
    {
        "Bahamas",
        "Central African Republic",
        "Comoros",
        "Congo",
        "Democratic People’s Republic of Korea",
        "Democratic Republic of the Congo",
        "Dominican Republic",
        "Holy See",
        "Lao People’s Democratic Republic",
        "Marshall Islands",
        "Niger",
        "Philippines",
        "Republic of Korea",
        "Republic of Moldova",
        "Russian Federation",
        "State of Palestine",
        "Sudan",
        "Syrian Arab Republic",
        "United Arab Emirates",
        "United Kingdom of Great Britain and Northern Ireland",
        "United Republic of Tanzania",
        "United States of America",
    }
)


def in_sentence(name: str, *, begins: bool = False) -> str:
    """A name with its article where it has one: `the Sudan`; `The Sudan` where it `begins` the sentence.

    Names of groups and bodies that say what they are (European Union, African Group) have one too.
    """
    last = name.rpartition(" ")[2]
    if name not in _WITH_ARTICLE and last not in ("Union", "Group", "Organization", "Force", "Community"):
        return name
    return f"{'The' if begins else 'the'} {name}"
