"""Names in sentences."""

from app.actions.states import known
from app.text.names import _WITH_ARTICLE, in_sentence


def test_a_name_has_its_article_where_the_united_nations_gives_it_one() -> None:
    assert in_sentence("United States of America", begins=True) == "The United States of America"
    assert in_sentence("Sudan") == "the Sudan"
    assert in_sentence("South Sudan", begins=True) == "South Sudan"
    assert in_sentence("European Union") == "the European Union"


def test_every_name_with_an_article_is_that_of_a_state_the_server_knows() -> None:
    states = known()
    assert set(states.states.values()) | set(states.observers.values()) >= _WITH_ARTICLE
