"""What stands around a page: the header, the places, the help beside it."""

from dsl_desk.ui.shell.header import Header
from dsl_desk.ui.shell.help_pane import HelpPane
from dsl_desk.ui.shell.nav import Nav, Place
from dsl_desk.ui.shell.page_host import PageHost

__all__ = ["Header", "HelpPane", "Nav", "PageHost", "Place"]
