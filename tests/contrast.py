"""The contrast of two colours, by WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours such as #7a1f1f: from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def over(colour: str, page: str) -> str:
    """Return a colour, perhaps transparent, as it looks on a page."""
    opacity = int(colour[7:] or "ff", 16) / 255
    mixed = (
        round(opacity * int(colour[at : at + 2], 16) + (1 - opacity) * int(page[at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)
