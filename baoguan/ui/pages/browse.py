from baoguan.ui.stage import show
from baoguan.ui.views import browse

show(browse.view)
