"""Four small charts as one SVG, both axes logarithmic; nothing to install."""

from collections.abc import Mapping, Sequence
from html import escape
from math import log10

WIDTH, HEIGHT, LEFT, TOP = 360, 252, 56, 48
COLOURS = ("#0e7490", "#b45309", "#4d7c0f", "#7c3aed", "#be123c", "#334155")
ABREAST = 3  # names of lines in a row

Series = Mapping[str, Sequence[float]]


def svg(sizes: Sequence[int], charts: Mapping[str, Series]) -> str:
    """``charts``: title to named lines with a value for each of ``sizes``."""
    drawn = [_chart(at, title, sizes, lines) for at, (title, lines) in enumerate(charts.items())]
    width, height = 2 * (WIDTH + 24), -(-len(drawn) // 2) * (HEIGHT + 24)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    style = 'font-family="sans-serif" font-size="11">'
    return "\n".join([f"{head} {style}", f'<rect width="{width}" height="{height}" fill="white"/>', *drawn, "</svg>\n"])


def _chart(at: int, title: str, sizes: Sequence[int], lines: Series) -> str:
    low, high = _decades([value for values in lines.values() for value in values])
    first, last = _decades(sizes)

    def place(size: float, value: float) -> tuple[float, float]:
        across = (log10(size) - first) / (last - first) * (WIDTH - LEFT)
        up = (log10(max(value, 10**low)) - low) / (high - low) * (HEIGHT - TOP - 24)
        return LEFT + across, HEIGHT - 24 - up

    parts = [f'<text x="{LEFT}" y="14" font-weight="bold">{escape(title)}</text>']
    for decade in range(low, high + 1):
        y = place(10**first, 10**decade)[1]
        parts.append(f'<path d="M{LEFT} {y:.0f}H{WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{10**decade:,g}</text>')
    for size in sizes:
        x = place(size, 1)[0]
        parts.append(f'<text x="{x:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{size // 1000:,}k</text>')
    for number, (name, values) in enumerate(lines.items()):
        colour = COLOURS[number]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(place, sizes, values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y = LEFT + 104 * (number % ABREAST), 28 + 12 * (number // ABREAST)
        parts.append(f'<text x="{x}" y="{y}" fill="{colour}">{escape(name)}</text>')
    return f'<g transform="translate({at % 2 * (WIDTH + 24) + 8} {at // 2 * (HEIGHT + 24) + 8})">{"".join(parts)}</g>'


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around the values."""
    low, high = int(log10(min(values)) // 1), int(-(-log10(max(values)) // 1))
    return low, max(high, low + 1)
