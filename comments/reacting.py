"""Reacting to a comment: one reaction a reader, changed by pressing the other button, undone by the same."""

from django.db import transaction

from comments.counting import touch_thread
from comments.helpfulness import count_voices
from comments.models import Comment, Reaction
from comments.voices import MAX_CHOSEN

VOICES = ["same_here_count", "helped_count", "helpfulness", "version"]


@transaction.atomic
def react(comment: Comment, kind: Reaction.Kind, *, key: str, network: str) -> bool:
    """Gives, changes or takes back the reaction of the reader with this key; says whether one stands now. The
    comment's row is locked, so that of two readers the second one counts what the first one said. Raises
    Comment.DoesNotExist when readers see the comment no more."""
    fresh = Comment.objects.approved().select_for_update(no_key=True).get(pk=comment.pk)
    before = Reaction.objects.filter(comment=fresh, reader_key=key).first()
    is_undone = before is not None and before.kind == kind
    if before is None:
        Reaction.objects.create(comment=fresh, kind=kind, reader_key=key, network=network)
    elif is_undone:
        before.delete()
    else:
        before.kind = kind
        before.save(update_fields=["kind"])
    save_voices(fresh)
    return not is_undone


def save_voices(comment: Comment) -> None:
    """Counts the voices on a locked comment afresh. Call it in the transaction that changes one."""
    count_voices(comment)
    comment.version += 1
    comment.save(update_fields=VOICES)
    touch_thread(comment.post_id)


def has_reacted(comment: Comment, *, key: str) -> bool:
    return Reaction.objects.filter(comment=comment, reader_key=key).exists()


def chosen_under(post_id: int, *, key: str) -> dict[str, str]:
    """What the reader chose under a post, by the comment's id, the latest last."""
    mine = Reaction.objects.filter(reader_key=key, comment__post=post_id).order_by("-pk")[:MAX_CHOSEN]
    return dict(reversed(list(mine.values_list("comment_id", "kind"))))
