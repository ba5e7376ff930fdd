//! The pages: Slint files and nothing else. No rule of the reception lives here.

slint::include_modules!();
