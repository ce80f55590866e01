"""Locking: by key, by being away, by the lid; with a warning that any key takes away."""

from dsl_desk.ui.lock.idle import IdleWatch
from dsl_desk.ui.lock.warning import LockWarning

__all__ = ["IdleWatch", "LockWarning"]
