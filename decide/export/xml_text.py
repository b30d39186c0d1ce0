"""Texts for workbooks and slides, which are XML inside and cannot hold every character."""

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text with a replacement character for each that XML 1.0 has no place for."""
    return _UNWRITABLE.sub("\ufffd", text)
