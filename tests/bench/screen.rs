//! A whole frame of the page where one signs, with nothing written, with a signature, and with one as long as is kept:
//! each must be drawn well within a thirtieth of a second. `cargo bench --bench screen`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a bench that cannot run says so by failing"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use frontdesk::visit::Signature;
use frontdesk_ui::{Agree, AgreeTyped, AgreeView, Frame, Kiosk, Page};
use i_slint_backend_testing::{TestingBackend, TestingBackendOptions};
use slint::{ComponentHandle, PhysicalSize};
use std::hint::black_box;

/// The main size of a screen, in pixels.
const SCREEN: (u32, u32) = (1080, 1920);

/// Loops and waves as of a long name: so many points where the finger was.
fn written(points: usize) -> String {
    let at = |n: usize| {
        let turn = n as f32 * 0.35;
        let x = 200.0 + n as f32 / points as f32 * 1400.0 + 60.0 * turn.cos();
        (x as i16, (500.0 + 300.0 * turn.sin()) as i16)
    };
    let stroke: Vec<_> = (0..points).map(at).collect();
    Signature::parse(&[stroke]).map(|written| written.as_path().to_owned()).unwrap_or_default()
}

fn signing(c: &mut Criterion) {
    let options =
        TestingBackendOptions { mock_time: true, threading: false, renderer_name: Some("software".into()) };
    slint::platform::set_platform(Box::new(TestingBackend::new(options))).unwrap();
    let kiosk = Kiosk::new().unwrap();
    kiosk.window().set_size(PhysicalSize::new(SCREEN.0, SCREEN.1));
    kiosk.show().unwrap();
    kiosk.global::<Frame>().set_page(Page::Agree);
    let agree = kiosk.global::<Agree>();
    agree.set_view(AgreeView { signs: true, ..agree.get_view() });
    let mut group = c.benchmark_group("a frame of the page where one signs, 1080x1920");
    for points in [0, 300, 2_000] {
        let path = written(points);
        assert_eq!(path.is_empty(), points == 0);
        group.bench_function(format!("{points} points"), |b| {
            b.iter(|| {
                // What is written grows: the whole of it is drawn anew.
                agree.set_typed(AgreeTyped::default());
                agree.set_typed(AgreeTyped { signature: path.as_str().into() });
                black_box(kiosk.window().take_snapshot().unwrap());
            });
        });
    }
    group.finish();
}

criterion_group!(benches, signing);
criterion_main!(benches);
