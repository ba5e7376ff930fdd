//! Slint without a display: a window that is drawn into memory by the software renderer.

use crate::front::clock::Clock;
use anyhow::Context;
use slint::PhysicalSize;
use slint::platform::software_renderer::{MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter};
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

/// The window and what is drawn in it.
pub(super) struct Stage {
    pub window: Rc<MinimalSoftwareWindow>,
    pixels: Vec<PremultipliedRgbaColor>,
    size: (u32, u32),
    clock: Clock,
}

/// Slint's timers and animations go by the same clock as the desk.
struct Headless {
    window: Rc<MinimalSoftwareWindow>,
    clock: Clock,
}

impl Platform for Headless {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, slint::PlatformError> {
        Ok(self.window.clone())
    }

    fn duration_since_start(&self) -> Duration {
        self.clock.now().tick.0
    }
}

impl Stage {
    /// Makes Slint draw here; once in a program.
    pub fn raise(size: (u32, u32), clock: &Clock) -> anyhow::Result<Self> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        window.set_size(PhysicalSize::new(size.0, size.1));
        let platform = Headless { window: window.clone(), clock: clock.clone() };
        slint::platform::set_platform(Box::new(platform)).context("a screen is set up already")?;
        let pixels = vec![PremultipliedRgbaColor::default(); size.0 as usize * size.1 as usize];
        Ok(Self { window, pixels, size, clock: clock.clone() })
    }

    /// So much time goes by at once. True if something was drawn then.
    pub fn skip(&mut self, time: Duration) -> bool {
        self.clock.pass(time);
        self.draw()
    }

    /// Lets timers run and draws what has changed. True if something was drawn.
    pub fn draw(&mut self) -> bool {
        slint::platform::update_timers_and_animations();
        let (pixels, width) = (&mut self.pixels, self.size.0 as usize);
        self.window.draw_if_needed(|renderer| {
            renderer.render(pixels, width);
        })
    }

    /// Writes what is drawn as a PNG.
    pub fn picture(&self, file: &Path) -> anyhow::Result<()> {
        let bytes: Vec<u8> = self.pixels.iter().flat_map(|p| [p.red, p.green, p.blue]).collect();
        image::save_buffer(file, &bytes, self.size.0, self.size.1, image::ColorType::Rgb8)
            .with_context(|| format!("{}", file.display()))
    }
}
