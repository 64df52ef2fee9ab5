from baoguan.ui.stage import show
from baoguan.ui.views import calendar

show(calendar.view)
