"""Between which bounds a share lies, when only some of the cases are known: Wilson's interval of 95 %.

Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the
American Statistical Association 22 (1927), 209-212. It stays between 0 and 1 and can be believed even for
few cases and for shares near the ends, where the better known interval cannot: L. D. Brown, T. T. Cai and
A. DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science 16 (2001), 101-133.
"""

from math import sqrt

# Of the normal distribution: the interval holds the true share 95 times of 100.
Z = 1.96


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The lower and the upper end for a share of `part` in `whole` cases, of which there is at least one."""
    share, square = part / whole, Z * Z
    middle = share + square / (2 * whole)
    spread = Z * sqrt((share * (1 - share) + square / (4 * whole)) / whole)
    scale = 1 + square / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
