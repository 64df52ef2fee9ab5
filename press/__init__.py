"""Typesets newspapers: the samples, pages to measure on, lines to train on.

A paper is data (`papers/*.toml`: its text and page plans); `layout` sets it, `printing` draws it,
`scanner` ages it, and `truth` says where every character came to stand.
"""
