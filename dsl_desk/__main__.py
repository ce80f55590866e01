"""`python -m dsl_desk`, the same as `dsl-desk`: the window, or with a subcommand the command line."""

import sys


def main() -> int:
    """Do what was typed; the window brings Qt alone until it has painted, the command line brings no Qt."""
    if len(sys.argv) > 1:
        from dsl_desk.cli import main as told  # noqa: PLC0415 - only one of the two is wanted

        return told()
    from dsl_desk.window_app import open_window  # noqa: PLC0415 - only one of the two is wanted

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
