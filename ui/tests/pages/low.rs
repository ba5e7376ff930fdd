//! Low reach: whoever sits before a tall screen reaches its lower part. With the switch on, all that is touched comes
//! down there, on every page; with it off again, everything stands where it stood.

use crate::parts::{Area, Part, SLACK, parts};
use crate::support::{Values, open, scenes, settle, show};
use frontdesk_ui::{Frame, Keyboard, Kiosk, Look, Page};
use i_slint_backend_testing::ElementRoot;
use slint::ComponentHandle;

/// Where the first thing that is touched may begin, as a part of the screen's height: the upper third of a tall screen
/// is out of reach, a small tablet's upper edge is not far. What fits and has no more to say than usual leaves half the
/// screen to words. An emergency stands above everything, and the page begins right below it.
fn highest(size: (u32, u32), fits: bool, emergency: bool) -> f32 {
    let tall = size.1 > 1600;
    match (emergency, fits) {
        (true, _) => 0.28,
        (false, true) => {
            if tall {
                0.44
            } else {
                0.38
            }
        }
        (false, false) => {
            if tall {
                0.34
            } else {
                0.27
            }
        }
    }
}

fn reach_low(kiosk: &Kiosk, low: bool) {
    kiosk.global::<Look>().set_low(low);
    settle();
}

/// Whether something is longer than its room.
fn scrolls(parts: &[Part]) -> bool {
    let is_longer = |area: &Part| {
        parts.iter().any(|part| area.holds(part) && part.whole.height() > area.whole.height() + SLACK)
    };
    parts.iter().any(|part| part.is_scrolling_area() && is_longer(part))
}

#[test]
fn with_low_reach_all_that_is_touched_comes_down() {
    let (mut high, mut short) = (Vec::new(), 0);
    for size in [(1080, 1920), (800, 1280)] {
        for language in ["zh", "en"] {
            let kiosk = open(size, language);
            for (values, large) in [Values::Short, Values::Longest]
                .into_iter()
                .flat_map(|values| [(values, false), (values, true)])
            {
                kiosk.global::<Look>().set_large(large);
                for scene in scenes() {
                    show(&kiosk, scene, values);
                    reach_low(&kiosk, true);
                    let parts = parts(&kiosk.root_element());
                    let touched = parts.iter().filter(|part| part.is_touched() && part.is_seen());
                    let first = touched.min_by(|one, other| one.seen.top.total_cmp(&other.seen.top));
                    let first = first.expect("something can be touched on every page");
                    let emergency = !kiosk.global::<Frame>().get_emergency().is_empty();
                    // Reception's lists take all the room there is.
                    let fits = scene.page != Page::Counter
                        && (values, large) == (Values::Short, false)
                        && !kiosk.global::<Keyboard>().get_shown()
                        && !scrolls(&parts);
                    short += usize::from(fits && !emergency);
                    let from = highest(size, fits, emergency);
                    let at = first.seen.top / size.1 as f32;
                    if at < from {
                        high.push(format!(
                            "{} {language} {size:?} {values:?} large {large}: \"{}\" begins at {at}, not from {from}",
                            scene.name, first.words
                        ));
                    }
                }
            }
        }
    }
    assert!(high.is_empty(), "{}", high.join("\n"));
    assert!(short > 150, "{short}");
}

/// Where everything stands that is read or touched and does not scroll: that may have moved to keep a field in sight.
fn places(kiosk: &Kiosk) -> Vec<(String, Area)> {
    let parts = parts(&kiosk.root_element()).into_iter();
    let fixed = parts.filter(|part| !part.scrolls && (part.text || part.is_touched()));
    fixed.map(|part| (part.kind + &part.words, part.whole)).collect()
}

#[test]
fn without_low_reach_all_is_again_where_it_was() {
    for size in [(1080, 1920), (1280, 800)] {
        let kiosk = open(size, "en");
        for scene in scenes() {
            reach_low(&kiosk, false);
            show(&kiosk, scene, Values::Short);
            let before = places(&kiosk);
            reach_low(&kiosk, true);
            let low = places(&kiosk);
            reach_low(&kiosk, false);
            assert_eq!(before, places(&kiosk), "{} {size:?}", scene.name);
            assert!(size.0 > size.1 || before != low, "{} {size:?}: nothing came down", scene.name);
        }
    }
}
