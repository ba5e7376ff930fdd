#!/usr/bin/python3
"""A USB receipt printer made of umockdev, for the real libusb of another process.

Owns the make-believe: USB requests, plugs, and who may open what is plugged in. The printer behind the plug is
escpos_machine.py's. Never judges what it is sent; tests ask for what was taken and decide.

Started by tests/support/usb.rs, which gives it the path of a control socket. It prints the umockdev folder and then
answers one JSON object a line: {"do": "set", ...}, {"do": "tell"}, {"do": "forget"}, {"do": "unplug"}, {"do": "plug"},
{"do": "repair"}, {"do": "forbid"}, {"do": "allow"}, {"do": "plug-other"}.

Wanted: Debian's python3-gi and gir1.2-umockdev-1.0.
"""

import json
import os
import socket
import struct
import sys
import threading
import time

import gi

gi.require_version("UMockdev", "1.0")
from escpos_machine import DEFAULTS, Machine  # noqa: E402
from gi.repository import GLib, UMockdev  # noqa: E402

# Requests of <linux/usbdevice_fs.h> on 64-bit Linux.
SUBMIT, DISCARD, REAP, REAP_NOW = 0x8038550A, 0x550B, 0x4008550C, 0x4008550D
CAPABILITIES, CLAIM, RELEASE, CLEAR_HALT, RESET = 0x8004551A, 0x8004550F, 0x80045510, 0x80045515, 0x5514
GET_DRIVER, SET_INTERFACE, DETACH_AND_CLAIM = 0x41045508, 0x80085504, 0x8108551B

ENOENT, EAGAIN, EBUSY, ENODEV, EINVAL, EPIPE, ENODATA, ESHUTDOWN = 2, 11, 16, 19, 22, 32, 61, 108
OUT, IN, PACKET = 0x01, 0x82, 64


def descriptors(vendor_class, bidirectional):
    """Device and configuration descriptors: one interface, of the printer class or the vendor's own."""
    device = struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0, 0, 0, 64, 0x04B8, 0x0E28, 0x0100, 0, 0, 0, 1)
    ends = struct.pack("<BBBBHB", 7, 5, OUT, 2, PACKET, 0)
    if bidirectional:
        ends += struct.pack("<BBBBHB", 7, 5, IN, 2, PACKET, 0)
    count = 2 if bidirectional else 1
    kind = (255, 0, 0) if vendor_class else (7, 1, 2 if bidirectional else 1)
    interface = struct.pack("<BBBBBBBBB", 9, 4, 0, 0, count, *kind, 0)
    total = 9 + len(interface) + len(ends)
    configuration = struct.pack("<BBHBBBBB", 9, 2, total, 1, 1, 0, 0xC0, 1)
    return device + configuration + interface + ends


class Urb:
    def __init__(self, address, block, endpoint, buffer, length, sent):
        self.address, self.block, self.endpoint = address, block, endpoint
        self.buffer, self.length, self.sent = buffer, length, sent
        self.done, self.status = 0, None  # bytes moved; None while pending


class Bus:
    """The plug: turns usbfs requests into bytes for the machine, and lets it be pulled out."""

    HUB = (
        "P: /devices/pci0000:00/0000:00:14.0/usb1\nN: bus/usb/001/001\nE: DEVNAME=/dev/bus/usb/001/001\n"
        "E: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: BUSNUM=001\nE: DEVNUM=001\n"
        "A: busnum=1\\n\nA: devnum=1\\n\nA: speed=480\\n\nA: bConfigurationValue=1\\n\n"
        "H: descriptors=12010002090001406B1D020015060302010109021900010100E0000904000001090000000705810304000C\n"
    )
    PRINTER = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1"
    OTHER = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2"

    def __init__(self, vendor_class, bidirectional):
        self.bed = UMockdev.Testbed.new()
        self.lock = threading.RLock()
        self.machine = Machine()
        self.first = dict(DEFAULTS)
        self.shape = descriptors(vendor_class, bidirectional)
        self.urbs = []
        self.number = 1
        self.plugged = False
        self.forbidden = False  # udev has not given the node away yet
        self.others_claims = 0  # how often somebody tried to take the other printer
        self.bed.add_from_string(self.HUB)
        self.handlers = []

    def plug(self):
        self.number += 1
        node = f"/dev/bus/usb/001/{self.number:03}"
        self.bed.add_from_string(
            f"P: {self.PRINTER[4:]}\nN: {node[5:]}\nE: DEVNAME={node}\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\n"
            f"E: BUSNUM=001\nE: DEVNUM={self.number:03}\nA: busnum=1\\n\nA: devnum={self.number}\\n\n"
            f"A: speed=12\\n\nA: bConfigurationValue=1\\n\nH: descriptors={self.shape.hex().upper()}\n"
        )
        handler = UMockdev.IoctlBase()
        handler.connect("handle-ioctl", self.handle)
        self.handlers.append(handler)  # one that was let go would take its signal with it
        self.bed.attach_ioctl(node, handler)
        self.plugged = True
        self.may_be_opened()
        self.bed.uevent(self.PRINTER, "add")

    def may_be_opened(self):
        """Give the node's rights away, or keep them: the kernel makes it, and udev gives it to a group later."""
        if self.plugged:
            node = f"{self.bed.get_root_dir()}/dev/bus/usb/001/{self.number:03}"
            os.chmod(node, 0o000 if self.forbidden else 0o660)

    def plug_other(self):
        """Another printer, an office's, which is there and must be left alone."""
        shape = bytearray(self.shape)
        shape[8:12] = struct.pack("<HH", 0x03F0, 0x4117)
        self.bed.add_from_string(
            f"P: {self.OTHER[4:]}\nN: bus/usb/001/099\nE: DEVNAME=/dev/bus/usb/001/099\nE: DEVTYPE=usb_device\n"
            "E: SUBSYSTEM=usb\nE: BUSNUM=001\nE: DEVNUM=099\nA: busnum=1\\n\nA: devnum=99\\n\nA: speed=12\\n\n"
            "A: bConfigurationValue=1\\n\nA: manufacturer=Office\\n\nA: product=Laser 4\\n\n"
            f"H: descriptors={shape.hex().upper()}\n"
        )
        handler = UMockdev.IoctlBase()
        handler.connect("handle-ioctl", self.handle_other)
        self.handlers.insert(0, handler)
        self.bed.attach_ioctl("/dev/bus/usb/001/099", handler)
        self.bed.uevent(self.OTHER, "add")

    def handle_other(self, handler, client):
        request = client.get_request()
        if request == CAPABILITIES:
            client.get_arg().resolve(0, 4).update(0, struct.pack("<I", 0))
        if request in (CLAIM, DETACH_AND_CLAIM):
            self.others_claims += 1
        client.complete(*((0, 0) if request == CAPABILITIES else (-1, EBUSY)))
        return True

    def unplug(self):
        if not self.plugged:
            return
        self.plugged = False
        if not self.machine.now["self_powered"]:
            self.machine.power_on()
        for urb in self.urbs:
            if urb.status is None:
                urb.status = -ESHUTDOWN
        self.bed.uevent(self.PRINTER, "remove")
        self.bed.remove_device(self.PRINTER)
        os.unlink(f"{self.bed.get_root_dir()}/dev/bus/usb/001/{self.number:03}")  # as the kernel does

    def handle(self, handler, client):
        request = client.get_request()
        with self.lock:
            result, error = self.perform(request, client.get_arg(), handler is self.handlers[-1])
        if error == EAGAIN:
            time.sleep(0.0007)  # libusb asks without a pause here; a little air for the other core
        client.complete(result, error)
        return True

    def perform(self, request, arg, current):
        here = self.plugged and current
        if request in (REAP, REAP_NOW):
            return self.reap(arg, here)
        if request == DISCARD:
            return self.discard(arg)
        if not here:
            return -1, ENODEV
        if request == SUBMIT:
            return self.submit(arg)
        if request == CAPABILITIES:
            arg.resolve(0, 4).update(0, struct.pack("<I", 0))
            return 0, 0
        if request in (CLAIM, DETACH_AND_CLAIM) and self.machine.now["busy"]:
            return -1, EBUSY
        if request in (CLAIM, DETACH_AND_CLAIM, RELEASE, CLEAR_HALT, RESET, SET_INTERFACE):
            return 0, 0
        if request == GET_DRIVER:
            return -1, ENODATA
        return -1, EINVAL

    def submit(self, arg):
        block = arg.resolve(0, 56)
        fields = struct.unpack_from("<BBxxiIxxxxQii", block.retrieve())
        endpoint, length = fields[1], fields[5]
        buffer = block.resolve(16, length)
        address = block.client_addr
        sent = bytes(buffer.retrieve()) if endpoint == OUT else b""
        self.urbs.append(Urb(address, block, endpoint, buffer, length, sent))
        return 0, 0

    def discard(self, arg):
        address = int.from_bytes(bytes(arg.retrieve()), sys.byteorder)
        for urb in self.urbs:
            if urb.status is None and urb.address == address:
                urb.status = -ENOENT
                return 0, 0
        return -1, EINVAL

    def reap(self, arg, here):
        if here:
            self.move()
        for urb in self.urbs:
            if urb.status is None:
                continue
            self.urbs.remove(urb)
            urb.block.update(4, struct.pack("<i", urb.status))
            urb.block.update(28, struct.pack("<i", urb.done))
            arg.resolve(0, 8).set_ptr(0, urb.block)
            return 0, 0
        return -1, EAGAIN if here else ENODEV

    def move(self):
        """Move bytes both ways and let the machine work."""
        machine, now = self.machine, self.machine.now
        machine.work()
        for urb in [u for u in self.urbs if u.status is None]:
            if urb.endpoint == OUT:
                self.move_out(urb)
            elif said := machine.due()[: urb.length]:
                urb.buffer.update(0, said)
                urb.done, urb.status = len(said), 0
            if not self.plugged:
                return
        machine.work()
        if now["mute_at"] >= 0 and len(machine.taken) >= now["mute_at"]:
            now.update(mute_at=-1, status=False, tier_a=False, tier_b=False)

    def move_out(self, urb):
        machine, now = self.machine, self.machine.now
        if now["stalls"] > 0:
            now["stalls"] -= 1
            urb.status = -EPIPE
            return
        limit = now["short"] if 0 < now["short"] < urb.length else urb.length
        wanted = limit - urb.done
        room, event = min(wanted, machine.room()), None
        for name in ("stall_at", "deaf_at", "unplug_at"):
            left = max(0, now[name] - len(machine.taken))
            if now[name] >= 0 and left < wanted and left <= room:
                room, event = left, name
        if room < wanted:
            room = max(0, (urb.done + room) // PACKET * PACKET - urb.done)  # a packet is taken whole or not
        machine.take(urb.sent[urb.done : urb.done + room])
        urb.done += room
        if event == "stall_at":
            now["stall_at"] = -1
            urb.status = -EPIPE
        elif event == "unplug_at":
            now["unplug_at"] = -1
            self.unplug()
        elif urb.done == limit:
            if limit < urb.length:
                now["short"] = 0
            urb.status = 0

    def obey(self, order):
        machine = self.machine
        verb = order.pop("do")
        with self.lock:
            if verb == "set":
                before = (machine.now["paper"], machine.stopped())
                machine.now.update(order)
                stale = bytes.fromhex(machine.now.pop("stale", ""))
                if stale:
                    machine.answer(stale)
                if before != (machine.now["paper"], machine.stopped()):
                    machine.push_asb()
            elif verb == "forget":
                machine.raw.clear()
                machine.taken.clear()
                machine.badges.clear()
                machine.printed = 0
            elif verb == "unplug":
                self.unplug()
            elif verb == "plug":
                self.plug()
            elif verb == "plug-other":
                self.plug_other()
            elif verb in ("forbid", "allow"):
                self.forbidden = verb == "forbid"
                self.may_be_opened()
            elif verb == "begin":
                self.first.update(order)
                machine.now.update(order)
            elif verb == "repair":
                machine.now.update(self.first)
                if not self.plugged:
                    self.plug()
                machine.push_asb()
            return {
                "raw": machine.raw.hex(),
                "taken": machine.taken.hex(),
                "badges": [badge.hex() for badge in machine.badges],
                "unfinished": len(machine.paper_now) + len(machine.partial),
                "strays": machine.strays,
                "printed": machine.printed,
                "others_claims": self.others_claims,
            }


def main():
    path, shape = sys.argv[1], sys.argv[2:]
    bus = Bus("vendor-class" in shape, "one-way" not in shape)
    if "unplugged" not in shape:
        bus.plug()
    for word in shape:
        if "=" in word:
            bus.obey({"do": "begin", **json.loads("{%s}" % word.replace("=", ":", 1))})
    loop = GLib.MainLoop()
    threading.Thread(target=loop.run, daemon=True).start()
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(1)
    print(bus.bed.get_root_dir(), flush=True)
    connection, _ = server.accept()
    for line in connection.makefile("r"):
        answer = bus.obey(json.loads(line))
        connection.sendall((json.dumps(answer) + "\n").encode())
    os._exit(0)


main()
