#!/usr/bin/python3
"""Fails unless two folders hold the same sequences, but for one Hounsfield unit of rounding. usage: same_sequences.py FOLDER FOLDER"""
import sys
from pathlib import Path

import numpy as np

ours, theirs = (sorted(Path(folder).glob("*.npy")) for folder in sys.argv[1:3])
assert [file.name for file in ours] == [file.name for file in theirs] and ours, (ours, theirs)
furthest = max(int(np.abs(np.load(a).astype(int) - np.load(b)).max()) for a, b in zip(ours, theirs))
assert furthest <= 1, f"the sequences differ by up to {furthest} HU"
