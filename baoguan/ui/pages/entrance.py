from baoguan.ui.stage import show
from baoguan.ui.views import entrance

show(entrance.view)
