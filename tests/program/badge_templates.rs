//! Staff change the template. What they may do works; what they may not do is told with its line and
//! with what would be right.

use frontdesk::paper::TemplateError;
use frontdesk::paper::badge::{BUILT_IN_TEMPLATE, Press};

fn with(from: &str, to: &str) -> String {
    assert!(BUILT_IN_TEMPLATE.contains(from), "the built-in template has no {from}");
    BUILT_IN_TEMPLATE.replace(from, to)
}

fn line_of(svg: &str, what: &str) -> u32 {
    svg.lines().position(|line| line.contains(what)).unwrap() as u32 + 1
}

fn mistake(svg: &str, width: u32) -> TemplateError {
    Press::new(svg, width).err().expect("a mistake is found")
}

#[test]
fn the_built_in_template_is_right_at_every_width() {
    for width in [384, 512, 576, 640] {
        Press::built_in(width).unwrap();
    }
    assert_eq!(mistake(BUILT_IN_TEMPLATE, 600), TemplateError::Width(600));
}

#[test]
fn each_mistake_is_told_with_its_line() {
    let svg = with("</svg>", "<g></svg>");
    assert!(
        matches!(mistake(&svg, 576), TemplateError::NotXml { line, .. } if line == line_of(&svg, "<g></svg>"))
    );
    assert!(matches!(mistake("", 576), TemplateError::NotXml { .. }));
    assert!(matches!(mistake("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", 576), TemplateError::NotXml { .. }));
    assert!(matches!(mistake("<html><p>{name}{number}</p></html>", 576), TemplateError::NotDrawn { .. }));

    let svg = with("{company}", "{compnay}");
    let line = line_of(&svg, "{compnay}<");
    let found = mistake(&svg, 576);
    assert_eq!(found, TemplateError::UnknownPlaceholder { line, word: "compnay".into() });
    let said = found.to_string();
    assert!(said.contains(&format!("line {line}")) && said.contains("{company}"), "{said}");

    for mistyped in ["{ company }", "{公司}", "{company name}"] {
        let found = mistake(&with("{company}", mistyped), 576);
        let word = mistyped.trim_matches(['{', '}']).to_owned();
        assert!(
            matches!(&found, TemplateError::UnknownPlaceholder { word: told, .. } if *told == word),
            "{found}"
        );
    }

    // What stands inside a rectangle is drawn by nobody, wherever it is.
    let inside = with(
        r#"<rect id="name-box""#,
        r#"<rect id="name-box" x="32" y="128" width="512" height="90"><text id="lost">{host}</text></rect><rect id="other""#,
    );
    let found = mistake(&inside, 576);
    assert!(matches!(&found, TemplateError::Inside { id, .. } if id == "lost"), "{found}");

    assert_eq!(mistake(&with(">{name}<", ">Name<"), 576), TemplateError::Missing("name"));
    assert_eq!(mistake(&with(r#"id="qr""#, r#"id="code""#), 576), TemplateError::NoQr);

    let svg = with(r#"id="name-box""#, r#"id="rect7""#);
    let line = line_of(&svg, "bold\">{name}<");
    assert_eq!(mistake(&svg, 576), TemplateError::NoBox { line, word: "name".into() });

    let svg = with(r#"<rect id="qr" x="308" y="424" width="268" height="268""#, r#"<circle id="qr" r="90""#);
    let line = line_of(&svg, "circle");
    let expected = TemplateError::NotARectangle { line, id: "qr".into(), tag: "circle".into() };
    assert_eq!(mistake(&svg, 576), expected);

    let svg = with(r#"x="32" y="128" width="512""#, r#"x="32" y="128" width="600""#);
    let line = line_of(&svg, r#"id="name-box""#);
    assert_eq!(mistake(&svg, 576), TemplateError::OffPage { line, id: "name-box".into() });

    let svg = with(r#"<rect id="name-box""#, r#"<rect id="name-box" transform="scale(0)""#);
    assert!(matches!(mistake(&svg, 576), TemplateError::Hidden { .. }));

    let svg = with(r#"<text x="32" y="254""#, r#"<text transform="rotate(9)" x="32" y="254""#);
    assert!(
        matches!(mistake(&svg, 576), TemplateError::Turned { line } if line == line_of(&svg, "rotate(9)"))
    );

    assert!(matches!(mistake(&with("访客 VISITOR", "访客 🙂"), 576), TemplateError::MissingGlyph('🙂')));
    let svg = with(r#"height="808" viewBox="0 0 576 808""#, r#"height="2000" viewBox="0 0 576 2000""#);
    assert!(matches!(mistake(&svg, 576), TemplateError::Shape { .. }));
}

#[test]
fn a_code_that_cannot_be_read_is_not_allowed() {
    let svg = with(r#"width="268" height="268""#, r#"width="190" height="190""#);
    let line = line_of(&svg, r#"id="qr""#);
    let expected = TemplateError::QrTooSmall { line, side: 190.0, width: 576, needed: 198, module: 6 };
    assert_eq!(mistake(&svg, 576), expected);
    assert!(expected.to_string().contains("198"));
    // On narrow paper the modules may be smaller, but so is the square.
    assert!(matches!(mistake(&svg, 384), TemplateError::QrTooSmall { needed: 132, .. }));
    Press::new(&with(r#"width="268" height="268""#, r#"width="198" height="198""#), 384).unwrap();
}

#[test]
fn nothing_may_lie_on_the_code() {
    let svg = with("</svg>", r#"<rect x="400" y="500" width="9" height="9"/></svg>"#);
    assert!(matches!(mistake(&svg, 576), TemplateError::OnQr(_)));
    let svg = with(r#"x="32" y="638" width="272""#, r#"x="32" y="638" width="400""#);
    assert!(matches!(mistake(&svg, 576), TemplateError::OnQr(what) if what == "{until}"));
}

#[test]
fn no_other_file_is_read() {
    for other in [
        r#"<image href="/etc/passwd" width="9" height="9"/>"#,
        r#"<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="logo.png" width="9" height="9"/>"#,
        r#"<use href="https://example.com/logo.svg#a"/>"#,
        r#"<style>@import url(https://example.com/a.css);</style>"#,
        r#"<rect fill="url('file:///etc/passwd')" width="1" height="1"/>"#,
    ] {
        let svg = with("</svg>", &format!("{other}</svg>"));
        let found = mistake(&svg, 576);
        assert!(
            matches!(&found, TemplateError::External { line, .. } if *line == line_of(&svg, other)),
            "{other}: {found}"
        );
        assert!(found.to_string().contains("embed"));
    }
}

#[test]
fn what_editors_write_is_understood() {
    // Inkscape: units on the page, styles instead of attributes, a tspan in each text, groups that are moved.
    let svg = r##"<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="72mm" height="60mm" viewBox="0 0 72 60">
      <svg:g transform="translate(2,2)" style="font-size:9px;font-weight:bold">
        <svg:rect id="name-box" x="0" y="0" width="68" height="14" style="fill:none;stroke:none"/>
        <svg:text style="font-family:Arial"><svg:tspan x="3" y="9"> {name}
        </svg:tspan></svg:text>
        <svg:rect id="number-box" x="0" y="16" width="20" height="8" style="opacity:0;display:inline"/>
        <svg:text x="0" y="20">{number}</svg:text>
      </svg:g>
      <svg:rect id="qr" x="40" y="20" width="32" height="32" style="fill:#ccc"/>
    </svg:svg>"##;
    for width in [384, 512, 576, 640] {
        Press::new(svg, width).unwrap();
    }
}

#[test]
fn a_logo_inside_the_drawing_is_printed() {
    // A black picture of one dot.
    let dot = frontdesk::paper::bitmap::Bitmap { width: 8, height: 1, bytes: vec![0xFF] };
    let logo = data_encoding::BASE64.encode(&dot.png());
    let logo = format!(
        r#"<image href="data:image/png;base64,{logo}" x="200" y="128" width="80" height="10"/></svg>"#
    );
    Press::new(&with("</svg>", &logo), 576).unwrap();
}

/// A drawing with this in front of its end.
fn with_more(what: &str) -> String {
    with("</svg>", &format!("{what}</svg>"))
}

#[test]
fn what_takes_minutes_to_draw_is_refused() {
    let blur = r#"<filter id="f"><feGaussianBlur stdDeviation="900"/></filter>"#;
    let square = r#"<rect x="8" y="700" width="9" height="9""#;
    for svg in [
        with_more(&format!(r#"{blur}{square} filter="url(#f)"/>"#)),
        with_more(&format!(r#"{blur}{square} style="fill:#000;filter:url(#f)"/>"#)),
        with_more(&format!(r#"<style>.s {{ filter: url(#f) }}</style>{blur}{square} class="s"/>"#)),
        with_more(&format!(r#"{square} filter="blur(300px)"/>"#)),
        with_more(&format!(
            r#"{blur}<mask id="m"><g filter="url(#f)">{square} fill="white"/></g></mask>{square} mask="url(#m)"/>"#
        )),
    ] {
        assert_eq!(mistake(&svg, 576), TemplateError::Filter, "{svg}");
    }
    // Editors leave definitions that nothing uses.
    Press::new(&with_more(blur), 576).unwrap();
    Press::new(&with_more(&format!(r#"{square} filter="none"/>"#)), 576).unwrap();
}

#[test]
fn copies_of_copies_are_counted_before_they_are_drawn() {
    let levels = (1..30).map(|n| {
        let copy = format!(r##"<use href="#g{}"/>"##, n - 1);
        format!(r#"<g id="g{n}">{copy}{copy}</g>"#)
    });
    let bomb: String = levels.collect();
    let svg =
        with_more(&format!(r##"<defs><rect id="g0" width="1" height="1"/>{bomb}</defs><use href="#g29"/>"##));
    assert!(matches!(mistake(&svg, 576), TemplateError::Crowded { .. }));
    let many = r#"<rect x="9" y="700" width="1" height="1"/>"#.repeat(20_001);
    assert!(matches!(mistake(&with_more(&many), 576), TemplateError::Crowded { .. }));
    let deep = format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000));
    assert!(matches!(
        mistake(&with_more(&deep), 576),
        TemplateError::Crowded { .. } | TemplateError::NotXml { .. }
    ));
    // What uses itself has no end.
    let itself = with_more(r##"<g id="me"><use href="#me"/></g>"##);
    assert!(Press::new(&itself, 576).is_err());
    Press::new(&with_more(r##"<g id="one"><path d="M0 0h1v1z"/></g><use href="#one" x="9"/>"##), 576)
        .unwrap();
}

#[test]
fn a_picture_in_the_drawing_has_no_more_pixels_than_a_logo() {
    let png = |width, height| {
        let mut png = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_luma8(width, height).write_to(&mut png, image::ImageFormat::Png).unwrap();
        png.into_inner()
    };
    let drawn = |pictures: &[Vec<u8>]| {
        let each = |png: &Vec<u8>| {
            let data = data_encoding::BASE64.encode(png);
            format!(r#"<image x="8" y="700" width="9" height="9" href="data:image/png;base64,{data}"/>"#)
        };
        Press::new(&with_more(&pictures.iter().map(each).collect::<String>()), 576).map(drop)
    };
    assert_eq!(drawn(&[png(64, 64)]), Ok(()));
    assert_eq!(drawn(&[png(1024, 1024), png(1024, 1024)]), Ok(()));
    for pictures in [vec![png(2049, 2048)], vec![png(2048, 2048), png(1, 1)]] {
        let refused = drawn(&pictures).unwrap_err();
        assert!(
            matches!(&refused, TemplateError::Picture(why) if why.contains("make it smaller")),
            "{refused}"
        );
    }
}

/// Patterns of patterns: each is drawn four times for each time that the next one is.
fn slow() -> String {
    let pattern = |n: u32| {
        let paint = if n == 0 { "black".to_owned() } else { format!("url(#p{})", n - 1) };
        let square = |x: u32, y: u32| {
            format!(r#"<rect x="{x}" y="{y}" width="40" height="40" fill="{paint}" opacity="0.9"/>"#)
        };
        let squares = [square(0, 0), square(40, 0), square(0, 40), square(40, 40)].concat();
        format!(
            r#"<pattern id="p{n}" width="80" height="80" patternUnits="userSpaceOnUse">{squares}</pattern>"#
        )
    };
    let patterns: String = (0..12).map(pattern).collect();
    with_more(&format!(
        r#"<defs>{patterns}</defs><rect x="8" y="600" width="160" height="160" fill="url(#p11)"/>"#
    ))
}

#[test]
fn a_template_that_takes_long_is_refused_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let checked = |template: &str| {
        std::fs::write(folder.path().join("badge.svg"), template).unwrap();
        let config = folder.path().join("kiosk.toml");
        std::fs::write(&config, "[printer]\ntemplate = \"badge.svg\"\n").unwrap();
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        let done = { program }.arg("--config").arg(config).arg("check").output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    assert_eq!(checked(BUILT_IN_TEMPLATE), (true, String::new()));
    let (good, said) = checked(&slow());
    assert!(!good && said.contains("takes longer than 2 s to draw: make it simpler"), "{said}");
    let (good, said) = checked(&format!("{BUILT_IN_TEMPLATE}<!--{}-->", " ".repeat(1024 * 1024)));
    assert!(!good && said.contains("larger than 1 MB"), "{said}");
}
