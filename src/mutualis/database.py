"""The database beside the dataset: saved scenarios and moves by hand. SQLite by default, any address by setting."""

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from mutualis.errors import ScenarioError

WAIT_SECONDS = 20


@lru_cache(maxsize=16)
def engine(url: str, table: sa.Table) -> sa.Engine:
    """Open the database, making a table if needed.

    Args:
        url: SQLAlchemy address.
        table: the table one is about to use.

    Raises:
        ScenarioError: it cannot be reached.
    """
    try:
        address = sa.make_url(url)
        if address.get_backend_name() == "sqlite" and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
            found = sa.create_engine(address, connect_args={"timeout": WAIT_SECONDS}, poolclass=sa.NullPool)
        else:
            found = sa.create_engine(address, pool_pre_ping=True)
        table.create(found, checkfirst=True)
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise ScenarioError(
            f"Les scénarios et les reclassements enregistrés ne sont pas accessibles\u202f: vérifiez MUTUALIS_SCENARIOS_URL ({type(error).__name__})."
        ) from error
    return found
