"""Alembic runs this with the catalogue's own connection."""

from alembic import context

from baoguan.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
