"""A machine that is switched on, looked at, touched, told commands, and switched off without asking.

Owns QEMU's process and its two ports: QMP, and a command port inside.
"""

import base64
import json
import pathlib
import socket
import subprocess
import time

from picture import Picture

WIDTH, HEIGHT = 1280, 800
# QEMU's own measure across a screen (ui/input.h, INPUT_EVENT_ABS_MAX).
ACROSS = 0x7FFF
# Noon is far from everything that a house does by itself, and a Tuesday.
SWITCHED_ON = "2026-12-01T10:00:00"


class Guest:
    def __init__(self, work, kernel, initramfs, disk, begins=SWITCHED_ON):
        self.work, self.pictures = work, 0
        for port in ("qmp", "command"):
            (work / port).unlink(missing_ok=True)
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-machine", "q35,i8042=off", "-accel", "tcg,thread=multi", "-cpu", "max"]
            + ["-smp", "2", "-m", "1024", "-nodefaults", "-display", "none", "-no-reboot"]
            + ["-kernel", str(kernel), "-initrd", str(initramfs)]
            + ["-append", "root=/dev/vda rw quiet console=tty0 console=ttyS0 systemd.journald.forward_to_console=0"]
            + ["-serial", f"file:{work}/serial.log", "-rtc", f"base={begins}"]
            + ["-drive", f"file={disk},if=virtio,format=raw,cache=writeback"]
            + ["-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}", "-device", "virtio-multitouch-pci"]
            + ["-device", "virtio-rng-pci", "-device", "virtio-serial-pci"]
            + ["-chardev", f"socket,path={work}/command,server=on,wait=off,id=command"]
            + ["-device", "virtserialport,chardev=command,name=command"]
            + ["-qmp", f"unix:{work}/qmp,server=on,wait=off"],
            stdin=subprocess.DEVNULL,
        )
        self.began = time.monotonic()
        self.qmp = self._port("qmp")
        json.loads(self.qmp.readline())
        self.order("qmp_capabilities")
        self.command = self._port("command")

    def _port(self, name):
        until = time.monotonic() + 10
        while True:
            try:
                port = socket.socket(socket.AF_UNIX)
                port.connect(str(self.work / name))
                return port.makefile("rw")
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def order(self, what, **arguments):
        self.qmp.write(json.dumps({"execute": what, "arguments": arguments}) + "\n")
        self.qmp.flush()
        while True:
            answer = json.loads(self.qmp.readline())
            if "error" in answer:
                raise SystemExit(f"QEMU: {what}: {answer['error']}")
            if "return" in answer:
                return answer["return"]

    def seconds(self):
        """Since it was switched on."""
        return time.monotonic() - self.began

    def tell(self, command, status=0):
        """Runs a command as root; what it said. It must end so, unless `status` is none."""
        self.command.write(base64.b64encode(command.encode()).decode() + "\n")
        self.command.flush()
        ended, said = self.command.readline().split(" ")
        said = base64.b64decode(said).decode(errors="replace")
        if status is not None and int(ended) != status:
            raise SystemExit(f"in the guest: {command}\nended with {ended}:\n{said}")
        return said

    def until(self, command, seconds, every=0.5):
        """Runs a command until it says something; how long that took."""
        began = time.monotonic()
        while not self.tell(command, status=None).strip():
            if time.monotonic() - began > seconds:
                raise SystemExit(f"in the guest, after {seconds} s: {command} says nothing")
            time.sleep(every)
        return time.monotonic() - began

    def screen(self):
        """What is on the screen now."""
        dump = self.work / "screen.ppm"
        self.order("screendump", filename=str(dump))
        return Picture.read(dump)

    def shows(self, wanted, seconds, every=1.0):
        """Waits for a page; how long that took and the picture."""
        began, last = time.monotonic(), None
        while True:
            last = self.screen()
            if wanted(last):
                return time.monotonic() - began, last
            if time.monotonic() - began > seconds:
                last.write(self.work / "pictures/not-expected.png")
                raise SystemExit(f"after {seconds} s another page: look at {self.work}/pictures/not-expected.png")
            time.sleep(every)

    def touch(self, x, y):
        """A finger comes down and goes up."""
        for kind, track in (("begin", 1), ("end", -1)):
            events = [{"type": "mtt", "data": {"type": kind, "slot": 0, "tracking-id": track, "axis": "x", "value": 0}}]
            if kind == "begin":
                for axis, value in (("x", round(x * ACROSS / WIDTH)), ("y", round(y * ACROSS / HEIGHT))):
                    data = {"type": "data", "slot": 0, "tracking-id": track, "axis": axis, "value": value}
                    events.append({"type": "mtt", "data": data})
            self.order("input-send-event", events=events)
            time.sleep(0.12)

    def pull_the_plug(self):
        """No goodbye: what was not on its disk is gone."""
        self.process.kill()
        self.process.wait()


def listening(table):
    """The ports that /proc/net/tcp and its like name as listened on (state 0A)."""
    return [line.split()[1] for line in table.splitlines() if len(line.split()) > 3 and line.split()[3] == "0A"]


def kept(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
