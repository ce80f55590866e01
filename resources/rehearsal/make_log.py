#!/usr/bin/env python3
"""Write the made-up filtering log of the rehearsal: one lunch time of one class, sixty lines.

    python resources/rehearsal/make_log.py

Machines, accounts and addresses are invented; 192.0.2.x belongs to nobody.
"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

HEAD = ("Time (local)", "Machine", "IP", "Account", "Category", "Action", "URL", "Rule")
BEGIN = datetime.fromisoformat("2026-11-12T12:31:07")
MACHINES = (("LIB-04", "192.0.2.44"), ("LIB-07", "192.0.2.47"), ("LIB-09", "192.0.2.49"), ("8P-02", "192.0.2.62"))
ACCOUNTS = ("25madeupp", "25fictionalq", "23pretendj", "24imaginaryw")
ORDINARY = (
    ("Education", "Allowed", "https://maths.example.org/year8/fractions", "Pupils"),
    ("Reference", "Allowed", "https://encyclopedia.example.org/wiki/Otter", "Pupils"),
    ("School", "Allowed", "https://mail.example.org/inbox", "Pupils"),
    ("News", "Allowed", "https://news.example.com/sport", "Pupils"),
    ("Games", "Blocked", "https://games.example.net/", "Pupils / lesson time"),
    ("Education", "Allowed", "https://languages.example.org/french/quiz-4", "Pupils"),
    ("Search", "Allowed", "https://search.example.com/?q=how+do+otters+sleep", "Pupils, safe search on"),
)
SPOOF = "https://filter-check.example.com/blocked?u=aHR0cHM6Ly9nYW1lcw&school=1"
REMARKABLE = {
    9: (1, 0, ("Uncategorised", "Allowed", "https://swapvault.example.com/", "Pupils")),
    12: (1, 0, ("Uncategorised", "Allowed", "https://swapvault.example.com/listings/block-kingdom?sort=new", "Pupils")),
    14: (1, 0, ("Uncategorised", "Allowed", "https://swapvault.example.com/messages/31177", "Pupils")),
    21: (3, 1, ("Proxy avoidance", "Blocked", "http://unlocktunnel.invalid/mirrors.html", "Pupils")),
    22: (3, 1, ("Proxy avoidance", "Blocked", "http://unlocktunnel.invalid/mirrors.html", "Pupils")),
    26: (3, 1, ("Education", "Allowed", "https://mathsnotes-a.example.net/go?to=chatterbarn", "Pupils")),
    27: (3, 1, ("Chat", "Allowed", "https://chatterbarn.example.org/rooms/year-8-lounge", "Pupils")),
    31: (3, 1, ("Chat", "Allowed", "https://chatterbarn.example.org/rooms/year-8-lounge", "Pupils")),
    38: (0, 2, ("Education", "Allowed", "https://www.essayrocket.example.net/order?level=gcse", "Pupils")),
    44: (1, 0, ("Uncategorised", "Allowed", SPOOF, "Pupils")),
    51: (2, 3, ("Search", "Allowed", "https://search.example.com/?q=is+essayrocket+cheating", "Pupils")),
}


def rows() -> list[tuple[str, ...]]:
    made = []
    for number in range(60):
        machine, account, page = REMARKABLE.get(
            number, (number % 4, (number * 3 + number // 4) % 4, ORDINARY[number * 5 % 7])
        )
        at = BEGIN + timedelta(seconds=number * 37 + number % 5 * 6)
        made.append((at.isoformat(sep=" "), *MACHINES[machine], ACCOUNTS[account], *page))
    return made


def main() -> None:
    path = Path(__file__).resolve().parent / "filter-log.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        writer.writerows(rows())
    print(f"{path.name}: {len(rows())} lines")


if __name__ == "__main__":
    main()
