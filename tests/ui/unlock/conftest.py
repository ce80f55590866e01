"""The set-up desk that tests of services begin with."""

from tests.desks import set_up_once, stage

__all__ = ["set_up_once", "stage"]
