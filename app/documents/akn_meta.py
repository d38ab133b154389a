"""The metadata of an Akoma Ntoso document: what the text is, where it was taken from, who speaks, what changes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from app.documents.akn_names import AKN, DRAFT, ORIGIN, OURS, Addresses, akn, is_adopted, slug, three_letters
from app.documents.document import Content, Document, Kind, Mark, Paragraph
from app.rules.amendments import ChangeKind

SOFTWARE: Final = "#chapeau"
_MODIFICATIONS: Final = {
    ChangeKind.REPLACE: "substitution",
    ChangeKind.INSERT: "insertion",
    ChangeKind.DELETE: "repeal",
    ChangeKind.MOVE: "renumbering",
    ChangeKind.SPLIT: "split",
    ChangeKind.MERGE: "join",
    ChangeKind.ALTERNATIVE: "insertion",
}


def add(parent: etree._Element, element: str, text: str = "", /, **attributes: str) -> etree._Element:
    """A child with these attributes; a trailing underscore in the name of one is left off (`as_`)."""
    child = etree.SubElement(parent, akn(element), {key.rstrip("_"): value for key, value in attributes.items()})
    if text:
        child.text = text
    return child


def organization(code: str) -> str:
    """The eId under which a delegation stands among the references."""
    return f"org_{slug(code, 'x')}"


def amendment(name: str) -> str:
    return f"am_{slug(name, 'x')}"


def add_meta(statement: etree._Element, document: Document, where: Addresses, eids: Mapping[int, str]) -> None:
    """`eids` are those of the paragraphs, by their index."""
    meta = add(statement, "meta")
    _identify(meta, document, where)
    _live(meta, document)
    modifications = list(_modifications(document, eids))
    if modifications:
        passive = add(add(meta, "analysis", source=SOFTWARE), "passiveModifications")
        for number, (kind, source, destination, at) in enumerate(modifications, 1):
            change = add(passive, "textualMod", type=kind, eId=f"pmod_{number}")
            if at:
                change.set(f"{{{OURS}}}at", at.astimezone(UTC).isoformat())
            add(change, "source", href=source, eId=f"pmod_{number}__source")
            add(change, "destination", href=destination, eId=f"pmod_{number}__destination")
    _refer(add(meta, "references", source=SOFTWARE), document, where)
    rationales = [proposal for proposal in document.proposals if proposal.rationale]
    if rationales:
        notes = add(meta, "notes", source=SOFTWARE)
        for proposal in rationales:
            note = add(notes, "note", eId=f"{amendment(proposal.name)}__rationale", class_="rationale")
            for line in proposal.rationale.splitlines():
                add(note, "p", line)
    small_print = add(meta, "proprietary", source=SOFTWARE)
    front = document.front
    kept = {"content": document.content.value, "slug": front.slug, "language": front.language}
    etree.SubElement(small_print, DRAFT, {key: value for key, value in kept.items() if value or key == "language"})
    for origin, name in ((document.origin, ORIGIN), (document.since, f"{{{OURS}}}since")):
        if origin:
            etree.SubElement(small_print, name).text = str(origin)


def _live(meta: etree._Element, document: Document) -> None:
    """The life of the text as the record tells it: the revisions that were published (as tabled and as adopted among
    them), and the entry from which this text dates, with that of the text before where it shows changes."""
    events = [
        (f"event_revision_{one.number}", "amendment" if one.number else "generation", one.published_at, one.name)
        for one in document.revisions
    ]
    for eid, kind, origin in (
        ("event_since", "generation", document.since),
        ("event_text", "amendment", document.origin),
    ):
        if origin:
            events.append((eid, kind, origin.at, origin.revision or f"record entry {origin.seq}"))
    if not events:
        return
    lifecycle = add(meta, "lifecycle", source=SOFTWARE)
    for eid, kind, at, name in events:
        event = add(lifecycle, "eventRef", date=_day(at), source=SOFTWARE, type=kind, eId=eid)
        event.set(f"{{{OURS}}}name", name)


def add_part_meta(part: etree._Element, document: Document, where: Addresses, name: str) -> None:
    """The metadata that an annex has to have of its own."""
    _identify(add(part, "meta"), document, where, name)


def _identify(meta: etree._Element, document: Document, where: Addresses, part: str = "main") -> None:
    identification = add(meta, "identification", source=SOFTWARE)
    front = document.front
    work = add(identification, "FRBRWork")
    add(work, "FRBRthis", value=f"{where.work}/!{part}")
    add(work, "FRBRuri", value=where.work)
    if part == "main" and document.title:
        add(work, "FRBRalias", value=document.title, name="title")
    add(work, "FRBRdate", date=where.work_date, name=where.work_date_is)
    add(work, "FRBRauthor", href="#organ", as_="#author")
    add(work, "FRBRcountry", value="un")
    add(work, "FRBRsubtype", value="deliberation")
    add(work, "FRBRnumber", value=where.number, showAs=front.symbol or where.number)
    add(work, "FRBRname", value="resolution" if is_adopted(document) else "resolutionDraft")
    expression = add(identification, "FRBRExpression")
    add(expression, "FRBRthis", value=f"{where.expression}/!{part}")
    add(expression, "FRBRuri", value=where.expression)
    add(expression, "FRBRdate", date=where.expression_date, name="version")
    add(expression, "FRBRauthor", href="#organ", as_="#author")
    if document.origin:
        origin = document.origin
        add(expression, "FRBRversionNumber", value=origin.revision or str(origin.seq))
    add(expression, "FRBRlanguage", language=three_letters(front.language))
    manifestation = add(identification, "FRBRManifestation")
    add(manifestation, "FRBRthis", value=f"{where.expression}/!{part}.xml")
    add(manifestation, "FRBRuri", value=f"{where.expression}.xml")
    add(manifestation, "FRBRdate", date=where.expression_date, name="markup")
    add(manifestation, "FRBRauthor", href=SOFTWARE, as_="#editor")
    add(manifestation, "FRBRformat", value="application/akn+xml")


def _refer(references: etree._Element, document: Document, where: Addresses) -> None:
    ontology = "/akn/ontology"
    for proposal in document.proposals:
        add(
            references,
            "passiveRef",
            eId=amendment(proposal.name),
            href=f"{where.work}/!{slug(proposal.name)}",
            showAs=f"{proposal.name}, {document.author(proposal.delegations)}: {proposal.kind.value} {proposal.label}",
        )
    add(references, "TLCOrganization", eId="organ", href=f"{ontology}/organization/un/{where.organ}",
        showAs=document.front.organ or "United Nations")  # fmt: skip
    add(references, "TLCOrganization", eId="chapeau", href=f"{ontology}/organization/chapeau", showAs="Chapeau")
    for code in sorted(dict.fromkeys(_speakers(document), "")):
        href = f"{ontology}/organization/{slug(code, 'x')}"
        add(references, "TLCOrganization", eId=organization(code), href=href, showAs=document.author([code]))
    for role in ("author", "editor"):
        add(references, "TLCRole", eId=role, href=f"{ontology}/role/un/{role}", showAs=role.capitalize())
    for concept, shown in (("symbol", "Document symbol"), ("agendaItem", "Agenda item"), ("resolutionTitle", "Title")):
        add(references, "TLCConcept", eId=concept, href=f"{ontology}/concept/un/{concept}", showAs=shown)


def _speakers(document: Document) -> Iterable[str]:
    for proposal in document.proposals:
        yield from proposal.delegations
    for paragraph in document.paragraphs:
        for piece in (*paragraph.number, *paragraph.pieces):
            yield from piece.tracked.by if piece.tracked else ()
        yield from paragraph.end_tracked.by if paragraph.end_tracked else ()


def _modifications(document: Document, eids: Mapping[int, str]) -> Iterable[tuple[str, str, str, datetime | None]]:
    """What changes: the kind, by what, where, when."""
    if document.content is Content.COMPILATION:
        by_key = {one.key: eids[index] for index, one in enumerate(document.paragraphs) if one.key and index in eids}
        for proposal in document.proposals:
            place = by_key.get(proposal.clause, "body")
            yield _MODIFICATIONS[proposal.kind], f"#{amendment(proposal.name)}", f"#{place}", proposal.at
        return
    for index, one in enumerate(document.paragraphs):
        kind = _change(one)
        if kind and index in eids:
            at = next((piece.tracked.at for piece in (*one.pieces, *one.number) if piece.tracked), None)
            yield kind, "#event_text" if document.origin else SOFTWARE, f"#{eids[index]}", at


def _change(one: Paragraph) -> str:
    marks = {piece.mark for piece in one.pieces}
    if one.end is Mark.ADDED:
        return "insertion" if marks == {Mark.ADDED} else "split"
    if one.end is Mark.DELETED:
        return "repeal" if marks == {Mark.DELETED} else "join"
    if marks - {Mark.KEPT}:
        return "substitution"
    is_renumbered = any(piece.mark is not Mark.KEPT for piece in one.number)
    return "renumbering" if is_renumbered and one.kind is not Kind.FOOTNOTE else ""


def _day(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


__all__ = ["AKN", "SOFTWARE", "add", "add_meta", "add_part_meta", "amendment", "organization"]
