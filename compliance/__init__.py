"""Which pupils' data an app asks for, is handed, says it keeps and really keeps."""

__version__ = "0.1.0"
