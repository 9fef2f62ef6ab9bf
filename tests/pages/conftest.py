"""A page run without a browser."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

ROUTER = str(Path(__file__).parents[2] / "src" / "mutualis" / "ui" / "router.py")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """Run a page on a dataset's folder: ``run(page, home, **url)``."""

    def page(name: str, home: Path, **url: str) -> AppTest:
        monkeypatch.setenv("MUTUALIS_HOME", str(home))
        st.cache_data.clear()
        st.cache_resource.clear()
        app = AppTest.from_file(ROUTER, default_timeout=30)
        for key, value in url.items():
            app.query_params[key] = value
        app.run()
        return app if name == "overview" else app.switch_page(f"../../../pages/{name}.py").run()

    return page
