//! `[printer]`: the badge printer.

use super::table::Table;
use super::values::{number, one_of, parsed, usb_id};
use std::path::PathBuf;

/// The dots across the paper that badges can be laid out for.
const WIDTHS: [u32; 4] = [384, 512, 576, 640];

/// The badge printer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printer {
    /// Where badges go.
    pub kind: PrinterKind,
    /// Dots across the paper: 384, 512, 576 or 640.
    pub width: u32,
    /// The badge's template; the built-in one without it.
    pub template: Option<PathBuf>,
}

/// Where badges go.
#[derive(Clone, Debug, PartialEq)]
pub enum PrinterKind {
    /// An ESC/POS printer on USB.
    Usb(UsbPrinter),
    /// `.png` and `.bin` files in this folder.
    File(PathBuf),
}

/// Which USB printer, and how to talk to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsbPrinter {
    /// Vendor and product id, where the printer has no printer class or there are several.
    pub id: Option<(u16, u16)>,
    /// Whether the printer is asked how it is.
    pub status: AskStatus,
}

/// Whether a printer is asked how it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskStatus {
    /// Asked; what it can answer is found out at connection.
    Auto,
    /// Never asked: some printers freeze or print the question.
    Never,
}

impl Default for PrinterKind {
    fn default() -> Self {
        Self::File(PathBuf::new())
    }
}

impl Printer {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        let usb = table.key("kind", one_of(&[("usb", true), ("file", false)])).unwrap_or(false);
        let folder = table.path("folder");
        let id = table.key("id", parsed("vendor:product such as \"04b8:0e15\"", usb_id));
        let status = one_of(&[("auto", AskStatus::Auto), ("never", AskStatus::Never)]);
        let status = table.key("status", status).unwrap_or(AskStatus::Auto);
        let width = table.key("width", |value| {
            number(384..=640)(value)
                .ok()
                .filter(|width| WIDTHS.contains(width))
                .ok_or_else(|| "384, 512, 576 or 640 is expected".to_owned())
        });
        let kind = match usb {
            true => PrinterKind::Usb(UsbPrinter { id, status }),
            false => PrinterKind::File(folder.unwrap_or_else(|| table.in_folder("out/badges"))),
        };
        if !table.says("kind") {
            let why = "kind = \"usb\" is missing; without it badges are written as files";
            ["id", "status"].iter().for_each(|key| table.object(key, why));
        }
        Self { kind, width: width.unwrap_or(default.width), template: table.path("template") }
    }
}
