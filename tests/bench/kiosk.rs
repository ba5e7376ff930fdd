//! The release binary as a lobby sees it: from start to first frame under Xvfb, from a tap to the next frame, and what
//! it costs while nobody is there. `cargo bench --bench kiosk` (needs Debian's xvfb and xdotool).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench that cannot run says so by failing"
)]

#[path = "../support/display.rs"]
mod display;

use criterion::{Criterion, criterion_group, criterion_main};
use display::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The size of the screen, in pixels.
const SCREEN: (u32, u32) = (1080, 1920);

/// Where the two languages of the switch are at this size: each tap writes every word of the page anew.
const LANGUAGES: [(&str, &str); 2] = [("925", "66"), ("760", "66")];
/// So long a person waits before the next tap.
const PACE: Duration = Duration::from_millis(600);

/// A kiosk that is killed with its bench.
struct Kiosk(Child);

impl Kiosk {
    fn start(display: &Display, folder: &Path) -> Self {
        let binary = PathBuf::from(env!("CARGO_BIN_EXE_frontdesk"));
        let child = Command::new(binary)
            .current_dir(folder)
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &display.name)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }

    fn wait_for_first_frame(&self, display: &Display) {
        while display.pixel() == 0 {
            std::thread::sleep(Duration::from_micros(500));
        }
    }

    /// Resident memory in MB (of it in files), and seconds of CPU time used so far.
    fn costs(&self) -> (f64, f64, f64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let kilobytes = |key: &str| -> f64 {
            let line = status.lines().find(|line| line.starts_with(key)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        };
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        // proc(5): utime and stime are fields 14 and 15, in ticks of 1/100 s.
        let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
        (kilobytes("VmRSS") / 1024.0, kilobytes("RssFile") / 1024.0, ticks / 100.0)
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn first_frame(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut group = c.benchmark_group("kiosk");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    group.bench_function("start to first frame", |b| {
        b.iter_custom(|times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                let display = Display::open(SCREEN.0, SCREEN.1);
                let begun = Instant::now();
                let kiosk = Kiosk::start(&display, folder.path());
                kiosk.wait_for_first_frame(&display);
                total += begun.elapsed();
            }
            total
        });
    });
    group.finish();
}

/// From the finger's going up to the first changed pixel, which comes with all others of its frame: X puts the whole
/// frame on the screen at once. The time that xdotool itself takes to start and to lift the finger is in it.
fn tap(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let display = Display::open(SCREEN.0, SCREEN.1);
    let kiosk = Kiosk::start(&display, folder.path());
    kiosk.wait_for_first_frame(&display);
    std::thread::sleep(PACE);
    display.fill("Huayue");
    std::thread::sleep(PACE);
    let mut group = c.benchmark_group("kiosk");
    group.sample_size(20).measurement_time(Duration::from_secs(20));
    let mut at = LANGUAGES.iter().cycle();
    group.bench_function("tap to next frame, 1080x1920, every word anew", |b| {
        b.iter_custom(|times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                let (x, y) = at.next().unwrap();
                display.xdotool(&["mousemove", x, y, "mousedown", "1"]);
                std::thread::sleep(PACE);
                let before = display.bytes();
                let begun = Instant::now();
                display.xdotool(&["mouseup", "1"]);
                while display.bytes() == before {
                    assert!(begun.elapsed() < Duration::from_secs(5), "the tap changed nothing");
                }
                total += begun.elapsed();
            }
            total
        });
    });
    let begun = Instant::now();
    let nothing = 50;
    for _ in 0..nothing {
        display.xdotool(&["mousemove", "540", "400"]);
    }
    println!(
        "kiosk/xdotool alone: {:.1} ms of each tap",
        begun.elapsed().as_secs_f64() * 1000.0 / f64::from(nothing)
    );
    let begun = Instant::now();
    let look = display.bytes().len();
    println!("kiosk/one look at the screen ({look} bytes): {:.1} ms", begun.elapsed().as_secs_f64() * 1000.0);
    group.finish();
}

fn at_rest(_: &mut Criterion) {
    const WATCHED: Duration = Duration::from_secs(100);
    let folder = tempfile::tempdir().unwrap();
    let display = Display::open(SCREEN.0, SCREEN.1);
    let kiosk = Kiosk::start(&display, folder.path());
    kiosk.wait_for_first_frame(&display);
    std::thread::sleep(Duration::from_secs(5));
    let (_, _, before) = kiosk.costs();
    std::thread::sleep(WATCHED);
    let (resident, files, after) = kiosk.costs();
    println!("kiosk/at rest: {resident:.1} MB resident, {files:.1} MB of it the program's own file");
    println!(
        "kiosk/at rest: {:.0} ms of CPU in {} s on the welcome page",
        (after - before) * 1000.0,
        WATCHED.as_secs()
    );
}

criterion_group!(benches, first_frame, tap, at_rest);
criterion_main!(benches);
