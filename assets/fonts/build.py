#!/usr/bin/env python3
"""Makes the two fonts beside it from Debian's fonts-noto-cjk, fonts-noto-core and fonts-hanazono.

apt install all three, pip install fonttools, `cargo fetch`, then run it: some minutes.

Noto Sans CJK SC has the characters of every national standard but only the Latin of Western Europe and Vietnam. The
letters that Polish, Czech, Turkish, Ukrainian ... names need come from Noto Sans; the rare characters that can be typed
because the dictionary (the crate `pinyin`) knows how they are read come from Hanazono, in one weight. Everything goes
into one family, because the screen does not look for a missing character in a second embedded font.

The signs that Chinese and Western text share (’ “ … ·) are a whole em wide in the Chinese font. Between Western letters
the feature `calt` draws them as narrow as a Western font does; next to Chinese they keep their em. It is in the font, so
that screen and paper agree without knowing of it.
"""
import io
import os
import re
import sys
from pathlib import Path
from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

# Where the Debian packages are unpacked: the machine itself, or a folder that `dpkg -x` filled.
ROOT = os.environ.get("FONTS_ROOT", "")
CJK = ROOT + "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
NOTO = ROOT + "/usr/share/fonts/truetype/noto/NotoSans-{}.ttf"
HANAZONO = ROOT + "/usr/share/fonts/truetype/hanazono/HanaMin{}.ttf"
DICTIONARY = Path.home() / ".cargo/registry/src"
HANGUL = [(0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC)]
# Latin with its extensions, modifiers and combining marks, Greek, Cyrillic, Latin Extended Additional, punctuation, currency.
LETTERS = [(0x00A0, 0x024F), (0x0250, 0x036F), (0x0370, 0x052F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20BF)]
PRIVATE = [(0xE000, 0xF8FF)]
# What has a narrow form in the Chinese font's own `pwid`, and what takes the one of Noto Sans.
QUOTES, SIGNS = "‘’“”", "…·×÷±§¶†‡‰"
# The Chinese font's hyphen is an em wide and nobody writes Chinese with it: it looks like the one on the keyboard.
HYPHENS = "‐‑"
CHINESE = [(0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF)]
# Where the text around a sign is not known to be Western, a Western letter or digit must touch it.
TOUCHING = [(0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x52F), (0x1E00, 0x1FFF)]


def within(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def read_characters():
    """Every character that the dictionary can read."""
    table = next(DICTIONARY.glob("*/pinyin-0.10.*/pinyin-data/pinyin.txt")).read_text()
    return {int(code, 16) for code in re.findall(r"^U\+([0-9A-F]+):", table, re.MULTILINE)}


def proportional(font):
    """The narrow forms of quotation marks, by their code."""
    table, characters = font["GSUB"].table, font.getBestCmap()
    narrow = {}
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "pwid":
            for index in feature.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    narrow |= getattr(part, "ExtSubTable", part).mapping
    return {ord(sign): narrow[characters[ord(sign)]] for sign in QUOTES}


def shrink(weight):
    font = TTFont(CJK.format(weight), fontNumber=2)  # 2 is SC
    narrow = proportional(font)
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = ["*"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]  # not `locl`: other countries' shapes, which nobody asks for
    subsetter = subset.Subsetter(options)
    unicodes = [code for code in font.getBestCmap() if not within(code, HANGUL)]
    subsetter.populate(unicodes=unicodes, glyphs=narrow.values())
    subsetter.subset(font)
    return font, narrow


def add(font, source, wanted, like):
    """Adds what `wanted` names and the font lacks, with the metrics of its own character `like`."""
    have = font.getBestCmap()
    names = source.getBestCmap()
    codes = [code for code in sorted(names) if code not in have and wanted(code)]
    for code, name in draw(font, source, codes, like).items():
        point(font, code, name)
    return len(codes)


def point(font, code, name):
    """Shows a character as the glyph of that name."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14 and (code < 0x10000 or table.format == 12):
            table.cmap[code] = name


def draw(font, source, codes, like):
    """Draws the glyphs of these codes as `source` has them; their new names by code."""
    glyphs, names = source.getGlyphSet(), source.getBestCmap()
    have = font.getBestCmap()
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    part = top.FDSelect.gidArray[font.getGlyphID(have[ord(like)])]  # the part of the font that holds such characters
    private = top.FDArray[part].Private
    scale = font["head"].unitsPerEm / source["head"].unitsPerEm
    taken = {int(name[3:]) for name in font.getGlyphOrder() if name.startswith("cid")}
    free = iter(number for number in range(1, 65535) if number not in taken)
    added = {}
    for code in codes:
        name = added[code] = f"cid{next(free):05d}"
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
    font.setGlyphOrder(top.charset)
    font["maxp"].numGlyphs = len(top.charset)
    return added


def adapt(font, narrow):
    """Draws signs narrow in Western text, by a feature `calt` for each script."""
    characters = font.getBestCmap()

    def named(ranges):
        return " ".join(sorted({characters[code] for code in characters if within(code, ranges)}))

    pairs = sorted({characters[code]: name for code, name in narrow.items()}.items())
    wide, thin = (" ".join(names) for names in zip(*pairs))
    chinese = " ".join(sorted(set(named(CHINESE).split()) - set(wide.split())))
    rules = f"""
@chinese = [{chinese}];
@touching = [{named(TOUCHING)}];
@wide = [{wide}];
@narrow = [{thin}];
@sign = [@wide @narrow];
lookup narrow {{ sub @wide by @narrow; }} narrow;
lookup western {{
  ignore sub @chinese @wide', @chinese @sign @wide', @wide' @chinese, @wide' @sign @chinese;
  sub @wide' lookup narrow;
}} western;
lookup chinese {{
  ignore sub @chinese @wide', @chinese @sign @wide', @wide' @chinese, @wide' @sign @chinese;
  sub @touching @wide' lookup narrow;
  sub @wide' lookup narrow @touching;
}} chinese;
feature calt {{ lookup western; }} calt;
feature cala {{ lookup chinese; }} cala;
"""
    # Compiled into a font of the same glyphs, then put in front of what is there.
    other = TTFont()
    other.setGlyphOrder(font.getGlyphOrder())
    addOpenTypeFeaturesFromString(other, rules)
    table, more = font["GSUB"].table, other["GSUB"].table
    shift = len(table.LookupList.Lookup)
    for lookup in more.LookupList.Lookup:
        for part in lookup.SubTable:
            for record in getattr(part, "SubstLookupRecord", []):
                record.LookupListIndex += shift
    table.LookupList.Lookup += more.LookupList.Lookup
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    features = sorted(more.FeatureList.FeatureRecord, key=lambda record: record.FeatureTag)  # cala: Chinese, calt: Western
    for record in features:
        record.FeatureTag = "calt"
        record.Feature.LookupListIndex = [index + shift for index in record.Feature.LookupListIndex]
    table.FeatureList.FeatureRecord = features + table.FeatureList.FeatureRecord
    table.FeatureList.FeatureCount = len(table.FeatureList.FeatureRecord)
    for script in table.ScriptList.ScriptRecord:
        system = script.Script.DefaultLangSys
        own = 0 if script.ScriptTag in ["hani", "kana", "hang"] else 1
        system.FeatureIndex = [own] + [index + len(features) for index in system.FeatureIndex]
        system.FeatureCount = len(system.FeatureIndex)


readable = read_characters()
for weight in ["Regular", "Bold"]:
    font, narrow = shrink(weight)
    western = TTFont(NOTO.format(weight))
    letters = add(font, western, lambda code: within(code, LETTERS), "A")
    rare = 0
    for half in "AB":
        rare += add(font, TTFont(HANAZONO.format(half)), lambda code: code in readable and not within(code, PRIVATE), "一")
    for sign in HYPHENS:
        point(font, ord(sign), font.getBestCmap()[ord("-")])
    adapt(font, narrow | draw(font, western, [ord(sign) for sign in SIGNS], "A"))
    lacking = [f"U+{code:04X}" for code in sorted(readable - set(font.getBestCmap())) if not within(code, PRIVATE)]
    out = Path(__file__).parent / f"NotoSansCJKsc-{weight}.otf"
    font.save(out)
    glyphs, size = font["maxp"].numGlyphs, out.stat().st_size / 1e6
    print(f"{out.name}: {letters} letters, {rare} rare characters, {glyphs} glyphs, {size:.1f} MB; lacking {lacking}", file=sys.stderr)
