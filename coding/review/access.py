"""Who is at the page: signed sessions, form tokens, and a brake on guessing personal links."""

import hashlib
import hmac
import secrets
import time
from collections import deque

COOKIE = "rodedraad"
WRONG_LINKS = 10
"""Wrong personal links allowed a minute, from everybody together: a link has 192 bits, so this is only a brake."""


def new_link() -> str:
    """Return an unguessable personal link key (192 bits)."""
    return secrets.token_urlsafe(24)


def link_hash(link: str) -> str:
    """Return what is stored of a link, so that the study's file does not give it away."""
    return hashlib.sha256(link.encode()).hexdigest()


def sign_session(secret: bytes, coder: str, link: str) -> str:
    """Return a cookie value that says who is there and by which link (its hash; empty for the single local user)."""
    body = f"{coder.encode().hex()}.{link}"
    return f"{body}.{_mac(secret, 'session', body)}"


def read_session(secret: bytes, cookie: str) -> tuple[str, str] | None:
    """Return (coder, link hash) of a cookie that we signed, else ``None``."""
    body, _, signature = cookie.rpartition(".")
    coder, _, link = body.partition(".")
    if not body or not hmac.compare_digest(signature.encode(), _mac(secret, "session", body).encode()):
        return None
    return bytes.fromhex(coder).decode(), link


def form_token(secret: bytes, cookie: str) -> str:
    """Return the token that every form of this session must carry (against cross-site requests)."""
    return _mac(secret, "form", cookie)


def token_matches(secret: bytes, cookie: str, token: str) -> bool:
    """Tell whether a form came from a page that we gave to this session."""
    return hmac.compare_digest(form_token(secret, cookie).encode(), token.encode())


class Brake:
    """Counts wrong links over the last minute."""

    def __init__(self, limit: int = WRONG_LINKS) -> None:
        self._limit = limit
        self._times: deque[float] = deque()

    def wrong(self, now: float | None = None) -> None:
        """Note a wrong link."""
        self._times.append(time.monotonic() if now is None else now)

    def holds(self, now: float | None = None) -> bool:
        """Tell whether links are refused for the moment."""
        now = time.monotonic() if now is None else now
        while self._times and now - self._times[0] > 60:
            self._times.popleft()
        return len(self._times) >= self._limit


def _mac(secret: bytes, purpose: str, text: str) -> str:
    return hmac.new(secret, f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()
