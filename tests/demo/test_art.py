"""Pictures come from a few words, quickly, and always the same."""

import io

import pytest
from PIL import Image

from demo import art, library
from demo.canvas import HEIGHT, PALETTES, WIDTH, evenly_spaced, smooth


@pytest.mark.parametrize("motif", art.MOTIFS)
def test_every_motif_draws_a_picture_with_something_in_it(motif):
    image = art.draw(motif, palette="dawn", seed=1)
    assert image.size == (WIDTH, HEIGHT)
    assert image.mode == "RGB"
    assert len(image.reduce(6).getcolors(WIDTH * HEIGHT)) > 8


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_changes_the_picture(palette):
    assert art.draw("hills", palette=palette, seed=1).getpixel((3, 3)) == Image.new(
        "RGB", (1, 1), PALETTES[palette].sky
    ).getpixel((0, 0))


def test_the_same_words_give_the_same_bytes():
    assert art.png("hills", palette="dusk", seed=4) == art.png("hills", palette="dusk", seed=4)
    assert art.png("hills", palette="dusk", seed=4) != art.png("hills", palette="dusk", seed=5)


def test_png_bytes_are_a_png():
    image = Image.open(io.BytesIO(art.png("coast", palette="shore", seed=1)))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))


@pytest.mark.parametrize(("motif", "palette"), [("sea-serpent", "dawn"), ("hills", "midnight")])
def test_unknown_words_are_refused(motif, palette):
    with pytest.raises(KeyError):
        art.draw(motif, palette=palette, seed=1)


def test_every_drawing_of_the_demo_can_be_drawn():
    for post in library.read_posts():
        for drawing in (post.hero, *post.figures.values()):
            assert drawing.art in art.MOTIFS
            assert drawing.palette in PALETTES


def test_a_smooth_curve_passes_through_its_points():
    points = [(0.0, 0.0), (10.0, 4.0), (20.0, -3.0)]
    curve = smooth(points, steps=5)
    assert [curve[0], curve[5], curve[-1]] == points


def test_dots_stand_evenly_along_a_bent_line():
    dots = evenly_spaced([(0, 0), (3, 0), (3, 4)], 2)
    assert dots == [(0, 0), (2, 0), (3, 1), (3, 3)]
