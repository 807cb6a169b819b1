"""Questions about whole records: one small fold each, listed in ``registry``."""
