#!/usr/bin/env python3
"""Draw the made-up web pages of the rehearsal as a browser on the school's test laptop would show them.

    python resources/rehearsal/make_pictures.py

Every page, name and address in them is invented (example.org and .invalid lead nowhere). The same pictures
come out of each run, so that a change of a word is a change of this file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
WIDTH, HEIGHT, TOP = 1280, 860, 92
Colour = str
Box = tuple[int, int, int, int]


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)


class Page:
    """One browser window with a page in it."""

    def __init__(self, title: str, address: str, ground: Colour = "#ffffff") -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), ground)
        self.draw = ImageDraw.Draw(self.image)
        self._browser(title, address)

    def _browser(self, title: str, address: str) -> None:
        self.box((0, 0, WIDTH, TOP), "#dfe3ea")
        self.draw.rounded_rectangle((10, 8, 290, 52), 10, fill="#f7f8fa")
        self.draw.ellipse((24, 18, 40, 34), fill="#5b6bd6")
        self.text((50, 17), title if len(title) < 27 else f"{title[:26]}…", 14)
        self.text((266, 16), "×", 16, "#5f6368")
        self.text((304, 14), "+", 20, "#5f6368")
        for number, sign in enumerate(("–", "□", "×")):
            self.text((1160 + number * 42, 12), sign, 18, "#3c4043")
        self.box((0, 42, WIDTH, TOP), "#f7f8fa")
        for number, sign in enumerate(("←", "→", "⟳")):
            self.text((18 + number * 42, 54), sign, 20, "#c0c4cc" if sign == "→" else "#4a4f57")
        self.draw.rounded_rectangle((150, 50, 1190, 84), 17, fill="#ffffff", outline="#cfd4dc")
        if address.startswith("https:"):
            self.draw.rectangle((170, 65, 182, 74), fill="#5f6368")
            self.draw.arc((171, 57, 181, 72), 180, 360, fill="#5f6368", width=2)
        else:
            self.text((172, 57), "ⓘ", 15, "#5f6368")
        self.text((196, 58), address, 15, "#202124")
        self.text((1222, 54), "⋮", 20, "#4a4f57")
        self.draw.line((0, TOP, WIDTH, TOP), fill="#c9ced6")

    def box(self, place: Box, fill: Colour, outline: Colour | None = None, radius: int = 0) -> None:
        self.draw.rounded_rectangle(place, radius, fill=fill, outline=outline)

    def text(self, at: tuple[int, int], words: str, size: int, fill: Colour = "#202124", *, bold: bool = False) -> None:
        self.draw.text(at, words, font=font(size, bold=bold), fill=fill)

    def paragraph(self, at: tuple[int, int], words: str, size: int, width: int, fill: Colour = "#202124") -> int:
        """Text broken to a width; returns the next free line."""
        face, line, (x, y) = font(size), "", at
        for word in words.split():
            longer = f"{line} {word}".strip()
            if face.getlength(longer) > width:
                self.text((x, y), line, size, fill)
                y, longer = y + int(size * 1.5), word
            line = longer
        self.text((x, y), line, size, fill)
        return y + int(size * 1.5)

    def button(self, place: Box, words: str, fill: Colour, ink: Colour = "#ffffff") -> None:
        self.box(place, fill, radius=8)
        face = font(15, bold=True)
        x = (place[0] + place[2] - int(face.getlength(words))) // 2
        self.text((x, (place[1] + place[3]) // 2 - 9), words, 15, ink, bold=True)

    def keep(self, name: str) -> None:
        self.image.save(HERE / name, format="PNG", optimize=True)


def trading() -> Page:
    """A page on which game accounts are swapped, for money, against the school's rules."""
    page = Page(
        "SwapVault – trade accounts", "https://swapvault.example.com/listings/block-kingdom?sort=new", "#f2f4f8"
    )
    page.box((0, TOP + 1, WIDTH, TOP + 70), "#241b3d")
    page.text((40, TOP + 20), "SwapVault", 26, "#ffd166", bold=True)
    for number, word in enumerate(("Browse", "Sell", "Coins", "Messages (3)", "Sign in")):
        page.text((330 + number * 150, TOP + 26), word, 16, "#e9e6f4")
    page.text((40, TOP + 92), "Block Kingdom accounts · 214 listings", 22, bold=True)
    page.text((40, TOP + 128), "No age check. Sellers are not verified by SwapVault.", 15, "#8a4b00")
    rows = (
        (
            "#4f86c6",
            "Lv 62 · rare dragon skin · 9,400 coins",
            "mossy_otter_14",
            "£18 or swap",
            "Sign up with any e-mail, school ones work",
        ),
        ("#6aa84f", "Starter account, all zones open", "pixel_heron", "£6", "Pay first, then I send the password"),
        ("#c27ba0", "Lv 80 · founder badge", "tin_kettle_88", "£45", "Gift cards only, no refunds"),
        ("#e69138", "3 accounts, one price", "mossy_otter_14", "£30", "Cheaper if you bring a friend"),
    )
    for number, (colour, what, seller, price, note) in enumerate(rows):
        y = TOP + 165 + number * 132
        page.box((40, y, 900, y + 118), "#ffffff", "#d9dde6", 10)
        page.box((56, y + 14, 146, y + 104), colour, radius=10)
        for step in range(3):
            page.box((72 + step * 20, y + 66 - step * 18, 88 + step * 20, y + 88), "#ffffff")
        page.text((170, y + 14), what, 17, bold=True)
        page.text((170, y + 44), f"Seller: {seller}   ★★★★☆", 14, "#5f6368")
        page.text((170, y + 74), f"“{note}”", 15, "#7a1f3d")
        page.text((690, y + 16), price, 17, bold=True)
        page.button((740, y + 66, 880, y + 104), "Contact", "#5b3fd6")
    page.box((930, TOP + 165, 1240, TOP + 500), "#ffffff", "#d9dde6", 10)
    page.text((950, TOP + 185), "Message from mossy_otter_14", 15, bold=True)
    end = page.paragraph(
        (950, TOP + 220),
        "hi, still want the dragon? send your game name and 2 gift card codes and it is yours. "
        "first come first served, no refunds",
        15,
        270,
    )
    page.text((950, end + 8), "Today 12:41", 13, "#5f6368")
    page.box((950, TOP + 400, 1220, TOP + 440), "#f2f4f8", "#d9dde6", 8)
    page.text((964, TOP + 410), "Write a reply …", 14, "#80868b")
    page.button((950, TOP + 452, 1220, TOP + 488), "Send", "#5b3fd6")
    return page


def chat() -> Page:
    """A rude group chat of invented pupils: mild insults about somebody's shoes and spelling."""
    page = Page("year 8 lounge – Chatterbarn", "https://chatterbarn.example.org/rooms/year-8-lounge", "#ffffff")
    page.box((0, TOP + 1, 270, HEIGHT), "#1f2d3a")
    page.text((24, TOP + 22), "Chatterbarn", 22, "#ffffff", bold=True)
    for number, (room, new) in enumerate(
        (("year 8 lounge", "24"), ("maths help", ""), ("football sat", "2"), ("no teachers", "7"))
    ):
        y = TOP + 74 + number * 44
        if number == 0:
            page.box((10, y - 8, 260, y + 30), "#33506b", radius=6)
        page.text((26, y), f"# {room}", 16, "#dbe6ef")
        page.text((222, y + 1), new, 14, "#ffb4a2", bold=True)
    page.text((300, TOP + 20), "# year 8 lounge", 20, bold=True)
    page.text((300, TOP + 50), "31 members · anyone with the link can join", 14, "#5f6368")
    page.draw.line((270, TOP + 80, WIDTH, TOP + 80), fill="#dde1e6")
    lines = (
        ("#7b61c9", "frog.on.toast", "12:52", "has anyone seen pip's new shoes lol"),
        ("#d1495b", "captain_crumpet", "12:52", "clown shoes. actual clown shoes"),
        ("#2a9d8f", "beanbag77", "12:53", "he spelt library wrong on the board AGAIN what a muppet"),
        (
            "#d1495b",
            "captain_crumpet",
            "12:54",
            "everyone call him Libary tomorrow. anyone who sits with him is one too",
        ),
        ("#7b61c9", "frog.on.toast", "12:55", "ok who's got a photo of the shoes for the quiz"),
        ("#e9a03b", "pip_m", "12:56", "can you stop please"),
        ("#d1495b", "captain_crumpet", "12:56", "Libary speaks!! nobody wants you in here go home"),
        ("#2a9d8f", "beanbag77", "12:58", "leave him he'll cry to his form tutor"),
        ("#8d99ae", "guest_4471", "12:59", "wrong room sorry, is this the chess club"),
    )
    for number, (colour, who, when, words) in enumerate(lines):
        y = TOP + 98 + number * 66
        page.draw.ellipse((300, y, 340, y + 40), fill=colour)
        page.text((313, y + 9), who[0].upper(), 18, "#ffffff", bold=True)
        page.text((356, y - 1), who, 15, colour, bold=True)
        page.text((540, y), when, 13, "#80868b")
        page.text((356, y + 22), words, 16)
    page.box((300, HEIGHT - 62, 1250, HEIGHT - 18), "#f1f3f5", "#d5dae0", 10)
    page.text((320, HEIGHT - 51), "Message # year 8 lounge", 15, "#80868b")
    return page


def homework() -> Page:
    """A site that sells finished homework."""
    page = Page("EssayRocket | any subject", "https://www.essayrocket.example.net/order?level=gcse", "#fffdf7")
    page.box((0, TOP + 1, WIDTH, TOP + 330), "#0b5563")
    page.text((70, TOP + 30), "EssayRocket", 24, "#ffffff", bold=True)
    page.text((70, TOP + 96), "Your homework. Done by 8 am.", 42, "#ffffff", bold=True)
    page.paragraph(
        (70, TOP + 165),
        "Pick a subject, paste the question, sleep. Written so that no checker notices. Teachers never know.",
        19,
        700,
        "#d6eef2",
    )
    page.button((70, TOP + 250, 300, TOP + 300), "Order from £4", "#ff7f50")
    page.box((860, TOP + 60, 1200, TOP + 560), "#ffffff", "#d5dae0", 12)
    page.text((890, TOP + 84), "New order", 20, bold=True)
    fields = (
        ("Subject", "History"),
        ("Year", "Year 10"),
        ("Words", "800"),
        ("School e-mail", "name@school.example"),
        ("Pay with", "Gift card code"),
    )
    for number, (label, value) in enumerate(fields):
        y = TOP + 128 + number * 72
        page.text((890, y), label, 14, "#5f6368")
        page.box((890, y + 22, 1170, y + 58), "#ffffff", "#b9c0ca", 6)
        page.text((902, y + 31), value, 15)
    page.button((890, TOP + 500, 1170, TOP + 542), "Send order", "#0b5563")
    for number, (head, words) in enumerate(
        (
            ("1  Paste", "Copy the task from your school platform."),
            ("2  Wait", "One of 40 writers takes it within the hour."),
            ("3  Hand in", "We change the words so that it sounds like you."),
        )
    ):
        x = 70 + number * 255
        page.box((x, TOP + 370, x + 235, TOP + 560), "#ffffff", "#e3ddcc", 10)
        page.text((x + 20, TOP + 390), head, 19, "#0b5563", bold=True)
        page.paragraph((x + 20, TOP + 432), words, 15, 195)
    page.text((70, TOP + 600), "“Got a 7 without reading the book.” — anonymous, Year 11", 17, "#5f6368")
    page.text(
        (70, TOP + 640),
        "EssayRocket keeps your school e-mail and may write to you about offers from partners.",
        13,
        "#80868b",
    )
    return page


def blocked() -> Page:
    """A page that pretends to be the school's filter so that somebody types a password into it."""
    page = Page("Access blocked", "https://filter-check.example.com/blocked?u=aHR0cHM6Ly9nYW1lcw&school=1", "#eceff3")
    page.box((240, TOP + 70, 1040, TOP + 700), "#ffffff", "#cfd4dc", 12)
    page.box((240, TOP + 70, 1040, TOP + 160), "#b3261e", radius=12)
    page.box((240, TOP + 130, 1040, TOP + 160), "#b3261e")
    page.text((290, TOP + 96), "Access to this page is blocked", 28, "#ffffff", bold=True)
    page.text((290, TOP + 190), "Example Vale Scool · Web Filter", 18, bold=True)
    rows = (
        ("Address", "https://games.example.net/"),
        ("Category", "Games"),
        ("User", "guest"),
        ("Machine", "192.0.2.47"),
        ("Rule", "Pupils / lesson time"),
    )
    for number, (label, value) in enumerate(rows):
        y = TOP + 234 + number * 34
        page.text((290, y), label, 16, "#5f6368")
        page.text((440, y), value, 16)
    page.draw.line((290, TOP + 420, 990, TOP + 420), fill="#dde1e6")
    page.text((290, TOP + 440), "Sign in with your school account to carry on.", 17, bold=True)
    for number, label in enumerate(("School e-mail", "Password")):
        y = TOP + 480 + number * 68
        page.text((290, y), label, 14, "#5f6368")
        page.box((290, y + 20, 760, y + 56), "#ffffff", "#b9c0ca", 6)
    page.button((290, TOP + 624, 450, TOP + 668), "Carry on", "#1a56b0")
    page.text((480, TOP + 638), "Session expires in 00:41", 15, "#b3261e")
    return page


def proxy() -> Page:
    """A list of ways round a school's filter."""
    page = Page("UnlockTunnel – free mirrors", "http://unlocktunnel.invalid/mirrors.html", "#10151c")
    page.text((60, TOP + 36), "UnlockTunnel", 32, "#7ee787", bold=True)
    page.text((60, TOP + 84), "Mirrors that still work in schools. New ones every Monday.", 17, "#c9d1d9")
    page.box((60, TOP + 126, 1220, TOP + 166), "#21262d", radius=6)
    for x, word in ((80, "Mirror"), (560, "Works for"), (800, "Last tried"), (1010, "State")):
        page.text((x, TOP + 136), word, 15, "#8b949e", bold=True)
    rows = (
        ("mathsnotes-a.example.net", "games, video", "today 08:12", "works"),
        ("mathsnotes-b.example.net", "games", "today 08:12", "works"),
        ("spelling-bee.example.org", "chat", "yesterday", "slow"),
        ("science-fair-9.example.com", "video", "yesterday", "works"),
        ("library-catalogue.invalid", "everything", "2 days ago", "blocked"),
        ("times-tables.example.net", "games, chat", "3 days ago", "works"),
    )
    for number, (mirror, use, tried, state) in enumerate(rows):
        y = TOP + 184 + number * 50
        page.text((80, y), mirror, 16, "#58a6ff")
        page.text((560, y), use, 16, "#c9d1d9")
        page.text((800, y), tried, 16, "#c9d1d9")
        page.text((1010, y), state, 16, {"works": "#7ee787", "slow": "#e3b341"}.get(state, "#ff7b72"), bold=True)
        page.draw.line((60, y + 36, 1220, y + 36), fill="#21262d")
    page.box((60, TOP + 520, 1220, TOP + 650), "#161b22", "#30363d", 10)
    page.text((84, TOP + 540), "Want the private list?", 18, "#ffffff", bold=True)
    page.paragraph(
        (84, TOP + 574),
        "Tell us your school and year and we send you a mirror that only you and your friends know. "
        "It changes every week.",
        16,
        1080,
        "#c9d1d9",
    )
    return page


PICTURES: dict[str, Callable[[], Page]] = {
    "trading-page.png": trading,
    "group-chat.png": chat,
    "homework-site.png": homework,
    "spoof-filter-page.png": blocked,
    "proxy-list.png": proxy,
}


def main() -> None:
    for name, draw in PICTURES.items():
        draw().keep(name)
        print(f"{name}: {(HERE / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
