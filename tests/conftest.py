"""What every test shares: a search that finds the same cases each time and is not judged by the clock."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, before NumPy is loaded

settings.register_profile("assent", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("assent")
