//! `frontdesk compose` as staff use it over SSH: the real program prints what a visitor is offered.

use std::path::Path;
use std::process::Command;

fn compose(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    let done = frontdesk.arg("compose").args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn names_companies_and_texts() {
    let folder = tempfile::tempdir().unwrap();
    let (status, said, _) = compose(folder.path(), &["ouyangxiuming", "zengzhe"]);
    assert_eq!(status, Some(0));
    assert!(said.starts_with("ou'yang'xiu'ming\n") && said.contains("欧阳修明"), "{said}");
    assert!(said.contains("\nzeng'zhe\n") && said.contains("曾喆") && said.contains("page 1 of "), "{said}");
    let (_, name, _) = compose(folder.path(), &["--field", "name", "ren"]);
    let (_, text, _) = compose(folder.path(), &["--field", "text", "ren"]);
    let first = |said: &str| said.lines().nth(1).unwrap().trim().split("  ").next().unwrap().to_owned();
    assert_eq!((first(&name).as_str(), first(&text).as_str()), ("任", "人"));
    let (_, all, _) = compose(folder.path(), &["--field", "company", "--pages", "0", "youxiangongsi"]);
    assert!(all.lines().count() > 20 && all.contains("有限公司"), "{all}");
}

#[test]
fn what_the_kiosk_knows() {
    let folder = tempfile::tempdir().unwrap();
    let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    std::fs::write(folder.path().join("hosts.csv"), "id,name,email\n1,宇文小白,y@example.com\n").unwrap();
    let import = frontdesk.args(["import", "hosts", "hosts.csv"]).current_dir(folder.path());
    assert!(import.status().unwrap().success());
    let (_, said, _) = compose(folder.path(), &["--field", "text", "ywxb"]);
    assert!(said.lines().nth(1).unwrap().contains("宇文小白"), "{said}");
}

#[test]
fn what_is_no_pinyin_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (status, said, problem) = compose(folder.path(), &["李"]);
    assert_eq!((status, said.as_str()), (Some(1), ""));
    assert!(problem.contains("a to z"), "{problem}");
    assert_eq!(compose(folder.path(), &[]).0, Some(2));
}
