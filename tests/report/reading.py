"""A page read as a browser would."""

import re
from html.parser import HTMLParser


class Tags(HTMLParser):
    """Every tag of a page with its attributes, the texts of its headings, and all of its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.headings, self.texts = [], [], []
        self._open = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts.append(" ")
        if self._open and self._open[-1] in ("script", "style"):
            return
        self.texts.append(data)
        if self.headings and self._open and re.fullmatch("h[1-6]", self._open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]
