"""A page becomes a picture: skewed, blurred, speckled, and kept as a fax or a copier keeps it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from random import Random

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageFilter, TiffImagePlugin

_DPI = 200
_POINTS = 72
_STRIP_OFFSETS, _STRIP_LENGTHS, _ROWS_A_STRIP = 273, 279, 278
# Specks for each million of pixels, and the share of black that a weak fax loses.
_SPECKS, _DROPPED = 900, 0.012


class Machine(StrEnum):
    """What made the picture."""

    FAX = "fax"
    COARSE_FAX = "coarse_fax"
    COPIER = "copier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it stands in a PDF: its data, the filter that reads them, and its size."""

    data: bytes
    filter: str
    width: int
    height: int
    bits: int


def scanned(page: pypdfium2.PdfPage, random: Random, *, turned: int = 0) -> Picture:
    """Return the page as a machine would have scanned it.

    Args:
        turned: Degrees, a multiple of 90, by which the paper lay wrong in the machine.
    """
    image = page.render(scale=_DPI / _POINTS, grayscale=True, may_draw_forms=False).to_pil()
    machine = random.choices(tuple(Machine), (60, 10, 30))[0]
    image = image.rotate(random.uniform(-1.2, 1.2), Image.Resampling.BILINEAR, fillcolor=255)
    if turned:
        image = image.rotate(turned, expand=True)
    image = image.filter(ImageFilter.GaussianBlur(random.uniform(0.4, 0.9)))
    noise = np.random.default_rng(random.getrandbits(32))
    if machine is Machine.COPIER:
        return _jpeg(image, noise, random.randint(35, 60))
    if machine is Machine.COARSE_FAX:
        size = image.size
        image = image.resize((size[0], size[1] // 2), Image.Resampling.BOX).resize(
            size, Image.Resampling.NEAREST
        )
    return _group_four(_speckled(np.asarray(image), noise, random.randint(140, 185)))


def _speckled(grey: np.ndarray, noise: np.random.Generator, threshold: int) -> Image.Image:
    """Return black and white with specks of dust and holes in the strokes."""
    white = grey > threshold
    height, width = white.shape
    count = int(_SPECKS * white.size / 1e6)
    rows, columns = noise.integers(0, height - 2, count), noise.integers(0, width - 2, count)
    white[rows, columns] = False
    big = count // 4
    white[rows[:big] + 1, columns[:big]] = False
    white[rows[:big], columns[:big] + 1] = False
    black = np.flatnonzero(~white)
    white.reshape(-1)[noise.choice(black, int(len(black) * _DROPPED))] = True
    return Image.fromarray(white)


def _group_four(image: Image.Image) -> Picture:
    """Return a picture of one bit, as a fax sends it."""
    stored = io.BytesIO()
    image.save(stored, "TIFF", compression="group4", tiffinfo={_ROWS_A_STRIP: image.height})
    stored.seek(0)
    with TiffImagePlugin.TiffImageFile(stored) as tiff:
        (offset,), (length,) = tiff.tag_v2[_STRIP_OFFSETS], tiff.tag_v2[_STRIP_LENGTHS]
    data = stored.getvalue()[offset : offset + length]
    return Picture(data=data, filter="CCITTFaxDecode", width=image.width, height=image.height, bits=1)


def _jpeg(image: Image.Image, noise: np.random.Generator, quality: int) -> Picture:
    """Return a grey picture with an uneven light and the blocks of a strong compression."""
    grey = np.asarray(image, dtype=np.int16)
    light = np.linspace(noise.integers(0, 25), noise.integers(0, 25), grey.shape[1], dtype=np.int16)
    grain = noise.integers(-9, 10, size=(grey.shape[0] // 2 + 1, grey.shape[1] // 2 + 1), dtype=np.int16)
    grain = grain.repeat(2, axis=0).repeat(2, axis=1)[: grey.shape[0], : grey.shape[1]]
    darker = Image.fromarray(np.clip(grey - light + grain, 0, 255).astype(np.uint8))
    stored = io.BytesIO()
    darker.save(stored, "JPEG", quality=quality)
    return Picture(data=stored.getvalue(), filter="DCTDecode", width=image.width, height=image.height, bits=8)


def picture_page(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Page:
    """Return a page of the PDF that holds nothing but the picture."""
    image = pdf.make_stream(
        picture.data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=picture.bits,
        ColorSpace=pikepdf.Name.DeviceGray,
        Filter=pikepdf.Name(f"/{picture.filter}"),
    )
    if picture.bits == 1:
        image.DecodeParms = pikepdf.Dictionary(
            K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=True
        )
    width, height = picture.width * _POINTS / _DPI, picture.height * _POINTS / _DPI
    content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode()
    return pikepdf.Page(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(width, 2), round(height, 2)],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image)),
            Contents=pdf.make_stream(content),
        )
    )
