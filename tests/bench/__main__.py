"""`make bench`: speeds as ratios measured in one run, and how well real resolutions are read where they are at hand."""

from tests.bench import board, documents, editorial, pages, requests, structure, texts
from tests.corpus import CORPUS


def main() -> None:
    requests.main()
    board.main()
    pages.main()
    documents.main()
    if (CORPUS / "resolutions").is_dir():
        texts.main()
        structure.main()
        editorial.main()
    else:
        print(
            "The corpus of real resolutions is not here (CHAPEAU_CORPUS): texts, structure and editorial are left out."
        )


if __name__ == "__main__":
    main()
