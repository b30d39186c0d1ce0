"""The catalogues of the languages that are not English: `make languages` brings them up to date.

Each sentence of the code is in each catalogue once. What is new is left empty, what is no longer
said is dropped; a new language starts as an empty file `decide/languages/xx.po`.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CODE = Path(__file__).parents[1] / "decide"
CATALOGUES = CODE / "languages"
KEYWORDS = {
    "said": (1,),
    "tell": (1,),
    "said_many": (2, 3),
    "tell_many": (2, 3),
    "say": (2,),
    "say_many": (3, 4),
}


def main() -> None:
    """Bring every catalogue up to date, and say what is not translated yet."""
    sentences = template()
    for path in sorted(CATALOGUES.glob("??.po")):
        catalogue = read_catalogue(path)
        catalogue.update(sentences, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(
                file,
                catalogue,
                width=100,
                include_lineno=False,
                ignore_obsolete=True,
                omit_header=True,
            )
        left = sum(not all(said) for _, said in spoken(catalogue))
        print(f"{path.name}: {len(catalogue)} sentences, {left} of them not translated")  # noqa: T201


def template() -> Catalog:
    """Return every sentence of the code, with the files that say it."""
    found = Catalog(project="decide", charset="utf-8")
    options: dict[str, dict[str, object]] = {"**.py": {}}
    for name, _, message, _, _ in extract_from_dir(CODE, [("**.py", "python")], options, KEYWORDS):
        if message:
            found.add(message, locations=[(name, 0)])
    return found


def read_catalogue(path: Path) -> Catalog:
    """Return one language's catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def spoken(catalogue: Catalog) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return each sentence, one or for one thing and several, with its translations."""
    return [
        (_tuple(message.id), _tuple(message.string))
        for message in catalogue
        if message.id  # the header has none
    ]


def _tuple(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


if __name__ == "__main__":
    main()
