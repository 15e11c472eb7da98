"""Small images of each kind that a logo can have."""

from base64 import b64decode

PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABQAAAAKCAIAAAA7N+mxAAAAFUlEQVR4nGOQ9btBNmIY1TyqmRACACa2"
    "/Fk4kkCkAAAAAElFTkSuQmCC"
)
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
    b'<rect width="8" height="8" fill="#1d4ed8"/>'
    b"<script>document.documentElement.innerHTML = 'obeyed'</script></svg>"
)
LOGOS = {
    "png": PNG,
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "gif": b64decode("R0lGODlhAQABAIAAAB1O2AAAACwAAAAAAQABAAACAkQBADs="),
    "webp": b"RIFF\x1a\x00\x00\x00WEBPVP8L",
    "svg": SVG,
}
