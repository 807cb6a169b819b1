"""Commands: parse, run the pipeline, render, write, exit. One small file each."""
