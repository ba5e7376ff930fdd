"""Pictures of a screen: read, written, compared by region. Needs nothing but Python."""

import struct
import zlib


class Picture:
    """Red, green and blue of each pixel, row by row."""

    def __init__(self, width, height, rows):
        self.width, self.height, self.rows = width, height, rows

    @staticmethod
    def read(path):
        with open(path, "rb") as file:
            data = file.read()
        return _from_png(data) if data[:4] == b"\x89PNG" else _from_ppm(data)

    def write(self, path):
        lines = b"".join(b"\0" + row for row in self.rows)
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b"")):
                file.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))

    def differs(self, other, region=None):
        """Which part of a region (left, top, right, bottom) is another colour than there, from 0 to 1."""
        left, top, right, bottom = region or (0, 0, self.width, self.height)
        if (self.width, self.height) != (other.width, other.height):
            return 1.0
        different = 0
        for mine, theirs in zip(self.rows[top:bottom], other.rows[top:bottom]):
            mine, theirs = mine[left * 3 : right * 3], theirs[left * 3 : right * 3]
            if mine == theirs:
                continue
            for at in range(0, len(mine), 3):
                # One step of a blended edge is no difference that anybody sees.
                if any(abs(mine[at + c] - theirs[at + c]) > 8 for c in range(3)):
                    different += 1
        return different / ((right - left) * (bottom - top))

    def black(self, region):
        """Which part of a region is black."""
        left, top, right, bottom = region
        rows = [row[left * 3 : right * 3] for row in self.rows[top:bottom]]
        black = sum(not any(row[at : at + 3]) for row in rows for at in range(0, len(row), 3))
        return black / ((right - left) * (bottom - top))


def of_dots(dots, across):
    """What a printer put on paper: a bit a dot, one is black."""
    rows = [dots[at : at + across] for at in range(0, len(dots), across)]
    wide = [b"".join(b"\0\0\0" if byte >> bit & 1 else b"\xff\xff\xff" for byte in row for bit in range(7, -1, -1)) for row in rows]
    return Picture(across * 8, len(rows), wide)


def _from_ppm(data):
    kind, size, most, pixels = data.split(b"\n", 3)
    if kind != b"P6" or most != b"255":
        raise ValueError("no screen dump")
    width, height = map(int, size.split())
    return Picture(width, height, [pixels[y * width * 3 : (y + 1) * width * 3] for y in range(height)])


def _from_png(data):
    at, body, head = 8, b"", None
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        if kind == b"IHDR":
            head = struct.unpack(">IIBBBBB", data[at + 8 : at + 8 + length])
        elif kind == b"IDAT":
            body += data[at + 8 : at + 8 + length]
        at += length + 12
    width, height, depth, colours, _, _, interlaced = head
    if (depth, interlaced) != (8, 0) or colours not in (2, 6):
        raise ValueError("a PNG of another kind than the tour writes")
    step = 3 if colours == 2 else 4
    lines, size = zlib.decompress(body), width * step
    before, rows = bytearray(size), []
    for y in range(height):
        kind = lines[y * (size + 1)]
        row = bytearray(lines[y * (size + 1) + 1 : (y + 1) * (size + 1)])
        _unfiltered(kind, row, before, step)
        before = row
        rows.append(bytes(row) if step == 3 else b"".join(bytes(row[x : x + 3]) for x in range(0, size, 4)))
    return Picture(width, height, rows)


def _unfiltered(kind, row, above, step):
    """Takes a PNG line's filter back, in place (PNG specification, 9.2)."""
    for x in range(len(row)):
        left = row[x - step] if x >= step else 0
        corner = above[x - step] if x >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = above[x]
        elif kind == 3:
            guess = (left + above[x]) // 2
        elif kind == 4:
            paeth = left + above[x] - corner
            guess = min((left, above[x], corner), key=lambda value: abs(paeth - value))
        else:
            guess = 0
        row[x] = (row[x] + guess) & 0xFF
