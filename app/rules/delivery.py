"""What is sent out of the house: when a failed delivery is tried again, where it may go, and how it is signed."""

import hashlib
import hmac
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from app.problems import WebhookAddressRefused
from app.said import N_, Said

FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=6)
GIVEN_UP_AFTER: Final = timedelta(days=5)
URL_LIMIT: Final = 2_000  # characters
_SCHEMES: Final = ("http", "https")


class WebhookState(StrEnum):
    """ACTIVE: entries are sent. PAUSED: by somebody, or after five days of failures. DISABLED: it answered 410."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"
    REMOVED = "removed"

    @property
    def words(self) -> Said:
        return Said(_STATES[self])


_STATES: Final = {
    WebhookState.ACTIVE: N_("active"),
    WebhookState.PAUSED: N_("paused"),
    WebhookState.DISABLED: N_("disabled"),
    WebhookState.REMOVED: N_("removed"),
}


@dataclass(frozen=True, slots=True)
class Failing:
    """Where a webhook stands after a delivery that failed."""

    state: WebhookState
    attempts: int
    failing_since: datetime
    next_attempt_at: datetime | None


def pause_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after `attempts` failures in a row: twice as long each time, up to six hours.

    `chance`, from 0 to 1, takes up to half of it away, so that those that failed together do not come back together.
    """
    doubled: int = 1 << min(attempts - 1, 20)
    longest = min(FIRST_PAUSE * doubled, LONGEST_PAUSE)
    return longest * (1 - chance / 2)


def after_failure(
    attempts: int, failing_since: datetime | None, now: datetime, chance: float, *, gone: bool = False
) -> Failing:
    """What becomes of a webhook whose delivery failed once more, after `attempts` failures since `failing_since`."""
    since = failing_since or now
    if gone:
        return Failing(WebhookState.DISABLED, attempts + 1, since, None)
    if now - since >= GIVEN_UP_AFTER:
        return Failing(WebhookState.PAUSED, attempts + 1, since, None)
    return Failing(WebhookState.ACTIVE, attempts + 1, since, now + pause_after(attempts + 1, chance))


def wants(verbs: Collection[str], verb: str) -> bool:
    """Whether a webhook with the filter `verbs` gets an entry with `verb`: all without a filter; `amendment.*` is a
    family."""
    return not verbs or verb in verbs or f"{verb.partition('.')[0]}.*" in verbs


def signature(secret: str, at: datetime, body: bytes) -> str:
    """The value of Chapeau-Signature: `t=1700000000,v1=...`, HMAC-SHA256 over the seconds, a full stop and the body."""
    seconds = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not this machine, not a private network, not a link.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as what it is.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
        if within is not None:
            return is_public(str(within))
        if ip.teredo is not None or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def must_be_sendable(url: str, *, to_private: bool) -> str:
    """The host of an address that a webhook can have.

    Raises WebhookAddressRefused for anything but http(s) with a host and without a password, and (unless `to_private`)
    for a host that is plainly of this machine or a private network; a name is looked up at each delivery.
    """
    host = _host_of(url)
    if not to_private:
        try:
            private = not is_public(host)
        except ValueError:  # a name
            private = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
        if private:
            raise WebhookAddressRefused(
                url=url, reason=Said("{host} is on this machine or in a private network", host=host)
            )
    return host


def _host_of(url: str) -> str:
    def refused(reason: str) -> WebhookAddressRefused:
        return WebhookAddressRefused(url=url[:200], reason=reason)

    if len(url) > URL_LIMIT:
        raise refused(Said("it is longer than {limit} characters", limit=URL_LIMIT))
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise refused(Said("it has a character that an address cannot have"))
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise refused(Said("it cannot be read as an address")) from None
    if parts.scheme not in _SCHEMES or not host or port == 0:
        raise refused(Said("it does not begin with https:// or http:// and a host"))
    if parts.username is not None or parts.password is not None:
        raise refused(Said("it has a name or a password in it; the secret of the webhook signs what is sent"))
    return host


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None


_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
