"""`chapeau sponsors`: the sponsors as the head of the document names them."""

from tests.cli.conftest import Chapeau

DRAFT = "---\nslug: fire\ntitle: Fire\nsponsors:\n- Spain\n- Côte d'Ivoire\n- France\n---\n\nOP1. *Decides* to act.\n"


def test_the_sponsors_are_printed_as_the_head_of_the_document(fresh: Chapeau) -> None:
    fresh.done("import", "-", given=DRAFT.encode())
    assert fresh.done("sponsors", "fire") == "Côte d'Ivoire, France and Spain: draft resolution\n"


def test_a_text_without_sponsors_says_so(chapeau: Chapeau) -> None:
    assert chapeau.done("sponsors", "water") == "water has no sponsors yet\n"
    assert "nowhere" in chapeau.refused("sponsors", "nowhere")
