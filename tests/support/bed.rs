//! A bed for make-believe devices: a script plays one under umockdev, and the test runs once more in a process of its
//! own that sees only that device. Owns starting and ending both.
//!
//! The outer run starts the script and then this same test binary, filtered to the one test, under
//! `umockdev-wrapper`; the inner run finds the script's socket in its environment and tells the story. Wanted:
//! umockdev, python3-gi, gir1.2-umockdev-1.0.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where the inner run finds the script's socket.
const CONTROL: &str = "FRONTDESK_TEST_DEVICE";
/// A story that takes longer hangs.
const LONGEST_STORY: Duration = Duration::from_secs(120);

/// Tells a story with the device that `script` in tests/support plays, given these words. `test` is its own name, the only
/// one of the program that ends or goes on so.
pub fn with_device(test: &str, script: &str, words: &[&str], story: impl FnOnce(UnixStream)) {
    if let Some(path) = std::env::var_os(CONTROL) {
        return story(UnixStream::connect(path).expect("the script's socket"));
    }
    let home = tempfile::tempdir().expect("a folder");
    let socket = home.path().join("control");
    let mut device = Ended(
        Command::new("umockdev-wrapper")
            .args(["/usr/bin/python3", "-B"])
            .arg(format!("{}/tests/support/{script}", env!("CARGO_MANIFEST_DIR")))
            .arg(&socket)
            .args(words)
            .env("TMPDIR", home.path()) // umockdev's own folder goes with ours
            .stdout(Stdio::piped())
            .spawn()
            .expect("umockdev is installed"),
    );
    let mut bed = String::new();
    let stdout = device.0.stdout.as_mut().expect("a pipe");
    BufReader::new(stdout).read_line(&mut bed).expect("the device's folder");
    assert!(!bed.is_empty(), "python3-gi and gir1.2-umockdev-1.0 are installed");
    // Without root's power to open what it may not: a device's rights count for the kiosk.
    let mut inner = Ended(
        Command::new("setpriv")
            .args([
                "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-dac_override,-dac_read_search",
            ])
            .arg("umockdev-wrapper")
            .arg(std::env::current_exe().expect("this test"))
            .args([&format!("::{test}"), "--nocapture"])
            .env("UMOCKDEV_DIR", bed.trim())
            .env(CONTROL, &socket)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this test starts"),
    );
    let (out, err) = (inner.0.stdout.take().expect("a pipe"), inner.0.stderr.take().expect("a pipe"));
    let (out, err) = (said(out), said(err));
    let begun = Instant::now();
    let passed = loop {
        if let Some(status) = inner.0.try_wait().expect("its end") {
            break status.success();
        }
        assert!(begun.elapsed() < LONGEST_STORY, "{test} hangs");
        std::thread::sleep(Duration::from_millis(5));
    };
    let (out, err) = (out.join().expect("words"), err.join().expect("words"));
    assert!(passed && out.contains("1 passed"), "{test}:\n{out}\n{err}");
}

/// Reads a pipe to its end, beside.
fn said(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut words = String::new();
        let _ = pipe.read_to_string(&mut words);
        words
    })
}

/// A process that does not outlive its test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
