//! The back of the front desk: the devices and servers that errands are run with.

pub mod printer;
