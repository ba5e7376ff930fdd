//! Nobody reaches this program over the network: from here on the kernel refuses to let it listen. The unit asks systemd
//! for the same, but Debian 12's systemd passes over that. Datagrams are not meant: nothing here reads one unasked.

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

/// Refuses to listen from now on, in every thread and in what it starts. Where the kernel cannot, that is logged, and
/// [`super::limits`] says that it may listen.
pub fn listen_to_nobody() {
    if let Err(problem) = refuse() {
        tracing::warn!("the kernel cannot refuse to listen on the network: {problem}");
    }
}

fn refuse() -> anyhow::Result<()> {
    // EPERM, as systemd's SocketBindDeny= says it.
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    // No condition: whatever is to be listened on.
    let calls = [(libc::SYS_listen, Vec::new())].into_iter().collect();
    let arch = std::env::consts::ARCH.try_into()?;
    let filter: BpfProgram = SeccompFilter::new(calls, SeccompAction::Allow, refused, arch)?.try_into()?;
    Ok(seccompiler::apply_filter_all_threads(&filter)?)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::process::Command;

    /// What a filter refuses, it refuses for good: another process tries it.
    #[test]
    fn nobody_is_listened_to_and_others_are_spoken_to() {
        if let Ok(mail_server) = std::env::var("FRONTDESK_TEST_MAIL_SERVER") {
            let before = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
            assert!(before.is_ok());
            super::listen_to_nobody();
            let refused = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap_err().raw_os_error();
            assert_eq!(refused(), Some(libc::EPERM));
            assert_eq!(std::thread::spawn(refused).join().unwrap(), Some(libc::EPERM));
            assert!(TcpStream::connect(mail_server).is_ok());
            return;
        }
        let mail_server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let tried = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "back::deaf::tests::nobody_is_listened_to_and_others_are_spoken_to"])
            .env("FRONTDESK_TEST_MAIL_SERVER", mail_server.local_addr().unwrap().to_string())
            .output()
            .unwrap();
        assert!(tried.status.success(), "{}", String::from_utf8_lossy(&tried.stdout));
    }
}
