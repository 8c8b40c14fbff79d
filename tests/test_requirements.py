"""The pinned requirements can be installed by plain pip, today and once newer versions are out."""

from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).parents[1] / "requirements"
# requirements/lock.txt holds one tool that needs nothing, and is not installed beside the tests.
INSTALLED = ["run", "extras", "test"]


def pins(name: str) -> dict[str, Requirement]:
    """The packages that a compiled file pins, by canonical name."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line.rstrip(" \\")) for line in lines if line and line[0] not in " #"]
    return {canonicalize_name(pin.name): pin for pin in pinned}


def needs_of(pin: Requirement) -> list[Requirement]:
    """What a package, with the extras it is pinned with, needs on this machine."""
    try:
        needs = [Requirement(text) for text in requires(pin.name) or []]
    except PackageNotFoundError:  # pinned for another system or another Python
        return []
    return [need for need in needs if applies(need, {"", *pin.extras})]


def applies(need: Requirement, extras: set[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)


@pytest.mark.parametrize("name", INSTALLED)
def test_package_needed_with_an_extra_is_pinned_with_it(name: str) -> None:
    """Without the extra, pip looks for the newest version that has it, and finds no hash for that one."""
    pinned = pins(name)
    assert pinned
    for pin in pinned.values():
        for need in needs_of(pin):
            if need.extras:
                assert need.extras <= pinned[canonicalize_name(need.name)].extras, f"{pin.name} needs {need}"


@pytest.mark.parametrize("name", [*INSTALLED, "lock"])
def test_every_package_is_pinned_to_one_version(name: str) -> None:
    assert all(str(pin.specifier).startswith("==") for pin in pins(name).values())
