#!/usr/bin/env python3
"""Fills a folder with small CT files: FOLDER, how many FILES, how many in a SERIES.

Each is a whole DICOM image of 4 x 4 pixels. Series lie six folders deep, below names with blanks, brackets, Unicode and line breaks. With fewer
than 16 slices a series is rejected, so that looking is measured and not decoding.
"""

import os
import struct
import sys

LONG = {b"OB", b"OW", b"SQ", b"UN"}


def element(group, number, kind, value):
    value = value.encode() if isinstance(value, str) else value
    if len(value) % 2:
        value += b"\0" if kind in (b"UI", b"OB") else b" "
    length = b"\0\0" + struct.pack("<I", len(value)) if kind in LONG else struct.pack("<H", len(value))
    return struct.pack("<HH", group, number) + kind + length + value


def short(value):
    return struct.pack("<H", value)


def image(patient, series, number):
    kind, uid = "1.2.840.10008.5.1.4.1.1.2", f"{series}.{number}"
    meta = element(2, 2, b"UI", kind) + element(2, 3, b"UI", uid) + element(2, 0x10, b"UI", "1.2.840.10008.1.2.1")
    data = b"".join((
        element(8, 8, b"CS", "ORIGINAL\\PRIMARY\\AXIAL"), element(8, 0x16, b"UI", kind), element(8, 0x18, b"UI", uid), element(8, 0x60, b"CS", "CT"),
        element(0x10, 0x20, b"LO", patient), element(0x20, 0xE, b"UI", series), element(0x20, 0x32, b"DS", f"0\\0\\{number * 2.5}"),
        element(0x20, 0x37, b"DS", "1\\0\\0\\0\\1\\0"), element(0x20, 0x52, b"UI", series + ".0"), element(0x28, 2, b"US", short(1)), element(0x28, 4, b"CS", "MONOCHROME2"),
        element(0x28, 0x10, b"US", short(4)), element(0x28, 0x11, b"US", short(4)), element(0x28, 0x30, b"DS", "1\\1"), element(0x28, 0x100, b"US", short(16)),
        element(0x28, 0x101, b"US", short(16)), element(0x28, 0x102, b"US", short(15)), element(0x28, 0x103, b"US", short(0)), element(0x28, 0x1052, b"DS", "-1024"),
        element(0x28, 0x1053, b"DS", "1"), element(0x7FE0, 0x10, b"OW", bytes(32)),
    ))
    return bytes(128) + b"DICM" + element(2, 0, b"UL", struct.pack("<I", len(meta))) + meta + data


def main():
    folder, files, per_series = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for start in range(0, files, per_series):
        number = start // per_series
        patient = f"P{number // 10:05d}"
        place = os.path.join(folder, patient, f"study [{number // 5}]", "año 2026 日本", "line\nbreak", "série (1)", f"{number:06d}")
        os.makedirs(place)
        for slice_number in range(min(per_series, files - start)):
            with open(os.path.join(place, f"slice {slice_number} – é.dcm"), "wb") as file:
                file.write(image(patient, f"1.2.826.0.1.3680043.10.999.{number + 1}", slice_number))


main()
