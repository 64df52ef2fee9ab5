from baoguan.ui.stage import show
from baoguan.ui.views import gallery

show(gallery.view)
