"""The database beside the dataset: saved scenarios and moves by hand. SQLite by default, any address by setting."""

from functools import lru_cache
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from mutualis.errors import ScenarioError

WAIT_SECONDS = 20


class Store:
    """A table at an address.

    Attributes:
        table: what is kept there; each store says its own.
    """

    table: ClassVar[sa.Table]

    def __init__(self, url: str) -> None:
        """Open the store, making its table if needed.

        Args:
            url: SQLAlchemy address.

        Raises:
            ScenarioError: it cannot be reached.
        """
        self._engine = _engine(url, self.table)


@lru_cache(maxsize=16)
def _engine(url: str, table: sa.Table) -> sa.Engine:
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
