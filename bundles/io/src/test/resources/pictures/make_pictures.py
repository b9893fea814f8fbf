"""Makes the pictures beside this file with Pillow and what Pillow, or a formula, reads in them.

Each picture NAME.EXT comes with the 8-bit values expected of it in NAME.EXT.expected, or of all
pictures NAME.* in NAME.expected (PGM or PPM). python3 make_pictures.py; needs numpy and Pillow.
"""

import io
import os
import struct

import numpy as np
from PIL import Image, ImageCms, ImageOps

os.chdir(os.path.dirname(os.path.abspath(__file__)))
H, W = 13, 21
yy, xx = np.mgrid[0:H, 0:W]
rgb = np.stack([xx * 255 // (W - 1), yy * 255 // (H - 1), (xx + yy) * 255 // (W + H - 2)], -1)
rgb = rgb.astype(np.uint8)
grey = rgb.mean(-1).astype(np.uint8)
alpha = ((xx * 37 + yy * 11) % 256).astype(np.uint8)
I = Image.fromarray


def want(name, a):
    a = np.floor(np.asarray(a) + 0.5).clip(0, 255).astype(np.uint8)
    with open(name + ".expected", "wb") as f:
        f.write(b"P%d\n%d %d\n255\n" % (6 if a.ndim == 3 else 5, a.shape[1], a.shape[0]))
        f.write(a.tobytes())


def as_read(name, mode):
    want(name, Image.open(name).convert(mode))


# the same values in many formats
for ext in ["bmp", "tif", "tga", "ppm"]:
    I(rgb).save("rgb." + ext)
I(rgb).save("rgb.webp", lossless=True)
I(rgb).save("rgb.png")
want("rgb", rgb)
for kind in ["tiff_lzw", "tiff_adobe_deflate", "packbits"]:
    I(rgb).save(kind + ".tif", compression=kind)
    want(kind, rgb)
for ext in ["bmp", "tif", "tga", "pgm", "png"]:
    I(grey).save("grey." + ext)
want("grey", grey)
I(grey > 127).save("bilevel.tif", compression="group4")
I(grey > 127).save("bilevel.pbm")
I(grey > 127).save("bilevel.png")
want("bilevel", (grey > 127) * 255)
palette = I(rgb).quantize(16)
for ext in ["gif", "bmp", "tif", "png"]:
    palette.save("palette." + ext)
want("palette", palette.convert("RGB"))

# alpha on white
rgba = np.dstack([rgb, alpha])
for ext in ["tga", "tif", "png"]:
    I(rgba).save("alpha." + ext)
I(rgba).save("alpha.webp", lossless=True, exact=True)
a = alpha[..., None] / 255.0
want("alpha", rgb * a + 255 * (1 - a))
I(np.dstack([grey, alpha])).save("greyalpha.png")
want("greyalpha", grey * a[..., 0] + 255 * (1 - a[..., 0]))

# lossy, as libjpeg-turbo and libwebp decode them
for name, options in {
    "rgb.jpg": dict(quality=95),
    "subsampled.jpg": dict(quality=90, subsampling=2),
    "progressive.jpg": dict(quality=90, progressive=True),
}.items():
    I(rgb).save(name, **options)
    as_read(name, "RGB")
I(grey).save("grey.jpg")
as_read("grey.jpg", "L")
I(rgb).save("jpeg.tif", compression="jpeg", quality=95)
as_read("jpeg.tif", "RGB")
ramp = np.mgrid[0:96, 0:96].sum(0)
I(np.stack([ramp, 255 - ramp, ramp // 2 + 60], -1).astype(np.uint8)).save("lossy.webp", quality=60)
as_read("lossy.webp", "RGB")

# 16 bits: x * 3000 + y * 17
I((xx * 3000 + yy * 17).astype(np.uint16)).save("grey16.tif")
I((xx * 3000 + yy * 17).astype(np.uint16)).save("grey16.png")

# EXIF orientation
for o in range(1, 9):
    exif = Image.Exif()
    exif[0x112] = o
    I(rgb).save("o%d.jpg" % o, quality=95, exif=exif.tobytes())
    want("o%d.jpg" % o, ImageOps.exif_transpose(Image.open("o%d.jpg" % o)))
exif[0x112] = 6
I(rgb).save("turned.png", exif=exif.tobytes())
I(rgb).save("turned.webp", lossless=True, exif=exif.tobytes())
I(rgb).save("turned.tif", tiffinfo={0x112: 6})
want("turned", np.rot90(rgb, -1))

# four inks without a profile
inks = np.dstack([rgb, alpha // 3])


def light(c):
    c = np.asarray(c) / 255.0
    return 255 * (1 - c[..., :3]) * (1 - c[..., 3:])


I(inks, mode="CMYK").save("cmyk.tif")
want("cmyk.tif", light(inks))
I(inks, mode="CMYK").save("cmyk.jpg", quality=100, subsampling=0)
want("cmyk.jpg", light(Image.open("cmyk.jpg")))
# the same file said to be YCCK: the byte after "Adobe", version and flags is the transform
data = bytearray(open("cmyk.jpg", "rb").read())
data[data.index(b"Adobe") + 11] = 2
open("ycck.jpg", "wb").write(data)
want("ycck.jpg", light(Image.open("ycck.jpg")))


# profiles, ICC.1:2001-04
def fixed(v):
    return struct.pack(">i", round(v * 65536))


def profile(kind, space, tags, pcs=b"XYZ "):
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, kind, space, pcs)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += fixed(0.9642) + fixed(1) + fixed(0.8249)
    return head + b"\0" * (128 - len(head)) + table + body


def text(name):
    return b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0" * 80


def curve(gamma):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def xyz(v):
    return b"XYZ \0\0\0\0" + b"".join(fixed(c) for c in v)


# ProPhoto-like primaries with gamma 1.75, exactly what the bytes say
primaries = np.array([[0.7977, 0.2880, 0.0], [0.1352, 0.7119, 0.0], [0.0313, 0.0001, 0.8249]])
common = [(b"desc", text(b"test")), (b"cprt", b"text\0\0\0\0CC0\0"), (b"wtpt", xyz([0.9642, 1, 0.8249]))]
wide = profile(
    b"mntr",
    b"RGB ",
    common
    + [(n + b"XYZ", xyz(p)) for n, p in zip([b"r", b"g", b"b"], primaries)]
    + [(n + b"TRC", curve(1.75)) for n in [b"r", b"g", b"b"]],
)
linear_grey = profile(b"mntr", b"GRAY", common + [(b"kTRC", curve(1.0))])


def encode(v):
    v = np.clip(v, 0, 1)
    return 255 * np.where(v <= 0.0031308, 12.92 * v, 1.055 * v ** (1 / 2.4) - 0.055)


# XYZ (D50) to linear sRGB
to_srgb = np.array(
    [[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.0334540], [0.0719453, -0.2289914, 1.4052427]]
)
soft = (rgb // 4 + 90).astype(np.uint8)  # inside sRGB
expected = encode((soft / 255.0) ** 1.75 @ primaries @ to_srgb.T)
I(soft).save("profile.png", icc_profile=wide)
I(soft).save("profile.tif", icc_profile=wide)
want("profile", expected)
I(soft).save("profile.jpg", icc_profile=wide, quality=100, subsampling=0)
decoded = np.asarray(Image.open("profile.jpg")) / 255.0
want("profile.jpg", encode(decoded**1.75 @ primaries @ to_srgb.T))
I(grey).save("greyprofile.png", icc_profile=linear_grey)
I(grey).save("greyprofile.tif", icc_profile=linear_grey)
want("greyprofile", encode(grey / 255.0))
srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
I(rgb).save("srgb.png", icc_profile=srgb)
want("srgb.png", rgb)
I(rgb).save("srgb.jpg", icc_profile=srgb)
as_read("srgb.jpg", "RGB")

# four inks with a 2-point table to Lab and, as some readers want it, one back; each ink takes its part of lightness
grid = np.array(np.meshgrid(*[[0, 1]] * 4, indexing="ij")).reshape(4, -1).T
lab = np.stack(
    [
        100 * np.prod(1 - grid * [0.4, 0.5, 0.1, 0.85], axis=1),
        -30.0 * grid[:, 0] + 50 * grid[:, 1],
        -35.0 * grid[:, 0] + 60 * grid[:, 2],
    ],
    -1,
)
clut = np.stack([lab[:, 0] * 2.55, lab[:, 1] + 128, lab[:, 2] + 128], -1).round().clip(0, 255)
identity = bytes(range(256))
lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0])
lut += b"".join(fixed(v) for v in [1, 0, 0, 0, 1, 0, 0, 0, 1])
lut += identity * 4 + clut.astype(np.uint8).tobytes() + identity * 3
back = b"mft1\0\0\0\0" + bytes([3, 4, 2, 0]) + lut[12:48]
back += identity * 3 + bytes([0, 0, 0, 255] * 4 + [0, 0, 0, 0] * 4) + identity * 4
press = profile(b"prtr", b"CMYK", common + [(b"A2B0", lut), (b"B2A0", back)], b"Lab ")
few = (inks // 3).astype(np.uint8)
I(few, mode="CMYK").save("inkprofile.tif", icc_profile=press)
I(few, mode="CMYK").save("inkprofile.jpg", icc_profile=press, quality=100, subsampling=0)
for name in ["inkprofile.tif", "inkprofile.jpg"]:
    im = Image.open(name)
    source = ImageCms.ImageCmsProfile(io.BytesIO(press))
    target = ImageCms.createProfile("sRGB")
    want(name, ImageCms.profileToProfile(im, source, target, outputMode="RGB"))
