"""Pictures: decoded whole and drawn anew, so that only the picture is left."""

import io

from PIL import Image, ImageFile, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from .kinds import KINDS, Cleaned, Refused

# A sheet of A3 at 600 dpi has 70 million points; more is a mistake or an attack.
MOST_POINTS = 80_000_000
# Enough for reading the smallest print of an A4 sheet on a screen.
LONGEST_SIDE = 4500
THUMBNAIL = (320, 320)

_FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WebP"}
_PLUGINS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
# Our own limit is asked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def clean_image(raw: bytes) -> Cleaned:
    """The picture upright, without EXIF, profiles, comments, further frames or what is hidden behind its end."""
    # Half a scan is not a scan, whatever another library has asked of Pillow in this process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(raw), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > MOST_POINTS:
                raise Refused("too_many_points")
            kind = KINDS[_FORMATS[str(opened.format)]]
            opened.seek(0)
            opened.load()
            picture = _bare(ImageOps.exif_transpose(opened))
    except Refused:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, OverflowError):
        # What Pillow raises for damaged files has no common ancestor.
        raise Refused("damaged") from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return Cleaned(kind, _encoded(picture, kind.name), _small(picture))


def _bare(picture: Image.Image) -> Image.Image:
    """A new picture with the same points and nothing else."""
    has_alpha = picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "L" if picture.mode in ("1", "L") else "RGB"
    if picture.mode.startswith(("I", "F")):
        mode = "L"
    drawn = picture.convert(mode)
    bare = Image.new(mode, drawn.size)
    bare.paste(drawn)
    return bare


def _encoded(picture: Image.Image, name: str) -> bytes:
    out = io.BytesIO()
    if name == "PNG":
        picture.save(out, "PNG", optimize=False)
    elif name == "WebP":
        picture.save(out, "WEBP", quality=90)
    else:
        picture.convert(picture.mode if picture.mode in ("L", "RGB") else "RGB").save(
            out, "JPEG", quality=90
        )
    return out.getvalue()


def _small(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail(THUMBNAIL)
    paper = Image.new("RGB", small.size, "white")
    paper.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=80)
    return out.getvalue()
