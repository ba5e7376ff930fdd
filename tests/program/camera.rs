//! A camera as Video4Linux shows it: pictures, no pictures, and everything between.

use crate::bed;
use frontdesk::back::camera;
use frontdesk::config::Camera;
use frontdesk::visit::Photo;
use image::ExtendedColorType;
use std::path::Path;
use std::time::Instant;

/// One photo of a camera of this kind (v4l2_camera.py).
fn shot(test: &str, words: &[&str], then: impl FnOnce(Result<Photo, String>)) {
    bed::with_device(test, "v4l2_camera.py", words, |_control| {
        then(camera::take(&Camera::Device("/dev/video0".into())).map_err(|problem| format!("{problem:#}")));
    });
}

/// Dark on the left, light on the right.
fn is_the_slope(photo: &Photo) -> bool {
    let row = &photo.gray()[Photo::WIDTH * 100..Photo::WIDTH * 101];
    row[0] < 30 && row[Photo::WIDTH - 1] > 225 && row[Photo::WIDTH / 2].abs_diff(127) < 12
}

#[test]
fn a_camera_gives_a_photo() {
    shot("a_camera_gives_a_photo", &["yuyv"], |photo| assert!(is_the_slope(&photo.unwrap())));
}

#[test]
fn a_camera_that_compresses_gives_a_photo_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("picture.jpg");
    let slope: Vec<u8> = (0..480).flat_map(|_| (0..640_u32).map(|x| (40 + x * 160 / 640) as u8)).collect();
    image::save_buffer(&file, &slope, 640, 480, ExtendedColorType::L8).unwrap();
    let words = ["mjpg", file.to_str().unwrap()];
    shot("a_camera_that_compresses_gives_a_photo_too", &words, |photo| {
        assert!(is_the_slope(&photo.unwrap()))
    });
}

#[test]
fn a_covered_lens_is_no_photo() {
    shot("a_covered_lens_is_no_photo", &["flat"], |photo| assert!(photo.unwrap_err().contains("covered")));
}

#[test]
fn torn_pictures_are_no_photo() {
    shot("torn_pictures_are_no_photo", &["torn"], |photo| assert!(photo.unwrap_err().contains("torn")));
}

#[test]
fn a_slow_camera_is_waited_for() {
    shot("a_slow_camera_is_waited_for", &["slow"], |photo| assert!(is_the_slope(&photo.unwrap())));
}

/// It stops in the middle, and neither the kiosk nor doctor stops with it.
#[test]
fn a_camera_that_stops_giving_pictures() {
    let begun = Instant::now();
    shot("a_camera_that_stops_giving_pictures", &["silent"], |photo| {
        let problem = photo.unwrap_err();
        assert!(problem.contains("it gives no picture") && problem.contains("timed out"), "{problem}");
        assert!((2..4).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    });
}

#[test]
fn a_camera_that_another_program_has() {
    shot("a_camera_that_another_program_has", &["busy"], |photo| {
        let problem = photo.unwrap_err();
        assert!(problem.contains("/dev/video0") && problem.contains("busy"), "{problem}");
    });
}

#[test]
fn a_camera_pulled_out_in_the_middle() {
    shot("a_camera_pulled_out_in_the_middle", &["pulled"], |photo| {
        assert!(photo.unwrap_err().contains("No such device"));
    });
}

#[test]
fn what_is_no_camera() {
    shot("what_is_no_camera", &["radio"], |photo| assert!(photo.unwrap_err().contains("takes no pictures")));
    let gone = camera::take(&Camera::Device(Path::new("/dev/no-such-camera").to_owned())).unwrap_err();
    assert!(format!("{gone:#}").contains("cannot be opened"), "{gone:#}");
}
