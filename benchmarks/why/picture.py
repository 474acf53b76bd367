"""SVG in the house style: readable on a light and on a dark page, and told to those who do not see it."""

import math
from html import escape

STYLE = """
:root{--page:#fff;--ink:#1b1f24;--soft:#565f6a;--rule:#dde1e6;--candor:#0072b2;--k6:#a3417a;--locust:#00775a;--bad:#c65100}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--ink:#e7eaee;--soft:#a3adb9;--rule:#323942;--candor:#56b4e9;--k6:#e08fc0;--locust:#2fc49a;--bad:#f0903f}}
.page{fill:var(--page)}.ink{fill:var(--ink)}.soft{fill:var(--soft)}.rule{stroke:var(--rule)}.axis{stroke:var(--soft)}
.candor{fill:var(--candor);stroke:var(--candor)}.k6{fill:var(--k6);stroke:var(--k6)}.locust{fill:var(--locust);stroke:var(--locust)}
.bad{fill:var(--bad);stroke:var(--bad)}.truth{fill:var(--soft);stroke:var(--soft)}.hollow{fill:var(--page)}text{stroke:none}.b{font-weight:600}
"""


class Picture:
    def __init__(self, height, title, desc, width=720):
        self.width, self.height, self.parts = width, height, []
        self.title, self.desc = title, desc

    def text(self, x, y, words, kind="soft", anchor="start", bold=False):
        self.parts.append(f'<text class="{kind}{" b" if bold else ""}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>')

    def line(self, x1, y1, x2, y2, kind="rule", width=1.0, dash=""):
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke-width="{width}"{more}/>')

    def bar(self, x, y, width, height, kind, opacity=1.0):
        self.parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(0, width):.1f}" height="{height:.1f}" stroke="none" '
                          f'style="stroke:none" opacity="{opacity}"/>')

    def dot(self, x, y, kind, radius=5.0, hollow=False, opacity=1.0):
        style = ' style="fill:var(--page)"' if hollow else ""
        self.parts.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}" stroke-width="2" opacity="{opacity}"{style}/>')

    def write(self, file):
        file.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img" aria-labelledby="t d" '
            f'font-family="system-ui, sans-serif" font-size="12">\n<title id="t">{escape(self.title)}</title>\n<desc id="d">{escape(self.desc)}</desc>\n'
            f'<style>{STYLE}</style>\n<rect class="page" width="{self.width}" height="{self.height}"/>\n' + "\n".join(self.parts) + "\n</svg>\n")


class Log:
    """A logarithmic scale of milliseconds, from ``low`` to ``high``, on ``left`` to ``right``."""

    def __init__(self, low, high, left, right):
        self.low, self.high, self.left, self.right = math.log10(low), math.log10(high), left, right

    def __call__(self, value):
        share = (math.log10(max(value, 1e-9)) - self.low) / (self.high - self.low)
        return self.left + min(1, max(0, share)) * (self.right - self.left)

    def ticks(self):
        return [10**power for power in range(math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9) + 1)]


def time(ms):
    if ms is None:
        return "n/a"
    return f"{ms / 1000:.2f} s" if ms >= 1000 else f"{ms:.0f} ms" if ms >= 10 else f"{ms:.1f} ms"


def tick_words(ms):
    """A round number of an axis."""
    return f"{ms / 1000:g} s" if ms >= 1000 else f"{ms:g} ms"
