"""From upload to pixels: what is refused and why, and what is left of what is taken."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from blog import picture_files
from blog.picture_files import PictureRefused, PreparedPicture, prepare_picture
from tests.blog.uploads import RED, SRGB_PROFILE, encoded, jpeg, png, revealing_jpeg


def master_of(prepared: PreparedPicture) -> Image.Image:
    return Image.open(BytesIO(prepared.files["master"]))


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    return image.convert("RGBA").getpixel((x, y))


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...], tolerance: int = 12) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(colour, wanted, strict=False))


def chunks_of(webp: bytes) -> set[bytes]:
    """The chunk names of a WebP file, after RFC 9649."""
    names, at = set(), 12
    while at < len(webp):
        name, size = struct.unpack_from("<4sI", webp, at)
        names.add(name)
        at += 8 + size + size % 2
    return names


# ---------- what comes out ----------
def test_wide_picture_becomes_a_master_and_three_widths():
    prepared = prepare_picture(jpeg(4000, 2000))
    assert (prepared.width, prepared.height) == (2560, 1280)
    assert prepared.widths == [480, 960, 1600]
    sizes = {name: Image.open(BytesIO(file)).size for name, file in prepared.files.items()}
    assert sizes == {"master": (2560, 1280), "480": (480, 240), "960": (960, 480), "1600": (1600, 800)}


def test_tall_picture_is_limited_by_its_height():
    prepared = prepare_picture(jpeg(1000, 4000))
    assert (prepared.width, prepared.height) == (640, 2560)
    assert prepared.widths == [480]


def test_small_picture_is_never_enlarged():
    prepared = prepare_picture(jpeg(300, 200))
    assert (prepared.width, prepared.height, prepared.widths) == (300, 200, [])


def test_copy_as_wide_as_the_master_is_not_made():
    assert prepare_picture(jpeg(960, 600)).widths == [480]


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_format_of_the_list_becomes_webp(file_format):
    prepared = prepare_picture(encoded(Image.new("RGB", (64, 48), RED), file_format))
    master = master_of(prepared)
    assert master.format == "WEBP"
    assert is_near(pixel(master, 32, 24), RED)


def test_one_pixel_is_a_picture():
    assert prepare_picture(jpeg(1, 1)).width == 1


def test_very_flat_picture_keeps_at_least_one_row():
    prepared = prepare_picture(encoded(Image.new("RGB", (6000, 2), RED), "PNG"))
    assert {Image.open(BytesIO(file)).height for file in prepared.files.values()} == {1}


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_picture_shrunk_in_strips_looks_as_if_shrunk_at_once(mode):
    image = Image.effect_noise((3100, 2700), 80).convert(mode)
    at_once = image.resize((2560, 2230), Image.Resampling.LANCZOS)
    in_strips = picture_files._shrunk(image, at_once.size)
    difference = ImageChops.difference(at_once, in_strips)
    assert max(highest for _, highest in difference.convert("RGB").getextrema()) <= 1


# ---------- what stays behind ----------
SECRETS = [
    b"Camera-Maker",
    b"Copyright-Owner",
    b"Marked-In-XMP",
    b"Marked-In-Comment",
    b"2026:03:01",
    b"Exif",
]


def test_example_reveals_all_that_is_to_be_removed():
    """The next test would prove nothing if the upload held none of it."""
    upload = revealing_jpeg().getvalue()
    assert [secret for secret in SECRETS if secret not in upload] == []
    assert Image.open(BytesIO(upload)).getexif().get_ifd(0x8825)


def test_no_written_file_holds_metadata():
    """Neither position, camera, owner, comment nor colour profile, in the master as in every copy."""
    prepared = prepare_picture(encoded_large(revealing_jpeg()))
    assert set(prepared.files) == {"master", "480", "960", "1600"}
    for file in prepared.files.values():
        assert chunks_of(file) <= {b"VP8 ", b"VP8X", b"ALPH"}
        assert [secret for secret in SECRETS if secret in file] == []
        assert dict(Image.open(BytesIO(file)).getexif()) == {}


def encoded_large(upload: BytesIO) -> BytesIO:
    """The same photograph in 2000 pixels, with all it reveals."""
    image = Image.open(upload)
    options = {"exif": image.info["exif"], "xmp": image.info["xmp"], "comment": image.info["comment"]}
    return encoded(image.resize((2000, 1500)), "JPEG", icc_profile=SRGB_PROFILE, **options)


@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "AVIF"])
def test_other_formats_lose_their_metadata_too(file_format):
    exif = Image.open(revealing_jpeg()).getexif()
    upload = encoded(Image.new("RGB", (64, 48), RED), file_format, exif=exif, icc_profile=SRGB_PROFILE)
    file = prepare_picture(upload).files["master"]
    assert chunks_of(file) <= {b"VP8 ", b"VP8X"}
    assert b"Camera-Maker" not in file


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [(1, (80, 40), (5, 5)), (3, (80, 40), (75, 35)), (6, (40, 80), (35, 5)), (8, (40, 80), (5, 75))],
)
def test_orientation_is_applied_to_the_pixels(orientation, size, corner):
    """The white corner, top left as the camera stored it, ends where the photographer saw it."""
    image = Image.new("RGB", (80, 40), (0, 0, 0))
    image.paste((255, 255, 255), (0, 0, 16, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    master = master_of(prepare_picture(encoded(image, "JPEG", exif=exif, quality=95)))
    assert master.size == size
    assert is_near(pixel(master, *corner), (255, 255, 255), 40)


# ---------- colours ----------
def test_cmyk_becomes_srgb():
    upload = encoded(Image.new("CMYK", (64, 48), (0, 255, 255, 0)), "JPEG")
    master = master_of(prepare_picture(upload))
    assert master.mode == "RGB"
    assert is_near(pixel(master, 5, 5), (255, 0, 0), 20)


def test_colours_of_another_profile_are_converted():
    """In a profile whose red and green change places, a red upload is meant to look green."""
    swapped = SRGB_PROFILE.replace(b"rXYZ", b"tmp_").replace(b"gXYZ", b"rXYZ").replace(b"tmp_", b"gXYZ")
    red, green, *_ = pixel(master_of(prepare_picture(png(icc_profile=swapped))), 5, 5)
    assert green > red


def test_broken_profile_is_ignored():
    master = master_of(prepare_picture(png(icc_profile=b"no profile at all")))
    assert is_near(pixel(master, 5, 5), RED)


def test_profile_for_other_colours_than_the_pixels_is_ignored():
    master = master_of(prepare_picture(png("L", 77, icc_profile=SRGB_PROFILE)))
    assert is_near(pixel(master, 5, 5), (77, 77, 77))


def test_palette_with_a_transparent_colour_keeps_both():
    image = Image.new("P", (64, 48), 1)
    image.putpalette([0, 0, 0, *RED, 30, 200, 30])
    image.paste(2, (0, 0, 32, 48))
    master = master_of(prepare_picture(encoded(image, "PNG", transparency=1)))
    assert pixel(master, 60, 20)[3] == 0
    assert is_near(pixel(master, 5, 20), (30, 200, 30, 255))


def test_transparency_survives_colour_conversion():
    upload = png("RGBA", (*RED, 0), icc_profile=SRGB_PROFILE)
    assert pixel(master_of(prepare_picture(upload)), 5, 5)[3] == 0


def test_sixteen_bits_of_grey_are_scaled_not_clipped():
    master = master_of(prepare_picture(png("I;16", 128 * 256)))
    assert is_near(pixel(master, 5, 5), (128, 128, 128))


@pytest.mark.parametrize(("mode", "colour"), [("1", 1), ("L", 90), ("LA", (90, 128)), ("RGBA", (*RED, 128))])
def test_other_modes_are_read(mode, colour):
    assert prepare_picture(png(mode, colour)).width == 64


def test_animation_gives_its_first_frame():
    frames = [Image.new("RGB", (64, 48), colour) for colour in (RED, (30, 30, 220))]
    upload = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    master = master_of(prepare_picture(upload))
    assert getattr(master, "n_frames", 1) == 1
    assert is_near(pixel(master, 5, 5), RED, 20)


# ---------- refusals ----------
TRUE_COLOUR, WITH_ALPHA, GREY = 2, 6, 0


def png_that_claims(width: int, height: int, kind: int = TRUE_COLOUR) -> bytes:
    """A PNG of 60 bytes whose header announces any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


REFUSED = {
    "empty file": (b"", picture_files.EMPTY),
    "drawing": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', picture_files.DRAWING),
    "drawing after white space": (b"\xef\xbb\xbf \n<svg onload='alert(1)'/>", picture_files.DRAWING),
    "page under a picture's name": (b"<!doctype html><script>alert(1)</script>", picture_files.DRAWING),
    "photograph as HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", picture_files.HEIC),
    "words": (b"Dear diary", picture_files.UNKNOWN),
    "PDF": (b"%PDF-1.7 ...", picture_files.UNKNOWN),
    "TIFF, which is not on the list": (
        encoded(Image.new("RGB", (8, 8)), "TIFF").getvalue(),
        picture_files.UNKNOWN,
    ),
    "photograph cut short": (jpeg().getvalue()[:2000], picture_files.DAMAGED),
    "drawing of pixels cut short": (png().getvalue()[:50], picture_files.DAMAGED),
    "only a signature": (b"\xff\xd8\xff", picture_files.DAMAGED),
    "more pixels than the limit": (png_that_claims(10_000, 6_001), picture_files.TOO_MANY_PIXELS),
    "more pixels than Pillow warns of": (png_that_claims(10_000, 10_000), picture_files.TOO_MANY_PIXELS),
    "more bytes than there is room for": (
        png_that_claims(7_100, 7_100, WITH_ALPHA),
        picture_files.TOO_MANY_PIXELS,
    ),
    "as many pixels at one byte each, but cut short": (
        png_that_claims(7_100, 7_100, GREY),
        picture_files.DAMAGED,
    ),
    "rows that are too wide": (png_that_claims(30_001, 10), picture_files.TOO_MANY_PIXELS),
    "bomb": (png_that_claims(60_000, 60_000), picture_files.TOO_MANY_PIXELS),
    "too few pixels behind the header": (png_that_claims(500, 500), picture_files.DAMAGED),
}


@pytest.mark.parametrize(("upload", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_a_reason(upload, reason):
    with pytest.raises(PictureRefused) as refused:
        prepare_picture(BytesIO(upload))
    assert refused.value.reason == reason


def test_file_of_twenty_megabytes_is_taken_and_one_byte_more_is_not():
    photograph = jpeg().getvalue()
    allowed = photograph + b"\0" * (picture_files.MAX_BYTES - len(photograph))
    assert prepare_picture(BytesIO(allowed)).width == 800
    with pytest.raises(PictureRefused, match="larger than 20 MB"):
        prepare_picture(BytesIO(allowed + b"\0"))


def test_any_cut_of_a_picture_is_read_or_refused_and_nothing_else():
    whole = encoded(Image.effect_noise((64, 48), 60).convert("RGB"), "WEBP").getvalue()
    for length in range(0, len(whole), 37):
        with pytest.raises(PictureRefused):
            prepare_picture(BytesIO(whole[:length]))


# ---------- memory ----------
PEAK_MEGABYTES = 250
MEASURE = """
import re, sys
from blog.picture_files import prepare_picture
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
before = peak()
prepare_picture(open(sys.argv[1], "rb"))
print(peak() - before)
"""
LARGEST_TAKEN = {
    "PNG with transparency": ("RGBA", (7070, 7070), "PNG", {"compress_level": 1}),
    "PNG of sixteen bits": ("I;16", (7700, 7700), "PNG", {"compress_level": 1}),
    "JPEG": ("RGB", (7740, 7740), "JPEG", {}),
    "JPEG that is too small for a rough decoding": ("RGB", (5119, 5119), "JPEG", {}),
    "JPEG that comes in ever finer passes": ("RGB", (6000, 4000), "JPEG", {"progressive": True}),
    "WebP": ("RGBA", (4032, 3024), "WEBP", {"method": 0}),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from Linux's /proc")
@pytest.mark.parametrize(
    ("mode", "size", "file_format", "options"), LARGEST_TAKEN.values(), ids=LARGEST_TAKEN
)
def test_largest_pictures_stay_within_the_memory_that_the_guide_names(
    mode, size, file_format, options, tmp_path
):
    file = tmp_path / "upload"
    Image.new(mode, size, 90).save(file, file_format, **options)
    root = Path(picture_files.__file__).parents[1]
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, file], cwd=root, capture_output=True, check=True
    )
    assert int(measured.stdout) <= PEAK_MEGABYTES
