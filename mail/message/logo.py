"""Reads the file of the product's logo, which mails and pages show."""

from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

LARGEST = 100 * 1024
"""Bytes of a logo. Every mail carries it."""

_HASH_LENGTH = 16
"""Hexadecimal digits of the hash in the file's name."""

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_RIFF, _WEBP = slice(0, 4), slice(8, 12)

_SVG_NAME = "http://www.w3.org/2000/svg svg"
"""Browsers show no SVG without its namespace."""


@dataclass(frozen=True)
class Logo:
    """The image of a logo. Its kind comes from the content, not from the name of the file."""

    content: bytes = field(repr=False)
    kind: str
    """`png`, `jpeg`, `webp`, `gif` or `svg`."""

    @property
    def media_type(self) -> str:
        return "image/svg+xml" if self.kind == "svg" else f"image/{self.kind}"

    @property
    def file_name(self) -> str:
        """A name that changes with the content, so that browsers may keep the file for good."""
        return f"{sha256(self.content).hexdigest()[:_HASH_LENGTH]}.{self.kind}"

    @property
    def content_id(self) -> str:
        """How the HTML of a mail names the attached image (RFC 2392)."""
        return f"{self.file_name}@logo.connectx"

    @property
    def data_url(self) -> str:
        """The image as a URL, for pages that show a mail."""
        return f"data:{self.media_type};base64,{b64encode(self.content).decode()}"


def read_logo(path: Path) -> Logo:
    """The logo in a file. Raises ValueError for a file that is no image, or too large."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise ValueError(f"takes an image of at most {LARGEST // 1024} KiB, and {path} is larger")
    kind = _kind(content)
    if kind is None:
        raise ValueError(f"takes a PNG, JPEG, WebP, GIF or SVG image, and {path} is none of these")
    return Logo(content, kind)


def _kind(content: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[_RIFF] == b"RIFF" and content[_WEBP] == b"WEBP":
        return "webp"
    return "svg" if _is_svg(content) else None


def _is_svg(content: bytes) -> bool:
    """Whether the content is well-formed XML whose first element is an <svg>."""
    names: list[str] = []
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: names.append(name)
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by position only
    except ExpatError:
        return False
    return names[0] == _SVG_NAME
