"""One app at many schools, on one page: for a trust or a local authority."""
