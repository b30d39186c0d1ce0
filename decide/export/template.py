"""A presentation to draw on: a company's, emptied, or a plain wide one."""

import io
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.presentation import Presentation as Slides
from pptx.slide import SlideLayout
from pptx.util import Inches

WIDE = Inches(13.333)  # 16 to 9, as projectors are; python-pptx's own is 4 to 3
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
CONTENT_TYPES = "[Content_Types].xml"
TEMPLATE = b"presentationml.template.main+xml"  # a .potx, which python-pptx does not open


class TemplateError(Exception):
    """The file is no presentation that can be read; says why."""


@dataclass(frozen=True, slots=True)
class Area:
    """A place on a slide, in English Metric Units."""

    left: int
    top: int
    width: int
    height: int


def open_template(data: bytes | None) -> Slides:
    """Return a presentation without slides; with None, a plain one.

    Raises TemplateError where the bytes are no presentation, or one without a layout.
    """
    if data is None:
        return _plain()
    try:
        slides = Presentation(io.BytesIO(_as_presentation(data)))
        _empty(slides)
        layouts = len(slides.slide_layouts)
    except (PythonPptxError, BadZipFile, XMLSyntaxError, KeyError, ValueError, AttributeError) as e:
        raise TemplateError(f"{type(e).__name__}: {e}"[:200]) from None
    if not layouts:
        raise TemplateError("it has no layouts")
    return slides


def opening_layout(slides: Slides) -> SlideLayout:
    """Return the layout of the first slide: one with a title in the middle and a subtitle."""
    for layout in slides.slide_layouts:
        kinds = _kinds(layout)
        if PP_PLACEHOLDER.CENTER_TITLE in kinds and PP_PLACEHOLDER.SUBTITLE in kinds:
            return layout
    return title_layout(slides)


def title_layout(slides: Slides) -> SlideLayout:
    """Return the layout with a title and the least else."""

    def clutter(layout: SlideLayout) -> tuple[bool, int]:
        kinds = _kinds(layout)
        return PP_PLACEHOLDER.TITLE not in kinds, len(kinds)

    return min(slides.slide_layouts, key=clutter)


def _kinds(layout: SlideLayout) -> list[PP_PLACEHOLDER]:
    kinds = (shape.placeholder_format.type for shape in layout.placeholders)
    return [kind for kind in kinds if kind not in FURNITURE]


def _as_presentation(data: bytes) -> bytes:
    """Return a template (.potx) as the presentation that it is but for its name."""
    with ZipFile(io.BytesIO(data)) as archive:
        if TEMPLATE not in archive.read(CONTENT_TYPES):
            return data
        stream = io.BytesIO()
        with ZipFile(stream, "w") as copy:
            for entry in archive.infolist():
                content = archive.read(entry)
                if entry.filename == CONTENT_TYPES:
                    content = content.replace(TEMPLATE, b"presentationml.presentation.main+xml")
                copy.writestr(entry, content)
        return stream.getvalue()


def _empty(slides: Slides) -> None:
    """Take out the slides that a template shows its layouts with."""
    listed = slides.slides._sldIdLst  # noqa: SLF001  # the library has no public way
    for entry in list(listed):
        slides.part.drop_rel(entry.rId)
        listed.remove(entry)


def _plain() -> Slides:
    """Return python-pptx's own template, stretched from 4 to 3 to 16 to 9."""
    slides = Presentation()
    stretch = WIDE / slides.slide_width
    for page in (slides.slide_master, *slides.slide_layouts):
        for shape in page.placeholders:
            if shape.has_text_frame and shape.element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * stretch), round(shape.width * stretch)
    slides.slide_width = WIDE
    return slides
