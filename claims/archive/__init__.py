"""Archives: more articles than one desk reads, split by the workers of a Dask cluster into tables of Parquet.

What lies in an archive's folder, each table a folder of parts:

    plan/        which articles belong to which batch, written before the first is read
    articles/    what was read, with its text
    claims/      their claims: the columns and dtypes of claims.table
    unread/      what could not be read, each with its sentence
    pairs/       which claims repeat and which contradict each other, where they were matched

``pieces`` says where articles come from - ``places`` finds the files, ``lines``, ``rows``, ``warcs`` and ``lists`` what lies in them -, ``ledger``
what is planned and what is done, ``anew`` takes out what is to be read once more, ``lock`` lets one run at a time, ``batch`` makes one batch and ``parts`` its
files, ``alone`` reads what may have ended a worker, ``cluster`` has the workers and ``run`` gives them the batches, ``pairing`` matches the parts, and
``entries`` hands an archive to a store. One batch is one part of each table; the part of its claims comes last and says that it is
done, so that whatever is stopped goes on where it was.
"""

from claims.archive.ledger import Ledger
from claims.archive.parts import count_rows, entries, is_archive, read_table
from claims.archive.places import left_out
from claims.archive.run import Progress, archive

__all__ = ["Ledger", "Progress", "archive", "count_rows", "entries", "is_archive", "left_out", "read_table"]
