"""Help: topics kept as Markdown, shown beside the page they are about, in a place of their own, and a look round."""
