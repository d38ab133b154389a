"""What browsers call themselves, in words by which their owner knows them again."""

from typing import Final

# In the order in which to look: most claim to be some other as well.
_BROWSERS: Final = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS: Final = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def browser_name(user_agent: str) -> str:
    """`Firefox · Windows`; what it says itself, cut short, where it is none of the known ones."""
    found = [next((name for mark, name in names.items() if mark in user_agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name) or user_agent[:60]
