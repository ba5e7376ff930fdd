"""What python-escpos makes of a picture: reads a PNG file, writes the bytes of its raster bands.

Run: badge_oracle.py PICTURE.png >BYTES
"""

import contextlib
import io
import sys

from escpos.printer import Dummy

printer = Dummy()
with contextlib.redirect_stdout(io.StringIO()):  # the library says there that it knows no paper width
    printer.image(sys.argv[1], impl="bitImageRaster", fragment_height=200)
sys.stdout.buffer.write(printer.output)
