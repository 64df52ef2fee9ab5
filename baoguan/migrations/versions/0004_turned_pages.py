"""Pages whose scans have to be turned to stand upright."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("page", "turn")
