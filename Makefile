.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501

.PHONY: help run test check bench lock demo clean

help: ## montre cette aide
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 10

run: .venv/app.stamp ## installe, charge la démonstration s'il n'y a pas de données, ouvre l'application
	@$(BIN)/mutualis datasets --json | grep -q '"current": true' || $(BIN)/mutualis demo
	@echo "Mutualis : http://localhost:$(PORT)  (Ctrl-C pour arrêter)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/dev.stamp ## lance tous les tests, navigateur compris
	@sh scripts/ensure_browser.sh
	$(BIN)/pytest -n 2 --dist loadfile

check: .venv/dev.stamp ## vérifie le style et les types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev.stamp ## mesure l'import, les requêtes, le modèle et les écrans
	@sh scripts/ensure_browser.sh
	$(BIN)/python -m tests.bench

demo: .venv/app.stamp ## recharge les données de démonstration
	$(BIN)/mutualis demo

lock: ## recalcule les versions exactes des dépendances
	@sh scripts/ensure_venv.sh $(PYTHON)
	@sh scripts/lock.sh

clean: ## supprime l'environnement et les données construites
	rm -rf .venv data/home

.venv/app.stamp: requirements.txt
	@sh scripts/ensure_venv.sh $(PYTHON)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt
	@sh scripts/ensure_venv.sh $(PYTHON)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/app.stamp
