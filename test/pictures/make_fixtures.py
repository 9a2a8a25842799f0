"""Makes fixtures/ and expected.json: images of each kind, and what Pillow decodes them to. The tests need neither.

    apt-get install -y python3-pil && python3 test/pictures/make_fixtures.py

Figures are by Pillow 9.4.0 of Debian 12, with libjpeg-turbo 2.1.5 and libwebp 1.2.4.
"""

import hashlib
import io
import json
import os
import struct
import zlib

from PIL import Image, ImageDraw, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "fixtures")
FLAGS = os.path.join(HERE, "..", "..", "node_modules", "svg-country-flags", "png100px")


def scene(width, height):
    """Edges, gradients and noise, none of them symmetric."""
    image = Image.new("RGB", (width, height))
    state = 1
    for y in range(height):
        for x in range(width):
            state = (state * 1103515245 + 12345) % 2**31
            image.putpixel((x, y), (x * 255 // width, y * 255 // height, (state >> 16) % 64 + 96))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 8, height // 8, width // 2, height * 3 // 4), fill=(230, 40, 60))
    draw.rectangle((width * 2 // 3, height // 2, width - 3, height - 4), fill=(20, 90, 210))
    return image


def alpha_of(width, height):
    mask = Image.new("L", (width, height))
    for y in range(height):
        for x in range(width):
            mask.putpixel((x, y), (x * 7 + y * 3) % 256 if x > width // 3 else 255 * (y % 2))
    return mask


def exif(orientation, order):
    """A TIFF structure with the orientation second."""
    mark = b"II" if order == "<" else b"MM"
    entries = struct.pack(order + "HHII", 0x0100, 4, 1, 7) + struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return mark + struct.pack(order + "HIH", 42, 8, 2) + entries + struct.pack(order + "I", 0)


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_exif_chunk(png, data):
    return png[:33] + png_chunk(b"eXIf", data) + png[33:]


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def make_files():
    files = {}
    rgb = scene(37, 23)
    grey = rgb.convert("L")
    rgba = rgb.copy()
    rgba.putalpha(alpha_of(37, 23))
    files["rgb.png"] = saved(rgb, "PNG", optimize=True)
    files["rgba.png"] = saved(rgba, "PNG")
    files["grey.png"] = saved(grey, "PNG")
    files["grey-alpha.png"] = saved(rgba.convert("LA"), "PNG")
    files["bilevel.png"] = saved(rgb.convert("1"), "PNG")
    for colours, bits in ((2, 1), (4, 2), (13, 4), (200, 8)):
        files[f"palette-{bits}.png"] = saved(rgb.quantize(colours), "PNG", bits=bits)
    files["palette-alpha.png"] = saved(rgb.quantize(16), "PNG", bits=4, transparency=bytes(range(0, 256, 20)))
    for quality, sampling in ((95, 0), (75, 1), (30, 2)):
        files[f"rgb-{quality}.jpg"] = saved(rgb, "JPEG", quality=quality, subsampling=sampling)
    files["progressive.jpg"] = saved(scene(83, 61), "JPEG", progressive=True)
    files["grey.jpg"] = saved(grey, "JPEG")
    files["one.jpg"] = saved(rgb.crop((0, 0, 1, 1)), "JPEG")
    files["optimized.jpg"] = saved(scene(83, 61), "JPEG", quality=60, optimize=True)
    files["cmyk.jpg"] = saved(rgb.convert("CMYK"), "JPEG")
    for orientation in range(1, 9):
        data = exif(orientation, "<>"[orientation % 2])
        files[f"exif-{orientation}.jpg"] = saved(rgb, "JPEG", exif=b"Exif\0\0" + data)
    files["exif-6.png"] = with_exif_chunk(saved(rgba, "PNG"), exif(6, ">"))
    files["exif-8.webp"] = saved(rgb, "WEBP", lossless=True, exif=exif(8, "<"))
    files["lossy.webp"] = saved(rgb, "WEBP", quality=70)
    files["lossy-alpha.webp"] = saved(rgba, "WEBP", quality=40)
    files["lossless.webp"] = saved(rgb, "WEBP", lossless=True)
    files["lossless-alpha.webp"] = saved(rgba, "WEBP", lossless=True, exact=True)
    files["animation.webp"] = saved(rgb, "WEBP", save_all=True, append_images=[rgb.rotate(180)])
    files["rgb.ppm"] = saved(rgb, "PPM")
    files["grey.pgm"] = saved(grey, "PPM")
    photo = Image.open(os.path.join(FLAGS, "br.png")).convert("RGB")
    files["flag.jpg"] = saved(photo, "JPEG", quality=85)
    files["flag.webp"] = saved(photo, "WEBP", quality=80)
    for kind in ("GIF", "BMP", "TIFF"):
        files[f"other.{kind.lower()}"] = saved(rgb.crop((0, 0, 5, 4)), kind)
    return files


REFUSED = {"cmyk.jpg", "animation.webp", "other.gif", "other.bmp", "other.tiff"}


def digest(data):
    return hashlib.sha256(data).hexdigest()


def decoded(path):
    image = ImageOps.exif_transpose(Image.open(path))
    has_alpha = "A" in image.mode or "transparency" in image.info
    if image.mode in ("1", "L", "LA"):
        pixels, alpha = (image.convert("LA").getchannel("L"), image.convert("LA").getchannel("A"))
    else:
        pixels, alpha = (image.convert("RGB"), image.convert("RGBA").getchannel("A"))
        if has_alpha:
            pixels = Image.merge("RGB", image.convert("RGBA").split()[:3])
    result = {
        "height": image.height,
        "width": image.width,
        "channels": len(pixels.getbands()),
        "pixels": digest(pixels.tobytes()),
    }
    if alpha.getextrema() != (255, 255):
        result["alpha"] = digest(alpha.tobytes())
    return result


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name, data in make_files().items():
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(data)
    expected = {
        name: decoded(os.path.join(FOLDER, name)) for name in sorted(os.listdir(FOLDER)) if name not in REFUSED
    }
    # One digest of all flags: of each its name, its size, its channels and the digests of its pixels and its alpha.
    flags = hashlib.sha256()
    for name in sorted(os.listdir(FLAGS)):
        flag = decoded(os.path.join(FLAGS, name))
        words = [name, flag["height"], flag["width"], flag["channels"], flag["pixels"], flag.get("alpha", "")]
        flags.update((" ".join(str(word) for word in words) + "\n").encode())
    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as file:
        json.dump({"files": expected, "flags": flags.hexdigest()}, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
