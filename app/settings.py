"""Settings of an installation, read from the environment (prefix CHAPEAU_) or a file .env."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation can choose. Every field is an environment variable: CHAPEAU_DATABASE_URL, ..."""

    model_config = SettingsConfigDict(env_prefix="CHAPEAU_", env_file=".env", extra="ignore", frozen=True)

    database_url: Annotated[
        str, Field(description="sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME")
    ] = f"sqlite+aiosqlite:///{Path('var') / 'chapeau.db'}"
    pool_size: Annotated[int, Field(ge=1, description="PostgreSQL connections kept open by each process")] = 10
    body_limit: Annotated[int, Field(ge=1024, description="largest request body in bytes")] = 2_000_000
    cached_negotiations: Annotated[int, Field(ge=1, description="negotiations whose views are kept in memory")] = 64
    idempotency_hours: Annotated[int, Field(ge=1, description="how long the answer to an Idempotency-Key is kept")] = 48
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
