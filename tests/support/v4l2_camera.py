"""A make-believe Video4Linux camera for umockdev: v4l2_camera.py CONTROL KIND [FILE].

KIND: `yuyv` (a picture that is darker on the left), `mjpg` (each picture is FILE), `flat` (one grey), `torn` (every
picture has the error flag), `busy` (no format can be set), `slow` (a picture every 50 looks), `silent` (none after three), `pulled` (gone after three pictures), `radio` (no camera).
Structures and numbers: linux/videodev2.h.
"""

import os
import socket
import struct
import sys
import threading

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev  # noqa: E402

EAGAIN, ENODEV, EBUSY, EINVAL = 11, 19, 16, 22
QUERYCAP, S_FMT, REQBUFS, QUERYBUF = 0x80685600, 0xC0D05605, 0xC0145608, 0xC0585609
QBUF, DQBUF, STREAMON, STREAMOFF = 0xC058560F, 0xC0585611, 0x40045612, 0x40045613
CAPTURE, STREAMING, TUNER = 0x00000001, 0x04000000, 0x00010000
MAPPED, ERROR = 0x0001, 0x0040
WIDTH, HEIGHT = 640, 480
ROOM = 1 << 20  # a buffer, in whole pages


class Camera:
    def __init__(self, kind, file):
        self.kind = kind
        self.taken = 0
        self.looks = 0
        self.queued = []
        self.bed = UMockdev.Testbed.new()
        self.bed.add_from_string(
            "P: /devices/usb1/video4linux/video0\nN: video0=00\nE: DEVNAME=/dev/video0\nE: SUBSYSTEM=video4linux\n"
        )
        light = {"flat": lambda x: 120}.get(kind, lambda x: 40 + x * 160 // WIDTH)
        row = b"".join(struct.pack("BB", light(x), 128) for x in range(WIDTH))
        self.picture = open(file, "rb").read() if kind == "mjpg" else row * HEIGHT
        with open(f"{self.bed.get_root_dir()}/dev/video0", "wb") as memory:
            memory.write((self.picture + bytes(ROOM - len(self.picture))) * 2)
        self.handler = UMockdev.IoctlBase()
        self.handler.connect("handle-ioctl", self.handle)
        self.bed.attach_ioctl("/dev/video0", self.handler)

    def handle(self, _, client):
        client.complete(*self.perform(client.get_request(), client.get_arg()))
        return True

    def perform(self, request, arg):
        if request == QUERYCAP:
            caps = TUNER if self.kind == "radio" else CAPTURE | STREAMING
            words = struct.pack("<16s32s32sIII12x", b"pretend", b"Pretend camera", b"usb-1", 0x060100, caps, caps)
            arg.resolve(0, len(words)).update(0, words)
            return 0, 0
        if self.kind == "radio":
            return -1, EINVAL
        if request == S_FMT:
            if self.kind == "busy":
                return -1, EBUSY
            code, line = (b"MJPG", 0) if self.kind == "mjpg" else (b"YUYV", WIDTH * 2)
            size = len(self.picture)
            arg.resolve(0, 208).update(8, struct.pack("<II4sIII", WIDTH, HEIGHT, code, 1, line, size))
            return 0, 0
        if request == REQBUFS:
            block = arg.resolve(0, 20)
            if struct.unpack_from("<I", block.retrieve())[0] > 2:
                block.update(0, struct.pack("<I", 2))
            return 0, 0
        if request in (QUERYBUF, QBUF, DQBUF):
            return self.buffer(request, arg.resolve(0, 88))
        if request in (STREAMON, STREAMOFF):
            return 0, 0
        return -1, EINVAL

    def buffer(self, request, block):
        index = struct.unpack_from("<I", block.retrieve())[0]
        if request == QBUF:
            self.queued.append(index)
            return 0, 0
        if request == QUERYBUF:
            block.update(64, struct.pack("<Q", index * ROOM))
            block.update(72, struct.pack("<I", ROOM))
            return 0, 0
        # As a camera that was opened not to be waited for.
        self.looks += 1
        if self.kind == "slow" and self.looks % 50 or self.kind == "silent" and self.taken == 3:
            return -1, EAGAIN
        self.taken += 1
        if self.kind == "pulled" and self.taken > 3:
            return -1, ENODEV
        index = self.queued.pop(0)
        flags = MAPPED | (ERROR if self.kind == "torn" else 0)
        block.update(0, struct.pack("<IIII", index, 1, len(self.picture), flags))
        block.update(72, struct.pack("<I", ROOM))
        return 0, 0


def main():
    camera = Camera(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
    loop = GLib.MainLoop()
    threading.Thread(target=loop.run, daemon=True).start()
    server = socket.socket(socket.AF_UNIX)
    server.bind(sys.argv[1])
    server.listen(1)
    print(camera.bed.get_root_dir(), flush=True)
    connection, _ = server.accept()
    connection.recv(1)  # until the test is over
    os._exit(0)


main()
