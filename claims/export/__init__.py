"""Export: what leaves the desk. Each file is one form; all but the tables take only what was signed off.

tables        the claims, sources and events as CSV, and back
spreadsheet   the claims as XLSX, ready to be filled in, and Parquet for analysts
dictionary    what the columns of the tables mean, as a data package that other programs read
checked       the verdicts that may leave, each with its article, its sources and its scale
claimreview   those as schema.org's ClaimReview
reviews       other people's ClaimReview, read with all its dirt
averitec      those as AVeriTeC's JSON
annotations   those as W3C Web Annotations on their articles
report        those as one page that an outsider can follow and repeat, and the same as Markdown
minutes       what a meeting decided, as Markdown, as one page and as CSV
record        the three tables of all claims or of some, with the history of those
zipped        several files in one
pack          report, tables, kept documents and their hashes in one file
forms         every form by its name: how a file of it is made
"""

from claims.export.tables import csv_bytes, csv_parts, neutral, read_csv, restored, write_csv, write_file

__all__ = ["csv_bytes", "csv_parts", "neutral", "read_csv", "restored", "write_csv", "write_file"]
