"""How a page is made and sent: the templates, what every template can use, and the headers that keep it safe."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from app.problems import Problem
from app.rules.permissions import Seat
from app.said import Said
from app.text.clauses import Kind
from app.text.openers import opener
from app.web.addresses import amendment_address, clause_address, negotiation_address
from app.web.catalogue import LANGUAGES, N_, Catalogue, catalogue, direction_of, language_of
from app.web.once import NOTICE, new_key
from app.web.refusals import Wrong, tied, wrong_fields
from app.web.session import csrf_of, is_secure, venue_of

HERE: Final = Path(__file__).parent
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The pages of a negotiation: the name of each, its address behind that of the negotiation, what its tab says.
TABS: Final = (
    ("draft", "", N_("The draft")),
    ("amendments", "/amendments", N_("Amendments")),
    ("board", "/board", N_("The board")),
    ("adoption", "/adoption", N_("Towards adoption")),
    ("digest", "/digest", N_("What is new")),
    ("people", "/people", N_("People")),
    ("record", "/record", N_("The record")),
    ("settings", "/settings", N_("Settings")),
)
# What keeps a page or a file of ours to what it is for.
SAFE_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HEADERS: Final = SAFE_HEADERS | {"Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Language"}


def page(
    request: Request, template: str, *, seat: Seat | None = None, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page from a template, in the language of whoever asks. `seat` is theirs, None where nobody is signed in."""
    found, words, wrong = _rendered(request, template, {**context, "seat": seat})
    if status >= 400:
        found = as_refused(found, words, wrong)
    response = HTMLResponse(found, status, HEADERS)
    if NOTICE in request.cookies:
        response.delete_cookie(NOTICE, path="/", httponly=True, samesite="lax", secure=is_secure(request))
    return response


def refusal(request: Request, problem: Problem) -> tuple[str, Catalogue, list[Wrong]]:
    """What was refused, for the head of a form; with the fields that it names, for `as_refused`."""
    return _rendered(request, "refusal.html", {"problem": problem, "seat": None})


def as_refused(html: str, words: Catalogue, wrong: Sequence[Wrong]) -> str:
    """A page that refuses something: it says so in its title and at each field that is wrong."""
    return tied(html, tuple(wrong)).replace("<title>", f"<title>{words.gettext(N_('Error:'))} ", 1)


def _rendered(request: Request, template: str, context: Mapping[str, Any]) -> tuple[str, Catalogue, list[Wrong]]:
    """A template with what all of them can use, and the fields that it said are wrong."""
    language = language_of(request)
    words = words_of(request)
    venue = venue_of(request)
    wrong: list[Wrong] = []

    def named(problem: Problem) -> tuple[Wrong, ...]:
        """The fields that a problem names, for the place that says what was refused."""
        wrong.extend(of_this := wrong_fields(problem, words))
        return of_this

    found = _ENVIRONMENT.get_template(template).render(
        **context,  # a name that a page takes from those of all pages is an error
        **{
            "_": words.gettext,
            "ngettext": words.ngettext,
            "words": words,
            "language": language,
            "languages": LANGUAGES,
            "direction": direction_of(language),
            "path": f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path,
            "csrf": csrf_of(request),
            "once": new_key,
            "wrong_fields": named,
            "tabs": TABS,
            "text_language": venue.language or language,
            "head": venue.head_seq,
            "notice": unquote(request.cookies.get(NOTICE, "")),
        },
    )
    return found, words, wrong


def go_to(request: Request, address: str, notice: str = "") -> RedirectResponse:
    """Lead on after something was done (303), to say `notice` on the page that comes next."""
    response = RedirectResponse(address, 303, {"Cache-Control": "no-store"})
    if notice:
        response.set_cookie(
            NOTICE, quote(notice[:600]), max_age=60, path="/", httponly=True, samesite="lax", secure=is_secure(request)
        )
    return response


def said(request: Request, text: str, /, **facts: object) -> str:
    """A sentence for a notice, in the language of whoever asks. `text` is marked with N_."""
    return words_of(request).gettext(text, **facts)


def words_of(request: Request) -> Catalogue:
    """The words of the language of whoever asks, with times as where the negotiation of the page meets."""
    return catalogue(language_of(request)).in_zone(venue_of(request).time_zone)


def may(seat: Seat | None, verb: str) -> bool:
    """Whether a page offers it. (Whether it may be done is for the action to say.)"""
    if seat is None:
        return False
    try:
        seat.must(verb)
    except Problem:
        return False
    return True


@pass_context
def moment(context: Context, when: datetime | None, zone: str = "UTC") -> str:
    """A time as people write it, in a time zone: `16 January 2023, 09:00 UTC`."""
    return "" if when is None else _words(context).moment(when.astimezone(ZoneInfo(zone)))


@pass_context
def day(context: Context, when: datetime, zone: str = "UTC") -> str:
    """The day of a time: `16 January 2023`."""
    return _words(context).day(when.astimezone(ZoneInfo(zone)))


@pass_context
def full_day(context: Context, of: date) -> str:
    """A day: `16 January 2023`."""
    return _words(context).day_of(of)


@pass_context
def short_day(context: Context, of: date) -> str:
    """A day of a year that is known: `16 Jan`."""
    return _words(context).short_day(of)


@pass_context
def month(context: Context, of: date) -> str:
    """The month of a day: `Jan 2023`."""
    return _words(context).month(of)


@pass_context
def say(context: Context, sentence: object) -> object:
    """A sentence of the rules in the language of the page. Whatever a template prints goes through it; what it joins
    to a text beforehand needs it there."""
    return _words(context).say(sentence) if isinstance(sentence, Said) else sentence


@pass_context
def listed(context: Context, things: Iterable[object]) -> str:
    """Things one behind the other, as the language of the page separates them."""
    return _words(context).listed(things)


@pass_context
def problem(context: Context, refusal: Problem) -> str:
    """What stands in the way, and what one can do."""
    return _words(context).problem(refusal)


def local(when: datetime, zone: str) -> str:
    """A time as a field for times takes it, in a time zone: `2023-01-16T09:00`."""
    return when.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def parts_of(text: str, kind: Kind) -> tuple[str, str]:
    """A paragraph as its opener, which is printed in italics, and the rest."""
    italics = opener(kind, text)
    return italics, text[len(italics) :]


def _words(context: Context) -> Catalogue:
    found = context["words"]
    assert isinstance(found, Catalogue)  # noqa: S101 - page() puts it there
    return found


def environment() -> Environment:
    """Where the templates are, and what all of them can use."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=say,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    environment.tests["said"] = lambda sentence: isinstance(sentence, Said)
    filters: Mapping[str, Any] = {
        "moment": moment,
        "day": day,
        "local": local,
        "say": say,
        "problem": problem,
        "listed": listed,
    }
    environment.filters.update(filters)
    environment.filters.update(full_day=full_day, short_day=short_day, month=month)
    environment.globals.update(
        may=may,
        parts_of=parts_of,
        negotiation_address=negotiation_address,
        clause_address=clause_address,
        amendment_address=amendment_address,
    )
    return environment


_ENVIRONMENT: Final = environment()
