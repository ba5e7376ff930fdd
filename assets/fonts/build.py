#!/usr/bin/env python3
"""Makes the two fonts beside it from Debian's fonts-noto-cjk, fonts-noto-core and fonts-hanazono.

apt install all three, pip install fonttools, `cargo fetch`, then run it: some minutes.

Noto Sans CJK SC has the characters of every national standard but only the Latin of Western Europe and Vietnam. The
letters that Polish, Czech, Turkish, Ukrainian ... names need come from Noto Sans; the rare characters that can be typed
because the dictionary (the crate `pinyin`) knows how they are read come from Hanazono, in one weight. Everything goes
into one family, because the screen does not look for a missing character in a second embedded font.
"""
import re
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
HANAZONO = "/usr/share/fonts/truetype/hanazono/HanaMin{}.ttf"
DICTIONARY = Path.home() / ".cargo/registry/src"
HANGUL = [(0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC)]
# Latin with its extensions, modifiers and combining marks, Greek, Cyrillic, Latin Extended Additional, punctuation, currency.
LETTERS = [(0x00A0, 0x024F), (0x0250, 0x036F), (0x0370, 0x052F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20BF)]
PRIVATE = [(0xE000, 0xF8FF)]


def within(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def read_characters():
    """Every character that the dictionary can read."""
    table = next(DICTIONARY.glob("*/pinyin-0.10.*/pinyin-data/pinyin.txt")).read_text()
    return {int(code, 16) for code in re.findall(r"^U\+([0-9A-F]+):", table, re.MULTILINE)}


def shrink(weight):
    font = TTFont(CJK.format(weight), fontNumber=2)  # 2 is SC
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = ["*"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]  # not `locl`: other countries' shapes, which nobody asks for
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if not within(code, HANGUL)])
    subsetter.subset(font)
    return font


def add(font, source, wanted, like):
    """Adds what `wanted` names and the font lacks, with the metrics of its own character `like`."""
    glyphs, names = source.getGlyphSet(), source.getBestCmap()
    have = font.getBestCmap()
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    part = top.FDSelect.gidArray[font.getGlyphID(have[ord(like)])]  # the part of the font that holds such characters
    private = top.FDArray[part].Private
    scale = font["head"].unitsPerEm / source["head"].unitsPerEm
    taken = {int(name[3:]) for name in font.getGlyphOrder() if name.startswith("cid")}
    free = iter(number for number in range(1, 65535) if number not in taken)
    added = 0
    for code in sorted(names):
        if code in have or not wanted(code):
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
            font["vmtx"][name] = font["vmtx"][have[ord(like)]]
        if "VORG" in font:
            font["VORG"].VOriginRecords.setdefault(name, font["VORG"].defaultVertOriginY)
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format != 14 and (code < 0x10000 or table.format == 12):
                table.cmap[code] = name
    font.setGlyphOrder(top.charset)
    font["maxp"].numGlyphs = len(top.charset)
    return added


readable = read_characters()
for weight in ["Regular", "Bold"]:
    font = shrink(weight)
    letters = add(font, TTFont(NOTO.format(weight)), lambda code: within(code, LETTERS), "A")
    rare = 0
    for half in "AB":
        rare += add(font, TTFont(HANAZONO.format(half)), lambda code: code in readable and not within(code, PRIVATE), "一")
    lacking = [f"U+{code:04X}" for code in sorted(readable - set(font.getBestCmap())) if not within(code, PRIVATE)]
    out = Path(__file__).parent / f"NotoSansCJKsc-{weight}.otf"
    font.save(out)
    glyphs, size = font["maxp"].numGlyphs, out.stat().st_size / 1e6
    print(f"{out.name}: {letters} letters, {rare} rare characters, {glyphs} glyphs, {size:.1f} MB; lacking {lacking}", file=sys.stderr)
