#!/usr/bin/python3
"""What a Python user would write to turn a CT series into 24-frame sequences: pydicom, python3-gdcm, OpenCV.
usage: read_series.py SERIES_FOLDER OUT_FOLDER      prints the seconds of the work alone, imports left out"""
import sys, time
from pathlib import Path

import cv2
import numpy as np
import pydicom

cv2.setNumThreads(1)
source, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
begin = time.perf_counter()
slices = []
for path in source.iterdir():
    header = pydicom.dcmread(path, stop_before_pixels=True)
    orientation = np.array(header.ImageOrientationPatient, float)
    normal = np.cross(orientation[:3], orientation[3:])
    slices.append((float(np.dot(normal, np.array(header.ImagePositionPatient, float))), path))
slices.sort(key=lambda each: -each[0])
kept = slices[int(len(slices) * 0.2): len(slices) - int(len(slices) * 0.3)]
frames = []
for _, path in kept:
    data = pydicom.dcmread(path)
    hounsfield = data.pixel_array.astype(np.float32) * float(data.RescaleSlope) + float(data.RescaleIntercept)
    frames.append(cv2.resize(hounsfield, (224, 224), interpolation=cv2.INTER_AREA).round().clip(-1024, 32767).astype(np.int16))
count = len(frames) // 24
for k in range(count):
    np.save(out / f"{k:03}.npy", np.stack(frames[k * 24:(k + 1) * 24]))
print(f"{time.perf_counter() - begin:.3f} {count}")
