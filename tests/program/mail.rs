//! Mail: to a real server, to one that fails at each step, to a folder.

mod invited;
mod mishaps;
mod server;
pub mod support;
