"""From an upload nobody vouches for to files that are nothing but pixels.

Pure: bytes in, bytes out, no database and no storage. An upload passes

    size limit → allow-list of formats → limits of pixels and memory → decode → at most 2560 px → orientation
    → sRGB → no metadata → WebP

and whatever was around the pixels (GPS position, camera, thumbnails, colour profile, comments) stays behind,
because only the decoded pixels are encoded again. Of an animation the first frame is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import ceil, floor
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 20 * 1024 * 1024
# A bound for the time it takes; today's phones stay below 50 million.
MAX_PIXELS = 60_000_000
# A bound for the memory. The file and what is made of the picture come on top: measured with Pillow 13, the
# largest pictures that are taken need up to 250 MB at their peak, and 300 MB as lossless WebP.
MAX_DECODED = 200_000_000
# Wider rows would make the strips below as large as the picture.
MAX_SIDE = 30_000
# Pillow spends four bytes on a pixel of several channels, whatever their number.
BYTES_PER_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2}
MANY_CHANNELS = 4
# The decoders of these build the whole picture four times: its frame, the frame before, a copy, and ours.
FRAME_FORMATS = ("WEBP", "AVIF")
FRAME_COPIES = 4
# A progressive JPEG is held as coefficients of two bytes a channel, however small it is decoded.
COEFFICIENT = 2
MASTER_SIDE = 2560
# So many pixels are shrunk at a time; the filter sees three pixels of the result beyond each edge.
STRIP_PIXELS = 1_000_000
FILTER_REACH = 3
COPY_WIDTHS = (480, 960, 1600)
QUALITY = 82

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
# Brands in the first box of a HEIF file (ISO/IEC 23008-12); browsers cannot show these.
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

EMPTY = "The file is empty. Choose the picture again."
TOO_LARGE = "The file is larger than 20 MB. Make it smaller, or save it as JPEG."
TOO_MANY_PIXELS = (
    "The picture has too many pixels for the site. Make it smaller: 2560 pixels wide are enough."
)
DRAWING = "Web pages and SVG drawings are refused, because they can carry code. Save the picture as PNG."
HEIC = "Browsers cannot show HEIC photographs. Save it as JPEG, as phones do when you mail a photograph."
UNKNOWN = "This is not a picture the site can read. Use JPEG, PNG, WebP, AVIF or GIF."
DAMAGED = "The picture is damaged or incomplete. Save or copy it once more, and choose the new file."


class PictureRefused(ValueError):  # noqa: N818  (it reads as what happened)
    """An upload that is no picture for us. The text says why, and what to do, to whoever chose the file."""

    @property
    def reason(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A cleaned picture: size of the master in pixels, and WebP bytes by name ("master", "480", …)."""

    width: int
    height: int
    files: dict[str, bytes]

    @property
    def widths(self) -> list[int]:
        return sorted(int(name) for name in self.files if name != "master")


def prepare_picture(upload: BinaryIO) -> PreparedPicture:
    """Decodes and cleans an upload, read from where it stands. Raises PictureRefused."""
    master = _pixels(_read(upload))
    files = {"master": _encode(master)}
    for width in COPY_WIDTHS:
        if width < master.width:
            files[str(width)] = _encode(_narrowed(master, width))
    return PreparedPicture(master.width, master.height, files)


def _read(upload: BinaryIO) -> bytes:
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise PictureRefused(EMPTY)
    if len(data) > MAX_BYTES:
        raise PictureRefused(TOO_LARGE)
    return data


def _pixels(data: bytes) -> Image.Image:
    """The picture upright, in RGB or RGBA as sRGB, at most MASTER_SIDE a side, with nothing but pixels."""
    image = _open(data)
    size = _fitting(image.size)
    _prepare_decoder(image, size)
    try:
        image.load()
        # Every step from here on works with few pixels: a copy of the whole would take as much memory again.
        image = _shrunk(image, size)
        image = _in_srgb(ImageOps.exif_transpose(image))
    except Exception as error:
        # Decoders meet hostile bytes with whatever exception comes: all of them mean the same to the writer.
        raise PictureRefused(DAMAGED) from error
    image.info.clear()
    return image


def _prepare_decoder(image: Image.Image, size: tuple[int, int]) -> None:
    """Asks for no more pixels than needed, where a format can do that; refuses what still takes too much."""
    pixels = image.width * image.height
    # A JPEG can be decoded at a half, a quarter or an eighth of its size: a fraction of time and memory.
    image.draft(None, size)
    takes_too_much = pixels > MAX_PIXELS or _decoded_bytes(image, pixels) > MAX_DECODED
    if takes_too_much or max(image.size) > MAX_SIDE:
        raise PictureRefused(TOO_MANY_PIXELS)


def _decoded_bytes(image: Image.Image, pixels: int) -> int:
    """The memory that decoding will take, of `pixels` in the file."""
    if image.format in FRAME_FORMATS:
        return pixels * MANY_CHANNELS * FRAME_COPIES
    waiting = pixels * COEFFICIENT * len(image.getbands()) if image.info.get("progressive") else 0
    return waiting + image.width * image.height * BYTES_PER_PIXEL.get(image.mode, MANY_CHANNELS)


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(TOO_MANY_PIXELS) from error
    except Exception as error:
        raise PictureRefused(_why_unknown(data)) from error


def _why_unknown(data: bytes) -> str:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return DRAWING
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return HEIC
    # The signature was right, the rest was not.
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")):
        return DAMAGED
    return UNKNOWN


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The same shape within MASTER_SIDE, never enlarged, at least one pixel a side."""
    scale = min(1, MASTER_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The flat picture in another size, strip by strip; the strips' edges cannot be seen."""
    if image.size == size:
        return _flat(image)
    width, height = size
    scale = image.height / height
    rows = max(1, floor(STRIP_PIXELS / (image.width * scale)))
    shrunk = None
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        strip = _shrunk_rows(image, upper=top * scale, lower=bottom * scale, size=(width, bottom - top))
        shrunk = shrunk or Image.new(strip.mode, size)
        shrunk.paste(strip, (0, top))
    shrunk.info = image.info
    return shrunk


def _shrunk_rows(image: Image.Image, *, upper: float, lower: float, size: tuple[int, int]) -> Image.Image:
    """What stands between two heights of the picture, in `size`, blended with the rows around it."""
    reach = ceil(FILTER_REACH * (lower - upper) / size[1]) + 1
    first, last = max(0, floor(upper) - reach), min(image.height, ceil(lower) + reach)
    rows = _flat(image.crop((0, first, image.width, last)))
    between = (0, upper - first, image.width, min(lower, last) - first)
    return rows.resize(size, Image.Resampling.LANCZOS, box=between)


def _flat(image: Image.Image) -> Image.Image:
    """Eight bits a channel, no palette: L, RGB, RGBA or CMYK, as colour management and resizing need it."""
    if image.mode in ("I", "I;16"):
        # 16-bit grey: convert() alone would clip everything above 255 to white.
        grey = image.convert("I").point(lambda value: value / 256).convert("L")
        grey.info = image.info
        return grey
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A broken or foreign profile says nothing; the pixels are then taken as they are.
    return image.convert(mode)


def _narrowed(master: Image.Image, width: int) -> Image.Image:
    height = max(1, round(master.height * width / master.width))
    return master.resize((width, height), Image.Resampling.LANCZOS)


def _encode(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()
