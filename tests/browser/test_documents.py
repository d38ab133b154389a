"""Documents as people open them: the page that is to be printed, and the board as PDF."""

from pathlib import Path

from playwright.sync_api import expect

from app.documents.building import changes_document, text_document
from app.documents.html import as_html
from tests.browser.site import Site, violations
from tests.documents.samples import ARABIC, ENGLISH, reworded
from tests.documents.test_pdf import compiled


def test_a_document_as_a_page_can_be_read_by_everybody(reading_site: Site, tmp_path: Path) -> None:
    page = reading_site.browser.new_page(viewport={"width": 700, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    later = reworded(ENGLISH, "OP1", "Encourages all States to measure water;")
    documents = (compiled(ENGLISH), changes_document(ENGLISH, later), text_document(ENGLISH), text_document(ARABIC))
    for document in documents:
        file = tmp_path / "document.html"
        file.write_bytes(as_html(document))
        page.goto(file.as_uri())
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()
    assert said == []


def test_the_board_is_taken_away_as_a_pdf(reading_site: Site) -> None:
    with reading_site.visitor("spain") as page:
        page.goto("/n/sse/board")
        with page.expect_download() as found:
            page.get_by_role("link", name="The board as PDF").click()
        assert found.value.suggested_filename == "sse.board.pdf"
        assert Path(found.value.path()).read_bytes().startswith(b"%PDF-")
        page.goto("/n/sse/downloads")
        expect(page.locator("a[href='/n/sse/tables/board?format=pdf']")).to_be_visible()
        with page.expect_download() as found:
            page.get_by_role("link", name="PDF", exact=True).first.click()
        assert found.value.suggested_filename == "sse.pdf"
        with page.expect_download() as found:
            page.locator("[aria-labelledby=compilation]").get_by_role("link", name="PDF", exact=True).click()
        assert found.value.suggested_filename == "sse.compilation.pdf"
        assert violations(page) == []
