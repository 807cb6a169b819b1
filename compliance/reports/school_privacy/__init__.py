"""The view of the school privacy report: from an audit to the words, numbers and shapes that its template sets out."""
