"""How Alembic runs the files in `versions`: on the connection it is handed, inside that connection's transaction."""

from alembic import context

from ingest.store.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
