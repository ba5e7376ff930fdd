//! What holds this program in: its control group, the group's limits, and whether it may listen on the network. Read at
//! the start and logged, because a unit can say "limited" while nothing limits it: a login session, for one, takes its
//! program into a group of its own. Changes nothing, and nothing waits for it.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

/// Where systemd mounts control groups (systemd.io, "Control Group APIs").
const GROUPS: &str = "/sys/fs/cgroup";

/// What this program is held by.
#[derive(Debug, PartialEq, Eq)]
pub struct Limits {
    /// Its control group, such as `/system.slice/frontdesk.service`; none where it cannot be told.
    pub group: Option<String>,
    /// The most memory in bytes, also by a group above; none without a limit.
    pub memory: Option<u64>,
    /// The most threads and processes, also by a group above; none without a limit.
    pub tasks: Option<u64>,
    /// What the system said when a port on this machine alone was to be listened on; none: it may listen.
    pub refused: Option<String>,
}

/// Logs what holds this program in. Where systemd started it, limits that hold nothing are a warning.
pub fn tell() {
    let limits = Limits::of_this_process();
    let said = limits.in_words();
    // systemd sets it for everything that it starts; what is inherited from a terminal's session is no unit's.
    let is_unit = std::env::var_os("INVOCATION_ID").is_some() && std::env::var_os("JOURNAL_STREAM").is_some();
    let slack = limits.slack();
    if is_unit && !slack.is_empty() {
        tracing::warn!("{said}. The unit holds less than it says: {}", slack.join(", "));
    } else {
        tracing::info!("{said}");
    }
}

impl Limits {
    fn of_this_process() -> Self {
        let table = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        let refused = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map(drop);
        Self::read(&table, Path::new(GROUPS), refused)
    }

    /// `table` as /proc/self/cgroup has it, with control groups mounted at `root`.
    fn read(table: &str, root: &Path, listened: io::Result<()>) -> Self {
        let group = group_in(table).map(str::to_owned);
        let least = |file| group.as_deref().and_then(|group| least(root, group, file));
        Self {
            memory: least("memory.max"),
            tasks: least("pids.max"),
            refused: listened.err().map(|problem| problem.to_string()),
            group,
        }
    }

    fn in_words(&self) -> String {
        let most = |limit: Option<u64>| limit.map_or("max".to_owned(), |limit| limit.to_string());
        format!(
            "control group {}, memory.max {}, pids.max {}, listening {}",
            self.group.as_deref().unwrap_or("unknown"),
            most(self.memory),
            most(self.tasks),
            self.refused.as_ref().map_or("possible".to_owned(), |why| format!("refused ({why})"))
        )
    }

    /// What the unit of the kiosk limits and this is not limited by.
    fn slack(&self) -> Vec<&'static str> {
        let in_service = self.group.as_deref().is_some_and(|group| group.ends_with(".service"));
        let slack = [
            (in_service, "it is not in the unit's control group"),
            (self.memory.is_some(), "its memory has no limit"),
            (self.tasks.is_some(), "its threads have no limit"),
            (self.refused.is_some(), "it may listen on the network"),
        ];
        slack.into_iter().filter(|(holds, _)| !holds).map(|(_, what)| what).collect()
    }
}

/// The group in the one hierarchy that version 2 has, also beside those of version 1 (man 7 cgroups).
fn group_in(table: &str) -> Option<&str> {
    table.lines().find_map(|line| line.strip_prefix("0::"))
}

/// The smallest limit of a group and those above it: each holds for all below.
fn least(root: &Path, group: &str, file: &str) -> Option<u64> {
    let group: PathBuf = Path::new(group.trim_start_matches('/')).to_owned();
    group.ancestors().filter_map(|group| limit_in(&root.join(group).join(file))).min()
}

/// The root has no such file; `max` is no limit.
fn limit_in(file: &Path) -> Option<u64> {
    std::fs::read_to_string(file).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const UNIT: &str = "system.slice/frontdesk.service";
    const SESSION: &str = "user.slice/user-999.slice/session-1.scope";

    /// Groups as a booted Debian has them.
    fn groups(limits: &[(&str, &str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (group, file, limit) in limits {
            fs::create_dir_all(root.path().join(group)).unwrap();
            fs::write(root.path().join(group).join(file), format!("{limit}\n")).unwrap();
        }
        root
    }

    fn refusal() -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    #[test]
    fn the_unit_holds_what_it_says() {
        let root = groups(&[
            (UNIT, "memory.max", "536870912"),
            (UNIT, "pids.max", "128"),
            ("system.slice", "memory.max", "max"),
        ]);
        let limits = Limits::read(&format!("0::/{UNIT}\n"), root.path(), refusal());
        assert_eq!(
            limits.in_words(),
            "control group /system.slice/frontdesk.service, memory.max 536870912, pids.max 128, \
             listening refused (permission denied)"
        );
        assert_eq!(limits.slack(), Vec::<&str>::new());
    }

    #[test]
    fn a_login_session_takes_the_kiosk_out_of_its_limits() {
        let root = groups(&[
            (UNIT, "memory.max", "536870912"),
            (SESSION, "memory.max", "max"),
            (SESSION, "pids.max", "max"),
            ("user.slice/user-999.slice", "pids.max", "7000"),
        ]);
        let limits = Limits::read(&format!("0::/{SESSION}\n"), root.path(), Ok(()));
        assert!(limits.in_words().contains("memory.max max, pids.max 7000, listening possible"));
        assert_eq!(
            limits.slack(),
            [
                "it is not in the unit's control group",
                "its memory has no limit",
                "it may listen on the network"
            ]
        );
    }

    #[test]
    fn a_limit_further_up_holds_too() {
        let root = groups(&[(UNIT, "memory.max", "max"), ("system.slice", "memory.max", "1000")]);
        assert_eq!(Limits::read(&format!("0::/{UNIT}\n"), root.path(), Ok(())).memory, Some(1000));
        let root = groups(&[(UNIT, "memory.max", "500"), ("system.slice", "memory.max", "1000")]);
        assert_eq!(Limits::read(&format!("0::/{UNIT}\n"), root.path(), Ok(())).memory, Some(500));
    }

    #[test]
    fn a_machine_without_control_groups_is_told_as_it_is() {
        let nowhere = Path::new("/nowhere");
        for table in ["", "12:memory:/system.slice/frontdesk.service\n", "garbage"] {
            let limits = Limits::read(table, nowhere, Ok(()));
            assert_eq!(limits, Limits { group: None, memory: None, tasks: None, refused: None }, "{table}");
            assert!(limits.in_words().starts_with("control group unknown, memory.max max"));
            assert_eq!(limits.slack().len(), 4);
        }
        // Both versions beside each other: the one hierarchy of version 2 counts.
        let both = format!("12:memory:/other\n1:name=systemd:/other\n0::/{UNIT}\n");
        let limits = Limits::read(&both, nowhere, refusal());
        assert_eq!(limits.group.as_deref(), Some("/system.slice/frontdesk.service"));
        assert_eq!(limits.memory, None);
    }

    #[test]
    fn this_process_can_be_asked() {
        let limits = Limits::of_this_process();
        assert!(limits.in_words().starts_with("control group "));
    }
}
