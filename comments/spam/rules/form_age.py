"""How long the form was open, by the signed stamp it carries.

Only short times say anything: a page kept in a cache makes its form look older than it is, never younger. An
age below zero (the clocks of two servers differ) counts as no time at all.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.verdict import Finding

NO_STAMP_POINTS = 3.0

# Nobody finds the form, types and sends within this time.
TOO_FAST_SECONDS = 3
TOO_FAST_POINTS = 2.8

# Three times a fast typist (80 words a minute are 7 characters a second). Pasting a text written elsewhere is
# honest, so this alone holds nothing.
FASTEST_TYPING = 20
LONG_TEXT = 200
TYPED_TOO_FAST_POINTS = 0.8


def check_form_age(candidate: Candidate, _history: History) -> Iterator[Finding]:
    """Reports a form without our stamp, or one sent sooner than a person could."""
    if not candidate.form_is_ours:
        yield Finding("no_stamp", NO_STAMP_POINTS, "The form did not carry this site’s own stamp")
    elif candidate.form_age is not None:
        yield from _check_speed(candidate.form_age, length=len(candidate.text))


def _check_speed(seconds: float, *, length: int) -> Iterator[Finding]:
    if seconds < TOO_FAST_SECONDS:
        words = f"Sent {max(0.0, seconds):.1f} seconds after the form was shown"
        yield Finding("too_fast", TOO_FAST_POINTS, words)
    elif length >= LONG_TEXT and length > FASTEST_TYPING * seconds:
        words = f"{length} characters came within {seconds:.0f} seconds, faster than anybody types"
        yield Finding("typed_too_fast", TYPED_TOO_FAST_POINTS, words)
