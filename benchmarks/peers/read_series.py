#!/usr/bin/python3
"""What a Python user would write to turn a CT series into 24-frame sequences: pydicom, python3-gdcm for compressed pixels, OpenCV, a process for each core.
usage: read_series.py SERIES_FOLDER OUT_FOLDER [PROCESSES]      prints the seconds of the best of four conversions after one that does not count, imports and starting the processes left out"""
import sys, time
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np
import pydicom

cv2.setNumThreads(1)


def place(path):
    header = pydicom.dcmread(path, stop_before_pixels=True)
    orientation = np.array(header.ImageOrientationPatient, float)
    normal = np.cross(orientation[:3], orientation[3:])
    return float(np.dot(normal, np.array(header.ImagePositionPatient, float))), path


def frame(path):
    data = pydicom.dcmread(path)
    hounsfield = data.pixel_array.astype(np.float32) * float(data.RescaleSlope) + float(data.RescaleIntercept)
    return cv2.resize(hounsfield, (224, 224), interpolation=cv2.INTER_AREA).round().clip(-1024, 32767).astype(np.int16)


def sequence(job):
    file, paths = job
    np.save(file, np.stack([frame(path) for path in paths]))


def main():
    source, out, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    out.mkdir(parents=True, exist_ok=True)
    pool = Pool(processes) if processes > 1 else None
    each = (lambda do, things, chunk: pool.map(do, things, chunk)) if pool else (lambda do, things, chunk: [do(thing) for thing in things])
    each(len, [""] * processes, 1)
    runs = []
    for _ in range(5):
        begin = time.perf_counter()
        count = convert(source, out, each)
        runs.append(time.perf_counter() - begin)
    print(f"{min(runs[1:]):.3f} {count}")  # after the first, libraries and memory are warm, as in a folder of many series


def convert(source, out, each):
    slices = sorted(each(place, list(source.iterdir()), 25), key=lambda one: -one[0])
    kept = [path for _, path in slices[int(len(slices) * 0.2): len(slices) - int(len(slices) * 0.3)]]
    count = len(kept) // 24
    each(sequence, [(out / f"{k:03}.npy", kept[k * 24:(k + 1) * 24]) for k in range(count)], 1)
    return count


if __name__ == "__main__":
    main()
