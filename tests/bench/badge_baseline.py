"""The badge as a user would do it in Python: Pillow draws it, qrcode makes the code, python-escpos
encodes it. Prints the median of a warm process. Run: tests/.venv/bin/python tests/bench/badge_baseline.py
"""

import contextlib
import io
import pathlib
import statistics
import time

import qrcode
from escpos.printer import Dummy
from PIL import Image, ImageDraw, ImageFont

FONTS = pathlib.Path(__file__).parents[2] / "assets" / "fonts"
TOKEN = "LJNFUWS2LJNFUWS2LJNFUWS2LI"


def font(weight, size):
    return ImageFont.truetype(str(FONTS / f"NotoSansCJKsc-{weight}.otf"), size)


SIZES = {size: (font("Regular", size), font("Bold", size)) for size in (28, 30, 38, 46, 128)}


def badge():
    paper = Image.new("1", (576, 792), 1)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((0, 0, 575, 111), fill=0)
    draw.text((32, 26), "访客 VISITOR", font=SIZES[46][1], fill=1)
    draw.text((544, 26), "A017", font=SIZES[46][1], fill=1, anchor="ra")
    draw.text((32, 110), "欧阳修明", font=SIZES[128][1], fill=0)
    draw.text((32, 310), "云栖新能源（杭州）有限公司", font=SIZES[38][0], fill=0)
    draw.rectangle((32, 392, 543, 394), fill=0)
    draw.text((32, 412), "接待人", font=SIZES[28][0], fill=0)
    draw.text((32, 450), "李晓云", font=SIZES[46][1], fill=0)
    draw.text((32, 530), "品质部 · 三楼 302", font=SIZES[28][0], fill=0)
    draw.text((32, 592), "有效期至", font=SIZES[28][0], fill=0)
    draw.text((32, 628), "11-23 18:00", font=SIZES[46][1], fill=0)
    code = qrcode.QRCode(version=2, error_correction=qrcode.ERROR_CORRECT_Q, box_size=8, border=4)
    code.add_data(TOKEN)
    code.make()
    paper.paste(code.make_image().get_image().convert("1"), (312, 412))
    draw.rectangle((32, 708, 543, 710), fill=0)
    draw.text((288, 730), "请佩戴此证 · 离开时在前台扫码签出", font=SIZES[30][0], fill=0, anchor="ma")
    printer = Dummy()
    printer.image(paper, impl="bitImageRaster", fragment_height=200)
    printer.cut(mode="PART")
    return printer.output


times = []
with contextlib.redirect_stdout(io.StringIO()):  # the library says there that it knows no paper width
    for _ in range(20):
        badge()
    for _ in range(200):
        start = time.perf_counter()
        size = len(badge())
        times.append(time.perf_counter() - start)
print(f"python-escpos + Pillow + qrcode, warm: median {statistics.median(times) * 1000:.2f} ms, {size} bytes")
