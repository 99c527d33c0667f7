"""What a process gives up for good before it reads what a stranger gave: the network, and every file but those named.

Done with what Linux offers anybody, without a library: seccomp(2) for sockets, landlock(7) for files. What a system
does not offer is given back by name, so that it can be said.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable
from ctypes import CDLL, POINTER, Structure, byref, c_int, c_long, c_size_t, c_uint8, c_uint16, c_uint32, c_uint64
from pathlib import Path

NETWORK, FILES = "netværk", "filer"

_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: its name to the kernel (linux/audit.h), and its number of the call socket(2)."""
_IO_URING = 425  # opens sockets, too
_OTHER_NUMBERS = 0x40000000  # calls by the numbers of x32
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOWED, _REFUSED, _KILLED = 0x7FFF0000, 0x00050001, 0x80000000
_NO_NEW_PRIVILEGES, _SET_FILTER, _FILTER_MODE = 38, 22, 2
_CREATE_RULES, _ADD_RULE, _RESTRICT = 444, 445, 446
_ACCESS = {1: 13, 2: 14, 3: 15, 5: 16}
"""Kinds of access to files that landlock knows (the lowest bits), by the first of its versions that has so many."""
_READ, _READ_FOLDER = 1 << 2, 1 << 3
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


class _Step(Structure):
    """struct sock_filter (linux/filter.h)."""

    _fields_ = [("code", c_uint16), ("yes", c_uint8), ("no", c_uint8), ("value", c_uint32)]


class _Program(Structure):
    """struct sock_fprog (linux/filter.h)."""

    _fields_ = [("length", c_uint16), ("steps", POINTER(_Step))]


class _Rules(Structure):
    """struct landlock_ruleset_attr, as its first version has it (linux/landlock.h)."""

    _fields_ = [("handled", c_uint64)]


class _Beneath(Structure):
    """struct landlock_path_beneath_attr (linux/landlock.h)."""

    _pack_ = 1
    _fields_ = [("allowed", c_uint64), ("folder", c_int)]


def give_up(readable: Iterable[str], writable: str) -> tuple[str, ...]:
    """Gives up the network, and all files but those in `readable` folders and those in the `writable` one.

    Returns what this system does not let go: `NETWORK`, `FILES`.
    """
    if sys.platform != "linux":
        return NETWORK, FILES
    libc = CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return NETWORK, FILES
    tried = {FILES: _leave_files(libc, readable, writable), NETWORK: _leave_network(libc)}
    return tuple(name for name in (NETWORK, FILES) if not tried[name])


def _leave_network(libc: CDLL) -> bool:
    """Has every socket refused, or else goes where there is no network."""
    known = _MACHINES.get(platform.machine())
    if known is None:
        return bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)
    machine, socket = known
    steps = [
        _Step(_LOAD, 0, 0, 4),  # the machine, by which calls have their numbers
        _Step(_EQUAL, 1, 0, machine),
        _Step(_RETURN, 0, 0, _KILLED),
        _Step(_LOAD, 0, 0, 0),  # the call's number
        _Step(_AT_LEAST, 3, 0, _OTHER_NUMBERS),
        _Step(_EQUAL, 2, 0, socket),
        _Step(_EQUAL, 1, 0, _IO_URING),
        _Step(_RETURN, 0, 0, _ALLOWED),
        _Step(_RETURN, 0, 0, _REFUSED),
    ]
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    if libc.prctl(_SET_FILTER, _FILTER_MODE, byref(program), 0, 0) == 0:
        return True
    return bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)


def _leave_files(libc: CDLL, readable: Iterable[str], writable: str) -> bool:
    version = libc.syscall(c_long(_CREATE_RULES), None, c_size_t(0), c_uint32(1))
    if version < 1:
        return False
    every = (1 << max(bits for first, bits in _ACCESS.items() if first <= version)) - 1
    rules = _Rules(every)
    made = libc.syscall(c_long(_CREATE_RULES), byref(rules), c_size_t(8), c_uint32(0))
    if made < 0:
        return False
    try:
        allowed = dict.fromkeys(readable, _READ | _READ_FOLDER) | {writable: every}
        for path, access in allowed.items():
            _allow(libc, made, path, access)
        return bool(libc.syscall(c_long(_RESTRICT), c_int(made), c_uint32(0)) == 0)
    finally:
        os.close(made)


def _allow(libc: CDLL, rules: int, path: str, access: int) -> None:
    """Allows access to what is beneath a path; one that is not there needs none."""
    try:
        found = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        beneath = _Beneath(access if Path(path).is_dir() else access & _READ, found)
        libc.syscall(c_long(_ADD_RULE), c_int(rules), c_uint32(1), byref(beneath), c_uint32(0))
    finally:
        os.close(found)
