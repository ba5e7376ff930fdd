//! The camera: one grey photo when it is asked for one. Owns how pictures come out of Video4Linux; keeps none.

use super::Tell;
use super::runner::unharmed;
use crate::config::Camera;
use crate::errand::Report;
use crate::picture;
use crate::visit::Photo;
use anyhow::{Context, bail};
use linuxvideo::format::{PixFormat, PixelFormat};
use linuxvideo::stream::ReadStream;
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// The size that is asked for; every webcam has it (UVC 1.5, and far more than a badge shows).
const SIZE: (u32, u32) = (640, 480);
/// So many pictures a camera needs to find the light, half a second at 30 a second.
const TO_FIND_THE_LIGHT: u32 = 15;
/// A camera that gives no picture for so long gives none: even in the dark they give some each second.
const LONGEST_WITHOUT: Duration = Duration::from_secs(2);
/// So long between two looks whether there is a picture; a third of the time between two pictures.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
/// With so many torn pictures in a row the camera is broken.
const MOST_TORN: u32 = 30;

/// How often it is looked whether the camera is there while nobody wants a photo: one that is plugged in again is
/// offered again.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Takes photos until the desk is gone, and tells whether it can. Of several that were asked for meanwhile only the last
/// one is wanted.
pub(super) fn run(camera: &Camera, wanted: &Receiver<u32>, tell: &Tell) {
    let look = || unharmed(false, || is_there(camera));
    let mut gives = look();
    loop {
        tell(Report::Camera(gives));
        gives = match wanted.recv_timeout(LOOK_EVERY) {
            Ok(first) => {
                let number = wanted.try_iter().last().unwrap_or(first);
                let photo = unharmed(None, || take_or_say(camera));
                let gives = photo.is_some();
                tell(Report::Photo(number, photo));
                gives
            }
            Err(RecvTimeoutError::Timeout) => look(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
    }
}

fn take_or_say(camera: &Camera) -> Option<Photo> {
    take(camera).inspect_err(|problem| tracing::warn!("no photo: {problem:#}")).ok()
}

/// Whether it would take pictures. None is taken: nobody is photographed who did not say yes.
fn is_there(camera: &Camera) -> bool {
    match camera {
        Camera::Device(path) => device(path)
            .and_then(|device| device.video_capture(PixFormat::new(SIZE.0, SIZE.1, PixelFormat::YUYV)))
            .inspect_err(|problem| tracing::debug!("the camera is not there: {problem}"))
            .is_ok(),
        Camera::Picture(path) => path.is_file(),
    }
}

/// Takes one photo now.
///
/// # Errors
/// There is no camera, or it gives no picture; says why, for staff.
pub fn take(camera: &Camera) -> anyhow::Result<Photo> {
    let photo = match camera {
        Camera::Device(path) => shoot(path).with_context(|| format!("the camera {}", path.display()))?,
        Camera::Picture(path) => {
            let picture = picture::open(path).with_context(|| format!("{}", path.display()))?.into_luma8();
            Photo::cut(picture.width() as usize, picture.height() as usize, picture.as_raw())
        }
    };
    photo.context("the camera shows one plain surface: is its lens covered?")
}

/// The device. A pipe would be waited for, and only then be none.
fn device(path: &Path) -> io::Result<linuxvideo::Device> {
    let is_device = std::fs::metadata(path)?.file_type().is_char_device();
    if is_device { linuxvideo::Device::open(path) } else { Err(io::Error::other("it is no camera's device")) }
}

fn shoot(path: &Path) -> anyhow::Result<Option<Photo>> {
    let device = device(path).context("it cannot be opened")?;
    let wanted = PixFormat::new(SIZE.0, SIZE.1, PixelFormat::YUYV);
    let capture = device.video_capture(wanted).context("it takes no pictures")?;
    let negotiated = capture.format();
    let format = Pictures {
        width: negotiated.width() as usize,
        height: negotiated.height() as usize,
        row: negotiated.bytes_per_line() as usize,
        code: negotiated.pixel_format().as_fourcc(),
    };
    let mut stream = capture.into_stream().context("it gives no pictures")?;
    // A camera that stops would else be waited for for ever.
    let flags = rustix::fs::fcntl_getfl(&stream)? | rustix::fs::OFlags::NONBLOCK;
    rustix::fs::fcntl_setfl(&stream, flags)?;
    let (mut seen, mut torn, mut last) = (0, 0, None);
    while seen < TO_FIND_THE_LIGHT {
        match next(&mut stream).context("it gives no picture")? {
            Some(picture) => {
                seen += 1;
                last = Some(picture);
            }
            None if torn < MOST_TORN => torn += 1,
            None => bail!("it gives torn pictures only"),
        }
    }
    let Some(picture) = last else { bail!("it gives no picture") };
    let (width, height, gray) = gray(&format, &picture)?;
    Ok(Photo::cut(width, height, &gray))
}

/// The next picture; none where it is torn.
fn next(stream: &mut ReadStream) -> io::Result<Option<Vec<u8>>> {
    let begun = Instant::now();
    loop {
        match stream.dequeue(|picture| Ok((!picture.is_error()).then(|| picture.to_vec()))) {
            Err(none_yet) if none_yet.kind() == io::ErrorKind::WouldBlock => {
                if begun.elapsed() > LONGEST_WITHOUT {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                std::thread::sleep(LOOK_AGAIN);
            }
            picture => return picture,
        }
    }
}

/// How a camera's pictures lie in memory.
struct Pictures {
    width: usize,
    height: usize,
    /// Bytes a row; 0 where they are compressed.
    row: usize,
    /// Their four-character code.
    code: [u8; 4],
}

/// The light of each pixel.
fn gray(format: &Pictures, picture: &[u8]) -> anyhow::Result<(usize, usize, Vec<u8>)> {
    let Pictures { width, height, row, code } = *format;
    // Which byte of a pixel is its light, and how many bytes a pixel has (kernel.org, V4L2, pixel formats).
    let (first, step) = match &code {
        b"YUYV" => (0, 2),
        b"UYVY" => (1, 2),
        b"GREY" | b"NV12" | b"NV21" | b"YU12" | b"YV12" => (0, 1),
        b"MJPG" | b"JPEG" => {
            let picture = picture::decode(picture)?.into_luma8();
            return Ok((picture.width() as usize, picture.height() as usize, picture.into_raw()));
        }
        other => bail!("its pictures are {}, which is not known here", String::from_utf8_lossy(other)),
    };
    let row = row.max(width * step);
    if picture.len() < row * height {
        bail!(io::Error::new(io::ErrorKind::UnexpectedEof, "its picture is torn off"));
    }
    let line = |y: usize| picture[y * row..][..width * step].iter().skip(first).step_by(step).copied();
    Ok((width, height, (0..height).flat_map(line).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &[u8; 4], row: usize, picture: &[u8]) -> anyhow::Result<Vec<u8>> {
        gray(&Pictures { width: 2, height: 2, row, code: *code }, picture).map(|(_, _, gray)| gray)
    }

    #[test]
    fn the_light_is_found_in_every_kind_of_picture() {
        assert_eq!(of(b"YUYV", 4, &[1, 9, 2, 9, 3, 9, 4, 9]).unwrap(), [1, 2, 3, 4]);
        assert_eq!(
            of(b"YUYV", 6, &[1, 9, 2, 9, 0, 0, 3, 9, 4, 9, 0, 0]).unwrap(),
            [1, 2, 3, 4],
            "rows with a rest"
        );
        assert_eq!(of(b"UYVY", 4, &[9, 1, 9, 2, 9, 3, 9, 4]).unwrap(), [1, 2, 3, 4]);
        assert_eq!(of(b"GREY", 2, &[1, 2, 3, 4]).unwrap(), [1, 2, 3, 4]);
        assert_eq!(of(b"NV12", 2, &[1, 2, 3, 4, 9, 9]).unwrap(), [1, 2, 3, 4]);
        let mut jpeg = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 100);
        image::ImageEncoder::write_image(encoder, &[200; 4], 2, 2, image::ExtendedColorType::L8).unwrap();
        assert!(of(b"MJPG", 0, &jpeg).unwrap().iter().all(|gray| gray.abs_diff(200) < 3));
    }

    #[test]
    fn it_is_told_whether_there_is_a_camera_at_start_and_after_each_photo() {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("portrait.png");
        let camera = Camera::Picture(picture.clone());
        let ((photos, wanted), (told, tells)) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
        let tell: Tell = std::sync::Arc::new(move |report| told.send(report).unwrap());
        let thread = std::thread::spawn(move || run(&camera, &wanted, &tell));
        assert_eq!(tells.recv().unwrap(), Report::Camera(false));
        let slope: Vec<u8> = (0..480).flat_map(|_| (0..640_u32).map(|x| (x * 255 / 640) as u8)).collect();
        image::save_buffer(&picture, &slope, 640, 480, image::ExtendedColorType::L8).unwrap();
        photos.send(1).unwrap();
        assert!(matches!(tells.recv().unwrap(), Report::Photo(1, Some(_))));
        assert_eq!(tells.recv().unwrap(), Report::Camera(true));
        std::fs::remove_file(&picture).unwrap();
        photos.send(2).unwrap();
        assert_eq!(tells.recv().unwrap(), Report::Photo(2, None));
        assert_eq!(tells.recv().unwrap(), Report::Camera(false));
        drop(photos);
        thread.join().unwrap();
    }

    #[test]
    fn what_is_no_picture_is_said() {
        for (code, picture) in
            [(b"YUYV", vec![1, 2, 3]), (b"MJPG", vec![0xFF, 0xD8, 1]), (b"H264", vec![0; 64])]
        {
            assert!(of(code, 4, &picture).is_err(), "{code:?}");
        }
    }
}
