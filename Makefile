# Two commands: `make run` and `make test`. What they do is in config/launch/; docs/operations.md explains it.
PYTHON ?= python3
export PORT

.PHONY: run test check lock

run:
	@$(PYTHON) -m config.launch run

test:
	@$(PYTHON) -m config.launch test $(ARGS)

check:
	@$(PYTHON) -m config.launch check

lock:
	@$(PYTHON) -m config.launch lock
