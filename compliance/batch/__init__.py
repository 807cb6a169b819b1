"""One document, many schools: which there are, what was finished, and a page to find each by."""
