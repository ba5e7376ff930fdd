//! What `--help` says of the program and of every command, word for word.

use super::Arguments;
use clap::{Command, CommandFactory};

/// The long help of a command and of all below it, in their order.
fn help(command: &mut Command, path: &str) -> String {
    let mut said = format!("=== {path}\n{}\n", command.render_long_help());
    for below in command.get_subcommands_mut().filter(|below| below.get_name() != "help") {
        let path = format!("{path} {}", below.get_name());
        said += &help(below, &path);
    }
    said
}

#[test]
fn help_of_every_command() {
    let mut command = Arguments::command().term_width(100);
    command.build();
    insta::assert_snapshot!("help", help(&mut command, "frontdesk"));
}
