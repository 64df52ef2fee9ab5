from baoguan.cli import main

main()
