# docker build -t feed2doc .
# docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" feed2doc item.txt --to epub
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/build && python -m venv /opt/feed2doc \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-build.lock -r requirements.lock \
    && /opt/feed2doc/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/build/bin/python -m hatchling build -t wheel -d /src/dist \
    && /opt/feed2doc/bin/pip install --no-cache-dir --no-deps /src/dist/*.whl \
    && /opt/feed2doc/bin/pip uninstall -y pip

FROM python:3.13-slim
# Debian keeps no old versions of its packages, so that pinned ones would soon not be found.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-noto-cjk fonts-noto-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/feed2doc /opt/feed2doc
# Pictures are fetched once, and files that did not change are not written again, if this folder is a volume.
ENV XDG_CACHE_HOME=/state XDG_STATE_HOME=/state
RUN install -d -m 1777 /data /state
WORKDIR /data
USER 1000:1000
ENTRYPOINT ["/opt/feed2doc/bin/feed2doc"]
CMD ["--help"]
