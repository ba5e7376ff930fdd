//! The front: screen and scanner. Turns what people do into events and the view into pictures;
//! decides nothing, knows neither book nor back.

pub mod clock;
mod fingers;
mod pages;
mod pen;
mod reception;
pub mod scanner;
pub mod screen;
pub mod typing;
mod values;
