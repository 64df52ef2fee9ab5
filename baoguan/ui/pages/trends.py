from baoguan.ui.stage import show
from baoguan.ui.views import trends

show(trends.view)
