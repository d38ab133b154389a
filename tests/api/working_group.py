"""The working group of the scenario: who sits in it, and the forty amendments that they bring to the first reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.rules.permissions import Role

SLUG: Final = "sse"
ZERO_DRAFT: Final = (Path(__file__).resolve().parents[2] / "drafts" / "sse.md").read_text("utf-8")

# France and Spain lead; fourteen more states, and the European Union, of which four of the sixteen are members.
CAST: Final[Mapping[str, Role]] = {
    "FRA": Role.PENHOLDER,
    "ESP": Role.PENHOLDER,
    "ARG": Role.DELEGATE,
    "BRA": Role.DELEGATE,
    "CAN": Role.DELEGATE,
    "CHL": Role.DELEGATE,
    "COL": Role.DELEGATE,
    "IDN": Role.DELEGATE,
    "IND": Role.DELEGATE,
    "ITA": Role.DELEGATE,
    "LUX": Role.DELEGATE,
    "MAR": Role.DELEGATE,
    "NOR": Role.DELEGATE,
    "SEN": Role.DELEGATE,
    "USA": Role.DELEGATE,
    "ZAF": Role.DELEGATE,
    "EU": Role.DELEGATE,
    "ILO": Role.OBSERVER,
}
GROUP: Final = "EU"
MEMBERS: Final = ("FRA", "ESP", "ITA", "LUX")
STATES: Final = tuple(code for code, role in CAST.items() if role is not Role.OBSERVER and code != GROUP)
ALONE: Final = tuple(code for code in STATES if code not in MEMBERS)  # for whom no group speaks


@dataclass(frozen=True, slots=True)
class Proposed:
    """One of the forty: `old` becomes `new` in the clause, unless `kind` says otherwise and `body` what it needs."""

    by: str
    clause: str
    old: str = ""
    new: str = ""
    kind: str = "replace"
    body: Mapping[str, Any] = field(default_factory=dict)

    def as_body(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """What is sent, over the current wording of the paragraphs."""
        body: dict[str, Any] = {"kind": self.kind, "clause": self.clause, **self.body}
        if self.old:
            assert self.old in texts[self.clause], (self.old, texts[self.clause])
            body["text"] = texts[self.clause].replace(self.old, self.new)
        return body


NEW_PP: Final = "Bearing in mind the experience of cooperatives of all continents in the provision of clean energy,"
NEW_PP_TOO: Final = "Underlining that platform cooperatives can contribute to bridging the digital divide,"
NEW_POINT: Final = "Access to markets for producers in the least developed countries, including landlocked ones;"

FORTY: Final = (
    Proposed("NOR", "PP1", "resolved to leave no one behind", "pledged that no one will be left behind"),  # A1
    Proposed("USA", "PP2", ", and the means of implementation that it sets out", ""),  # A2
    Proposed("IND", "PP2", "the means of implementation that", "all the means of implementation that"),  # A3
    Proposed("CHL", "PP3", "of the right to work and", "of the right to work, of social security and"),  # A4
    Proposed("CAN", "PP3", "just and favourable", "just, equal and favourable"),  # A5
    Proposed("BRA", "PP4", "Taking note with appreciation of the", "Welcoming the"),  # A6
    Proposed("EU", "PP4", "Taking note with appreciation of the", "Welcoming the"),  # A7: the same words
    Proposed("IDN", "PP5", kind="delete"),  # A8
    Proposed("ZAF", "PP6", "to raise the visibility", "to increase the visibility"),  # A9
    Proposed(
        "EU", "PP7", "further entities that are faithful to", "other entities operating in accordance with"
    ),  # A10
    Proposed("COL", "PP7", "self-help groups", "self-help groups, community organizations"),  # A11
    Proposed("ARG", "PP7", "associations, foundations, social", "associations, social"),  # A12
    Proposed("SEN", "PP9", "young people and persons", "young people, persons with disabilities and persons"),  # A13
    Proposed("MAR", "PP9", "reduce poverty and inequality", "eradicate poverty and reduce inequality"),  # A14
    Proposed("USA", "PP9", "decent and productive work", "decent work"),  # A15
    Proposed("IND", "PP10", "to the formal economy,", "to the formal economy, notably in developing countries,"),  # A16
    Proposed("NOR", "PP11", "the empowerment of women", "the empowerment of all women and girls"),  # A17
    Proposed("IDN", "PP11", "the care economy", "the care and support economy"),  # A18
    Proposed("CAN", "PP12", "during the coronavirus disease (COVID-19) pandemic", "during pandemics"),  # A19
    Proposed("EU", "PP12", "a just transition to", "a just and inclusive transition to"),  # A20
    Proposed("ZAF", "PP13", "Concerned", "Deeply concerned"),  # A21
    Proposed("BRA", "PP12", kind="insert", body={"text": NEW_PP}),  # A22
    Proposed("CHL", "PP13", "finance, markets", "finance, technology, markets"),  # A23
    Proposed("COL", "PP14", kind="insert", body={"text": NEW_PP_TOO}),  # A24
    Proposed("FRA", "OP1", "as one of the models", "as a possible model"),  # A25
    Proposed("USA", "OP1", "Encourages", "Invites"),  # A26
    Proposed("IND", "OP1", "policies and programmes that", "policies and programmes, as appropriate, that"),  # A27
    Proposed("CAN", "OP1", "", "", body={"amends": "A25"}),  # A28: its words are those of A25, changed
    Proposed("EU", "OP2(a)", "with other enterprises", "with other forms of enterprise"),  # A29
    Proposed("ARG", "OP2(b)", kind="delete"),  # A30
    Proposed("USA", "OP2(b)", ", as appropriate", ", in accordance with international obligations"),  # A31
    Proposed("SEN", "OP2(d)", kind="insert", body={"text": NEW_POINT, "level": 2}),  # A32
    Proposed("LUX", "OP2(d)", "to the economy and to society", "to the economy, to society and to nature"),  # A33
    Proposed("IDN", "OP3", "Invites", "Encourages"),  # A34
    Proposed("MAR", "OP3", kind="split"),  # A35
    Proposed("EU", "OP4", "at the request of", "upon the request of, and in agreement with,"),  # A36
    Proposed("ZAF", "OP6", kind="move", body={"after": "OP4"}),  # A37
    Proposed("ESP", "OP5", "upon their request", "at their request"),  # A38
    Proposed("NOR", "OP7", kind="merge", body={"merges": ["OP8"]}),  # A39
    Proposed("COL", "OP7", kind="alternative"),  # A40
)
