"""What kind of disk a folder lies on, and the places where a desk is refused (format section 4)."""

import stat
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from dsl_desk.domain.errors import StoreError
from dsl_desk.store.files import FileFaultError, file_errors

_NETWORK: Final = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "glusterfs", "davfs",
        "afpfs", "webdav", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.s3fs", "drvfs",
    }
)  # fmt: skip
_FAT: Final = frozenset({"vfat", "msdos", "exfat", "fat", "fuse.exfat", "fat32", "fat12", "fat16"})
_SYNCHRONISED: Final = (
    "onedrive", "dropbox", "google drive", "googledrive", "icloud", "icloud drive", "nextcloud", "owncloud", "mega",
    "megasync", "box sync", "box", "sync", "pcloud", "pclouddrive", "seafile", "syncthing", "creative cloud files",
)  # fmt: skip
_MARKS_OF_SYNCHRONISING: Final = (".stfolder", ".dropbox", ".dropbox.cache", ".owncloudsync.log", ".sync")


class RefusedPlaceError(StoreError):
    """A desk cannot be kept here. Choose a folder on this laptop's own encrypted disk."""


class NetworkPlaceError(RefusedPlaceError):
    """A desk cannot be kept on a network drive: two laptops could write at once. Choose this laptop's own disk."""


class RemovablePlaceError(RefusedPlaceError):
    """A desk cannot be kept on a stick or card: it is lost too easily. Choose this laptop's own disk."""


class FatPlaceError(RefusedPlaceError):
    """A desk cannot be kept on a disk of this format: it protects nothing. Choose this laptop's own disk."""


class SynchronisedPlaceError(RefusedPlaceError):
    """A desk cannot be kept in a folder that is copied to the internet. Choose a folder that stays on this laptop."""


class UnreachableFolderError(FileFaultError):
    """This login cannot reach that folder, or no folder can have that name. Nothing was changed; name another one."""


@contextmanager
def reached() -> Iterator[None]:
    """What the system says of a folder that cannot be looked at, in words."""
    try:
        yield
    except OSError:
        raise UnreachableFolderError from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What the system says of the disk that a folder lies on."""

    filesystem: str
    """Name of the format in lower case, such as ext4, ntfs, vfat, nfs4."""
    network: bool = False
    removable: bool = False
    placeholders: bool = False
    """Whether files there are stand-ins that are fetched from elsewhere."""


class Disks(Protocol):
    """Asked what kind of disk a folder lies on."""

    def volume(self, folder: Path) -> Volume:
        """The disk under this folder (or under the nearest one that exists)."""
        ...


def check_place(folder: Path, disks: Disks) -> None:
    """Raise RefusedPlaceError for network drives, removable media, FAT and synchronised folders.

    Raises UnreachableFolderError where there is no right to it, or no folder can have that name.
    """
    volume = disks.volume(folder)
    if volume.network or volume.filesystem in _NETWORK:
        raise NetworkPlaceError
    if volume.filesystem in _FAT:
        raise FatPlaceError
    if volume.removable:
        raise RemovablePlaceError
    with reached():
        synchronised = volume.placeholders or _is_synchronised(folder)
    if synchronised:
        raise SynchronisedPlaceError


def _is_synchronised(folder: Path) -> bool:
    for place in (folder, *folder.parents):
        name = place.name.casefold()
        if any(name == known or name.startswith(f"{known} - ") for known in _SYNCHRONISED):
            return True
        if any((place / mark).exists() for mark in _MARKS_OF_SYNCHRONISING):
            return True
    return False


class SystemDisks:
    """Asks the operating system."""

    def volume(self, folder: Path) -> Volume:
        """The disk under this folder; raises FileFaultError where the system does not say."""
        with reached():
            folder = _nearest(folder)
        if sys.platform == "win32":
            return _windows_volume(folder)
        if sys.platform == "darwin":
            return _mac_volume(folder)
        return _linux_volume(folder)


def _nearest(folder: Path) -> Path:
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return folder.resolve()


def _linux_volume(folder: Path) -> Volume:
    """From the kernel's table of mounts, the longest mount point that holds the folder."""
    with file_errors():
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    best, filesystem, device = "", "", ""
    for line in lines:
        before, _, after = line.partition(" - ")
        mount = before.split(" ")[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(mount) >= len(best) and folder.is_relative_to(mount):
            best, filesystem, device = mount, after.split(" ")[0].lower(), before.split(" ")[2]
    return Volume(filesystem=filesystem, removable=_linux_removable(device))


def _linux_removable(device: str) -> bool:
    """Whether the disk says that it can be taken out, itself or as the whole that it is a part of."""
    block = Path("/sys/dev/block") / device
    if not device or not block.exists():
        return False
    real = block.resolve()
    for place in (real, real.parent):
        flag = place / "removable"
        if flag.is_file():
            return flag.read_text(encoding="ascii").strip() == "1"
    return False


def _mac_volume(folder: Path) -> Volume:
    """From `mount`, which names the format and whether the volume is local."""
    with file_errors():
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
    best, words = "", ""
    for line in listed.splitlines():
        left, _, right = line.rpartition(" (")
        mount = left.partition(" on ")[2]
        if mount and len(mount) >= len(best) and folder.is_relative_to(mount):
            best, words = mount, right
    filesystem = words.split(",")[0].strip(" )").lower()
    return Volume(filesystem=filesystem, network=" local" not in words, removable=best.startswith("/Volumes/"))


if sys.platform == "win32":

    def _windows_volume(folder: Path) -> Volume:
        """From GetDriveType, GetVolumeInformation and the folder's attributes."""
        import ctypes  # noqa: PLC0415 - the only place that asks Windows itself

        root = folder.anchor or f"{string.ascii_uppercase[2]}:\\"
        kind = ctypes.windll.kernel32.GetDriveTypeW(root)
        name = ctypes.create_unicode_buffer(64)
        ctypes.windll.kernel32.GetVolumeInformationW(root, None, 0, None, None, None, name, 64)
        attributes = folder.stat().st_file_attributes
        recall = 0x00400000 | 0x00040000 | stat.FILE_ATTRIBUTE_OFFLINE
        return Volume(
            filesystem=name.value.lower(),
            network=kind == 4 or root.startswith("\\\\"),
            removable=kind in (2, 5),
            placeholders=bool(attributes & recall),
        )
