"""The role of the application: it owns its databases and what is in them, and is no superuser.

Whoever takes the application over can so neither read files of the machine, nor run programs on it, nor change other
databases. The cluster's owner, a superuser, is for starting, upgrading and recovering alone.
"""

from collections.abc import Callable

import psycopg
from psycopg import sql

from debatekb.embedded import APPLICATION, NAME

Server = psycopg.Connection[tuple[object, ...]]

_HAND_OVER = """
DO $$ DECLARE statement text; BEGIN FOR statement IN {} LOOP EXECUTE statement; END LOOP; END $$
"""
_STATEMENTS = """
SELECT format({form}, oid::{shown}, {owner}) FROM {catalog}
WHERE {namespace} = 'public'::regnamespace AND {condition} AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = {name}::regclass AND objid = {catalog}.oid AND deptype = 'e'
)
"""
"""What belongs to an extension stays with it."""
_KINDS = (
    ("TABLE", "pg_class", "regclass", "relnamespace", "relkind IN ('r', 'p', 'v', 'm')"),
    ("ROUTINE", "pg_proc", "regprocedure", "pronamespace", "true"),
    ("TEXT SEARCH CONFIGURATION", "pg_ts_config", "regconfig", "cfgnamespace", "true"),
    ("TEXT SEARCH DICTIONARY", "pg_ts_dict", "regdictionary", "dictnamespace", "true"),
)
"""What the migrations make, each with its catalogue; sequences and indexes go with their tables."""


def prepare(connect: Callable[[str], Server], password: str, *, is_for_tests: bool = False) -> None:
    """Make the role and its database where they are missing; what the cluster's owner owned becomes the role's.

    `connect` opens a database as the owner, each statement a transaction of its own.
    """
    with connect("postgres") as server:
        make_application(server, password, is_for_tests=is_for_tests)
        hand_over(server, connect)
        if server.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
            names = map(sql.Identifier, (NAME, APPLICATION))
            server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def make_application(server: Server, password: str, *, is_for_tests: bool) -> None:
    """Make the role, or give it this password; tests may switch triggers off, to put rows back quickly."""
    if server.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone() is None:
        server.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(APPLICATION)))
    # CREATEDB: a backup is restored into a database of its own.
    powers = "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {}"
    server.execute(sql.SQL("ALTER ROLE {} " + powers).format(sql.Identifier(APPLICATION), sql.Literal(password)))
    if is_for_tests:
        grant = "GRANT SET ON PARAMETER session_replication_role TO {}"
        server.execute(sql.SQL(grant).format(sql.Identifier(APPLICATION)))


def hand_over(server: Server, connect: Callable[[str], Server]) -> None:
    """Give the application each database that an older version made for the superuser, each in one transaction."""
    owned = (
        "SELECT datname FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba "
        "WHERE rolname = %s AND NOT datistemplate AND datallowconn AND datname <> 'postgres'"
    )
    for (name,) in server.execute(owned, [NAME]).fetchall():
        with connect(str(name)) as database, database.transaction():
            database.execute(_hand_over_everything())
            to = sql.Identifier(APPLICATION)
            database.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(str(name)), to))


def _hand_over_everything() -> sql.Composed:
    statements = [
        sql.SQL(_STATEMENTS).format(
            form=sql.Literal(f"ALTER {kind} %s OWNER TO %I"),
            owner=sql.Literal(APPLICATION),
            name=sql.Literal(catalog),
            shown=sql.SQL(shown),
            catalog=sql.SQL(catalog),
            namespace=sql.SQL(namespace),
            condition=sql.SQL(condition),
        )
        for kind, catalog, shown, namespace, condition in _KINDS
    ]
    return sql.SQL(_HAND_OVER).format(sql.SQL(" UNION ALL ").join(statements))
