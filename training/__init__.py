"""Makes the recogniser's weights from typeset lines. An extra: nothing in `baoguan` imports it."""
