//! `frontdesk check`: the configuration is good, and so is every file that it names. Changes nothing.

use crate::back::{camera, mail};
use crate::config::{Camera, Config, MailKind};
use crate::files::named;
use crate::{notice, stock};
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(config: &Config, file: Option<&Path>) -> ExitCode {
    let whose = file.map_or("the built-in one".to_owned(), |file| file.display().to_string());
    let faults = faults(config);
    for fault in &faults {
        eprintln!("{fault}");
    }
    if faults.is_empty() {
        println!("{whose}: the configuration is good");
        ExitCode::SUCCESS
    } else {
        eprintln!("{whose}: the configuration names files that cannot be used");
        ExitCode::from(1)
    }
}

/// What is wrong with the files that are named, each with its key.
fn faults(config: &Config) -> Vec<String> {
    let mut faults: Vec<String> = notice::faults(config);
    let own =
        config.visit_types.iter().filter_map(|kind| Some((kind.kind.id.as_str(), kind.badge.as_deref()?)));
    for (of, template) in config.printer.template.as_deref().map(|path| ("", path)).into_iter().chain(own) {
        let key = if of.is_empty() {
            "[printer] template".to_owned()
        } else {
            format!("[[visit_type]] {of} badge")
        };
        if let Err(problem) = stock::press(config, Some(template)) {
            faults.push(format!("{key}: {}: {problem:#}", template.display()));
        }
    }
    if let Some(logo) = &config.company.logo
        && let Err(problem) = named::plain(logo)
    {
        faults.push(format!("[company] logo: {}: {problem}", logo.display()));
    } else if let Some(logo) = &config.company.logo
        && slint::Image::load_from_path(logo).is_err()
    {
        faults.push(format!("[company] logo: {}: it is no picture that can be read", logo.display()));
    }
    if let Some(Camera::Picture(picture)) = &config.camera
        && let Err(problem) = camera::picture(picture)
    {
        faults.push(format!("[camera] picture: {}: {problem:#}", picture.display()));
    }
    if let MailKind::Smtp(smtp) = &config.mail.kind
        && let Some(file) = &smtp.ca_file
        && let Err(problem) = mail::certificate(file)
    {
        faults.push(format!("[mail] ca_file: {}: {problem}", file.display()));
    }
    faults
}
