"""The disk of a kiosk: a bare Debian by debootstrap, its stock kernel, and what the README says, line by line.

Owns the folder that it is given, and nothing outside of it. What was fetched stays there for the next time.
"""

import os
import pathlib
import re
import shutil
import subprocess

SOURCES = pathlib.Path(__file__).resolve().parents[2]
MIRROR = "http://deb.debian.org/debian"
SUITE = "bookworm"
# Beside what every installed Debian has, python3-minimal for the devices that are played inside.
INCLUDE = "systemd,systemd-sysv,udev,kmod,sudo,dbus,python3-minimal"
# What the first moments need until the disk is mounted; the rest is loaded by udev as on any machine.
FIRST_MODULES = ("virtio_pci", "virtio_blk", "crc32c_generic", "ext4")
QUIET = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def run(*command, **options):
    done = subprocess.run(command, text=True, stdin=subprocess.DEVNULL, capture_output=True, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}")
    return done.stdout


def packages(work):
    """What this needs of this machine's own Debian; QEMU from backports, the first with a touchscreen."""
    wanted = {"debootstrap": "debootstrap", "mkfs.ext4": "e2fsprogs", "cpio": "cpio", "busybox": "busybox-static", "depmod": "kmod"}
    missing = [package for program, package in wanted.items() if not shutil.which(program)]
    if missing:
        run("apt-get", "update")
        run("apt-get", "install", "-y", "--no-install-recommends", *missing, env=QUIET)
    qemu = shutil.which("qemu-system-x86_64")
    if qemu and "virtio-multitouch-pci" in run(qemu, "-device", "help"):
        return
    parts, lists = work / "apt/parts", work / "apt/lists"
    parts.mkdir(parents=True, exist_ok=True)
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    (parts / "harness.sources").write_text(
        f"Types: deb\nURIs: {MIRROR}\nSuites: {SUITE} {SUITE}-backports\nComponents: main\nSigned-By: {KEYRING}\n"
    )
    apt = ["apt-get", "-o", f"Dir::Etc::sourceparts={parts}", "-o", "Dir::Etc::sourcelist=/dev/null"]
    apt += ["-o", f"Dir::State::lists={lists}"]
    run(*apt, "update")
    run(*apt, "install", "-y", "--no-install-recommends", "-t", f"{SUITE}-backports", "qemu-system-x86", env=QUIET)


def bare(work):
    """A bare Debian, fetched once."""
    base = work / "base"
    if not (work / "base.whole").exists():
        shutil.rmtree(base, ignore_errors=True)
        run("debootstrap", "--variant=minbase", f"--include={INCLUDE}", SUITE, str(base), MIRROR)
        (work / "base.whole").touch()
    return base


def kernel(work):
    """Debian's stock kernel, taken out of its package: its modules are installed in the guest only."""
    folder = work / "kernel"
    if not (work / "kernel.whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        known = run("apt-cache", "depends", "linux-image-amd64")
        package = re.search(r"Depends: (linux-image-\S+)", known).group(1)
        run("apt-get", "-o", "APT::Sandbox::User=root", "download", package, cwd=folder)
        run("dpkg", "-x", str(next(folder.glob("*.deb"))), str(folder))
        # Debian is merged into /usr; the package of this release still says /lib.
        release = next((folder / "lib/modules").iterdir()).name
        run("depmod", "-b", str(folder), release)
        (work / "kernel.whole").touch()
    return folder


def readme():
    """The README's steps: what a root shell is given, and what is changed in kiosk.toml."""
    text = (SOURCES / "README.md").read_text()
    text = text.split("## Setting up a real kiosk")[1].split("\n## ")[0]
    return text.split("```sh")[1].split("```")[0], text.split("```toml")[1].split("```")[0]


def configured(toml, changes):
    """kiosk.toml with these lines in their tables, as a person would write them: commented ones are taken out."""
    lines, table = toml.splitlines(), 0
    for line in filter(None, map(str.strip, changes.splitlines())):
        bare_lines = [there.removeprefix("# ") for there in lines]
        if line.startswith("["):
            table = bare_lines.index(line)
            lines[table] = line
            continue
        end = next((at for at in range(table + 1, len(lines)) if bare_lines[at].startswith("[")), len(lines))
        key = line.split(" = ")[0] + " = "
        at = next(at for at in range(table + 1, end) if bare_lines[at].startswith(key))
        lines[at] = line
    return "\n".join(lines) + "\n"


def root(work, binary):
    """The guest's files: the bare Debian, its modules, the README's steps in it, and the other ends of its devices."""
    place = work / "root"
    shutil.rmtree(place, ignore_errors=True)
    run("cp", "-a", str(bare(work)), str(place))
    run("cp", "-a", str(kernel(work) / "lib/modules"), str(place / "usr/lib/"))
    sources = place / "root/frontdesk"
    for part in ("kiosk.toml", "systemd", "udev", "assets/demo"):
        (sources / part).parent.mkdir(parents=True, exist_ok=True)
        run("cp", "-a", str(SOURCES / part), str(sources / part))
    (sources / "target/release").mkdir(parents=True)
    run("cp", str(binary), str(sources / "target/release/frontdesk"))
    archives = work / "archives"
    archives.mkdir(exist_ok=True)
    shutil.copy("/etc/resolv.conf", place / "etc/resolv.conf")
    (place / "etc/apt/apt.conf.d/90-harness").write_text('APT::Get::Assume-Yes "true";\n')
    (place / "etc/apt/sources.list.d").mkdir(exist_ok=True)
    steps, changes = readme()
    script = "mount -t proc proc /proc; set -ex; cd /root/frontdesk; export DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1\n"
    # Nobody is there to be reloaded before the machine is switched on.
    script += "udevadm() { :; }\n" + steps
    # The README says --now; here power on does that.
    script += "systemctl enable seatd frontdesk\n"
    mounts = f"mount --bind {archives} {place}/var/cache/apt/archives && exec chroot {place} sh -c \"$0\""
    said = run("unshare", "-m", "sh", "-c", mounts, script)
    shutil.rmtree(sources / "target")  # it is in /usr/bin
    changed = configured((SOURCES / "kiosk.toml").read_text(), changes)
    # No mail server answers in there; nobody is written to but a folder.
    mail = '[mail]\nkind = "folder"\nfolder = "/var/lib/frontdesk/mails"\n'
    (place / "etc/frontdesk/kiosk.toml").write_text(configured(changed, mail))
    _harness(place)
    return place, said


def _harness(place):
    """The command port and the devices' other ends, apart from the kiosk."""
    here = pathlib.Path(__file__).resolve().parent
    (place / "harness").mkdir()
    for file in (here / "guest").iterdir():
        shutil.copy(file, place / "harness" / file.name)
    shutil.copy(SOURCES / "tests/support/escpos_machine.py", place / "harness")
    unit = place / "etc/systemd/system/command-port.service"
    unit.write_text("[Service]\nExecStart=/bin/sh /harness/port\nRestart=always\n")
    wants = place / "etc/systemd/system/multi-user.target.wants"
    wants.mkdir(exist_ok=True)
    (wants / unit.name).symlink_to("/etc/systemd/system/command-port.service")
    (place / "etc/hostname").write_text("kiosk\n")
    (place / "etc/hosts").write_text("127.0.0.1 localhost kiosk\n")
    (place / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 1\n")
    # A folder for what the machine says, so that the journal outlives a power cut.
    (place / "var/log/journal").mkdir(parents=True, exist_ok=True)


def disk(work, place):
    """An ext4 image, made without mounting anything."""
    image = work / "disk.img"
    image.unlink(missing_ok=True)
    with open(image, "wb") as file:
        file.truncate(3 * 2**30)
    run("mkfs.ext4", "-q", "-d", str(place), "-L", "kiosk", str(image))
    return image


def first_moments(work):
    """An initramfs with as many modules as the disk needs."""
    folder, tree = kernel(work), work / "initramfs"
    shutil.rmtree(tree, ignore_errors=True)
    for part in ("bin", "dev", "proc", "sys", "root", "modules"):
        (tree / part).mkdir(parents=True)
    shutil.copy(shutil.which("busybox"), tree / "bin/busybox")
    modules = next((folder / "lib/modules").iterdir())
    needs = dict(line.split(":", 1) for line in (modules / "modules.dep").read_text().splitlines())
    paths = {pathlib.Path(path).name.split(".ko")[0].replace("-", "_"): path for path in needs}
    order = []
    for name in FIRST_MODULES:
        if name in paths:
            wanted = [paths[name]] + needs[paths[name]].split()
            order += [path for path in reversed(wanted) if path not in order]
    for at, path in enumerate(order):
        shutil.copy(modules / path, tree / f"modules/{at:02}.ko")
    init = tree / "init"
    init.write_text(
        "#!/bin/busybox sh\nbusybox mount -t devtmpfs dev /dev\nbusybox mount -t proc proc /proc\n"
        "for module in /modules/*; do busybox insmod $module; done\n"
        "while ! [ -e /dev/vda ]; do busybox sleep 0.1; done\n"
        "busybox mount -t ext4 /dev/vda /root\nbusybox umount /proc\nexec busybox switch_root /root /sbin/init\n"
    )
    init.chmod(0o755)
    archive = work / "initramfs.img"
    pack = f"cd {tree} && find . | cpio -o -H newc --quiet | gzip -1 > {archive}"
    run("sh", "-c", pack)
    return next((folder / "boot").glob("vmlinuz-*")), archive
