"""What waits for somebody in casework. Each slice adds a feed here and registers it in CaseworkConfig.ready().

A feed is ``(user) -> Iterable[offices.waiting.Waiting]``: see that module for the contract.
"""
