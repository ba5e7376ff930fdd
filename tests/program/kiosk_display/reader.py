"""Walks in as somebody who cannot see: through the accessibility bus alone, with the names and roles that it tells."""

import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

# So long a page may take to come: the machine does other things too.
PATIENCE = 60.0
# A page that has just come takes no tap for 0.4 s.
PACE = 0.6

desktop = Atspi.get_desktop(0)


def controls(node):
    """Everything below a node, however fast the page changes under it."""
    try:
        if node.get_role_name() != "unknown":
            yield node
        below = [node.get_child_at_index(at) for at in range(node.get_child_count())]
    except GLib.Error:
        return
    for child in below:
        if child is not None:
            yield from controls(child)


def find(role, name):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        Atspi.Accessible.clear_cache(desktop)
        for at in range(desktop.get_child_count()):
            for node in controls(desktop.get_child_at_index(at)):
                try:
                    if node.get_name() == name and node.get_role_name() == role:
                        return node
                except GLib.Error:
                    pass
        time.sleep(0.1)
    seen = [(node.get_role_name(), node.get_name()) for node in controls(desktop.get_child_at_index(0))]
    sys.exit(f"there is no {role} {name}: {seen}")


def act(role, name):
    find(role, name)
    time.sleep(PACE)
    node = find(role, name)
    if not node.get_action_iface().do_action(0):
        sys.exit(f"{role} {name} does nothing")


def push(name):
    act("push button", name)


def write(field, keys):
    if not find("entry", field).get_component_iface().grab_focus():
        sys.exit(f"{field} takes no focus")
    for key in keys:
        push(key)


push("临时来访")
push("客户")
write("姓名", "zengzhe")
push("曾喆")
push("收起键盘")
push("下一步")
write("接待人或部门", "lxy")
push("李晓云 品质部 · 三楼 302 会议室")
push("商务洽谈")
find("label", "请阅读并确认")
push("同意并登记")
