"""The language server: one file a feature, and the only place that imports pygls and lsprotocol."""
