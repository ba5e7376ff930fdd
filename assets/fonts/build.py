#!/usr/bin/env python3
"""Makes the two fonts beside it from Debian's fonts-noto-cjk and fonts-noto-core (apt install both, pip install fonttools).

Noto Sans CJK SC has all of Han but only the Latin of Western Europe and Vietnam. The letters that Polish, Czech,
Turkish, Ukrainian ... names need come from Noto Sans, and everything goes into one family, because the screen does
not look for a missing letter in a second embedded font.
"""
import sys
from pathlib import Path
from fontTools import subset
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

CJK = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
NOTO = "/usr/share/fonts/truetype/noto/NotoSans-{}.ttf"
HANGUL = [(0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC)]
# Latin with its extensions, modifiers and combining marks, Greek, Cyrillic, Latin Extended Additional, punctuation, currency.
WANTED = [(0x00A0, 0x024F), (0x0250, 0x036F), (0x0370, 0x052F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20BF)]


def within(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def shrink(weight):
    font = TTFont(CJK.format(weight), fontNumber=2)  # 2 is SC
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = ["*"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if not within(code, HANGUL)])
    subsetter.subset(font)
    return font


def add_letters(font, weight):
    source = TTFont(NOTO.format(weight))
    glyphs, names = source.getGlyphSet(), source.getBestCmap()
    have = font.getBestCmap()
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    part = top.FDSelect.gidArray[font.getGlyphID(have[ord("A")])]  # the part of the font that holds Latin
    private = top.FDArray[part].Private
    scale = font["head"].unitsPerEm / source["head"].unitsPerEm
    order = font.getGlyphOrder()
    taken = {int(name[3:]) for name in order if name.startswith("cid")}
    free = iter(number for number in range(1, 65535) if number not in taken)
    added = 0
    for code in sorted(names):
        if code in have or not within(code, WANTED):
            continue
        added += 1
        name = f"cid{next(free):05d}"
        width = round(source["hmtx"][names[code]][0] * scale)
        pen = T2CharStringPen(width - private.nominalWidthX, None)
        whole = DecomposingRecordingPen(glyphs)  # accents become outlines
        glyphs[names[code]].draw(whole)
        whole.replay(TransformPen(Qu2CuPen(pen, 0.5, all_cubic=True), (scale, 0, 0, scale, 0, 0)))
        drawn = pen.getCharString(private, top.GlobalSubrs)
        drawn.fdSelectIndex = part
        strings.charStringsIndex.append(drawn)
        strings.charStrings[name] = len(strings.charStringsIndex) - 1
        top.charset.append(name)
        top.FDSelect.gidArray.append(part)
        bounds = drawn.calcBounds(None)
        font["hmtx"][name] = (width, round(bounds[0]) if bounds else 0)
        if "vmtx" in font:
            font["vmtx"][name] = font["vmtx"][have[ord("A")]]
        if "VORG" in font:
            font["VORG"].VOriginRecords.setdefault(name, font["VORG"].defaultVertOriginY)
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format != 14:
                table.cmap[code] = name
    font.setGlyphOrder(top.charset)
    font["maxp"].numGlyphs = len(top.charset)
    return added


for weight in ["Regular", "Bold"]:
    font = shrink(weight)
    added = add_letters(font, weight)
    out = Path(__file__).parent / f"NotoSansCJKsc-{weight}.otf"
    font.save(out)
    print(f"{out.name}: {added} letters from Noto Sans, {out.stat().st_size / 1e6:.1f} MB", file=sys.stderr)
