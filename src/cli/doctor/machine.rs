//! What a kiosk's machine needs beside the kiosk: cage and seatd for the screen, the groups, the unit. Looked at only
//! where the kiosk is installed; on a developer's machine nothing of it is missed.

use super::{Finding, ok, wrong};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// The group that seatd lends the screen to, and that the unit puts the kiosk into.
const SEAT_GROUP: &str = "video";
/// The kiosk's own group, which the udev rules give printer, scanner and camera to.
const OWN_GROUP: &str = "frontdesk";
/// Where seatd listens (seatd(1)).
const SOCKET: &str = "run/seatd.sock";
/// The folders for units, and for what is set beside them.
const UNITS: [&str; 3] = ["etc/systemd/system", "usr/lib/systemd/system", "lib/systemd/system"];
/// Who a group is that a user namespace does not know (/proc/sys/kernel/overflowgid): so it is in the unit's own.
const UNKNOWN_GROUP: u32 = 65_534;

const COPY_THE_UNIT: &str = "copy the units once more, as the README says under \"Files and user\", then: systemctl daemon-reload && \
                             systemctl restart frontdesk";

/// What is wrong with the machine below `root`, or one line that says that all is there.
pub(super) fn findings(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(program(root, "usr/bin/cage", "cage", "cage shows the kiosk on the screen"));
    findings.extend(program(root, "usr/sbin/seatd", "seatd", "without it the screen stays black"));
    if findings.is_empty() {
        findings.extend(seat(root));
    }
    findings.extend(own_group(root));
    findings.extend(unit(root));
    if findings.is_empty() {
        findings.push(ok("screen", "cage, seatd, the groups and the unit are there"));
    }
    findings
}

fn program(root: &Path, path: &str, package: &str, what_for: &str) -> Option<Finding> {
    let executable =
        std::fs::metadata(root.join(path)).is_ok_and(|file| file.permissions().mode() & 0o111 != 0);
    let found = format!("{package} is not installed: {what_for}");
    (!executable).then(|| wrong("screen", found, format!("apt install {package}")))
}

/// The kiosk's user asks seatd for screen and touch, and seatd asks only for the group.
fn seat(root: &Path) -> Option<Finding> {
    let Some(wanted) = group(root, SEAT_GROUP) else {
        let found = format!("there is no group \"{SEAT_GROUP}\": the unit does not start without it");
        let what_to_do = format!("groupadd --system {SEAT_GROUP} && systemctl restart seatd frontdesk");
        return Some(wrong("screen", found, what_to_do));
    };
    let socket = root.join(SOCKET);
    let owner = std::fs::metadata(&socket).map(|socket| socket.gid());
    lent(owner, wanted, UnixStream::connect(socket).map(drop))
}

/// `owner` is the group of seatd's socket, `wanted` the unit's, and `answer` what came of calling it.
fn lent(owner: io::Result<u32>, wanted: u32, answer: io::Result<()>) -> Option<Finding> {
    let refused = answer.as_ref().is_err_and(|why| why.kind() == ErrorKind::PermissionDenied);
    match owner {
        // Somebody who is not in the group is refused; the unit puts the kiosk into it.
        Ok(group) if group == wanted && (answer.is_ok() || refused) => None,
        Ok(UNKNOWN_GROUP) if answer.is_ok() => None,
        Ok(group) if answer.is_ok() || refused => {
            let group = if group == UNKNOWN_GROUP {
                "another group".to_owned()
            } else {
                format!("the group {group}")
            };
            let found = format!(
                "seatd lends the screen to {group}, and the kiosk is in \"{SEAT_GROUP}\": the screen stays black"
            );
            let what_to_do = format!(
                "systemctl edit seatd, two lines under [Service]: ExecStart= and ExecStart=seatd -g {SEAT_GROUP}; \
                 then: systemctl restart seatd frontdesk"
            );
            Some(wrong("screen", found, what_to_do))
        }
        Ok(_) | Err(_) => {
            let why = answer.err().map(|why| format!(" ({why})")).unwrap_or_default();
            let found = format!("seatd does not run{why}: the screen stays black");
            Some(wrong("screen", found, "systemctl enable --now seatd && systemctl restart frontdesk"))
        }
    }
}

fn own_group(root: &Path) -> Option<Finding> {
    let found = format!("there is no group \"{OWN_GROUP}\": printer, scanner and camera are given to it");
    let what_to_do = "copy systemd/frontdesk.sysusers.conf to /usr/lib/sysusers.d/frontdesk.conf, then: systemd-sysusers && \
         udevadm control --reload && udevadm trigger";
    group(root, OWN_GROUP).is_none().then(|| wrong("user", found, what_to_do))
}

/// The unit as it is installed, and what is set beside it.
fn unit(root: &Path) -> Option<Finding> {
    let units = UNITS.map(|folder| root.join(folder));
    let Some(unit) =
        units.iter().find_map(|folder| std::fs::read_to_string(folder.join("frontdesk.service")).ok())
    else {
        let found = "the unit is not installed: the kiosk does not start with the machine";
        let what_to_do = "copy the units, as the README says under \"Files and user\", then: systemctl daemon-reload \
                          && systemctl enable --now frontdesk";
        return Some(wrong("unit", found, what_to_do));
    };
    let beside = units.iter().filter_map(|folder| std::fs::read_dir(folder.join("frontdesk.service.d")).ok());
    let beside = beside.flatten().filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok());
    let lines: Vec<String> = std::iter::once(unit)
        .chain(beside)
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let in_group = lines.iter().any(|line| {
        line.strip_prefix("SupplementaryGroups=")
            .is_some_and(|groups| groups.split(' ').any(|one| one == SEAT_GROUP))
    });
    if lines.iter().any(|line| line.starts_with("PAMName=") && line != "PAMName=") {
        let found =
            "the unit opens a login session (PAMName=), which takes the kiosk out of the unit's limits";
        return Some(wrong("unit", found, COPY_THE_UNIT));
    }
    let found =
        format!("the unit does not put the kiosk into the group \"{SEAT_GROUP}\": seatd lends it no screen");
    (!in_group).then(|| wrong("unit", found, COPY_THE_UNIT))
}

/// A group's number, as the machine's own list has it.
fn group(root: &Path, name: &str) -> Option<u32> {
    let groups = std::fs::read_to_string(root.join("etc/group")).ok()?;
    groups.lines().find_map(|line| {
        let mut parts = line.split(':');
        (parts.next()? == name).then(|| parts.nth(1)?.parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::Health;
    use std::fs::{self, Permissions};
    use std::os::unix::net::UnixListener;

    const UNIT: &str = include_str!("../../../systemd/frontdesk.service");
    const RULES: &str = include_str!("../../../systemd/frontdesk.service.d/kiosk.conf");

    /// A machine that was set up as the README says, with seatd running.
    fn machine() -> (tempfile::TempDir, UnixListener) {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        for folder in ["usr/bin", "usr/sbin", "run", "etc/systemd/system/frontdesk.service.d"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for program in ["usr/bin/cage", "usr/sbin/seatd"] {
            fs::write(at(program), "").unwrap();
            fs::set_permissions(at(program), Permissions::from_mode(0o755)).unwrap();
        }
        let seatd = UnixListener::bind(at(SOCKET)).unwrap();
        let group = fs::metadata(at(SOCKET)).unwrap().gid();
        fs::write(at("etc/group"), format!("daemon:x:1:\nvideo:x:{group}:\nfrontdesk:x:999:\n")).unwrap();
        fs::write(at("etc/systemd/system/frontdesk.service"), UNIT).unwrap();
        fs::write(at("etc/systemd/system/frontdesk.service.d/kiosk.conf"), RULES).unwrap();
        (root, seatd)
    }

    #[test]
    fn a_machine_that_was_set_up_lacks_nothing() {
        let (root, _seatd) = machine();
        let findings = findings(root.path());
        assert!(matches!(&findings[..], [one] if one.health == Health::Ok), "{findings:?}");
    }

    #[test]
    fn what_is_missing_is_named_with_what_to_type() {
        type Spoil = fn(&Path);
        let table: [(Spoil, &str, &str); 11] = [
            (
                |root| fs::remove_file(root.join("usr/bin/cage")).unwrap(),
                "cage is not installed",
                "apt install cage",
            ),
            (
                |root| fs::set_permissions(root.join("usr/bin/cage"), Permissions::from_mode(0o644)).unwrap(),
                "cage is not installed",
                "apt install cage",
            ),
            (
                |root| fs::remove_file(root.join("usr/sbin/seatd")).unwrap(),
                "seatd is not installed",
                "apt install seatd",
            ),
            (
                |root| fs::remove_file(root.join(SOCKET)).unwrap(),
                "seatd does not run",
                "systemctl enable --now seatd",
            ),
            (
                |root| fs::write(root.join("etc/group"), "frontdesk:x:999:\n").unwrap(),
                "there is no group \"video\"",
                "groupadd --system video",
            ),
            (
                |root| fs::write(root.join("etc/group"), "video:x:4711:\nfrontdesk:x:999:\n").unwrap(),
                "seatd lends the screen to the group",
                "ExecStart=seatd -g video",
            ),
            (
                |root| {
                    let groups = fs::read_to_string(root.join("etc/group")).unwrap();
                    fs::write(root.join("etc/group"), groups.replace("frontdesk", "backdesk")).unwrap();
                },
                "there is no group \"frontdesk\"",
                "systemd-sysusers",
            ),
            (
                |root| fs::remove_file(root.join("etc/systemd/system/frontdesk.service")).unwrap(),
                "the unit is not installed",
                "systemctl enable --now frontdesk",
            ),
            (
                |root| fs::remove_dir_all(root.join("etc/systemd/system/frontdesk.service.d")).unwrap(),
                "the unit does not put the kiosk into the group \"video\"",
                "copy the units once more",
            ),
            (
                |root| {
                    let rules =
                        RULES.replace("SupplementaryGroups=video", "SupplementaryGroups=dialout audio");
                    fs::write(root.join("etc/systemd/system/frontdesk.service.d/kiosk.conf"), rules).unwrap();
                },
                "the unit does not put the kiosk into the group \"video\"",
                "copy the units once more",
            ),
            (
                |root| {
                    let unit = UNIT.replace("StandardInput=null", "PAMName=login");
                    fs::write(root.join("etc/systemd/system/frontdesk.service"), unit).unwrap();
                },
                "login session (PAMName=)",
                "copy the units once more",
            ),
        ];
        for (spoil, found, what_to_do) in table {
            let (root, _seatd) = machine();
            spoil(root.path());
            let findings = findings(root.path());
            assert!(
                matches!(&findings[..], [one] if one.health == Health::Wrong && one.found.contains(found)
                    && one.what_to_do.contains(what_to_do)),
                "{found}: {findings:?}"
            );
        }
    }

    #[test]
    fn a_machine_on_which_nothing_was_done_is_told_all_of_it() {
        let root = tempfile::tempdir().unwrap();
        let names: Vec<&str> = findings(root.path()).iter().map(|finding| finding.name).collect();
        assert_eq!(names, ["screen", "screen", "user", "unit"]);
    }

    #[test]
    fn a_group_set_in_a_file_of_ones_own_counts() {
        let (root, _seatd) = machine();
        let beside = root.path().join("etc/systemd/system/frontdesk.service.d");
        fs::write(beside.join("kiosk.conf"), RULES.replace("SupplementaryGroups=", "#")).unwrap();
        fs::write(beside.join("override.conf"), "[Service]\nSupplementaryGroups=audio video\n").unwrap();
        assert!(unit(root.path()).is_none());
        // An old line that is taken back is no session.
        fs::write(beside.join("override.conf"), "[Service]\nPAMName=\nSupplementaryGroups=video\n").unwrap();
        assert!(unit(root.path()).is_none());
    }

    #[test]
    fn who_asks_seatd_and_what_it_says() {
        let refused = || Err(ErrorKind::PermissionDenied.into());
        let dead = || Err(ErrorKind::ConnectionRefused.into());
        let none = || Err(ErrorKind::NotFound.into());
        let said = |owner, answer| lent(owner, 44, answer).map(|finding| finding.found);
        // Root, or the kiosk in the unit's own user namespace.
        assert_eq!(said(Ok(44), Ok(())), None);
        assert_eq!(said(Ok(UNKNOWN_GROUP), Ok(())), None);
        // `sudo -u frontdesk`: only the unit puts the kiosk into the group.
        assert_eq!(said(Ok(44), refused()), None);
        for (owner, answer, words) in [
            (Ok(0), Ok(()), "the group 0"),
            (Ok(0), refused(), "the group 0"),
            (Ok(UNKNOWN_GROUP), refused(), "another group"),
            (Ok(44), dead(), "does not run"),
            (Ok(0), dead(), "does not run"),
            (none().map(|()| 0), none(), "does not run"),
        ] {
            let found = said(owner, answer).unwrap_or_default();
            assert!(found.contains(words), "{words}: {found}");
        }
    }
}
