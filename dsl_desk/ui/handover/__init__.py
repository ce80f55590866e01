"""Handing over: what kind of pack, to whom, onto which medium; writing it; and what to do with it then."""
