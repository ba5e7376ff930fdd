//! `frontdesk badge`: a badge as a picture.

use super::BadgeArguments;
use crate::config::Config;
use crate::errand::{Badge, Trouble};
use crate::files;
use crate::paper::staff::staff_sentence;
use crate::stock;
use crate::visit::{BadgeNumber, Company, PersonName, Token};
use crate::words::Lang;
use anyhow::{Context, anyhow};
use chrono::Local;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(config: &Config, wanted: &BadgeArguments) -> anyhow::Result<ExitCode> {
    let name = PersonName::parse(&wanted.name).context("--name")?;
    let company = Company::parse(&wanted.company).context("--company")?;
    let badge = Badge {
        number: BadgeNumber::FIRST,
        token: Token::from_bytes([0x5A; 16]),
        name: name.to_string(),
        company: company.to_string(),
        host: wanted.host.clone(),
        department: wanted.department.clone(),
        place: wanted.place.clone(),
        good_until: Local::now().fixed_offset(),
        lang: wanted.lang,
        visit_type: String::new(),
        kind_id: String::new(),
        escort: false,
        photo: None,
    };
    let press = stock::press(config, config.printer.template.as_deref())?;
    let bitmap =
        press.lay_out(&badge).map_err(|trouble: Trouble| anyhow!(staff_sentence(trouble, Lang::EN)))?;
    files::whole(&wanted.out, |mut part| part.write_all(&bitmap.png()))
        .with_context(|| format!("{}", wanted.out.display()))?;
    println!("{} ({} x {} dots)", wanted.out.display(), bitmap.width, bitmap.height);
    Ok(ExitCode::SUCCESS)
}
