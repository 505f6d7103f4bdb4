"""Machines that fail for real: a small tmpfs that can be filled, a layer below libc that answers EIO, a group short of memory.

EIO comes from a library that is loaded before libc (failing_disk.c): whoever writes, be it Python, SQLite, Arrow or DuckDB, gets it
from what they take for the kernel, and none of our functions is replaced. FUSE would do the same but needs a device that
containers seldom have. Memory is a control group's, so that the kernel kills as it does; RLIMIT_AS is no likeness of that: Arrow
hangs under it.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("failing_disk.c")
LOADED = "LETOPIS_TORTURE_LAYER"
GROUPS = (("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max"))
SIZE = 320 << 20                      # publishing wants 64 MB free, and three snapshots lie beside it


def small_disk(folder: Path) -> bool:
    """Mount a tmpfs of SIZE at a new folder; False where that is not allowed."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def unmount(folder: Path) -> None:
    """Take it away again."""
    subprocess.run(["umount", str(folder)], check=False)


def memory_group() -> Path | None:
    """The file that bounds the memory of a new control group; None where that is not allowed."""
    for root, bound in GROUPS:
        group = Path(root) / f"letopis-torture-{os.getpid()}"
        try:
            group.mkdir()
            if (group / bound).exists():
                return group / bound
            group.rmdir()
        except OSError:
            continue
    return None


def starve(bound: Path, more: int) -> None:
    """This process may take so many bytes more; at the next one the kernel kills it."""
    bound.write_text(str(more))
    (bound.parent / "cgroup.procs").write_text(str(os.getpid()))


def fill(folder: Path, left: int) -> None:
    """Take all of a file system but so many bytes."""
    with (folder / "ballast").open("wb") as ballast:
        free = shutil.disk_usage(folder).free - left
        if free > 0:
            os.posix_fallocate(ballast.fileno(), 0, free)


def relieve(folder: Path) -> None:
    """Give it back."""
    (folder / "ballast").unlink(missing_ok=True)


def with_layer(folder: Path, module: str) -> bool:
    """Start this program again with the layer below it; False where no C compiler is, True in the one started again."""
    if LOADED in os.environ:
        return True
    library = folder / "failing_disk.so"
    try:
        built = subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=False)
    except OSError:
        return False
    if built.returncode:
        return False
    os.environ.update({"LD_PRELOAD": str(library), LOADED: str(folder)})
    os.execv(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]])
    raise AssertionError("never reached")


def arm(folder: Path, after: int, times: int) -> None:
    """`after` more calls that change a file below the folder succeed, then `times` fail (-1: all that follow)."""
    ctypes.CDLL(None).torture_arm(os.fsencode(folder), ctypes.c_long(after), ctypes.c_long(times))
