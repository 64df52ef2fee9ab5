"""Articles that go on on another page."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "continuation",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("onto", sa.String(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issue.id"], name=op.f("fk_continuation_issue_issue")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_continuation")),
    )
    op.create_index(op.f("ix_continuation_issue"), "continuation", ["issue"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_continuation_issue"), table_name="continuation")
    op.drop_table("continuation")
