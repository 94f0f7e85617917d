# Untested: written without a container engine at hand, see docs/deploy.md.
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home footnote && mkdir /app /data && chown footnote /app /data
USER footnote
WORKDIR /app
COPY --chown=footnote . .
# TORCH=cpu: the build without CUDA; torch runs once, to export the embedder
RUN make .venv/installed TORCH=cpu
ENV PATH=/app/.venv/bin:$PATH FOOTNOTE_DATA_DIR=/data FOOTNOTE_HOST=0.0.0.0
VOLUME /data
EXPOSE 7777
HEALTHCHECK CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7777/healthz')"
CMD ["footnote", "serve"]
