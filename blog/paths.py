"""Path converters for dates, so that `/2026/03/` is an archive and `/2026/3/` is not an address at all.

Importing this module registers them as `yyyy` and `mm`.
"""

from django.urls import register_converter


class FourDigitYear:
    regex = "(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04}"


class TwoDigitMonth:
    regex = "(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


register_converter(FourDigitYear, "yyyy")
register_converter(TwoDigitMonth, "mm")
