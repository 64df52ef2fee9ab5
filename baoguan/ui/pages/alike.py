from baoguan.ui.stage import show
from baoguan.ui.views import alike

show(alike.view)
