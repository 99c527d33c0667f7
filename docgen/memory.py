"""What memory the system gives this process: libraries that meet its end may end the process without a word."""

FOR_TYPST = 350
"""Megabytes; with less Typst ends the process."""


def require(megabytes: int) -> None:
    """Raises MemoryError where this process may have less address space than what is asked for."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY and most < megabytes * 1_000_000:
        raise MemoryError
