"""Decodes one untrusted picture in a process of its own, and dies with it if it must.

Run by path, never imported by the desk: picture on standard input, a small PNG
on standard output. Knows nothing of the desk, opens no file, and limits its own
memory and time before the first untrusted byte is read. Exit codes are the only
words that cross: 0 drawn, 3 not a picture of a kind we open, 4 too many pixels,
5 damaged.
"""

import io
import json
import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DRAWN, NOT_A_PICTURE, TOO_MANY_PIXELS, DAMAGED = 0, 3, 4, 5
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
MOST_PIXELS = 50_000_000
LARGEST_SIDE = 1600
KINDS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
ALPHA = 3


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", wintypes.DWORD),
            ("least", ctypes.c_size_t), ("most", ctypes.c_size_t), ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
        )  # fmt: skip

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
        )  # fmt: skip

    def limit() -> None:
        """Limit memory, time and children by a job object that this process puts itself into."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        limits = _Extended()
        limits.basic.flags = 0x100 | 0x2 | 0x8  # process memory, process time, number of processes
        limits.basic.process_time = CPU_SECONDS * 10_000_000
        limits.basic.processes = 1
        limits.process_memory = MEMORY_BYTES
        kept = kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
        if not kept or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            sys.exit(DAMAGED)

else:
    import resource

    def limit() -> None:
        """Limit memory and time; no core dump and no file may come of an untrusted picture."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def opened(untrusted: bytes, work: "Callable[[Picture], bytes]") -> tuple[int, bytes]:
    """Decode one picture and work on it; returns an exit code and, where it went well, what came of it."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - after the limits are in force

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(untrusted), formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return TOO_MANY_PIXELS, b""
            return DRAWN, work(picture)
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS, b""
    except UnidentifiedImageError:
        return NOT_A_PICTURE, b""
    except Exception:  # noqa: BLE001 - whatever a hostile picture causes, only a number leaves this process
        return DAMAGED, b""


def draw(untrusted: bytes) -> tuple[int, bytes]:
    """Decode and shrink one picture; returns an exit code and, where it was drawn, a PNG."""

    def shrunk(picture: "Picture") -> bytes:
        picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        small = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
        small.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        out = io.BytesIO()
        small.save(out, "PNG")
        return out.getvalue()

    return opened(untrusted, shrunk)


def boxes(picture: "Picture", areas: "list[list[float]]") -> "list[tuple[int, int, int, int]]":
    """Areas (left, top, right, bottom as parts of 1) as whole pixels, never smaller than what was marked."""
    wide, high = picture.size
    return [
        (math.floor(left * wide), math.floor(top * high), math.ceil(right * wide), math.ceil(bottom * high))
        for left, top, right, bottom in areas
    ]


def redact(untrusted: bytes, areas: "list[list[float]]") -> tuple[int, bytes]:
    """A copy of a picture at its full size, the areas filled solid black, nothing else of the file carried over."""
    from PIL import Image  # noqa: PLC0415 - after the limits are in force

    def covered(picture: "Picture") -> bytes:
        whole = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
        clean = Image.new(whole.mode, whole.size)
        clean.paste(whole)
        for box in boxes(clean, areas):
            clean.paste((0, 0, 0, 255)[: len(clean.getbands())], box)
        out = io.BytesIO()
        clean.save(out, "PNG", compress_level=3)
        return out.getvalue()

    return opened(untrusted, covered)


def prove(untrusted: bytes, areas: "list[list[float]]") -> tuple[int, bytes]:
    """Read a redacted copy again: every pixel of every area is solid black, and the file holds pixels alone."""

    def all_black(picture: "Picture") -> bytes:
        if picture.info or picture.format != "PNG":
            raise ValueError
        for box in boxes(picture, areas):
            low_high = picture.crop(box).getextrema()
            if any(band != ((255, 255) if at == ALPHA else (0, 0)) for at, band in enumerate(low_high)):
                raise ValueError
        return b""

    return opened(untrusted, all_black)


def main() -> int:
    """Limit this process, read, draw, answer."""
    limit()
    untrusted = sys.stdin.buffer.read()
    work = {"redact": redact, "prove": prove}.get(sys.argv[-2]) if len(sys.argv) > 2 else None
    code, drawn = work(untrusted, json.loads(sys.argv[-1])) if work else draw(untrusted)
    sys.stdout.buffer.write(drawn)
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
