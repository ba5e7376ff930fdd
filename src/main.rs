//! The program: arguments, then the kiosk or a command for staff.

fn main() {}
