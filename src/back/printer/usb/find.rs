//! Which of the devices on USB is the printer: the one with the configured id, or of all that are of USB's class of
//! printers the first by its port, so that a restart finds the same one. Opens it; sends it nothing.

use super::plug::{Plug, Sockets, sockets};
use crate::errand::Trouble;
use rusb::{Context, Device, Error, UsbContext};
use std::path::Path;

/// Vendor and product.
pub type Id = (u16, u16);
/// Bus and address: a device has them until it is unplugged.
pub type Place = (u8, u8);

/// The printer, and what else is there.
pub struct Found {
    pub plug: Plug,
    pub id: Id,
    /// As staff know it: its id, what it calls itself, and its port.
    pub name: String,
    /// Printers that were not taken.
    pub others: Vec<String>,
}

/// No printer was opened.
pub struct Missed {
    /// [`Trouble::Unplugged`] where there is none (or no USB at all), [`Trouble::NoAccess`] where there is one that may
    /// not be used, [`Trouble::Busy`] where another program uses it.
    pub trouble: Trouble,
    /// Where the one is that may not be used.
    pub refused: Option<Place>,
    /// Printers that are not the one.
    pub others: Vec<String>,
}

/// Finds and opens the printer with this id, or else the first of USB's class. Where that one cannot be opened, none is:
/// the next would be somebody else's printer, and get badges from then on.
pub fn find(id: Option<Id>) -> Result<Found, Missed> {
    let Ok(devices) = Context::new().and_then(|context| context.devices()) else {
        return Err(Missed { trouble: Trouble::Unplugged, refused: None, others: Vec::new() });
    };
    let mut printers: Vec<Candidate> =
        devices.iter().filter_map(|device| Candidate::of(device, id)).collect();
    printers.sort_by(|a, b| a.port.cmp(&b.port));
    let one = printers.iter().position(|printer| id.is_none_or(|id| id == printer.id));
    let one = one.map(|at| printers.remove(at));
    let others = printers.iter().map(Candidate::name).collect();
    let Some(one) = one else {
        return Err(Missed { trouble: Trouble::Unplugged, refused: None, others });
    };
    match Plug::open(&one.device, one.sockets) {
        Ok(plug) => Ok(Found { plug, id: one.id, name: one.name(), others }),
        Err(Error::NoDevice | Error::NotFound) => {
            Err(Missed { trouble: Trouble::Unplugged, refused: None, others })
        }
        Err(Error::Busy) => Err(Missed { trouble: Trouble::Busy, refused: None, others }),
        Err(why) => {
            tracing::debug!(%why, "the printer cannot be opened");
            let place = (one.device.bus_number(), one.device.address());
            Err(Missed { trouble: Trouble::NoAccess, refused: Some(place), others })
        }
    }
}

/// A device that is a printer.
struct Candidate {
    device: Device<Context>,
    sockets: Sockets,
    id: Id,
    /// Its bus, and on which port of which hub it is.
    port: (u8, Vec<u8>),
}

impl Candidate {
    /// None where it is no printer; `id` names one that need not be of the class.
    fn of(device: Device<Context>, id: Option<Id>) -> Option<Self> {
        let descriptor = device.device_descriptor().ok()?;
        let own = (descriptor.vendor_id(), descriptor.product_id());
        let sockets = sockets(&device, id == Some(own))?;
        let port = (device.bus_number(), device.port_numbers().unwrap_or_default());
        Some(Self { device, sockets, id: own, port })
    }

    /// What it calls itself is read from the kernel, which asked it when it was plugged in.
    fn name(&self) -> String {
        let (bus, ports) = &self.port;
        let ports: Vec<String> = ports.iter().map(u8::to_string).collect();
        let port = format!("{bus}-{}", ports.join("."));
        let folder = Path::new("/sys/bus/usb/devices").join(&port);
        let told = |file| std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        name(self.id, &told("manufacturer"), &told("product"), &port)
    }
}

/// Such as `04b8:0e28 EPSON TM-T88VI (port 1-2)`.
fn name((vendor, product): Id, maker: &str, model: &str, port: &str) -> String {
    let mut name = format!("{vendor:04x}:{product:04x}");
    for word in [maker.trim(), model.trim()].into_iter().filter(|word| !word.is_empty()) {
        // A device may say anything: a line of the log stays a line.
        name.push(' ');
        name.extend(word.chars().filter(|c| !c.is_control()).take(40));
    }
    format!("{name} (port {port})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_is_named_as_staff_know_it() {
        let id = (0x04B8, 0x0E28);
        assert_eq!(name(id, "EPSON\n", "TM-T88VI\n", "1-2"), "04b8:0e28 EPSON TM-T88VI (port 1-2)");
        assert_eq!(name(id, "", "\n", "1-2.4"), "04b8:0e28 (port 1-2.4)");
        assert_eq!(name((1, 2), "", "A\nB\x1b[31m", "3-1"), "0001:0002 AB[31m (port 3-1)");
        assert_eq!(name(id, "", &"x".repeat(400), "1-1").len(), "04b8:0e28  (port 1-1)".len() + 40);
    }
}
