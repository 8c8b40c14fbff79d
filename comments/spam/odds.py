"""Log-odds and probabilities: evidence adds up in the first, people read the second."""

import math


def logistic(log_odds: float) -> float:
    """The probability, 1 / (1 + e^-x), written so that neither end overflows."""
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    odds = math.exp(log_odds)
    return odds / (1 + odds)
