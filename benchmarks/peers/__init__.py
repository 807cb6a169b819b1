"""Other programs that are asked the same question, each as its own documentation says."""
