"""The one settings file; every difference between machines comes from the environment (see `.env.example`)."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from debatekb import addresses, embedded, environment, openapi, schedule
from debatekb.postgres import replicas
from debatekb.watching import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- what differs -------------------------------------------------------------------------------------------------

VAR_DIR = embedded.var_dir()
"""Run-time files: keys, logs and, where the service user can enter it, the embedded engines' data."""

DATABASE_URL = environment.database_url() or embedded.database_url()
REDIS_URL = addresses.redis_checked(environment.redis_url() or embedded.redis_url())
PACKS_DIR = Path(env.str("PACKS_DIR", default="") or BASE_DIR / "fixtures")
"""The packs with which the first start fills an empty database."""
SECRET_KEY = environment.secret("SECRET_KEY") or embedded.secret_key()
DEBUG = env.bool("DEBUG", default=False)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
IS_BEHIND_TLS = env.bool("BEHIND_TLS", default=False)
SITE_URL = addresses.site_checked(env.str("SITE_URL", default=""), is_behind_tls=IS_BEHIND_TLS)
SITE_URL = SITE_URL or f"http://127.0.0.1:{env.str('PORT', default='') or '8000'}"
"""Where readers find the site; stands in the files that are made without a request."""
ALLOWED_HOSTS = addresses.hosts(env.list("ALLOWED_HOSTS", default=[]), SITE_URL)
CONTACT = addresses.contact_checked(env.str("CONTACT", default=""))
"""Where readers send corrections."""
vars().update(environment.email_config(f"filemail:///{VAR_DIR / 'mail'}"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="") or "Debate KB <no-reply@localhost>"

# --- the application ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "debatekb.admin.SupportAdmin",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "perspectives",
]
MIDDLEWARE = [
    "debatekb.watching.middleware.WatchMiddleware",
    "perspectives.serving.public_reads.PublicReadMiddleware",
    "perspectives.serving.shared_caches.SharedCacheMiddleware",
    "perspectives.api.http.middleware.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "perspectives.api.http.middleware.StatelessMiddleware",
    "csp.middleware.CSPMiddleware",
    "perspectives.web.http.waiting.WaitedTooLongMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "perspectives.web.accounts.sessions.SessionLifeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "perspectives.web.classroom.framing.PupilFrameMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
HAS_DEBUG_TOOLBAR = DEBUG and env.bool("DEBUG_TOOLBAR", default=False)
if HAS_DEBUG_TOOLBAR:
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(0, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1", "::1"]
ROOT_URLCONF = "debatekb.urls"
WSGI_APPLICATION = "debatekb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Named here so that our pages and mails of accounts win over those that allauth brings.
        "DIRS": [BASE_DIR / "perspectives" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "perspectives.web.classroom.framing.framed",
            ],
        },
    },
]
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"

# --- accounts -----------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTH_USER_MODEL = "perspectives.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
FORM_RENDERER = "perspectives.web.http.form_renderer.FormRenderer"
ACCOUNT_ADAPTER = "perspectives.web.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Debate KB: "
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "perspectives.web.accounts.forms.SignInForm",
    "signup": "perspectives.web.accounts.forms.SignUpForm",
}
MFA_TOTP_ISSUER = "Debate KB"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "activate_totp": "perspectives.web.accounts.forms.SetUpForm",
    "authenticate": "perspectives.web.accounts.forms.CodeForm",
    "reauthenticate": "perspectives.web.accounts.forms.CodeAgainForm",
}
ACCOUNT_RATE_LIMITS = {
    "signup": "120/m/ip,1500/h/ip",
    "login": "300/m/ip,3000/h/ip",
    "reset_password": "60/m/ip,600/h/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
"""Forms an address may send: sized for a school of a thousand behind one (docs/security.md)."""
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=5)
AXES_COOLOFF_TIME = "perspectives.web.accounts.lockout.cool_off"
AXES_USE_ATTEMPT_EXPIRATION = True
"""Each count has an end of its own; else a short lock would end everybody's."""
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "csrfmiddlewaretoken"]
AXES_USERNAME_CALLABLE = "perspectives.web.accounts.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "perspectives.web.accounts.lockout.counted_address"
AXES_LOCKOUT_CALLABLE = "perspectives.web.accounts.lockout.locked_out"
SESSION_COOKIE_AGE = 12 * 3600
"""Seconds after which a session ends that nobody uses."""
SESSION_LONGEST = 7 * 24 * 3600
"""Seconds after which a session ends, however much it is used."""
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if IS_BEHIND_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_BEHIND_TLS else "csrf"

# --- PostgreSQL and Valkey ----------------------------------------------------------------------------------------

DATABASE_OPTIONS = {
    "ENGINE": "debatekb.postgres",
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
    "CONN_HEALTH_CHECKS": True,
    **addresses.database_options(
        env.float("DATABASE_TIMEOUT", default=0), is_pooled=env.bool("DATABASE_POOLED", default=False)
    ),
}
"""The web server sets DATABASE_TIMEOUT; jobs and commands may take as long as they need."""
DATABASES = {
    "default": {**addresses.database_config(DATABASE_URL), **DATABASE_OPTIONS},
    **{
        f"{replicas.PREFIX}{number}": {
            **addresses.database_config(url, "DATABASE_REPLICA_URL"), **DATABASE_OPTIONS, "TEST": {"MIRROR": "default"}
        }
        for number, url in enumerate(env.list("DATABASE_REPLICA_URL", default=[]), 1)
    },
}  # fmt: skip
DATABASE_ROUTERS = ["debatekb.postgres.replicas.Router"]
REPLICA_MAX_LAG = env.float("REPLICA_MAX_LAG", default=5.0)
"""How many seconds a replica may be behind in what is not published; what is published it must have."""
VALKEY_TIMEOUT = 2.0
"""Seconds that Valkey may take to answer anything."""
CACHE_URL = addresses.cache_url(REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "debatekb.postgres.cache.Cache",
        "LOCATION": "perspectives_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "valkey": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "debatekb",
        "OPTIONS": {"socket_timeout": VALKEY_TIMEOUT, "socket_connect_timeout": VALKEY_TIMEOUT},
    },
}
"""The default, in the database, counts tries to sign in and used codes, so that people sign in while Valkey is away."""
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = VALKEY_TIMEOUT
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5.0, "socket_connect_timeout": VALKEY_TIMEOUT}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "debatekb.beat.Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat" / "schedule")
PURGE_URL = addresses.purge_checked(env.str("PURGE_URL", default=""))
"""Where a shared cache in front of us, such as a CDN, is told what it may no longer show; empty: there is none."""
PURGE_TOKEN = env.str("PURGE_TOKEN", default="")
CELERY_BEAT_SCHEDULE = schedule.beat(has_shared_cache=bool(PURGE_URL))
BACKUP_DIR = env.str("BACKUP_DIR", default="" if env.str("DATABASE_URL", default="") else str(VAR_DIR / "backups"))
"""Where the nightly backup goes; empty: none is made. On by itself for the embedded database, which nobody else
keeps."""
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", default=14)

DOI_RESOLVER_URL = env.str("DOI_RESOLVER_URL", default="").rstrip("/") or "https://doi.org"
CROSSREF_URL = env.str("CROSSREF_URL", default="").rstrip("/") or "https://api.crossref.org"
DATACITE_URL = env.str("DATACITE_URL", default="").rstrip("/") or "https://api.datacite.org"
PUBMED_URL = env.str("PUBMED_URL", default="").rstrip("/") or "https://api.ncbi.nlm.nih.gov/lit/ctxp/v1"
"""The citation exporter of PubMed and PubMed Central."""
OPENALEX_URL = env.str("OPENALEX_URL", default="").rstrip("/") or "https://api.openalex.org"
OPENALEX_KEY = environment.secret("OPENALEX_KEY")
"""For searches by title; empty: none are made."""
ZOTERO_URL = env.str("ZOTERO_URL", default="").rstrip("/") or "https://api.zotero.org"
UNPAYWALL_URL = env.str("UNPAYWALL_URL", default="").rstrip("/") or "https://api.unpaywall.org/v2"
UNPAYWALL_EMAIL = env.str("UNPAYWALL_EMAIL", default="")
"""Whom Unpaywall can write to, as it asks; empty: it is not asked for open copies."""
OPENLIBRARY_URL = env.str("OPENLIBRARY_URL", default="").rstrip("/") or "https://openlibrary.org"
LIBRARY_SEARCH_URL = addresses.library_checked(
    env.str("LIBRARY_SEARCH_URL", default="") or "https://search.worldcat.org/search?q={query}"
)
"""A library's search, for works to which nothing else leads; `{query}` stands for the words."""
INTAKE_HOST_DELAY_SECONDS = env.float("INTAKE_HOST_DELAY_SECONDS", default=0.35)
"""How long a process waits between two questions to one host; PubMed wants at most three a second."""
EVIDENCE_CHECKS = environment.checks_checked(env.list("EVIDENCE_CHECKS", default=[]))
"""What a machine checks over the network by itself: quotation, link, retraction, metadata, snapshot; empty: nothing."""
EVIDENCE_HOST_DELAY_SECONDS = env.float("EVIDENCE_HOST_DELAY_SECONDS", default=5.0)
"""How long one server is left alone, by all workers, after a check has asked it."""
RETRACTIONS_URL = env.str("RETRACTIONS_URL", default="")
RETRACTIONS_URL = RETRACTIONS_URL or "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
"""Where Crossref's data set of retractions (Retraction Watch) is loaded from once a day."""
ARCHIVE_URL = env.str("ARCHIVE_URL", default="").rstrip("/") or "https://web.archive.org/web"
"""A web archive that leads from its address, a slash and the address of a page to its copy of that page."""
WEBHOOK_INSIDE = addresses.origins_checked("WEBHOOK_INSIDE", env.list("WEBHOOK_INSIDE", default=[]))
"""Servers in the own network to which webhooks may send, also without TLS."""
LTI_INSIDE = addresses.origins_checked("LTI_INSIDE", env.list("LTI_INSIDE", default=[]))
"""Learning platforms in the own network, whose keys and services may be asked for there, also without TLS."""

PUBLICATION_VERSION_TTL = env.float("PUBLICATION_VERSION_TTL", default=1.0)
"""For how many seconds a web process may answer from its cache before it asks the database what is published now."""

# --- files and headers --------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = ["debatekb.static_files.NeededFiles"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "debatekb.static_files.HashedCompressed"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
"""Maps are for debuggers alone; compressing them would take longer than all other files."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{name: [NONE] for name in ("default-src", "base-uri", "frame-ancestors")},
        **{name: [SELF] for name in ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action")},
    },
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_BEHIND_TLS
SECURE_SSL_REDIRECT = IS_BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if IS_BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_TLS else None

# --- the REST API -------------------------------------------------------------------------------------------------

API_ANONYMOUS_PER_MINUTE = env.int("API_ANONYMOUS_PER_MINUTE", default=6000)
API_KEY_PER_MINUTE = env.int("API_KEY_PER_MINUTE", default=12000)
PAGES_PER_MINUTE = env.int("PAGES_PER_MINUTE", default=3000)
"""Searches and pages made for it that an address may ask for: three a pupil of a school of 1,000 (docs/security.md)."""
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# What else a view needs stands at `perspectives.api.http.views.ApiView`, from which all of them come.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "perspectives.api.schema.generator.ApiSchema",
    "EXCEPTION_HANDLER": "perspectives.api.http.errors.problem_response",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [
    "accept", "accept-datetime", "authorization", "if-modified-since", "if-none-match", "if-range", "range",
]  # fmt: skip
CORS_EXPOSE_HEADERS = [
    "Accept-Ranges", "Content-Disposition", "Content-Location", "Content-Range", "Deprecation", "Edition-Number",
    "Edition-Archived", "Edition-Retracted", "ETag", "Last-Modified", "Link", "Memento-Datetime", "RateLimit",
    "RateLimit-Policy", "Retry-After", "Sunset", "X-Total-Count",
]  # fmt: skip
SPECTACULAR_SETTINGS = openapi.SETTINGS

# --- health, metrics, logs ----------------------------------------------------------------------------------------

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_ADDRESSES = env.list(
    "METRICS_ADDRESSES", default=[] if IS_BEHIND_TLS or TRUSTED_PROXIES else ["127.0.0.1", "::1"]
)
"""Peers that may read /metrics without the token; behind a proxy that is on this machine all would be loopback."""
SILENT_SECONDS = env.float("SILENT_SECONDS", default=60)
"""After this time a worker or beat that was not heard counts as dead."""
DISK_LEAST_FREE_MB = env.int("DISK_LEAST_FREE_MB", default=1000)
LOG_REQUESTS = env.bool("LOG_REQUESTS", default=True)
LOGGING = logs.configuration(
    env.str("LOG_FORMAT", default=logs.CONSOLE), env.str("LOG_LEVEL", default="INFO"), is_open=DEBUG
)
