"""Picture files as people upload them, made in memory."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

from blog.models import Picture
from blog.picture_files import PreparedPicture, prepare_picture
from blog.pictures import save_picture

RED = (220, 30, 30)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>Marked-In-XMP</rdf></x:xmpmeta>'
SRGB_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def encoded(image: Image.Image, file_format: str, **options: object) -> BytesIO:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return BytesIO(buffer.getvalue())


def jpeg(width: int = 800, height: int = 600, *, colour: tuple = RED, **options: object) -> BytesIO:
    return encoded(Image.new("RGB", (width, height), colour), "JPEG", **options)


def png(mode: str = "RGB", colour: object = RED, **options: object) -> BytesIO:
    return encoded(Image.new(mode, (64, 48), colour), "PNG", **options)


def revealing_jpeg(*, orientation: int = 1) -> BytesIO:
    """A photograph that tells where, when and with what it was taken, in every place a JPEG has for it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera-Maker-Name"
    exif[0x8298] = "Copyright-Owner-Name"
    exif[0x8825] = {1: "N", 2: (51.0, 28.0, 40.0), 3: "W", 4: (0.0, 0.0, 5.0), 29: "2026:03:01"}
    return jpeg(exif=exif, xmp=XMP, comment=b"Marked-In-Comment", icc_profile=SRGB_PROFILE)


@cache
def prepared() -> PreparedPicture:
    """1200 by 800 pixels, encoded once for all tests."""
    return prepare_picture(jpeg(1200, 800))


def make_picture(name: str = "Canal in March", **fields: object) -> Picture:
    """A picture on the list, with its files."""
    fields = {"alt": "A canal in fog", "credit": "Photo: Elin Lindqvist"} | fields
    return save_picture(Picture(name=name, **fields), prepared())
