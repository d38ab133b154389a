"""Which passwords are good enough."""

import pytest

from app.problems import PasswordRefused
from app.rules.passwords import must_be_good

SIGN_IN = "ana.martin.lopez@example.org"


@pytest.mark.parametrize(
    "password", ["rain over seven quiet rivers", "vT9!kq2#Lm0z", "долгий пароль", "水質毎年測定加盟国奨励重要"]
)
def test_a_long_password_that_nobody_would_guess_is_good(password: str) -> None:
    must_be_good(password, SIGN_IN)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short words", "fewer than 12 characters"),
        ("", "fewer than 12 characters"),
        ("long words " * 20, "more than 200 characters"),
        ("Ana.Martin.Lopez@Example.org", "your sign-in name"),
        ("ana.martin.lopez", "your sign-in name"),
        (SIGN_IN[::-1], "your sign-in name"),
        ("Password1234", "first that anybody would try"),
        ("United Nations", "first that anybody would try"),
        ("Correct Horse Battery Staple", "first that anybody would try"),
        ("abababababababab", "first that anybody would try"),
        ("four or five words", "first that anybody would try"),
        ("Any four or five words!", "first that anybody would try"),
        ("quatre ou cinq mots", "first that anybody would try"),
        ("P@ssw0rd-2026-qwerty", "first that anybody would try"),
        ("1q2w3e4r5t6y7u", "first that anybody would try"),
        ("qwertyuiop123", "first that anybody would try"),
        ("Chapeau Chapeau 1", "first that anybody would try"),
        ("Resolution 77/281", "first that anybody would try"),
        ("iloveyouforever!!", "first that anybody would try"),
        ("Ana Martín-López 1987", "your name or address"),
        ("Chapeau for Martin", "your name or address"),
        ("example.org password", "your name or address"),
    ],
)
def test_one_that_is_short_or_that_somebody_would_guess_is_refused_with_what_to_do(password: str, why: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        must_be_good(password, SIGN_IN, "Ana Martín López")
    assert why in refused.value.detail
    assert refused.value.detail.endswith("that nobody would guess, such as four or five words.")
    assert password not in refused.value.detail or password in ("", "four or five words"), "it is not said aloud"
