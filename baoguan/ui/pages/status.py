from baoguan.ui import console

console.show_status()
