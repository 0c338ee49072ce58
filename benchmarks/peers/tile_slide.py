#!/usr/bin/python3
"""What a Python user would write to tile a slide: openslide-python, a saturation mask by Otsu, 224-px tiles at 0.5 um/px.
usage: tile_slide.py SLIDE OUT_FOLDER             prints the seconds of the work alone, imports left out"""
import sys, time
from pathlib import Path

import cv2
import numpy as np
import openslide

cv2.setNumThreads(1)
source, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
begin = time.perf_counter()
slide = openslide.OpenSlide(str(source))
mpp = float(slide.properties.get("openslide.mpp-x") or 1e4 / float(slide.properties["tiff.XResolution"]))
width, height = slide.dimensions
thumbnail = np.asarray(slide.get_thumbnail((max(1, int(width * mpp / 8)), max(1, int(height * mpp / 8)))).convert("RGB"))
saturation = cv2.medianBlur(cv2.cvtColor(thumbnail, cv2.COLOR_RGB2HSV)[:, :, 1], 7)
_, mask = cv2.threshold(saturation, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
edge = 0.5 / mpp * 224
level = slide.get_best_level_for_downsample(0.5 / mpp)
read = max(1, round(edge / slide.level_downsamples[level]))
tiles = []
for row in range(int(height // edge)):
    for column in range(int(width // edge)):
        x, y = column * edge, row * edge
        scale = mask.shape[1] / width
        part = mask[int(y * scale):max(int(y * scale) + 1, int((y + edge) * scale)), int(x * scale):max(int(x * scale) + 1, int((x + edge) * scale))]
        if part.size == 0 or (part > 0).mean() < 0.5:
            continue
        tile = np.asarray(slide.read_region((round(x), round(y)), level, (read, read)).convert("RGB"))
        tile = cv2.resize(tile, (224, 224), interpolation=cv2.INTER_AREA)
        if (tile.mean(axis=2) > 220).mean() < 0.5:
            tiles.append(tile)
count = len(tiles) // 24
for k in range(count):
    np.save(out / f"{k:03}.npy", np.stack(tiles[k * 24:(k + 1) * 24]))
print(f"{time.perf_counter() - begin:.3f} {len(tiles)}")
