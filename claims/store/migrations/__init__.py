"""The record's changes of shape, oldest first; Alembic runs them on opening, where a record is behind."""
