from baoguan.ui.stage import show
from baoguan.ui.views import asking

show(asking.view)
