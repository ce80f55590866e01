"""`python -m dsl_desk`, the same as `dsl-desk`."""

import sys

from dsl_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
