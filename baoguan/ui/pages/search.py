from baoguan.ui.stage import show
from baoguan.ui.views import search

show(search.view)
