# Two stages: the first builds the wheel with the locked dependencies, the second runs it.
#
#   docker build -t secretariat .
#   docker run --rm -v secretariat:/data secretariat secretariat init /data
#   docker run --read-only --tmpfs /tmp -v secretariat:/data -p 127.0.0.1:8000:8000 secretariat

FROM python:3.11-slim-bookworm AS build
WORKDIR /build
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock README.md LICENCE ./
RUN uv export --frozen --no-dev --extra postgres --no-emit-project --output-file locked.txt \
    && python -m venv /opt/secretariat \
    && /opt/secretariat/bin/pip install --no-cache-dir --require-hashes -r locked.txt
COPY secretariat secretariat
COPY templates templates
COPY config config
RUN uv build --wheel && /opt/secretariat/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libreoffice-writer-nogui fonts-liberation fonts-crosextra-carlito \
        bubblewrap tesseract-ocr tesseract-ocr-eng catdoc hunspell-en-gb \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 secretariat \
    && useradd --system --uid 10001 --gid 10001 --home-dir /data --no-create-home secretariat \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/secretariat /opt/secretariat
# LibreOffice keeps its profile under HOME; the root file system may be read-only.
ENV PATH=/opt/secretariat/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SECRETARIAT_CONFIG=/data/secretariat.toml
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["secretariat", "serve", "--host", "0.0.0.0"]
