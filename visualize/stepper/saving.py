"""Pictures of steps as files: bitmaps, pages and moving pictures, made of the stills that a film draws as SVG."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import gmtime
from typing import Any

import numpy as np

from nn.extras import extra

STILL = ("svg", "png", "pdf")
MOVING = ("gif", "mp4", "webm")
SCALE = {"png": 2, "pdf": 4, "gif": 1, "mp4": 2, "webm": 2}  # pixels of a bitmap for each of an SVG
QUICK = ["-deadline", "realtime", "-cpu-used", "8", "-crf", "32", "-b:v", "0"]  # VP9 is slow when it may choose
CODECS = {"mp4": ("libx264", []), "webm": ("libvpx-vp9", QUICK)}
SIZES = re.compile(r' (?:width|height)="([\d.]+)"')
LARGEST = 9600  # pixels each way: the bitmap of a large graph would fill the memory
RATE = 5  # frames a second at least, so that players can jump within a step


def ending(path: Path, endings: Sequence[str]) -> str:
    """The format that the name asks for. Raises ValueError for any other than these."""
    format = path.suffix.removeprefix(".").lower()
    if format not in endings:
        raise ValueError(
            f"the name must end in what is to be written, {', '.join(f'.{one}' for one in endings)}, not {path.name!r}"
        )
    return format


def still(svg: str, format: str) -> bytes:
    """One picture as a file of this format.

    A PDF holds a bitmap of about 380 dots per inch. Raises ModuleNotFoundError where what draws it is not installed.
    """
    if format == "svg":
        return svg.encode()
    content = _png(svg, format)
    if format == "pdf":
        written = BytesIO()
        dates = dict.fromkeys(("creationDate", "modDate"), gmtime(0))  # the same picture is the same file
        _opened(content).save(written, "pdf", resolution=96 * SCALE[format], **dates)
        return written.getvalue()
    return content


def moving(svgs: Sequence[str], seconds: float, format: str) -> bytes:
    """The pictures one after the other, each for so many seconds and the last for twice as long.

    A GIF plays over and over. Raises ModuleNotFoundError where what draws it is not installed.
    """
    durations = [seconds] * (len(svgs) - 1) + [2 * seconds]
    if format == "gif":
        first, *others = [_opened(_png(svg, format)) for svg in svgs]
        written = BytesIO()
        milliseconds = [round(1000 * duration) for duration in durations]
        first.save(written, "gif", save_all=True, append_images=others, duration=milliseconds, loop=0)
        return written.getvalue()
    video = extra("imageio.v2", "imageio[ffmpeg]")
    extra("imageio_ffmpeg", "imageio[ffmpeg]")
    with TemporaryDirectory() as folder:  # a video is written to a name, not into memory
        path = Path(folder, f"film.{format}")
        rate, (codec, more) = max(RATE, 1 / seconds), CODECS[format]
        options = {"fps": rate, "codec": codec, "output_params": more, "macro_block_size": 1}
        with video.get_writer(path, **options, ffmpeg_log_level="error") as writer:
            for svg, duration in zip(svgs, durations, strict=True):
                image = _array(_opened(_png(svg, format)))
                for _ in range(round(duration * rate)):
                    writer.append_data(image)
        return path.read_bytes()


def _png(svg: str, format: str) -> bytes:
    draw = extra("resvg_py", "resvg-py").svg_to_bytes
    longest = max(float(size) for size in SIZES.findall(svg)[:2])
    return bytes(draw(svg_string=svg, zoom=min(SCALE[format], LARGEST / longest)))


def _opened(png: bytes) -> Any:
    return extra("PIL.Image", "pillow").open(BytesIO(png)).convert("RGB")


def _array(image: Any) -> Any:
    """The pixels, as many each way as a video can have: an even number."""
    width, height = (size // 2 * 2 for size in image.size)
    return np.asarray(image.crop((0, 0, width, height)))
