//! Reception's pages and the PIN before them, in every shape that lays out differently.

use crate::support::{Scene, Values, emergency, focus, model, nothing, put, settle};
use frontdesk_ui::*;
use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel};
use std::cell::Cell;

const PIN: Page = Page::Pin;
const DESK: Page = Page::Counter;

/// The PIN, each part of reception's pages, an opened card, every form, and what came of an action.
pub const SCENES: &[Scene] = &[
    Scene { name: "pin-names", page: PIN, show: nothing },
    Scene {
        name: "pin-nobody",
        page: PIN,
        show: |k| put!(k.global::<Pin>(), view.names = ModelRc::default()),
    },
    Scene { name: "pin-typing", page: PIN, show: |k| pin(k, PinMiss::None) },
    Scene {
        name: "pin-typed",
        page: PIN,
        show: |k| {
            pin(k, PinMiss::None);
            put_keyboard_away(k);
        },
    },
    Scene { name: "pin-wrong", page: PIN, show: |k| pin(k, PinMiss::Wrong) },
    Scene { name: "pin-paused", page: PIN, show: |k| pin(k, PinMiss::Paused) },
    Scene {
        name: "pin-no-pepper",
        page: PIN,
        show: |k| {
            pin(k, PinMiss::NoPepper);
            put_keyboard_away(k);
        },
    },
    Scene { name: "roll-called", page: Page::RollCall, show: nothing },
    Scene {
        name: "roll-nothing",
        page: Page::RollCall,
        show: |k| roll(k, RollNews::Nothing, RollPaper::Names, BadgeState::Waiting),
    },
    Scene {
        name: "roll-nothing-mailed",
        page: Page::RollCall,
        show: |k| roll(k, RollNews::Nothing, RollPaper::None, BadgeState::Printing),
    },
    Scene {
        name: "roll-goes-on",
        page: Page::RollCall,
        show: |k| roll(k, RollNews::GoesOn, RollPaper::Numbers, BadgeState::Failed),
    },
    Scene {
        name: "roll-again",
        page: Page::RollCall,
        show: |k| roll(k, RollNews::Again, RollPaper::Numbers, BadgeState::Printing),
    },
    Scene { name: "pin-roll", page: PIN, show: |k| put!(k.global::<Pin>(), view.roll = true) },
    Scene { name: "board", page: DESK, show: nothing },
    Scene { name: "board-trouble", page: DESK, show: trouble },
    Scene { name: "board-typing", page: DESK, show: |k| focus(k, 0) },
    Scene {
        name: "board-nothing",
        page: DESK,
        show: |k| {
            put!(k.global::<Counter>(), typed.filter = "xyz".into());
            let none = |heading| DeskColumn { heading, cards: ModelRc::default() };
            k.global::<Counter>().set_columns(model(BOARD.map(none)));
        },
    },
    Scene {
        name: "board-done",
        page: DESK,
        show: |k| {
            put!(k.global::<Counter>(), said.action = Action::CancelInvitation);
            put!(k.global::<Counter>(), said.kind = SaidKind::Done);
        },
    },
    Scene {
        name: "board-emergency",
        page: DESK,
        show: |k| {
            emergency(k);
            put!(k.global::<Counter>(), said.kind = SaidKind::TooLate);
        },
    },
    Scene { name: "desk-invitations", page: DESK, show: |k| part(k, Section::Invitations) },
    Scene { name: "desk-words", page: DESK, show: |k| part(k, Section::Words) },
    Scene { name: "desk-room", page: DESK, show: |k| part(k, Section::Room) },
    Scene { name: "desk-history", page: DESK, show: |k| part(k, Section::History) },
    Scene {
        name: "desk-history-typing",
        page: DESK,
        show: |k| {
            part(k, Section::History);
            focus(k, 0);
        },
    },
    Scene { name: "desk-roll", page: DESK, show: |k| part(k, Section::Roll) },
    Scene { name: "desk-watch", page: DESK, show: |k| part(k, Section::Watch) },
    Scene { name: "desk-machine", page: DESK, show: |k| part(k, Section::Machine) },
    Scene { name: "desk-numbers", page: DESK, show: |k| part(k, Section::Numbers) },
    Scene {
        name: "desk-numbers-file",
        page: DESK,
        show: |k| {
            part(k, Section::Numbers);
            ordered(k, BadgeState::Failed);
        },
    },
    Scene { name: "desk-card", page: DESK, show: card_opened },
    Scene {
        name: "desk-card-file",
        page: DESK,
        show: |k| {
            card_opened(k);
            ordered(k, BadgeState::Printed);
            put!(k.global::<Counter>(), card.signature = "".into());
        },
    },
    Scene {
        name: "desk-card-actions",
        page: DESK,
        show: |k| {
            let counter = k.global::<Counter>();
            let card = DeskCard { actions: model(ACTIONS), ..counter.get_card().card };
            put!(counter, card.card = card);
            put!(counter, card.signature = "".into());
            put!(counter, card.story = ModelRc::default());
            put!(counter, view.has_card = true);
        },
    },
    Scene { name: "form-decline", page: DESK, show: |k| form(k, Action::Decline, &[Label::Word]) },
    Scene {
        name: "form-decline-typing",
        page: DESK,
        show: |k| {
            form(k, Action::Decline, &[Label::Word]);
            focus(k, 0);
        },
    },
    Scene { name: "form-correct", page: DESK, show: |k| form(k, Action::Correct, CORRECT) },
    Scene {
        name: "form-correct-typing",
        page: DESK,
        show: |k| {
            form(k, Action::Correct, CORRECT);
            slipped(k);
            focus(k, 1);
        },
    },
    Scene { name: "form-pass", page: DESK, show: |k| form(k, Action::LendPass, &[Label::Pass]) },
    Scene {
        name: "form-pass-typing",
        page: DESK,
        show: |k| {
            form(k, Action::LendPass, &[Label::Pass]);
            slipped(k);
            focus(k, 0);
        },
    },
    Scene { name: "form-reprint", page: DESK, show: |k| form(k, Action::Reprint, &[Label::Reason]) },
    Scene { name: "form-extend", page: DESK, show: |k| form(k, Action::Extend, &[Label::HowLong]) },
    Scene { name: "form-note", page: DESK, show: |k| form(k, Action::Note, &[Label::Note]) },
    Scene { name: "form-case", page: DESK, show: |k| form(k, Action::CloseCase, &[Label::Done]) },
    Scene { name: "form-watch", page: DESK, show: |k| form(k, Action::Watch, WATCH) },
    Scene { name: "form-count", page: DESK, show: |k| form(k, Action::Count, &[Label::Stock]) },
    Scene { name: "form-export", page: DESK, show: |k| form(k, Action::Export, &[Label::File]) },
    Scene {
        name: "form-erase",
        page: DESK,
        show: |k| {
            form(k, Action::Erase, &[]);
            let fact = |kind| Fact { kind, n: 12, ..Fact::default() };
            put!(k.global::<Counter>(), form.facts = model(TRACES.map(fact)));
        },
    },
    Scene { name: "form-withdraw", page: DESK, show: |k| form(k, Action::CancelInvitation, &[]) },
    Scene { name: "form-emergency", page: DESK, show: |k| form(k, Action::EmergencyOn, &[]) },
    Scene { name: "form-invite", page: DESK, show: |k| form(k, Action::Invite, INVITE) },
    Scene {
        name: "form-invite-slips",
        page: DESK,
        show: |k| {
            form(k, Action::Invite, INVITE);
            slipped(k);
        },
    },
    Scene {
        name: "form-invite-hosts",
        page: DESK,
        show: |k| {
            form(k, Action::Invite, INVITE);
            focus(k, 4);
        },
    },
];

const BOARD: [Heading; 4] = [Heading::Hand, Heading::Here, Heading::Expected, Heading::Left];
const CORRECT: &[Label] = &[Label::Name, Label::Company, Label::Phone, Label::Host, Label::Purpose];
const WATCH: &[Label] =
    &[Label::Name, Label::Phone, Label::Company, Label::Note, Label::Reason, Label::HowLong];
const INVITE: &[Label] = &[
    Label::Names,
    Label::Company,
    Label::Phone,
    Label::Email,
    Label::Host,
    Label::FirstDay,
    Label::LastDay,
    Label::From,
    Label::Until,
    Label::Weekdays,
    Label::Type,
    Label::Language,
];
pub const SECTIONS: [Section; 9] = [
    Section::Board,
    Section::Invitations,
    Section::Words,
    Section::Room,
    Section::History,
    Section::Roll,
    Section::Watch,
    Section::Numbers,
    Section::Machine,
];
const TRACES: [FactKind; 13] = [
    FactKind::TraceVisits,
    FactKind::TraceInvitations,
    FactKind::TraceWords,
    FactKind::TraceRemembered,
    FactKind::TraceLessons,
    FactKind::TracePapers,
    FactKind::TracePhotos,
    FactKind::TraceSignatures,
    FactKind::TraceOpenCases,
    FactKind::TraceWatched,
    FactKind::TraceNameless,
    FactKind::TraceOtherNumbers,
    FactKind::TraceOtherNames,
];
/// Everything that can be done, as if it could all be done with one card.
pub const ACTIONS: [Action; 44] = [
    Action::Admit,
    Action::Decline,
    Action::CheckIn,
    Action::WalkIn,
    Action::SignOut,
    Action::SignOutAll,
    Action::StillHere,
    Action::HasLeft,
    Action::Correct,
    Action::Reprint,
    Action::CameOut,
    Action::NotOut,
    Action::LendPass,
    Action::TakePass,
    Action::Note,
    Action::Extend,
    Action::MailAgain,
    Action::Settle,
    Action::CloseCase,
    Action::Collect,
    Action::Invite,
    Action::ChangeInvitation,
    Action::CancelInvitation,
    Action::Watch,
    Action::Unwatch,
    Action::CallRoll,
    Action::CallDrill,
    Action::Safe,
    Action::Missing,
    Action::Unmark,
    Action::PrintAgain,
    Action::PrintRoll,
    Action::EndRoll,
    Action::Count,
    Action::Tick,
    Action::Untick,
    Action::EmergencyOn,
    Action::EmergencyOff,
    Action::Earlier,
    Action::Later,
    Action::More,
    Action::PrintNumbers,
    Action::Export,
    Action::Erase,
];

/// What somebody wrote on a pad that is 1000 high, from one side of it to the other.
const SIGNATURE: &str = "M200 300Q400 900 600 400Q800 -100 1000 700L2100 600M1500 200L1700 800";

fn at(day: i32, hour: i32) -> Moment {
    Moment { year: 2026, month: 11, day, weekday: (day - 23).rem_euclid(7), hour, minute: 30 }
}

/// What staff, hosts and visitors wrote, as long as it may be.
struct Written {
    name: SharedString,
    company: SharedString,
    host: SharedString,
    place: SharedString,
    note: SharedString,
    words: SharedString,
    why: SharedString,
    file: SharedString,
    kind: SharedString,
}

fn written(values: Values) -> Written {
    let long_name = "阿卜杜热西提·买买提伊明".repeat(6).chars().take(60).collect::<String>();
    let sentence = "等了一个小时，没有人来接待。I waited for an hour and nobody came to see me. ";
    let long_words = sentence.repeat(8).chars().take(400).collect::<String>();
    let folder = "/srv/frontdesk/exports/2026/华越科技-Huayue-International/visits";
    Written {
        name: values.pick("欧阳修明", &long_name, 60),
        company: values.pick(
            "云栖新能源（杭州）有限公司",
            "Shanghai International New Energy Automotive Components (Lingang) Holding Co., L",
            80,
        ),
        host: values.pick("李晓云", "Maximiliane Hohenlohe-Langenburg zu Schillingsfürst", 60),
        place: values.pick("三楼 302", "Building 12, third floor, room “Zhangjiang” 3021-B (north wing)", 80),
        note: values.pick("有两只箱子", &long_words.chars().take(80).collect::<String>(), 80),
        words: values.pick("接待很热情。", &long_words, 400),
        // In the house's own words, which have blanks.
        why: if values.is_long() {
            "The printer does not answer: a USB error that nobody has seen before (os error 110).".into()
        } else {
            "打印机缺纸。".into()
        },
        file: values.pick(
            "exports/visits-2026-11-23T094100.xlsx",
            &format!("{folder}-{folder}-2026-11-23T094100.xlsx"),
            200,
        ),
        kind: values.pick("客户", "Inspection by an authority, an insurer or a certification body", 40),
    }
}

fn fact(kind: FactKind, a: &SharedString) -> Fact {
    Fact { kind, a: a.clone(), at: at(23, 9), until: at(23, 18), n: 12, m: 3, ..Fact::default() }
}

fn visitor(written: &Written, key: &str, tone: Tone, actions: &[Action]) -> DeskCard {
    let goes =
        Fact { b: written.host.clone(), c: written.place.clone(), ..fact(FactKind::Goes, &written.company) };
    let mut facts = vec![goes];
    match tone {
        Tone::Amber => facts.extend([
            fact(FactKind::Waits, &written.host),
            fact(FactKind::AskedHost, &written.host),
            fact(FactKind::Discreet, &SharedString::default()),
        ]),
        Tone::Red => facts.push(Fact {
            b: written.why.clone(),
            state: BadgeState::Failed,
            ..fact(FactKind::Badge, &written.name)
        }),
        Tone::Good => {}
        Tone::Plain => {
            facts.extend([fact(FactKind::Came, &written.name), fact(FactKind::Note, &written.note)])
        }
    }
    DeskCard {
        key: key.into(),
        title: written.name.clone(),
        corner: "A017".into(),
        facts: vec_model(facts),
        tone,
        actions: vec_model(actions.to_vec()),
        ..DeskCard::default()
    }
}

fn vec_model<T: Clone + 'static>(all: Vec<T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from(all))
}

/// A card that says what stands on it, under the time.
fn plain(title: &SharedString, facts: Vec<Fact>, tone: Tone, actions: &[Action]) -> DeskCard {
    DeskCard {
        key: "x".into(),
        title: title.clone(),
        has_at: true,
        at: at(23, 9),
        facts: vec_model(facts),
        tone,
        actions: vec_model(actions.to_vec()),
        ..DeskCard::default()
    }
}

thread_local! {
    /// What the pages were filled with; the scenes fill their own parts alike.
    static FILLED: Cell<Values> = const { Cell::new(Values::Short) };
}

fn values() -> Values {
    FILLED.get()
}

/// Everything as on a full board, no card and no form open.
pub fn fill(kiosk: &Kiosk, values: Values) {
    FILLED.set(values);
    let written = written(values);
    let pin = kiosk.global::<Pin>();
    put!(pin, view.names = vec_model(vec![written.host.clone(); if values.is_long() { 12 } else { 2 }]));
    put!(pin, view.name = "".into());
    put!(pin, view.miss = PinMiss::None);
    roll(kiosk, RollNews::Called, RollPaper::Names, BadgeState::Printed);
    put!(pin, view.pause = 0);
    put!(pin, view.roll = false);
    put!(pin, typed.pin = "".into());
    let counter = kiosk.global::<Counter>();
    put!(counter, view.by = values.pick("王芳", "Maximiliane Hohenlohe-Langenburg zu Schillingsfürst", 60));
    put!(counter, view.section = Section::Board);
    let shown = |section| SectionShown { section, count: if values.is_long() { 128 } else { 2 } };
    put!(counter, view.sections = model(SECTIONS.map(shown)));
    let many = if values.is_long() { 12 } else { 2 };
    let column = |heading, card: DeskCard| DeskColumn { heading, cards: vec_model(vec![card; many]) };
    counter.set_columns(model([
        column(Heading::Hand, visitor(&written, "v:1", Tone::Amber, &[Action::Admit, Action::Decline])),
        column(Heading::Here, visitor(&written, "v:2", Tone::Plain, &[])),
        column(Heading::Expected, visitor(&written, "i:3", Tone::Good, &[])),
        column(Heading::Left, visitor(&written, "v:4", Tone::Red, &[Action::Reprint, Action::LendPass])),
    ]));
    put!(counter, view.actions = model([Action::WalkIn, Action::SignOutAll]));
    put!(counter, devices.printer = "".into());
    put!(counter, devices.bad = false);
    put!(counter, devices.mail = "".into());
    put!(counter, devices.mails = 0);
    put!(counter, devices.disk_free = -1);
    put!(counter, typed.filter = "".into());
    put!(counter, chosen.shown = 1);
    put!(counter, chosen.last = 2);
    put!(counter, said.kind = SaidKind::None);
    put!(counter, said.file = "".into());
    put!(counter, said.why = "".into());
    put!(counter, view.has_numbers = false);
    put!(counter, view.has_card = false);
    put!(counter, card.card = visitor(&written, "v:1", Tone::Amber, &[Action::Admit, Action::Decline]));
    put!(counter, card.story = ModelRc::default());
    put!(counter, card.signature = "".into());
    put!(counter, view.has_form = false);
    put!(counter, form.facts = ModelRc::default());
    put!(counter, form.about = "".into());
    counter.set_fields(ModelRc::default());
    let host = DeskHost { id: "h1".into(), name: written.host.clone(), at: written.place.clone() };
    put!(counter, hosts.found = vec_model(vec![host; 4]));
}

fn put_keyboard_away(kiosk: &Kiosk) {
    let keyboard = kiosk.global::<Keyboard>();
    keyboard.set_hides(keyboard.get_hides() + 1);
    settle();
}

/// The longest sentences come with trouble.
fn roll(kiosk: &Kiosk, news: RollNews, paper: RollPaper, state: BadgeState) {
    let page = kiosk.global::<RollCall>();
    put!(page, view.news = news);
    put!(page, view.paper = paper);
    put!(page, view.paper_state = state);
    let waits = matches!(state, BadgeState::Waiting | BadgeState::Failed);
    put!(page, view.trouble = if waits { Trouble::MissingGlyph } else { Trouble::None });
    put!(page, view.mail = if waits { HostState::Waiting } else { HostState::Sent });
    put!(page, view.others = if waits { 12 } else { 0 });
    put!(page, view.again = news == RollNews::Nothing || state == BadgeState::Failed);
}

fn pin(kiosk: &Kiosk, miss: PinMiss) {
    let pin = kiosk.global::<Pin>();
    put!(pin, view.name = written(values()).host);
    put!(pin, view.miss = miss);
    put!(pin, view.pause = if miss == PinMiss::Paused { 299 } else { 0 });
    put!(pin, typed.pin = "123456789012".into());
    settle();
}

fn trouble(kiosk: &Kiosk) {
    let written = written(values());
    let counter = kiosk.global::<Counter>();
    put!(counter, devices.printer = written.why.clone());
    put!(counter, devices.bad = true);
    put!(counter, devices.mails = 17);
    put!(counter, devices.mail = written.why);
    put!(counter, devices.disk_free = 3);
}

fn ordered(kiosk: &Kiosk, state: BadgeState) {
    let written = written(values());
    let counter = kiosk.global::<Counter>();
    put!(counter, said.state = state);
    put!(counter, said.file = written.file);
    put!(counter, said.why = written.why);
    put!(counter, said.action = Action::Export);
    put!(counter, said.kind = SaidKind::Ordered);
}

/// Shows another part with what stands there.
fn part(kiosk: &Kiosk, section: Section) {
    let written = written(values());
    let many = if values().is_long() { 12 } else { 2 };
    let counter = kiosk.global::<Counter>();
    put!(counter, view.section = section);
    let column = |heading, card: DeskCard| DeskColumn { heading, cards: vec_model(vec![card; many]) };
    let text = |text: &SharedString| fact(FactKind::Text, text);
    let of = |kind| fact(kind, &written.host);
    let (columns, actions) = match section {
        Section::Board => return,
        Section::Invitations => {
            let card = plain(&written.name, vec![of(FactKind::Expected)], Tone::Plain, &[]);
            (
                vec![column(Heading::Expected, card.clone()), column(Heading::Later, card)],
                vec![Action::Invite],
            )
        }
        Section::Words => {
            let case = vec![text(&written.words), of(FactKind::Responsible), of(FactKind::Due)];
            let case = plain(&written.place, case, Tone::Red, &[Action::CloseCase]);
            let said = vec![of(FactKind::Rating), text(&written.words), of(FactKind::SaidOn)];
            let said =
                DeskCard { corner: "A017".into(), ..plain(&SharedString::default(), said, Tone::Good, &[]) };
            (vec![column(Heading::Cases, case), column(Heading::Words, said)], vec![])
        }
        Section::Room => {
            let check = plain(&written.note, vec![of(FactKind::Ticked)], Tone::Good, &[Action::Untick]);
            let supply = vec![of(FactKind::Stock), of(FactKind::Used)];
            let supply = plain(&written.note, supply, Tone::Amber, &[Action::Count]);
            (vec![column(Heading::Checks, check), column(Heading::Supplies, supply)], vec![])
        }
        Section::History => {
            let card = visitor(&written, "v:5", Tone::Plain, &[]);
            (vec![column(Heading::Found, card)], vec![Action::Export])
        }
        Section::Roll => {
            let missing = visitor(&written, "r:1", Tone::Amber, &[Action::Safe, Action::Missing]);
            let safe = visitor(&written, "r:2", Tone::Good, &[Action::Unmark]);
            let page = Fact {
                b: written.why.clone(),
                state: BadgeState::Unknown,
                ..fact(FactKind::RollPage, &written.name)
            };
            let page = plain(&SharedString::default(), vec![page], Tone::Red, &[Action::PrintAgain]);
            let columns = vec![
                column(Heading::Unaccounted, missing),
                column(Heading::Safe, safe),
                column(Heading::Pages, page),
            ];
            (columns, vec![Action::EndRoll])
        }
        Section::Watch => {
            let facts = vec![
                fact(FactKind::Note, &written.note),
                fact(FactKind::Reason, &written.words),
                of(FactKind::Until),
            ];
            let card = plain(&written.name, facts, Tone::Plain, &[Action::Unwatch]);
            (vec![column(Heading::Watched, card)], vec![Action::Watch])
        }
        Section::Numbers => {
            put!(counter, view.has_numbers = true);
            numbers(&counter, &written);
            (vec![], vec![Action::Earlier, Action::Later, Action::PrintNumbers, Action::Export])
        }
        Section::Machine => {
            let none = SharedString::default();
            let mails = Fact { b: written.why.clone(), ..fact(FactKind::Mails, &none) };
            let card = |fact, actions: &[Action]| plain(&none, vec![fact], Tone::Amber, actions);
            let cards = vec![
                card(fact(FactKind::Printer, &written.why), &[]),
                card(mails, &[]),
                card(of(FactKind::Disk), &[]),
                card(of(FactKind::NoEmergency), &[Action::EmergencyOn]),
                card(of(FactKind::Copied), &[]),
                card(of(FactKind::StrangeScans), &[]),
            ];
            (vec![DeskColumn { heading: Heading::Machine, cards: vec_model(cards) }], vec![])
        }
    };
    counter.set_columns(vec_model(columns));
    put!(counter, view.actions = vec_model(actions));
}

fn numbers(counter: &Counter<'_>, written: &Written) {
    let figure = |figure| DeskFigure { figure, value: "1234.5".into() };
    put!(
        counter,
        numbers.figures = model(
            [
                Figure::Visits,
                Figure::NoShows,
                Figure::Assumed,
                Figure::ToBadge,
                Figure::ToAnswer,
                Figure::Satisfaction,
                Figure::Complaints,
            ]
            .map(figure),
        )
    );
    let counted = |range: std::ops::RangeInclusive<i32>| {
        let bar = |at: i32| DeskBar {
            name: slint::format!("{at}"),
            value: "17".into(),
            share: (at * 7 % 10) as f32 / 10.0 + 0.1,
        };
        vec_model(range.map(bar).collect())
    };
    let named = |name: &SharedString| {
        let bar = |at: i32| DeskBar { name: name.clone(), value: "1234".into(), share: at as f32 / 12.0 };
        vec_model((1..=12).rev().map(bar).collect())
    };
    put!(
        counter,
        numbers.plots = model([
            DeskPlot { kind: PlotKind::Days, bars: counted(1..=31) },
            DeskPlot { kind: PlotKind::Hours, bars: counted(6..=21) },
            DeskPlot { kind: PlotKind::Types, bars: named(&written.kind) },
            DeskPlot { kind: PlotKind::Departments, bars: named(&written.place) },
            DeskPlot { kind: PlotKind::Hosts, bars: named(&written.host) },
            DeskPlot { kind: PlotKind::Faces, bars: counted(1..=5) },
        ])
    );
}

/// A card with all that can be known of a visit, a signature and a long story.
fn card_opened(kiosk: &Kiosk) {
    let values = values();
    let written = written(values);
    let counter = kiosk.global::<Counter>();
    let of = |kind| fact(kind, &written.host);
    let of_note = |kind| fact(kind, &written.note);
    let mut facts = vec![
        Fact { b: written.host.clone(), c: written.place.clone(), ..fact(FactKind::Goes, &written.company) },
        of(FactKind::Party),
        of(FactKind::Came),
        of_note(FactKind::Discreet),
        of_note(FactKind::Reason),
        of(FactKind::AlikeName),
        of_note(FactKind::Note),
        of_note(FactKind::Purpose),
        fact(FactKind::Phone, &"13800138000".into()),
        fact(FactKind::Email, &values.pick("ou@example.com", "ouyang.xiuming@example.com", 80)),
        of(FactKind::Escort),
        of(FactKind::GoodUntil),
        Fact { b: written.why.clone(), state: BadgeState::Unknown, ..of(FactKind::Badge) },
        fact(FactKind::Signed, &"2026-09".into()),
        fact(FactKind::Instructed, &"2026-11".into()),
    ];
    if !values.is_long() {
        facts.truncate(6);
    }
    let happened = ["arrived", "asked", "admitted", "pass", "reprinted"]
        .map(|kind| Fact { b: written.host.clone(), ..fact(FactKind::Happened, &kind.into()) });
    let errands = [(FactKind::BadgeThen, BadgeState::Printed), (FactKind::LetterThen, BadgeState::Waiting)]
        .map(|(kind, state)| Fact { b: written.why.clone(), state, ..of(kind) });
    let story = happened.into_iter().chain(errands).cycle();
    let story: Vec<Fact> = story.take(if values.is_long() { 28 } else { 7 }).collect();
    let actions = [
        Action::CameOut,
        Action::NotOut,
        Action::SignOut,
        Action::Correct,
        Action::Reprint,
        Action::LendPass,
        Action::Extend,
        Action::Note,
    ];
    put!(
        counter,
        card.card = DeskCard {
            facts: vec_model(facts),
            actions: model(actions),
            ..visitor(&written, "v:1", Tone::Plain, &[])
        }
    );
    put!(counter, card.story = vec_model(story));
    put!(counter, card.signature = SIGNATURE.into());
    put!(counter, view.has_card = true);
    settle();
}

fn field(label: Label, written: &Written, values: Values) -> DeskField {
    let (kind, text, limit) = match label {
        Label::Name => (FieldKind::Name, written.name.clone(), 60),
        Label::Names => (FieldKind::Name, values.pick("", &"欧阳修明，Anne Li，".repeat(28), 400), 400),
        Label::Company => (FieldKind::Text, written.company.clone(), 80),
        Label::Phone => (FieldKind::Digits, "+8613800138000138000".into(), 24),
        Label::Email => (FieldKind::Latin, values.pick("", "ouyang.xiuming@subdomain.example.com", 120), 120),
        Label::Host => (FieldKind::Host, written.host.chars().take(40).collect::<String>().into(), 40),
        Label::Pass => (FieldKind::Digits, "042".into(), 3),
        Label::Stock => (FieldKind::Digits, "123456".into(), 6),
        Label::Purpose | Label::Note => (FieldKind::Text, written.note.clone(), 80),
        Label::Word | Label::Reason | Label::Done => {
            (FieldKind::Text, written.words.chars().take(200).collect::<String>().into(), 200)
        }
        Label::Weekdays => (FieldKind::Weekdays, SharedString::default(), 0),
        Label::FirstDay
        | Label::LastDay
        | Label::From
        | Label::Until
        | Label::Language
        | Label::Type
        | Label::Party
        | Label::HowLong
        | Label::File => (FieldKind::Choice, SharedString::default(), 0),
    };
    let choice = |kind, day, n| DeskChoice { kind, at: at(day, 9), n, text: written.kind.clone() };
    let choices = match label {
        Label::FirstDay | Label::LastDay => {
            vec![choice(ChoiceKind::Day, 23, 0), choice(ChoiceKind::Day, 24, 0)]
        }
        Label::From | Label::Until => vec![choice(ChoiceKind::Hour, 23, 0), choice(ChoiceKind::Day, 24, 0)],
        Label::HowLong => vec![choice(ChoiceKind::Always, 23, 0), choice(ChoiceKind::Day, 24, 0)],
        Label::Party => vec![choice(ChoiceKind::Number, 23, 1), choice(ChoiceKind::Number, 23, 2)],
        _ => vec![choice(ChoiceKind::Text, 23, 0), choice(ChoiceKind::Always, 23, 0)],
    };
    // Every day but Sunday has the longest words.
    let chosen = if label == Label::Weekdays { 0b011_1111 } else { 0 };
    DeskField { label, kind, text, limit, chosen, choices: vec_model(choices), ..DeskField::default() }
}

/// Opens a form with these fields, filled in.
fn form(kiosk: &Kiosk, action: Action, labels: &[Label]) {
    let values = values();
    let written = written(values);
    let counter = kiosk.global::<Counter>();
    put!(counter, form.action = action);
    put!(counter, form.about = slint::format!("{} · A017", written.name));
    counter.set_fields(vec_model(labels.iter().map(|label| field(*label, &written, values)).collect()));
    put!(counter, form.number = counter.get_form().number + 1);
    put!(counter, view.has_form = true);
    settle();
}

/// Every field is wrong, with the longest word for it.
fn slipped(kiosk: &Kiosk) {
    let fields = kiosk.global::<Counter>().get_fields();
    for at in 0..fields.row_count() {
        let field = fields.row_data(at).expect("there is one");
        fields.set_row_data(at, DeskField { slip: DeskSlip::SeveralHosts, ..field });
    }
    settle();
}
