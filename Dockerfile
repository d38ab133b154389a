# syntax=docker/dockerfile:1

# --- build: everything from the lock file, checked against its hashes -----------------------------------------------
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/chapeau

RUN python -m venv /opt/chapeau
COPY requirements.lock ./
RUN /opt/chapeau/bin/pip install --require-hashes -r requirements.lock

# Installed in place: the migrations and the sample drafts are read from beside app/.
COPY pyproject.toml README.md LICENSE ./
COPY app ./app
COPY migrations ./migrations
COPY drafts ./drafts
RUN /opt/chapeau/bin/pip install --no-deps -e . \
    && /opt/chapeau/bin/python -m compileall -q app migrations

# --- run: no compiler, no build tools, no root ----------------------------------------------------------------------
FROM python:3.13-slim

# Arabic and Chinese in PDF: the other official languages come in fonts of their own.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /var/lib/chapeau --create-home chapeau
COPY --from=build /opt/chapeau /opt/chapeau
COPY --from=build /srv/chapeau /srv/chapeau

ENV PATH=/opt/chapeau/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CHAPEAU_DATABASE_URL=sqlite+aiosqlite:////var/lib/chapeau/chapeau.db
WORKDIR /srv/chapeau
USER 10001
VOLUME /var/lib/chapeau
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

ENTRYPOINT ["chapeau"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
