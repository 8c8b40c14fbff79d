"""Letters of other scripts that are drawn like Latin ones, which spammers write blocked words with.

Kept small on purpose: the letters that are found in spam. `lib.lookalikes` has the long table for names of
people, and folds more than words can bear ("ill" and "lil" are one there). The filter imports nothing of ours
but itself, so it has its own.
"""

# In small letters: whoever compares has folded case before.
CYRILLIC = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j"}
CYRILLIC |= {"ѕ": "s", "һ": "h", "ԁ": "d", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "ԛ": "q"}
CYRILLIC |= {"ԝ": "w", "ѵ": "v", "г": "r"}
# Without the letters that sciences put into Latin words: α, β, γ, δ, μ, π, ω ("TNFα", "μm").
GREEK = {"ο": "o", "ν": "v", "ι": "i", "κ": "k", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ε": "e", "η": "n"}
# Latin itself, digits and signs: "v1agra", "ca$ino".
OTHERS = {"ı": "i", "ɑ": "a", "ɡ": "g", "ⅼ": "l", "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "$": "s"}

_TO_LATIN = str.maketrans(CYRILLIC | GREEK | OTHERS)
_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))


def folded(decomposed: str) -> str:
    """Small letters as the Latin ones they look like, without accents. For comparison only.

    Takes a text in small letters with its accents apart (NFD). A word means the same to itself afterwards, so
    Russian and Greek texts can be compared as well, as long as both sides are folded.
    """
    return decomposed.translate(_ACCENTS).translate(_TO_LATIN)
