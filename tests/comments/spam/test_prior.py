"""The file of weights: written and read to the byte, refused with a reason, and missed without a crash."""

import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from comments.spam import judge as judging
from comments.spam.candidate import Candidate, History
from comments.spam.features import HOST_BUCKETS, TEXT_BUCKETS, features_of
from comments.spam.judge import NO_MODEL, VERSION, judge
from comments.spam.prior import (
    SHIPPED,
    Prior,
    PriorError,
    Weights,
    as_stored,
    read_prior,
    shipped_prior,
    write_prior,
)
from comments.spam.shape import Shape
from comments.spam.verdict import Decision
from tests.comments.spam.cast import KNOWN, SILENT, STRANGER, WELL_KNOWN, candidate, codes
from tests.comments.spam.test_judging import FLATTERY, PILLS

SHAPE = Shape({"links": [0.5, 1.5], "praise": [0.1]}, {"links": [0.5], "praise": [0.1]})


def some_prior() -> Prior:
    """A small one in which every table says something."""
    text = [0.0] * TEXT_BUCKETS
    text[:4] = [1.0, -0.25, 0.003, -1.0]
    hosts = [0.0] * HOST_BUCKETS
    hosts[7] = -2.5
    weights = Weights(text, hosts, bins=[0.1, 0.0, -0.3, 0.2, 0.0], pairs=[0.5, 0.0, -0.5, 0.25], bias=0.125)
    return Prior("prior-x", SHAPE, as_stored(weights), 0.7, -0.1, hold_from=0.2, spam_from=0.9)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Some prior's file."""
    path = tmp_path / "some.bin"
    write_prior(some_prior(), path)
    return path


# ---------- to the byte ----------
def test_prior_is_read_as_it_was_written(file: Path) -> None:
    """Every weight, edge and number."""
    assert read_prior(file) == some_prior()


def test_same_prior_is_the_same_bytes(file: Path, tmp_path: Path) -> None:
    """Written again after having been read."""
    again = tmp_path / "again.bin"
    write_prior(read_prior(file), again)
    assert again.read_bytes() == file.read_bytes()


def test_shipped_file_would_be_written_the_same(tmp_path: Path) -> None:
    """It came from this code."""
    again = tmp_path / "again.bin"
    write_prior(shipped_prior(), again)
    assert again.read_bytes() == SHIPPED.read_bytes()


def test_stored_weights_are_near_the_trained_ones() -> None:
    """A byte holds the root of a weight's size, so that small ones keep their digits."""
    trained = [1.0, -0.5, 0.01, -0.0001, 0.0]
    stored = as_stored(Weights(trained, [], [], [], bias=0.3))
    assert stored.text == pytest.approx(trained, rel=0.1, abs=1e-4)
    assert stored.bias == 0.3
    assert as_stored(stored) == stored


def test_shipped_thresholds_are_probabilities_in_order() -> None:
    """Training suggests them; the judge has its own."""
    prior = shipped_prior()
    assert 0 < prior.hold_from < prior.spam_from < 1


def test_shipped_file_is_small_and_fits_the_shape() -> None:
    """It is read by each process when it starts to judge."""
    assert SHIPPED.stat().st_size < 500_000
    weights = shipped_prior().weights
    assert (len(weights.text), len(weights.hosts)) == (TEXT_BUCKETS, HOST_BUCKETS)


def test_version_tells_one_prior_from_another() -> None:
    """And fits where verdicts are kept."""
    assert shipped_prior().version.startswith("prior-")
    assert len(f"{VERSION} {shipped_prior().version}") <= 40


# ---------- the sum ----------
def test_log_odds_are_slope_times_sum_plus_intercept() -> None:
    """Worked out by hand: no word of the text is known, so bias, bins and pairs are left."""
    prior = some_prior()
    features = features_of(candidate(text=""), SHAPE)
    assert (features.bins, features.pairs) == ([0, 3], [0])
    weights = prior.weights
    raw = 0.125 + (weights.bins[0] + weights.bins[3]) / 2**0.5 + weights.pairs[0]
    assert prior.log_odds(features) == pytest.approx(0.7 * raw - 0.1)


# ---------- files that cannot be used ----------
def _signed(rest: bytes) -> bytes:
    """With its right checksum in front."""
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def _unsigned(data: bytes) -> bytes:
    return data.partition(b"\n")[2]


def _head_changed(data: bytes, **changes: object) -> bytes:
    """Another head, whose checksum is right."""
    head, _, body = _unsigned(data).partition(b"\n")
    facts = {**json.loads(head), **changes}
    kept = {name: value for name, value in facts.items() if value is not None}
    return _signed(json.dumps(kept).encode() + b"\n" + body)


def _tables_changed(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Other tables, whose checksum is right."""
    head, _, body = _unsigned(data).partition(b"\n")
    return _signed(head + b"\n" + zlib.compress(change(zlib.decompress(body))))


def _old_checksum(data: bytes, changed: bytes) -> bytes:
    """What was changed under the checksum of what was there before."""
    return data.partition(b"\n")[0] + b"\n" + _unsigned(changed)


def _first_weight_altered(tables: bytes) -> bytes:
    return bytes([tables[0] ^ 1]) + tables[1:]


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "is damaged"),
    "cut in the checksum": (lambda data: data[:40], "is damaged"),
    "cut in the head": (lambda data: data[:100], "is damaged"),
    "cut in the tables": (lambda data: data[:-9], "is damaged"),
    "one weight altered": (
        lambda data: _old_checksum(data, _tables_changed(data, _first_weight_altered)),
        "is damaged",
    ),
    "another slope": (lambda data: _old_checksum(data, _head_changed(data, slope=7.5)), "is damaged"),
    "another file": (lambda data: b"\x89PNG\r\n\x1a\n" + bytes(99), "is damaged"),
    "without a checksum": (_unsigned, "is damaged"),
    "nothing but a checksum": (lambda data: _signed(b""), "cannot be read"),
    "a head without tables": (lambda data: _signed(_unsigned(data).partition(b"\n")[0]), "cannot be read"),
    "made with cut tables": (lambda data: _signed(_unsigned(data)[:-9]), "cannot be read"),
    "a list": (lambda data: _signed(b"[]\n" + _unsigned(data).partition(b"\n")[2]), "cannot be read"),
    "without a version": (lambda data: _head_changed(data, version=None), "cannot be read"),
    "a scale too few": (lambda data: _head_changed(data, scales=[1.0]), "cannot be read"),
    "an edge too many": (lambda data: _head_changed(data, edges={"links": [1, 2, 3, 4, 5]}), "another shape"),
    "edges of another kind": (lambda data: _head_changed(data, edges=[1, 2]), "cannot be read"),
    "tables too short": (lambda data: _tables_changed(data, lambda tables: tables[:-1]), "another shape"),
    "tables too long": (lambda data: _tables_changed(data, lambda tables: tables + b"\0"), "another shape"),
}


def test_first_line_is_the_checksum_of_the_rest(file: Path) -> None:
    """Whoever has the file can check it with `tail -n +2 | sha256sum`."""
    data = file.read_bytes()
    assert _signed(_unsigned(data)) == data
    assert _unsigned(data).startswith(b'{"version":"prior-x"')


@pytest.mark.parametrize(("damage", "reason"), DAMAGES.values(), ids=DAMAGES.keys())
def test_file_that_cannot_be_used_is_refused_with_a_reason(
    file: Path, damage: Callable[[bytes], bytes], reason: str
) -> None:
    """In one sentence that names the file, for whoever runs the site."""
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(PriorError, match=rf"^(some\.bin|the weights).*{reason}") as refused:
        read_prior(file)
    assert "\n" not in str(refused.value)


def test_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """Rather than damaged."""
    with pytest.raises(PriorError, match=r"^none\.bin is missing$"):
        read_prior(tmp_path / "none.bin")


def test_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """Whatever the system says of it."""
    with pytest.raises(PriorError, match="cannot be read"):
        read_prior(tmp_path)


# ---------- a filter without its model ----------
@pytest.fixture
def no_prior(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped file cannot be read."""

    def missing() -> Prior:
        raise PriorError("prior.bin is missing")

    monkeypatch.setattr(judging, "shipped_prior", missing)


@pytest.mark.usefixtures("no_prior")
@pytest.mark.parametrize("history", [STRANGER, KNOWN, WELL_KNOWN], ids=["stranger", "known", "well known"])
@pytest.mark.parametrize("text", ["Thank you!", FLATTERY, PILLS, "", "\x00\ud800"])
def test_without_a_model_every_comment_waits(text: str, history: History) -> None:
    """Nobody is turned away, and nothing is published that nobody has read."""
    verdict = judge(candidate(text=text), history)
    assert verdict.decision is Decision.HOLD
    assert codes(verdict)[-1] == NO_MODEL.code
    assert verdict.version == VERSION


@pytest.mark.usefixtures("no_prior")
@pytest.mark.parametrize(
    "comment",
    [
        candidate(answers_writer=True, text="My tendon, and the ankles", post_title="Tendon, ankles"),
        candidate(text="Cycling, ankles, tendon, heel", post_title="Cycling, ankles, tendon, heel, calf"),
    ],
    ids=["an answer on the topic", "every word on the topic"],
)
def test_without_a_model_praise_from_the_rules_publishes_nothing(comment: Candidate) -> None:
    """Whatever speaks for the comment."""
    assert judge(comment, STRANGER).decision is Decision.HOLD


@pytest.mark.usefixtures("no_prior")
def test_without_a_model_the_rules_still_find_spam_and_staff_still_passes() -> None:
    """The rest of the filter is as it was."""
    assert judge(candidate(honeypot="x"), STRANGER).decision is Decision.SPAM
    assert judge(candidate(is_staff=True), STRANGER).decision is Decision.PUBLISH


@pytest.mark.usefixtures("no_prior")
def test_prior_that_is_given_needs_no_file() -> None:
    """Trainings measure themselves before they are written."""
    assert judge(candidate(), STRANGER, prior=SILENT).findings == ()
