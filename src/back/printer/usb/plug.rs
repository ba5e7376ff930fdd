//! The plug: where a printer takes and gives its bytes, opening it, bytes in and out.
//! Owns the libusb handle and the thread that keeps bulk IN drained; knows no command.

use crate::back::printer::delays;
use rusb::{Context, Device, DeviceHandle, Direction, Error, TransferType};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// USB's class of printers.
const PRINTER: u8 = 7;
/// USB's class of what the maker defined.
const VENDOR: u8 = 0xFF;
/// Protocol of printer interfaces that speak something else than plain bytes: IPP over USB.
const IPP: u8 = 4;

/// An open printer.
pub struct Plug {
    handle: Arc<DeviceHandle<Context>>,
    out: u8,
    node: PathBuf,
    ears: Option<Ears>,
}

/// Where a printer takes and gives its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sockets {
    interface: u8,
    setting: u8,
    class: u8,
    out: u8,
    back: Option<u8>,
}

/// The thread that reads all that a printer says: one that nobody reads may freeze.
struct Ears {
    heard: Receiver<Vec<u8>>,
    enough: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Plug {
    /// Opens a printer.
    ///
    /// # Errors
    /// libusb's: it is gone, another program has it, or it may not be used.
    pub fn open(device: &Device<Context>, sockets: Sockets) -> rusb::Result<Plug> {
        let handle = device.open()?;
        // Where the system has no kernel drivers to detach, claiming works without.
        let _ = handle.set_auto_detach_kernel_driver(true);
        handle.claim_interface(sockets.interface)?;
        if sockets.setting != 0 {
            handle.set_alternate_setting(sockets.interface, sockets.setting)?;
        }
        let handle = Arc::new(handle);
        let node = format!("/dev/bus/usb/{:03}/{:03}", device.bus_number(), device.address());
        let ears = sockets.back.and_then(|end| Ears::open(Arc::clone(&handle), end));
        Ok(Plug { handle, out: sockets.out, node: node.into(), ears })
    }

    /// Sends bytes, and tells how many of them were taken.
    ///
    /// # Errors
    /// libusb's. All but a timeout leave unknown how many bytes were taken.
    pub fn write(&self, bytes: &[u8], patience: Duration) -> rusb::Result<usize> {
        self.handle.write_bulk(self.out, bytes, patience.max(Duration::from_millis(1)))
    }

    /// Ends a stall, so that bytes can be sent again.
    pub fn clear_stall(&self) {
        if let Err(why) = self.handle.clear_halt(self.out) {
            tracing::debug!(%why, "a stall was not cleared");
        }
    }

    /// The next bytes that the printer said, within `patience`.
    pub fn hear(&self, patience: Duration) -> Option<Vec<u8>> {
        self.ears.as_ref()?.heard.recv_timeout(patience).ok()
    }

    /// Whether the printer can answer at all.
    pub fn has_ears(&self) -> bool {
        self.ears.is_some()
    }

    /// Whether it was pulled out: the reader saw it go, or its node is no more.
    pub fn is_gone(&self) -> bool {
        self.ears.as_ref().is_some_and(Ears::ended) || !self.node.exists()
    }
}

/// The printer interface of a device; of one that is `named` also one of the vendor's own class.
pub fn sockets(device: &Device<Context>, named: bool) -> Option<Sockets> {
    let config = device.active_config_descriptor().or_else(|_| device.config_descriptor(0)).ok()?;
    let all = config.interfaces().flat_map(|interface| {
        interface.descriptors().filter_map(|setting| {
            let end = |direction| {
                setting
                    .endpoint_descriptors()
                    .find(|end| end.direction() == direction && end.transfer_type() == TransferType::Bulk)
                    .map(|end| end.address())
            };
            Some(Sockets {
                interface: setting.interface_number(),
                setting: setting.setting_number(),
                class: setting.class_code(),
                out: end(Direction::Out).filter(|_| setting.protocol_code() != IPP)?,
                back: end(Direction::In),
            })
        })
    });
    // A printer's own class goes before the vendor's, a way back before none.
    all.filter(|sockets| sockets.class == PRINTER || (named && sockets.class == VENDOR))
        .min_by_key(|sockets| (sockets.class != PRINTER, sockets.back.is_none(), sockets.setting))
}

impl Ears {
    /// None where the system gives no thread: then the printer is used as one that cannot answer.
    fn open(handle: Arc<DeviceHandle<Context>>, end: u8) -> Option<Ears> {
        let (say, heard) = channel();
        let enough = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&enough);
        let thread = std::thread::Builder::new()
            .name("printer-ears".to_owned())
            .spawn(move || listen(&handle, end, &say, &stop))
            .ok()?;
        Some(Ears { heard, enough, thread: Some(thread) })
    }

    fn ended(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        self.enough.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads until the printer is gone or nobody wants to hear any more.
fn listen(handle: &DeviceHandle<Context>, end: u8, say: &Sender<Vec<u8>>, stop: &AtomicBool) {
    // A multiple of every bulk packet size, so that an answer never overflows it.
    let mut buffer = [0; 1024];
    while !stop.load(Ordering::Relaxed) {
        match handle.read_bulk(end, &mut buffer, delays::READ) {
            Ok(0) => std::thread::sleep(delays::READ_AGAIN),
            Ok(count) if say.send(buffer[..count].to_vec()).is_err() => return,
            Ok(_) | Err(Error::Timeout | Error::Interrupted) => {}
            Err(Error::NoDevice | Error::NotFound) => return,
            Err(why) => {
                tracing::debug!(%why, "the printer's answers cannot be read");
                let _ = handle.clear_halt(end);
                std::thread::sleep(delays::READ_AGAIN);
            }
        }
    }
}
