from baoguan.ui.stage import show_reader

show_reader()
