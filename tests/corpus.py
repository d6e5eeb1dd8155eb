"""Real documents that may lie beside the checkout: other people's texts, to measure on."""

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
CORPUS = _BESIDE / "corpus"
GOLD = _BESIDE / "gold"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents do not lie beside this checkout")
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled documents do not lie beside this checkout")
