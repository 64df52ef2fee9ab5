from baoguan.ui import saving

saving.show_saved()
