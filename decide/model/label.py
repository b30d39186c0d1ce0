"""What a thing is called on the page, in the languages that its file gives."""

from dataclasses import dataclass

from decide.language import in_language


@dataclass(frozen=True, slots=True)
class Label:
    """A text in one or more languages."""

    texts: tuple[tuple[str, str], ...]  # (language, text); language "" holds for all

    def in_language(self, language: str) -> str:
        """Return the text in `language`, else in English, else the first that there is."""
        texts = dict(self.texts)
        for wanted in (language, "", "en"):
            if wanted in texts:
                return in_language(texts[wanted], language)
        return in_language(self.texts[0][1], language) if self.texts else ""

    def __str__(self) -> str:
        return self.in_language("en")
