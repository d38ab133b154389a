"""Settings of an installation, read from the environment (prefix CHAPEAU_) or a file .env."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation can choose. Every field is an environment variable: CHAPEAU_DATABASE_URL, ..."""

    model_config = SettingsConfigDict(env_prefix="CHAPEAU_", env_file=".env", extra="ignore", frozen=True)

    database_url: Annotated[
        str, Field(description="sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME")
    ] = f"sqlite+aiosqlite:///{Path('var') / 'chapeau.db'}"
    pool_size: Annotated[int, Field(ge=1, description="PostgreSQL connections kept open by each process")] = 10
    body_limit: Annotated[int, Field(ge=1024, description="largest request body in bytes")] = 2_000_000
    upload_limit: Annotated[int, Field(ge=1024, description="largest Word file that is sent in, in bytes")] = 10_000_000
    cached_negotiations: Annotated[int, Field(ge=1, description="negotiations whose views are kept in memory")] = 64
    idempotency_hours: Annotated[int, Field(ge=1, description="how long the answer to an Idempotency-Key is kept")] = 48
    webhooks_to_private: Annotated[
        bool, Field(description="whether webhooks may go to this machine and to private networks")
    ] = False
    public_url: Annotated[
        str, Field(pattern=r"^(https?://[^\s<>]+)?$", description="where people reach this server, for links in mails")
    ] = ""
    smtp_host: Annotated[str, Field(description="the mail server; without one no mail is sent")] = ""
    smtp_port: Annotated[int, Field(ge=1, le=65_535, description="its port")] = 587
    smtp_tls: Annotated[
        Literal["starttls", "tls", "none"], Field(description="how the connection to it is kept from others")
    ] = "starttls"
    smtp_user: Annotated[str, Field(description="the name to sign in with there, if any")] = ""
    smtp_password: Annotated[SecretStr, Field(description="the password to sign in with there")] = SecretStr("")
    smtp_from: Annotated[
        str,
        Field(pattern=r"^([^\s<>,;@]+@[^\s<>,;@]+)?$", description="the address that mails come from"),
    ] = ""
    server: Annotated[
        str,
        Field(pattern=r"^(https?://[^\s<>]+)?$", description="for `chapeau export`: another server to export from"),
    ] = ""
    token: Annotated[SecretStr, Field(description="for `chapeau export`: a token of that server")] = SecretStr("")
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def mail_from(self) -> str:
        """The address that mails come from: as set, or that of the account at the mail server."""
        return self.smtp_from or (self.smtp_user if "@" in self.smtp_user else f"chapeau@{self.smtp_host}")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
