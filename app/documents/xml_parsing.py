"""XML from outside, within limits: no document type, no entities, nothing fetched, not too large, not too deep."""

from typing import Final

from lxml import etree

from app.problems import DocumentUnreadable
from app.said import N_, Said

MOST_ELEMENTS: Final = 100_000
_FILE: Final = N_("The file")


NO_XML: Final = (etree.XMLSyntaxError, ValueError, LookupError, AssertionError)  # what lxml raises for it


class HasDocumentType(ValueError):
    """XML that declares a document type or entities: what is read here needs none, and they are how XML attacks."""


def root_of(data: bytes) -> etree._Element:
    """The root of an XML document. Comments and processing instructions are left out; libxml2 itself refuses elements
    nested deeper than 256. Raises HasDocumentType, and one of NO_XML where it is none."""
    plain = data.replace(b"\0", b"")  # as it would be found in UTF-16
    if any(declared in plain for declared in (b"<!DOCTYPE", b"<!doctype", b"<!ENTITY")):
        raise HasDocumentType()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise HasDocumentType()
    return root


def parsed(data: bytes) -> etree._Element:
    """The root of an XML document of at most MOST_ELEMENTS elements. Raises DocumentUnreadable."""
    try:
        root = root_of(data)
    except HasDocumentType:
        found = Said("a document type (DOCTYPE)")
        raise refused(Said(_FILE), found, Said("XML without one: delete it and try again")) from None
    except NO_XML as error:
        line = getattr(error, "lineno", None) or 1
        reason = str(getattr(error, "msg", error)).partition(", line")[0][:200]
        found = Said("no XML ({reason})", reason=reason)
        raise refused(Said("Line {line}", line=line), found, Said("well-formed XML")) from error
    for number, _ in enumerate(root.iter(), 1):
        if number > MOST_ELEMENTS:
            raise refused(
                place=Said(_FILE),
                found=Said("more than {limit} elements", limit=f"{MOST_ELEMENTS:,}"),
                expected=Said("one resolution, which never has so many"),
            )
    return root


def refused(place: str, found: str, expected: str) -> DocumentUnreadable:
    return DocumentUnreadable(place=place, found=found, expected=expected)
