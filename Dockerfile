# The one image of web, worker, beat and migrate; docker-compose.yml names their commands.
FROM python:3.13.9-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /srv/venv
COPY requirements/base.txt /tmp/base.txt
RUN /srv/venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r /tmp/base.txt && /srv/venv/bin/pip check

FROM python:3.13.9-slim-bookworm
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DEBATEKB_VAR=/srv/debatekb/var
RUN useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin debatekb
COPY --from=packages /srv/venv /srv/venv
WORKDIR /srv/debatekb
COPY . .
# The key below signs nothing: collecting static files only reads the settings.
RUN SECRET_KEY=for-the-build-only python manage.py collectstatic --noinput \
    && mkdir -p var/beat var/backups && chown -R debatekb:debatekb var
USER debatekb
ENV HOST=0.0.0.0
EXPOSE 8000
CMD ["python", "-m", "debatekb.running.web"]
