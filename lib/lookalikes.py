"""Letters that look like other letters, for `lib.text.skeleton`.

Source: Unicode Technical Standard 39, data file confusables.txt (https://www.unicode.org/Public/security/),
cut down to what a person could type to pass for somebody else with a Latin name: Cyrillic, Greek, Armenian
and Cherokee letters, Latin small capitals and phonetic letters. What Unicode itself folds (full-width,
mathematical and circled letters, accents) is not repeated.

Added by us, because a skeleton knows no case and no accents: letters with a stroke (`STROKED`), the small
forms of Cyrillic and Greek capitals (`SMALL_FORMS`), i read as l because a capital I does not survive case
folding, two letters that run into one, and white letters on black discs and squares.
"""

CONFUSABLES = {
    "a": "ɑαаΑАᎪ",
    "b": "ƄЬᏏΒВᏴ",
    "c": "ᴄϲсϹСᏟ",
    "d": "ԁᏧᎠ",
    "e": "еҽΕЕᎬ",
    "f": "քϜ",
    "g": "ɡƍցԌᏀᏳ",
    "h": "һհᏂΗНᎻ",
    "j": "ϳјЈᎫ",
    "k": "ΚКᏦ",
    "l": "1|ıɪɩιіӏƖǀΙІӀᏞᎥ",
    "m": "ΜМᎷϺ",
    "n": "ոռΝ",
    "o": "0ᴏοσоօΟОՕ",
    "p": "ρϱрΡРᏢ",
    "q": "ԛգզ",
    "r": "ᴦгƦᎡᏒꭇ",
    "s": "ꜱƽѕЅՏᏕᏚ",
    "t": "ΤТᎢ",
    "u": "ᴜʋυսՍ",
    "v": "ᴠνѵѴᏙ",
    "w": "ɯᴡѡԝաԜᎳᏔ",
    "x": "хΧХ×",
    "y": "ɣʏγуүΥУҮᎩᎽ",
    "z": "ᴢΖᏃ",
}
STROKED = {"b": "ƀ", "d": "đð", "f": "ƒ", "g": "ǥ", "h": "ħ", "l": "łƚ", "o": "øɵ", "t": "ŧ", "z": "ƶ"}
SMALL_FORMS = {"b": "вβ", "e": "ε", "h": "н", "k": "кκ", "l": "i", "m": "м", "t": "тτ", "z": "ζ"}
SMALL_CAPITALS = dict(zip("abdeghjklmnprt", "ᴀʙᴅᴇɢʜᴊᴋʟᴍɴᴘʀᴛ", strict=True))

# TR39 folds m into "rn"; the other way round keeps skeletons readable.
LOOKALIKE_PAIRS = (("rn", "m"), ("vv", "w"))

# White on black (🅐, 🅰) and the letters flags are made of: each block holds A to Z in order.
ALPHABETS_IN_SYMBOLS = (0x1F150, 0x1F170, 0x1F1E6)


def _table() -> dict[str, str]:
    table = {chr(start + place): chr(97 + place) for start in ALPHABETS_IN_SYMBOLS for place in range(26)}
    for source in (CONFUSABLES, STROKED, SMALL_FORMS, SMALL_CAPITALS):
        table |= {alike: latin for latin, alikes in source.items() for alike in alikes}
    return table


LOOKALIKES = _table()
