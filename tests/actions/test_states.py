"""The member states and their groups: the file is right, and loading it alters nothing that is there."""

from datetime import date

import pytest
from sqlalchemy import text

from app.actions import access, states
from app.cli.sample import load_sample
from app.problems import NotPermitted
from app.record.database import Database
from app.rules.permissions import Role, Seat
from app.rules.positions import DelegationKind
from app.text.screen import screened
from app.views.access import operator_seat
from app.views.groups import WholeDelegation, whole_delegation
from app.views.negotiations import delegations

# How many members each group has, from the group's own account of itself.
MEMBERS = {
    "EU": 27,
    "G77": 134,
    "ARAB": 22,
    "AOSIS": 37,
    "CARICOM": 14,
    "ASEAN": 11,
    "CANZ": 3,
    "NB8": 8,
    "LDC": 44,
    "LLDC": 32,
    "AFR": 54,
    "APG": 54,
    "EEG": 23,
    "GRULAC": 33,
    "WEOG": 28,
}
# Where the United Nations writes a name otherwise than is usual.
OFFICIAL = {
    "BOL": "Bolivia (Plurinational State of)",
    "BRN": "Brunei Darussalam",
    "CIV": "Côte d’Ivoire",
    "COD": "Democratic Republic of the Congo",
    "COG": "Congo",
    "CPV": "Cabo Verde",
    "CZE": "Czechia",
    "FSM": "Micronesia (Federated States of)",
    "GBR": "United Kingdom of Great Britain and Northern Ireland",
    "GMB": "Gambia (Republic of The)",
    "IRN": "Iran (Islamic Republic of)",
    "KOR": "Republic of Korea",
    "LAO": "Lao People’s Democratic Republic",
    "MDA": "Republic of Moldova",
    "MKD": "North Macedonia",
    "NLD": "Netherlands (Kingdom of the)",
    "PRK": "Democratic People’s Republic of Korea",
    "PSE": "State of Palestine",
    "RUS": "Russian Federation",
    "SWZ": "Eswatini",
    "SYR": "Syrian Arab Republic",
    "TLS": "Timor-Leste",
    "TUR": "Türkiye",
    "TZA": "United Republic of Tanzania",
    "USA": "United States of America",
    "VAT": "Holy See",
    "VEN": "Venezuela (Bolivarian Republic of)",
    "VNM": "Viet Nam",
}


def members_on(code: str, day: date) -> set[str]:
    (group,) = (group for group in states.known().groups if group.code == code)
    return {who for who, since, until in group.memberships if since <= day and (until is None or until > day)}


async def load(database: Database) -> states.Loaded:
    async with database.writing() as db:
        return await states.load(db, await operator_seat(db))


async def read(database: Database, code: str) -> WholeDelegation:
    async with database.reading() as db:
        return await whole_delegation(db, code)


# --- the file -------------------------------------------------------------------------------------------------------


def test_the_file_has_the_193_member_states_and_the_two_observer_states() -> None:
    known = states.known()
    assert len(known.states) == 193
    assert set(known.observers) == {"PSE", "VAT"}
    assert list(known.states) == sorted(known.states), "in the order of their codes, where each is found"
    named = {**known.states, **known.observers}
    assert len(set(named.values())) == 195
    for code, name in named.items():
        assert len(code) == 3, code
        assert code.isascii(), code
        assert code.isupper(), code
        assert screened(name, "name", limit=200) == name


def test_names_are_the_official_short_ones() -> None:
    known = states.known()
    named = {**known.states, **known.observers}
    assert {code: named[code] for code in OFFICIAL} == OFFICIAL


def test_every_group_has_as_many_members_as_it_says_of_itself() -> None:
    today = date(2026, 1, 1)
    assert {group.code: len(members_on(group.code, today)) for group in states.known().groups} == MEMBERS


def test_every_group_names_its_source_and_has_each_state_once() -> None:
    known = states.known()
    for group in known.groups:
        codes = [code for code, _, _ in group.memberships]
        assert len(codes) == len(set(codes)), group.code
        assert set(codes) <= {*known.states, *known.observers}, group.code
        assert group.source, group.code
        assert all(until is None or since < until for _, since, until in group.memberships), group.code


def test_every_member_state_but_one_is_in_exactly_one_regional_group() -> None:
    known, today = states.known(), date(2026, 1, 1)
    regional = [code for group in ("AFR", "APG", "EEG", "GRULAC", "WEOG") for code in members_on(group, today)]
    assert len(regional) == len(set(regional))
    assert set(known.states) - set(regional) == {"USA"}


def test_the_union_of_each_day_has_the_members_of_that_day() -> None:
    for day, size in ((date(1957, 12, 31), 0), (date(1958, 1, 1), 6), (date(2004, 5, 1), 25), (date(2020, 1, 31), 28)):
        assert len(members_on("EU", day)) == size, day
    assert members_on("EU", date(2020, 1, 31)) - members_on("EU", date(2020, 2, 1)) == {"GBR"}
    assert members_on("ASEAN", date(2025, 10, 26)) - members_on("ASEAN", date(2025, 10, 25)) == {"TLS"}


# --- loading it -----------------------------------------------------------------------------------------------------


async def test_loading_makes_all_states_and_groups_known(database: Database) -> None:
    loaded = await load(database)
    assert (loaded.states, loaded.groups, len(loaded.codes)) == (195, len(MEMBERS), 195 + len(MEMBERS))
    union = await read(database, "eu")
    assert (union.name, union.kind, len(union.members), union.groups) == (
        "European Union",
        DelegationKind.GROUP,
        28,
        (),
    )
    (kingdom,) = (member for member in union.members if member.code == "GBR")
    assert (kingdom.since, kingdom.until) == (date(1973, 1, 1), date(2020, 2, 1))
    palestine = await read(database, "PSE")
    assert (palestine.kind, [group.code for group in palestine.groups]) == (DelegationKind.STATE, ["ARAB", "G77"])


async def test_loading_again_changes_nothing(database: Database) -> None:
    first = await load(database)
    before = await _tables(database)
    again = await load(database)
    assert (again.states, again.groups, again.codes) == (0, 0, first.codes)
    assert await _tables(database) == before


async def test_what_is_there_keeps_its_id_its_name_and_its_members(database: Database) -> None:
    async with database.writing() as db:
        france = await access.add_delegation(db, "FRA", "La France", DelegationKind.STATE)
        union = await access.add_delegation(db, "EU", "L’Union européenne", DelegationKind.GROUP)
        await access.add_delegation(db, "KEN", "Kenya Energy Network", DelegationKind.ORGANISATION)
        await access.add_member(db, union, france, database.clock())
    loaded = await load(database)
    assert (loaded.states, loaded.groups) == (193, len(MEMBERS) - 1)
    shown = await read(database, "EU")
    assert (shown.name, [member.code for member in shown.members]) == ("L’Union européenne", ["FRA"])
    assert (await read(database, "FRA")).name == "La France"
    rows = await _tables(database)
    assert {row for row in rows["delegation"] if row[1] in ("FRA", "EU")} == {
        (france, "FRA", "La France", "state"),
        (union, "EU", "L’Union européenne", "group"),
    }
    africa = await read(database, "AFR")
    assert (len(africa.members), "KEN" in {member.code for member in africa.members}) == (53, False)


async def test_the_sample_takes_part_among_all_states_and_can_come_before_or_after_the_load(
    database: Database,
) -> None:
    await load_sample(database)
    again = await load(database)
    assert (again.states, again.groups) == (0, 0)
    async with database.reading() as db:
        known = {delegation.code for delegation in await delegations(db, limit=1_000)}
    assert {"FRA", "EU", "ILO", "UNTFSSE", "ZWE", "G77"} <= known
    assert len((await read(database, "EU")).members) == 28


async def test_only_an_administrator_loads(database: Database) -> None:
    async with database.writing() as db:
        with pytest.raises(NotPermitted):
            await states.load(db, Seat(1, "Somebody", Role.SECRETARIAT))


async def _tables(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.reading() as db:
        return {
            name: [tuple(row) for row in await db.execute(text(f"select * from {name} order by id"))]
            for name in ("delegation", "membership")
        }
