"""An answer to what the writer said herself under her post: a conversation, which advertisements seldom have.

A program can press that reply link too, so it weighs next to nothing, and only for somebody not known yet:
trust that moderators gave is enough, and has a limit.
"""

from collections.abc import Iterator

from comments.spam.candidate import Candidate, History
from comments.spam.verdict import Finding

POINTS = -0.3


def check_answering_writer(candidate: Candidate, history: History) -> Iterator[Finding]:
    """Reports a stranger's reply to a comment that carries the writer's badge."""
    if candidate.answers_writer and history.is_first_comment:
        yield Finding("answers_writer", POINTS, "An answer to the writer’s own comment")
