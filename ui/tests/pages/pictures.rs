//! Every page as a picture, for people to look at: `FRONTDESK_PICTURES=DIR cargo test -p frontdesk-ui --test pages pictures`.
//! `FRONTDESK_PICTURES_OF` narrows them to those whose name has one of its words, as `details,choose -zh-`;
//! `FRONTDESK_PICTURES_WITH=contrast,low,emergency` sets the switches. Without the first it paints one page and looks at nothing else.

use crate::support::{SIZES, Values, emergency, open, paint, scenes, settle, show};
use frontdesk_ui::Look;
use slint::ComponentHandle;
use std::path::PathBuf;

/// Every group of words, parted by blanks, must have one that the name contains.
fn wanted(name: &str) -> bool {
    std::env::var("FRONTDESK_PICTURES_OF")
        .map_or(true, |of| of.split(' ').all(|all| all.split(',').any(|word| name.contains(word))))
}

#[test]
fn every_page_can_be_painted() {
    let directory = std::env::var_os("FRONTDESK_PICTURES").map(PathBuf::from);
    for &size in SIZES {
        for language in ["zh", "en"] {
            let kiosk = open(size, language);
            let with = std::env::var("FRONTDESK_PICTURES_WITH").unwrap_or_default();
            kiosk.global::<Look>().set_contrast(with.contains("contrast"));
            kiosk.global::<Look>().set_low(with.contains("low"));
            for large in [false, true] {
                kiosk.global::<Look>().set_large(large);
                for values in [Values::Short, Values::Longest, Values::Latin, Values::Han] {
                    for scene in scenes() {
                        let name = format!(
                            "{}-{language}-{}x{}{}{}",
                            scene.name,
                            size.0,
                            size.1,
                            if large { "-large" } else { "-normal" },
                            match values {
                                Values::Short => "-short",
                                Values::Longest => "-longest",
                                Values::Latin => "-latin",
                                Values::Han => "-han",
                            },
                        );
                        if let Some(directory) = &directory
                            && wanted(&name)
                        {
                            show(&kiosk, scene, values);
                            if with.contains("emergency") {
                                emergency(&kiosk);
                                settle();
                            }
                            paint(&kiosk, &directory.join(name).with_extension("png"));
                        }
                    }
                }
            }
            let shot = kiosk.window().take_snapshot().expect("the window can be painted");
            assert_eq!((shot.width(), shot.height()), size);
        }
    }
}
