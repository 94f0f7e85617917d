"""Plots as inline SVG, in the page's own colours, each with a text for those who do not see it."""

from collections.abc import Sequence
from html import escape
from itertools import cycle

from evals.curve import Point
from evals.summary import Summary

WIDE, HIGH, EDGE, RIGHT = 420, 300, 58, 24
ROW = 26
# Where bars begin, how long one of 1 is, and where its figure stands.
FROM, LONG, FIGURE = 122, 250, 384
SHADES = ("var(--a)", "var(--b)", "var(--c)", "var(--d)", "var(--e)", "var(--f)")


def curves(named: Sequence[tuple[str, Sequence[Point], Point | None]]) -> str:
    """Coverage over false answers, a line a configuration, a dot at its knob."""
    parts = [_axes("false answers", "coverage")]
    for shade, (name, points, knob) in zip(cycle(SHADES), named, strict=False):
        path = " ".join(f"{_x(point.false_answers):.1f},{_y(point.coverage):.1f}" for point in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{shade}" stroke-width="2"/>')
        if knob:
            told = f"{name}: at {knob.threshold}, {knob.coverage:.0%} covered, {knob.false_answers:.0%} false answers"
            dot = f'cx="{_x(knob.false_answers):.1f}" cy="{_y(knob.coverage):.1f}" r="5" fill="{shade}"'
            parts.append(f"<circle {dot}><title>{escape(told)}</title></circle>")
    return _svg("Coverage against false answers", HIGH, parts)


def bars(summaries: Sequence[Summary], metrics: Sequence[str]) -> str:
    """Metrics in [0, 1] with their intervals, grouped by metric."""
    parts, top = [], 10
    for metric in metrics:
        parts.append(f'<text x="0" y="{top + 10}">{escape(metric)}</text>')
        for shade, one in zip(cycle(SHADES), summaries, strict=False):
            if figure := one.figures.get(metric):
                low, high = (FROM + LONG * min(max(value, 0), 1) for value in figure.interval)
                told = f"{one.name}: {figure.mean:.3f} ({figure.interval[0]:.2f} to {figure.interval[1]:.2f})"
                parts.append(
                    f'<g><title>{escape(told)}</title><rect x="{FROM}" y="{top + 1}" '
                    f'width="{LONG * figure.mean:.1f}" height="9" fill="{shade}" opacity=".65"/>'
                    f'<path d="M{low:.1f} {top + 5.5}H{high:.1f}" stroke="currentColor"/>'
                    f'<text x="{FIGURE}" y="{top + 10}">{figure.mean:.3f}</text></g>'
                )
            top += ROW // 2
        top += ROW // 2
    return _svg("Metrics with 95 % intervals", top + 10, parts)


def _axes(across: str, up: str) -> str:
    ticks = "".join(
        f'<text x="{_x(t):.0f}" y="{HIGH - EDGE + 16}" text-anchor="middle">{t:.0%}</text>'
        f'<text x="{EDGE - 6}" y="{_y(t) + 4:.0f}" text-anchor="end">{t:.0%}</text>'
        for t in (0.0, 0.5, 1.0)
    )
    frame = f'<path d="M{EDGE} 10V{HIGH - EDGE}H{WIDE - RIGHT}" fill="none" stroke="currentColor"/>'
    middle = HIGH // 2 - 10
    return (
        f'{frame}{ticks}<text x="{WIDE // 2}" y="{HIGH - 8}" text-anchor="middle">{across}</text>'
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">{up}</text>'
    )


def _x(share: float) -> float:
    return EDGE + share * (WIDE - EDGE - RIGHT)


def _y(share: float) -> float:
    return HIGH - EDGE - share * (HIGH - EDGE - 14)


def _svg(title: str, high: int, parts: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {WIDE} {high}" role="img"><title>{title}</title>{"".join(parts)}</svg>'
