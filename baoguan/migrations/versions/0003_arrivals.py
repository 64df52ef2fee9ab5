"""When pages first became searchable."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("page", name=op.f("pk_arrival")),
    )
    op.create_index(op.f("ix_arrival_at"), "arrival", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_arrival_at"), table_name="arrival")
    op.drop_table("arrival")
