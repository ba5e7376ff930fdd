//! A photo for the badge: only of who says yes, looked at before it is used, and never in the way.

use super::*;
use crate::visit::Photo;

fn photo(shade: u8) -> Photo {
    Photo::try_from(vec![shade; Photo::WIDTH * Photo::HEIGHT]).unwrap()
}

impl Reception {
    /// Private visits are offered a photo, and somebody has come as far as that.
    fn posing() -> Self {
        let mut reception = Self::open();
        reception.config.camera = Some(crate::config::Camera::Picture("portrait.png".into()));
        for kind in &mut reception.config.visit_types {
            kind.photo = true;
            kind.admits = crate::config::Admits::Nobody;
        }
        reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
        reception.walk_to_the_host();
        reception
    }

    fn walk_to_the_host(&mut self) -> &mut Self {
        self.tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("private".to_owned())))
            .details("王芳", "13900139000");
        self.tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
    }

    fn shown(&self) -> PhotoShown {
        let PageView::Photo(photo) = self.page() else { panic!("no photo: {:?}", self.page()) };
        photo.state
    }

    /// Counts down until the camera is asked; the photo's number.
    fn countdown(&mut self) -> u32 {
        self.tell(Event::Registration(Registration::TakePhoto));
        assert_eq!((self.shown(), self.desk.wants_photo(self.now.tick)), (PhotoShown::Counting(3), None));
        self.wait(Duration::from_secs(1));
        assert_eq!(self.shown(), PhotoShown::Counting(2));
        self.wait(Duration::from_secs(1));
        self.desk.wants_photo(self.now.tick).expect("the camera finds the light")
    }
}

#[test]
fn a_photo_is_taken_looked_at_taken_again_and_printed() {
    let mut reception = Reception::posing();
    assert_eq!(
        (reception.shown(), reception.desk.wants_photo(reception.now.tick)),
        (PhotoShown::Asked, None)
    );
    let first = reception.countdown();
    reception.tell(Event::System(System::Report(Report::Photo(first, Some(photo(10))))));
    assert_eq!(reception.shown(), PhotoShown::Taken(photo(10)));
    let second = reception.countdown();
    assert_ne!(first, second);
    reception.tell(Event::System(System::Report(Report::Photo(first, Some(photo(99))))));
    assert!(matches!(reception.shown(), PhotoShown::Counting(_)), "a photo that comes late is nobody's");
    reception.tell(Event::System(System::Report(Report::Photo(second, Some(photo(20))))));
    reception.tell(Event::Registration(Registration::PhotoDone { with: true }));
    assert!(matches!(reception.page(), PageView::Agree(_)));
    reception.tell(Event::Registration(Registration::Agree(vec![])));
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!(reception.book.photo(visit.id).unwrap(), Some(photo(20)));
    assert_eq!(reception.thanks().badge.photo, Some(photo(20)), "the page shows what is printed");
    let printed = reception.due().into_iter().find_map(|errand| match errand.work {
        Work::Badge(badge) => Some(badge.photo),
        Work::Letter(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => None,
    });
    assert_eq!(printed, Some(Some(photo(20))));
    // It is erased with the rest.
    let day = Duration::from_secs(24 * 60 * 60);
    reception.wait(day).due();
    reception.wait(day * (reception.config.visit.keep_days + 1));
    assert_eq!(reception.book.photo(visit.id).unwrap(), None);
}

#[test]
fn whoever_wants_none_is_in_all_the_same() {
    let mut reception = Reception::posing();
    reception.tell(Event::Registration(Registration::PhotoDone { with: true }));
    assert_eq!(reception.shown(), PhotoShown::Asked, "there is none yet");
    reception
        .tell(Event::Registration(Registration::PhotoDone { with: false }))
        .tell(Event::Registration(Registration::Agree(vec![])));
    assert_eq!((reception.visits(), reception.thanks().badge.photo), (1, None));
}

#[test]
fn a_camera_that_gives_nothing_keeps_nobody() {
    let mut reception = Reception::posing();
    let number = reception.countdown();
    reception.tell(Event::System(System::Report(Report::Photo(number, None))));
    assert_eq!(reception.shown(), PhotoShown::Failed);
    // Or it never says anything at all.
    reception.countdown();
    reception.wait(Duration::from_secs(1));
    assert_eq!(reception.shown(), PhotoShown::Counting(0));
    let gives_up = reception.desk.wakes_at(reception.now.tick).unwrap();
    reception.wait(reception.now.tick.until(gives_up));
    assert_eq!(reception.shown(), PhotoShown::Failed);
    reception.tell(Event::Registration(Registration::PhotoDone { with: false }));
    assert!(matches!(reception.page(), PageView::Agree(_)));
}

#[test]
fn who_goes_away_leaves_no_photo() {
    let mut reception = Reception::posing();
    let number = reception.countdown();
    reception.tell(Event::System(System::Report(Report::Photo(number, Some(photo(10))))));
    let screen = reception.config.screen.clone();
    reception.wait(screen.idle_seconds).wait(screen.warning_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
    assert!(!format!("{:?}", reception.desk).contains("Photo("), "it is still at the desk");
    // One step back forgets it too.
    reception.walk_to_the_host();
    let number = reception.countdown();
    reception.tell(Event::System(System::Report(Report::Photo(number, Some(photo(10))))));
    reception
        .tell(Event::Registration(Registration::PhotoDone { with: true }))
        .tell(Event::Session(Session::Back));
    assert!(matches!(reception.page(), PageView::Host(_)));
    reception.tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
    assert_eq!(reception.shown(), PhotoShown::Asked);
}

#[test]
fn without_a_camera_or_a_word_in_the_notice_nobody_is_asked() {
    for (camera, speaks) in [(false, true), (true, false)] {
        let mut reception = Reception::posing();
        let folder = tempfile::tempdir().unwrap();
        if !camera {
            reception.config.camera = None;
        }
        if !speaks {
            std::fs::write(folder.path().join("en.md"), "version: 1\n\nWelcome.\n").unwrap();
            reception.config.visit.notices = Some(folder.path().to_owned());
        }
        reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
        reception.walk_to_the_host();
        assert!(matches!(reception.page(), PageView::Agree(_)), "{camera} {speaks}");
    }
}

#[test]
fn nobody_is_asked_for_a_photo_that_the_badge_has_no_place_for() {
    let mut reception = Reception::posing();
    assert_eq!(reception.shown(), PhotoShown::Asked);
    let notices = Notices::load(&reception.config).unwrap();
    let customers = std::collections::HashSet::from(["customer".to_owned()]);
    reception.desk = Desk::new(&reception.config, notices).with_photos_for(customers);
    reception.walk_to_the_host();
    assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
}

#[test]
fn a_camera_that_is_gone_is_not_offered_until_it_is_back() {
    let mut reception = Reception::posing();
    let number = reception.countdown();
    reception
        .tell(Event::System(System::Report(Report::Photo(number, None))))
        .tell(Event::System(System::Report(Report::Camera(false))));
    assert_eq!(reception.shown(), PhotoShown::Failed, "whoever stands there is told");
    reception.tell(Event::Session(Session::Home)).walk_to_the_host();
    assert!(
        matches!(reception.page(), PageView::Agree(_)),
        "the next one is not asked: {:?}",
        reception.page()
    );
    reception
        .tell(Event::System(System::Report(Report::Camera(true))))
        .tell(Event::Session(Session::Home))
        .walk_to_the_host();
    assert_eq!(reception.shown(), PhotoShown::Asked);
}
