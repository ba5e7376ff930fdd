"""An ESC/POS printer behind its plug: a buffer, paper, a cover, answers, and mishaps that a test sets.

Owns what such a machine does with bytes; knows no USB. Played under umockdev by usb_printer.py, and at the other end of
the kernel's printer gadget by tests/machine/printer.py.
"""

import time

DEFAULTS = {
    "status": True,  # answers DLE EOT
    "tier_a": True,  # answers GS ( H, function 48
    "tier_b": True,  # answers GS r
    "paper": "ok",  # ok, low, out
    "cover_open": False,
    "offline": False,
    "error": False,
    "self_powered": False,  # without its plug it keeps what it had taken
    "busy": False,  # another program holds the interface
    "stale": "",  # hex of bytes that the printer sends by itself, at once
    "buffer": 65536,  # bytes of the printer's own memory
    "speed": 0,  # raster bytes a second; 0 is at once
    "answer_late": 0.0,  # seconds until a question is answered
    "stalls": 0,  # how many of the next transfers to OUT stall
    "short": 0,  # the next longer transfer is ended after this many bytes, as if whole
    # The rest happens once, when so many bytes of the badge were taken or printed; -1 is never.
    "stall_at": -1,
    "deaf_at": -1,
    "unplug_at": -1,
    "paper_out_at": -1,
    "mute_at": -1,
    "lose_paper_when_cut": False,
}


class Machine:
    """The printer behind the plug: takes bytes, answers, prints, stops."""

    def __init__(self):
        self.now = dict(DEFAULTS)
        self.power_on()
        self.badges = []  # what lies in the tray: raster bytes between two cuts
        self.raw = bytearray()  # all bytes taken since the last "forget"
        self.taken = bytearray()  # the same without questions (DLE EOT)
        self.strays = 0  # bytes that were no command and not NUL
        self.printed = 0  # bytes of raster

    def power_on(self):
        """Forget all that a printer forgets when it loses power or its plug."""
        self.partial = bytearray()  # of a command that is not whole yet
        self.queue = []  # commands that are whole, each with its size
        self.held = 0  # bytes in the queue
        self.answers = []  # (when, bytes)
        self.asb = False
        self.paper_now = bytearray()  # raster on the paper since the last cut
        self.ready_at = 0.0

    def room(self):
        return max(0, self.now["buffer"] - self.held - len(self.partial))

    def take(self, data):
        """Bytes off the wire: questions are answered at once, commands wait for the mechanism."""
        self.raw += data
        while data:
            # Raster is taken in one piece, commands byte by byte until their size is known.
            size = self.size_of_command() or len(self.partial) + 1
            piece, data = data[: size - len(self.partial)], data[size - len(self.partial) :]
            self.partial += piece
            self.taken += piece
            size = self.size_of_command()
            if size and len(self.partial) >= size:
                command, self.partial = bytes(self.partial), bytearray()
                if command[:2] == b"\x10\x04":
                    del self.taken[-3:]
                    self.answer_status(command[2])
                else:
                    self.queue.append(command)
                    self.held += len(command)

    def size_of_command(self):
        """How long the command that begins in `partial` is; None until that is known."""
        p = self.partial
        if not p:
            return None
        for head, size in ((b"\x10\x04", 3), (b"\x1b@", 2), (b"\x1da", 3), (b"\x1dVB", 4), (b"\x1dr", 3)):
            if p[: len(head)] == head:
                return size
            if head[: len(p)] == bytes(p):
                return None
        if p[:3] == b"\x1dv0":
            return 8 + (p[4] | p[5] << 8) * (p[6] | p[7] << 8) if len(p) >= 8 else None
        if p[:3] == b"\x1d(H":
            return 5 + (p[3] | p[4] << 8) if len(p) >= 5 else None
        if bytes(p) in (b"\x1d(", b"\x1dv", b"\x1dV"):
            return None
        return 1

    def stopped(self):
        n = self.now
        return n["paper"] == "out" or n["cover_open"] or n["offline"] or n["error"]

    def answer(self, data):
        self.answers.append((time.monotonic() + self.now["answer_late"], data))

    def answer_status(self, which):
        n = self.now
        if not n["status"]:
            return
        base = 0x12
        if which == 1:
            base |= 0x08 if self.stopped() else 0
        elif which == 2:
            base |= (0x04 if n["cover_open"] else 0) | (0x20 if n["paper"] == "out" else 0)
            base |= 0x40 if n["error"] else 0
        elif which == 3:
            base |= 0x08 if n["error"] else 0
        elif which == 4:
            base |= {"ok": 0, "low": 0x0C, "out": 0x6C}[n["paper"]]
        self.answer(bytes([base]))

    def push_asb(self):
        n = self.now
        if self.asb and n["status"]:
            first = 0x10 | (0x08 if self.stopped() else 0) | (0x20 if n["cover_open"] else 0)
            paper = {"ok": 0, "low": 0x03, "out": 0x0F}[n["paper"]]
            self.answer(bytes([first, 0x40 if n["error"] else 0, paper, 0]))

    def work(self):
        """Let the mechanism go on, as far as paper, cover and time allow."""
        while self.queue and not self.stopped() and time.monotonic() >= self.ready_at:
            command = self.queue.pop(0)
            self.held -= len(command)
            if command[:3] == b"\x1dv0":
                self.print_raster(command)
            elif command[:3] == b"\x1dVB":
                if self.paper_now:
                    self.badges.append(bytes(self.paper_now))
                self.paper_now = bytearray()
                if self.now["lose_paper_when_cut"]:
                    self.now["paper"], self.now["lose_paper_when_cut"] = "out", False
                    self.push_asb()
            elif command[:2] == b"\x1da":
                self.asb = command[2] != 0
                self.push_asb()
            elif command[:3] == b"\x1d(H" and self.now["tier_a"]:
                self.answer(b"\x37\x22" + command[7:11] + b"\x00")
            elif command[:2] == b"\x1dr" and self.now["tier_b"]:
                self.answer(bytes([{"ok": 0, "low": 0x03, "out": 0x0F}[self.now["paper"]]]))
            elif len(command) == 1 and command != b"\x00":
                self.strays += 1

    def print_raster(self, command):
        raster = command[8:]
        if self.now["speed"]:
            self.ready_at = time.monotonic() + len(raster) / self.now["speed"]
        self.printed += len(raster)
        at = self.now["paper_out_at"]
        if 0 <= at <= self.printed:
            self.now["paper"], self.now["paper_out_at"] = "out", -1
            # What did not fit on the roll is printed on the next one.
            self.paper_now += raster
            self.push_asb()
        else:
            self.paper_now += raster

    def due(self):
        """What the printer has to say now."""
        now, said = time.monotonic(), b""
        while self.answers and self.answers[0][0] <= now:
            said += self.answers.pop(0)[1]
        return said
