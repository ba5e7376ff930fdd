//! Whoever gives up at any step of any journey, in any way, leaves nothing behind but what was promised to be kept
//! before: the book is as it was, row for row, and the desk is as if nobody had been there.

#![allow(clippy::type_complexity, clippy::wildcard_enum_match_arm, reason = "a table of journeys")]

use super::signature::written;
use super::*;
use crate::config::{Admits, Camera};
use crate::visit::Photo;
use rusqlite::types::Value;

/// One step of a journey.
enum Step {
    /// Nothing is kept.
    Tell(Event),
    /// The book keeps it: it stays, whatever the visitor does afterwards.
    Keep(Event),
    /// Somebody else does something, and nothing of it is kept.
    Else(fn(&mut Reception)),
    /// Somebody else does something, and the book keeps it.
    ElseKept(fn(&mut Reception)),
}

use Step::{Else, ElseKept, Keep, Tell};

/// How somebody gives up.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// They walk away.
    Idle,
    /// They clear it all.
    Home,
    /// They go back step by step; a page without a way back is put away.
    Back,
}

/// What visitors say of themselves in these journeys, and whom they see.
const THEIRS: [&str; 13] = [
    "王芳",
    "1390013",
    "云栖",
    "李晓云",
    "周杰",
    "欧阳",
    "1380013",
    "对账",
    "顺丰",
    "咖啡",
    "Zzyzx",
    "13400003333",
    "刘欣怡",
];

impl Reception {
    /// A house in which every journey can be gone.
    fn of_every_kind() -> Self {
        let mut reception = Self::open();
        reception.config.camera = Some(Camera::Picture("portrait.png".into()));
        for kind in &mut reception.config.visit_types {
            kind.photo = kind.kind.id == "private";
            if kind.kind.id == "supplier" {
                kind.admits = Admits::Nobody;
            }
        }
        reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
        let group = Invitation { party: 2, ..invitation(7, "王芳", 8..18) };
        let repair =
            Invitation { visit_type: Some("contractor".to_owned()), ..invitation(8, "王芳", 8..18) };
        reception.book.put_invitations(&[group, repair], reception.now).unwrap();
        reception.tell(Event::System(System::Tick));
        reception
    }

    /// Every row of every table.
    fn rows(&self) -> Vec<String> {
        let book = rusqlite::Connection::open(self._folder.path().join("book.db")).unwrap();
        let mut tables =
            book.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").unwrap();
        let tables: Vec<String> =
            tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(tables.len() > 10, "{tables:?}");
        let mut rows = Vec::new();
        for table in tables {
            let mut all = book.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = all.column_count();
            let line = |row: &rusqlite::Row<'_>| {
                (0..columns).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()
            };
            rows.extend(all.query_map([], line).unwrap().map(|row| format!("{table}: {:?}", row.unwrap())));
        }
        // How often was guessed outlives everybody, and says nothing of anybody.
        let guesses = |row: &String| row.starts_with("pauses: ");
        // Nor does the sum of such a row, whose table is the 17th.
        rows.retain(|row| !row.starts_with("sums: [Integer(17), "));
        for row in rows.extract_if(.., |row| guesses(row)) {
            let tells = ["look_up", "recall"]
                .iter()
                .any(|what| row.starts_with(&format!("pauses: [Text(\"{what}\"), Integer(")));
            assert!(tells && row.matches("Integer").count() == 2, "{row}");
        }
        rows
    }

    /// Takes one step; whether the book kept something.
    fn step(&mut self, step: &Step) -> bool {
        match step {
            Tell(event) | Keep(event) => _ = self.tell(event.clone()),
            Else(action) | ElseKept(action) => action(self),
        }
        matches!(step, Keep(_) | ElseKept(_))
    }

    fn gives_up(&mut self, way: Way) {
        let screen = self.config.screen.clone();
        match way {
            Way::Idle => _ = self.wait(screen.idle_seconds).wait(screen.warning_seconds),
            Way::Home => _ = self.tell(Event::Session(Session::Home)),
            Way::Back => {
                for _ in 0..12 {
                    self.tell(Event::Session(Session::Back));
                }
                self.tell(Event::Session(Session::Done));
            }
        }
    }
}

fn details(name: &str, phone: &str, party: i32, remember: bool) -> Event {
    Event::Registration(Registration::DetailsDone {
        name: name.to_owned(),
        company: "云栖".to_owned(),
        phone: phone.to_owned(),
        party,
        remember,
    })
}

fn scanned(n: u8) -> Event {
    Event::LookUp(LookUp::Scanned(token(n).as_str().to_owned()))
}

fn badge_of(reception: &Reception) -> Event {
    Event::LookUp(LookUp::Scanned(reception.book.open_visits().unwrap()[0].badge_token.as_str().to_owned()))
}

/// What a walk-in of this kind goes through; those of every second kind sign at reception.
fn walk_in(kind: &VisitType, questions: usize) -> Vec<Step> {
    let mut steps = vec![
        Tell(Event::Registration(Registration::WalkIn)),
        Tell(Event::Registration(Registration::ChooseType(kind.kind.id.clone()))),
        Tell(Event::Registration(Registration::LeaveField(Field::Name, "王芳".to_owned()))),
        Tell(details("王芳", "13900139000", 1, kind.kind.id == "supplier")),
        Tell(Event::Registration(Registration::NameMember { at: 0, name: "Zzyzx".to_owned() })),
        Tell(Event::Registration(Registration::MembersDone)),
        Tell(Event::Registration(Registration::AskForHost("lxy".to_owned()))),
        Tell(Event::Registration(Registration::ChooseHost("h1".to_owned()))),
    ];
    if !kind.purposes.is_empty() {
        steps.push(Tell(Event::Registration(Registration::PurposeDone("对账".to_owned()))));
    }
    if kind.safety.is_some() {
        steps.extend([
            Tell(Event::Registration(Registration::InductionRead)),
            Tell(Event::Registration(Registration::Answer(0))),
            Tell(Event::Registration(Registration::InductionRead)),
        ]);
        steps.extend((0..questions).map(|_| {
            Else(|reception| {
                let lesson =
                    reception.desk.notices.lesson("contractor", reception.desk.lang).unwrap().clone();
                let PageView::Question(asked) = reception.page() else { panic!("{:?}", reception.page()) };
                reception.tell(Event::Registration(Registration::Answer(
                    lesson.questions[asked.number - 1].right,
                )));
            })
        }));
    }
    if kind.photo {
        steps.extend([
            Tell(Event::Registration(Registration::TakePhoto)),
            Else(|reception| {
                reception.wait(Duration::from_secs(2));
                let number = reception.desk.wants_photo(reception.now.tick).unwrap();
                let photo = Photo::try_from(vec![7; Photo::WIDTH * Photo::HEIGHT]).unwrap();
                reception.tell(Event::System(System::Report(Report::Photo(number, Some(photo)))));
            }),
            Tell(Event::Registration(Registration::PhotoDone { with: true })),
        ]);
    }
    steps.push(Tell(Event::Session(Session::ShowPrivacy)));
    steps.push(Tell(Event::Session(Session::CloseAside)));
    if kind.signature {
        steps.extend([
            Tell(Event::Registration(Registration::Agree(vec![]))),
            Tell(Event::Registration(Registration::Signing)),
        ]);
    }
    steps.push(Keep(Event::Registration(Registration::Agree(if kind.signature {
        written()
    } else {
        vec![]
    }))));
    steps
}

/// Every journey from the welcome page, with what must have happened before.
fn journeys() -> Vec<(String, fn(&mut Reception), Vec<Step>)> {
    let house = Reception::of_every_kind();
    let agree = || Keep(Event::Registration(Registration::Agree(vec![])));
    let look_up =
        |name: &str| Event::LookUp(LookUp::Name { name: name.to_owned(), last_four: "8000".to_owned() });
    let code = |n| Event::LookUp(LookUp::Code(code(n).as_str().to_owned()));
    let nobody: fn(&mut Reception) = |_| {};
    let somebody: fn(&mut Reception) = |reception| {
        reception
            .tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
        reception
            .tell(details("王芳", "13900138000", 0, true))
            .tell(Event::Registration(Registration::ChooseHost("h2".to_owned())));
        reception
            .tell(Event::Registration(Registration::PurposeDone("对账".to_owned())))
            .tell(Event::Registration(Registration::Agree(vec![])))
            .tell(Event::Session(Session::Done));
        assert_eq!(reception.visits(), 1);
    };
    let mut all: Vec<(&str, fn(&mut Reception), Vec<Step>)> = vec![
        ("by scan", nobody, vec![Tell(scanned(1)), Tell(Event::LookUp(LookUp::Confirm)), agree()]),
        (
            "by code, corrected, in English",
            nobody,
            vec![
                Tell(Event::Session(Session::ChooseLanguage(Lang::EN))),
                Tell(Event::LookUp(LookUp::HaveInvitation)),
                Tell(Event::LookUp(LookUp::ByCode)),
                Tell(Event::LookUp(LookUp::Code("7K".to_owned()))),
                Tell(code(1)),
                Tell(Event::LookUp(LookUp::Correct)),
                Tell(Event::Registration(Registration::LeaveField(Field::Phone, "1390013".to_owned()))),
                Tell(details("Zzyzx", "13900139000", 0, false)),
                Tell(Event::Session(Session::ShowReception)),
                Tell(Event::Session(Session::CloseAside)),
                agree(),
            ],
        ),
        (
            "by name, one of two",
            nobody,
            vec![
                Tell(Event::LookUp(LookUp::HaveInvitation)),
                Tell(Event::LookUp(LookUp::ByName)),
                Tell(look_up("周杰")),
                Tell(Event::LookUp(LookUp::Choose("i6".to_owned()))),
                Tell(Event::LookUp(LookUp::Confirm)),
                agree(),
            ],
        ),
        ("somebody else", nobody, vec![Tell(scanned(1)), Tell(Event::LookUp(LookUp::NotMe))]),
        (
            "declined",
            nobody,
            vec![
                Tell(scanned(1)),
                Tell(Event::LookUp(LookUp::Confirm)),
                Tell(Event::Registration(Registration::Decline)),
            ],
        ),
        (
            "a group",
            nobody,
            vec![
                Tell(scanned(7)),
                Tell(Event::LookUp(LookUp::Confirm)),
                Tell(details("王芳", "13900139000", 2, false)),
                Tell(Event::Registration(Registration::NameMember { at: 0, name: "Zzyzx".to_owned() })),
                Tell(Event::Registration(Registration::NameMember { at: 1, name: "7".to_owned() })),
                Tell(Event::Registration(Registration::NameMember { at: 1, name: String::new() })),
                Tell(Event::Registration(Registration::MembersDone)),
                agree(),
            ],
        ),
        (
            "late to a group",
            |reception| {
                reception.scan(7).tell(Event::LookUp(LookUp::Correct)).tell(details(
                    "王芳",
                    "13900139000",
                    0,
                    false,
                ));
                reception
                    .tell(Event::Registration(Registration::Agree(vec![])))
                    .tell(Event::Session(Session::Done));
            },
            vec![
                Tell(Event::LookUp(LookUp::HaveInvitation)),
                Tell(Event::LookUp(LookUp::ByCode)),
                Tell(code(7)),
                Tell(Event::LookUp(LookUp::Confirm)),
                Tell(details("周杰", "13400003333", 0, false)),
                agree(),
            ],
        ),
        (
            "signing at reception",
            nobody,
            vec![
                Tell(scanned(8)),
                Tell(Event::LookUp(LookUp::Correct)),
                Tell(details("王芳", "13900139000", 0, false)),
                Tell(Event::Registration(Registration::InductionRead)),
                Else(|reception| {
                    let lesson = reception.desk.notices.lesson("contractor", Lang::ZH).unwrap().clone();
                    lesson.questions.iter().for_each(|question| {
                        _ = reception.tell(Event::Registration(Registration::Answer(question.right)))
                    });
                }),
                Tell(Event::Registration(Registration::Agree(vec![]))),
                Keep(Event::Registration(Registration::SignAtReception)),
            ],
        ),
        (
            "a delivery",
            nobody,
            vec![
                Tell(Event::Delivery(Parcels::Begin)),
                Tell(Event::Registration(Registration::AskForHost("liuxin".to_owned()))),
                Tell(Event::Registration(Registration::ChooseHost("h2".to_owned()))),
                Keep(Event::Delivery(Parcels::Done {
                    carrier: "顺丰".to_owned(),
                    parcels: 3,
                    to_sign: true,
                })),
            ],
        ),
        (
            "coming again",
            somebody,
            vec![
                Tell(Event::Registration(Registration::WalkIn)),
                Tell(Event::Registration(Registration::ChooseType("supplier".to_owned()))),
                Tell(Event::Registration(Registration::LeaveField(Field::Name, "王芳".to_owned()))),
                Tell(Event::Registration(Registration::LeaveField(Field::Phone, "13900138000".to_owned()))),
                Tell(details("王芳", "13900138000", 0, true)),
                Tell(Event::Registration(Registration::ChooseHost("h2".to_owned()))),
                Tell(Event::Registration(Registration::PurposeDone("对账".to_owned()))),
                agree(),
            ],
        ),
        (
            "out by badge, with a complaint",
            somebody,
            vec![
                Else(|reception| _ = reception.tell(badge_of(reception))),
                Keep(Event::SignOut(SignOut::Leave)),
                Keep(Event::SignOut(SignOut::Rate(2))),
                Tell(Event::SignOut(SignOut::BeginFeedback { complaint: true })),
                Keep(Event::SignOut(SignOut::FeedbackDone {
                    words: "咖啡太冷".to_owned(), anonymous: true
                })),
            ],
        ),
        (
            "out by number, with a comment",
            somebody,
            vec![
                Tell(Event::SignOut(SignOut::Leaving)),
                Tell(Event::LookUp(LookUp::ByCode)),
                Tell(Event::LookUp(LookUp::Code("17".to_owned()))),
                Tell(Event::LookUp(LookUp::Code("A001".to_owned()))),
                Keep(Event::SignOut(SignOut::Leave)),
                Tell(Event::SignOut(SignOut::BeginFeedback { complaint: false })),
                Keep(Event::SignOut(SignOut::FeedbackDone {
                    words: "咖啡很好".to_owned(),
                    anonymous: false,
                })),
            ],
        ),
        (
            "out by name",
            somebody,
            vec![
                Tell(Event::SignOut(SignOut::Leaving)),
                Tell(Event::LookUp(LookUp::ByName)),
                Tell(look_up("王芳")),
                Tell(Event::Session(Session::ShowPrivacy)),
                Tell(Event::Session(Session::CloseAside)),
                Keep(Event::SignOut(SignOut::Leave)),
            ],
        ),
        (
            "in again",
            |reception| {
                let kind = reception.config.visit_types.iter_mut().find(|kind| kind.kind.id == "supplier");
                kind.unwrap().kind.returns = true;
                reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
                reception
                    .tell(Event::System(System::Tick))
                    .tell(Event::Registration(Registration::WalkIn))
                    .tell(Event::Registration(Registration::ChooseType("supplier".to_owned())));
                reception
                    .details("王芳", "13900139000")
                    .tell(Event::Registration(Registration::ChooseHost("h1".to_owned())));
                reception
                    .tell(Event::Registration(Registration::PurposeDone("对账".to_owned())))
                    .tell(Event::Registration(Registration::Agree(vec![])))
                    .tell(Event::Session(Session::Done));
                let badge = badge_of(reception);
                reception
                    .tell(badge.clone())
                    .tell(Event::SignOut(SignOut::Leave))
                    .tell(Event::Session(Session::Done));
            },
            vec![
                Else(|reception| {
                    let visit = reception.book.entries().unwrap().into_iter().find_map(|entry| match entry {
                        crate::book::Entry::Arrived { visit, .. } => Some(visit),
                        _ => None,
                    });
                    reception
                        .tell(Event::LookUp(LookUp::Scanned(visit.unwrap().badge_token.as_str().to_owned())));
                }),
                Keep(Event::SignOut(SignOut::ComeBack)),
            ],
        ),
    ];
    let customer = house.config.visit_types.iter().find(|kind| kind.kind.id == "customer").unwrap();
    let answers: [(&str, fn(&mut Reception)); 2] = [
        ("let in", |reception| {
            let visit = reception.book.waiting().unwrap().remove(0);
            assert!(reception.book.admit(visit.id, "reception", reception.now).unwrap());
            reception.tell(Event::System(System::Tick));
        }),
        ("turned away", |reception| {
            let visit = reception.book.waiting().unwrap().remove(0);
            assert!(reception.book.decline(visit.id, "reception", "李晓云不在", reception.now).unwrap());
            reception.tell(Event::System(System::Tick));
        }),
    ];
    for (name, answer) in answers {
        let mut steps = walk_in(customer, 0);
        steps.push(ElseKept(answer));
        all.push((name, nobody, steps));
    }
    let mut all: Vec<_> =
        all.into_iter().map(|(name, before, steps)| (name.to_owned(), before, steps)).collect();
    for kind in house.config.visit_types.iter().filter(|kind| !kind.parcels) {
        let lesson = house.desk.notices.lesson(&kind.kind.id, Lang::ZH);
        let questions = lesson.map_or(0, |lesson| lesson.questions.len());
        all.push((format!("a walk-in: {}", kind.kind.id), nobody, walk_in(kind, questions)));
    }
    all
}

/// Goes so many steps, and gives up.
fn give_up(reception: &mut Reception, name: &str, steps: &[Step], way: Way) {
    let mut rows = reception.rows();
    let (visitor, forms) = (reception.desk.visitor, reception.desk.forms);
    for (at, step) in steps.iter().enumerate() {
        let page = reception.page();
        let keeps = reception.step(step);
        let now = reception.rows();
        assert_eq!(now != rows, keeps, "{name}, step {at} on {page:?} led to {:?}", reception.page());
        rows = now;
    }
    let last = reception.page();
    assert_ne!(last, PageView::Welcome, "{name}, {} steps: there is nothing to give up", steps.len());
    reception.gives_up(way);
    let which = format!("{name}, {} steps, {way:?} on {last:?}", steps.len());
    let view = reception.desk.view(reception.now);
    assert_eq!((&view.page, view.lang, view.still_there), (&PageView::Welcome, Lang::ZH, None), "{which}");
    assert!(view.visitor != visitor && view.forms != forms, "{which}: the screen forgets nothing");
    assert_eq!(reception.rows(), rows, "{which}: the book is not as it was");
    let desk = &reception.desk;
    let remains = format!("{:?} {:?} {:?} {:?} {view:?}", desk.page, desk.aside, desk.idle, desk.look_ups);
    for word in THEIRS {
        assert!(!remains.contains(word), "{which}: {word} remains in {remains}");
    }
}

/// Every journey up to every step, and given up there.
fn every_step_of_every_journey(way: Way) {
    for (name, before, steps) in journeys() {
        // A language alone is nothing that could be given up.
        let begins = usize::from(matches!(steps[0], Tell(Event::Session(Session::ChooseLanguage(_))))) + 1;
        let mut reception = Reception::of_every_kind();
        before(&mut reception);
        for until in begins..=steps.len() {
            let steps = &steps[..until];
            give_up(&mut reception, &name, steps, way);
            if steps.iter().any(|step| matches!(step, Keep(_) | ElseKept(_))) {
                // What was kept stays, so the next one begins in another house.
                reception = Reception::of_every_kind();
                before(&mut reception);
            }
        }
    }
}

#[test]
fn whoever_walks_away_at_any_step_leaves_nothing_that_was_not_promised() {
    every_step_of_every_journey(Way::Idle);
}

#[test]
fn whoever_clears_it_all_at_any_step_leaves_nothing_that_was_not_promised() {
    every_step_of_every_journey(Way::Home);
}

#[test]
fn whoever_goes_back_from_any_step_leaves_nothing_that_was_not_promised() {
    every_step_of_every_journey(Way::Back);
}
