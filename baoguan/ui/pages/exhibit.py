from baoguan.ui.stage import show
from baoguan.ui.views import exhibits

show(exhibits.view)
