"""How helpful a comment is, as far as its readers' voices can tell: the order "most helpful" sorts by this.

The share of those it helped would put one lone voice before ninety of a hundred. So it is the lower end of
the interval that the true share lies in: few voices leave it wide, and the comment low.

Source for the use: E. Miller, "How Not To Sort By Average Rating" (2009).
"""

from comments.models import Comment, Reaction
from lib.wilson import wilson


def lower_bound(helped: int, against: int) -> float:
    """The lower end of Wilson's interval for the share of `helped`; 0 where nobody has said anything."""
    voices = helped + against
    return wilson(helped, voices)[0] if voices else 0.0


def count_voices(comment: Comment) -> None:
    """Sets what the comment's row says of its reactions and open reports, without saving it.

    "Same here" says nothing for or against; a report speaks against until a moderator has settled it.
    """
    kinds = list(comment.reactions.values_list("kind", flat=True))
    comment.same_here_count = kinds.count(Reaction.Kind.SAME_HERE)
    comment.helped_count = kinds.count(Reaction.Kind.HELPED)
    comment.helpfulness = lower_bound(comment.helped_count, comment.reports.open().count())
