//! Forms of reception's pages: what is asked before a deed, and what is made of the answers. A slip is said under its
//! field, and nothing is lost.

use super::deeds::offered_nowhere;
use super::files::{ENDINGS, traces};
use super::inviting::{changed, invite_fields, watch_fields};
use super::{
    CardId, Choice, Deed, Fact, FieldKind, FieldView, Form, HostOffer, HostSearch, Label, Said, Slip,
};
use crate::book::{Book, BookError, Correction, NewInvitation, NewWatched};
use crate::config::{Config, Lobby};
use crate::desk::{Desk, Page};
use crate::now::{Now, Wall};
use crate::visit::{Company, Details, Host, Invitation, Kind, Note, PersonName, Phone, Visit};
use crate::words::{Lang, isolated};
use chrono::Duration;

/// So many hosts are offered under the field.
pub(super) const MOST_HOSTS: usize = 4;
/// The longest word for a visitor that the page holds.
const LONGEST_WORD: u32 = 200;
/// The longest note, as [`Note`] has it.
const LONGEST_NOTE: u32 = 80;
/// How much longer somebody may stay, in minutes.
const LONGER: [i64; 6] = [30, 60, 120, 180, 240, 480];

pub(super) fn field(label: Label, kind: FieldKind, text: &str, limit: u32) -> FieldView {
    FieldView { label, kind, text: text.to_owned(), limit, choices: Vec::new(), chosen: 0, slip: None }
}

pub(super) fn choice(label: Label, choices: Vec<Choice>, chosen: usize) -> FieldView {
    FieldView { choices, chosen, ..field(label, FieldKind::Choice, "", 0) }
}

impl Desk {
    pub(super) fn open_form(
        &mut self,
        deed: Deed,
        card: Option<CardId>,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let (visit, invitation) = (visit_of(card.as_ref(), book)?, invitation_of(card.as_ref(), book)?);
        let host = match (&visit, &invitation) {
            (Some(visit), _) => book.host(&visit.host_id)?,
            (None, Some(invitation)) => book.host(&invitation.host_id)?,
            (None, None) => None,
        };
        let fields = match (deed, &card, &visit, &invitation, &host) {
            (Deed::Correct, _, Some(visit), _, _) => {
                let host = host.as_ref().map(|host| host.name.get(self.lang)).unwrap_or_default();
                let mut fields = correct_fields(visit, host);
                fields.push(self.type_field(visit));
                fields
            }
            (Deed::Note, _, Some(visit), _, _) => {
                let note = visit.note.as_ref().map(Note::as_str).unwrap_or_default();
                vec![field(Label::Note, FieldKind::Text, note, LONGEST_NOTE)]
            }
            (Deed::Extend, _, Some(visit), _, _) => vec![choice(Label::HowLong, longer(visit, now), 1)],
            (Deed::LendPass, _, Some(_), _, _) => vec![field(Label::Pass, FieldKind::Digits, "", 3)],
            (Deed::Reprint, _, Some(_), _, _) => {
                vec![field(Label::Reason, FieldKind::Text, "", LONGEST_NOTE)]
            }
            (Deed::Decline, _, Some(_), _, _) => vec![field(Label::Word, FieldKind::Text, "", LONGEST_WORD)],
            (Deed::Erase | Deed::Admit, _, Some(_), _, _) => Vec::new(),
            (Deed::ChangeInvitation, _, _, Some(old), Some(host)) => {
                invite_fields(Some((old, host)), &self.config, self.lang, now)
            }
            (Deed::CancelInvitation, _, _, Some(_), _) => Vec::new(),
            (Deed::CloseCase, Some(CardId::Case(_)), ..) => {
                vec![field(Label::Done, FieldKind::Text, "", LONGEST_WORD)]
            }
            (Deed::Count, Some(CardId::Supply(_)), ..) => {
                vec![field(Label::Stock, FieldKind::Digits, "", 6)]
            }
            (Deed::Unwatch, Some(CardId::Watched(_)), ..) => Vec::new(),
            (Deed::EmergencyOn, Some(CardId::Machine(_)), ..) => Vec::new(),
            (Deed::Watch, None, ..) => watch_fields(now),
            (Deed::Invite, None, ..) => invite_fields(None, &self.config, self.lang, now),
            (Deed::Export, None, ..) => {
                let endings = ENDINGS.map(|(name, _)| Choice::Text(name.to_owned()));
                vec![choice(Label::File, endings.to_vec(), 0)]
            }
            (Deed::SignOutAll | Deed::CallRoll | Deed::CallDrill | Deed::EndRoll, None, ..) => Vec::new(),
            // It is gone, or it never was about this.
            (deed, card, ..) => {
                offered_nowhere(deed, card.as_ref());
                self.came_of(deed, false, now);
                return Ok(());
            }
        };
        let facts = match (deed, &visit) {
            (Deed::Erase, Some(visit)) => book.traces_of(visit.id)?.as_ref().map(traces).unwrap_or_default(),
            (Deed::Admit, Some(_)) => vec![Fact::Unsigned],
            _ => Vec::new(),
        };
        let asks_host = fields.iter().any(|field| field.kind == FieldKind::Host);
        let search = asks_host.then(|| book.hosts()).transpose()?.map(|hosts| HostSearch::new(None, hosts));
        let about = visit.map(|visit| format!("{} · {}", isolated(visit.details.name.as_str()), visit.badge));
        let about = about.or_else(|| match &card {
            Some(CardId::Case(number)) => Some(format!("C{number}")),
            _ => None,
        });
        if let Page::Counter(counter) = &mut self.page {
            counter.forms = counter.forms.wrapping_add(1);
            let (about, host) = (about.unwrap_or_default(), host.filter(|_| asks_host));
            counter.form = Some(Form { deed, card, about, facts, fields, search, host });
            counter.said = None;
        }
        Ok(())
    }

    pub(super) fn ask_form_host(&mut self, asked: &str) {
        if let Page::Counter(counter) = &mut self.page
            && let Some(search) = counter.form.as_mut().and_then(|form| form.search.as_mut())
        {
            search.ask(asked);
        }
        if let Page::Counter(counter) = &mut self.page
            && let Some(form) = &mut counter.form
            && form.host(asked).is_none()
        {
            form.host = None;
        }
    }

    pub(super) fn choose_form_host(&mut self, id: &str) {
        if let Page::Counter(counter) = &mut self.page
            && let Some(form) = &mut counter.form
            && let Some(host) = form.search.as_ref().and_then(|search| search.host(id))
        {
            form.host = Some(host.clone());
        }
    }

    /// What they come for, as it can be corrected: it brings its own rule whether they must be escorted.
    fn type_field(&self, visit: &Visit) -> FieldView {
        let name = |kind: Option<&Kind>| kind.map_or("–", |kind| kind.name.get(self.lang)).to_owned();
        let kinds = kinds_of(visit, &self.config).into_iter().map(name);
        choice(Label::Type, kinds.map(Choice::Text).collect(), 0)
    }

    /// The form is sent: slips are said under their fields, else it is carried out.
    pub(super) fn form_sent(
        &mut self,
        values: &[String],
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let Page::Counter(counter) = &mut self.page else { return Ok(()) };
        let (by, is_manager) = (counter.by.clone(), counter.is_manager());
        let Some(form) = &mut counter.form else { return Ok(()) };
        let answers = Answers { form: &*form, values };
        let wanted = answers.read(now, &self.config, book)?;
        let (deed, card) = (form.deed, form.card.clone());
        if deed == Deed::Export {
            let (_, ending) =
                answers.place(Label::File).and_then(|at| ENDINGS.get(at)).unwrap_or(&ENDINGS[0]);
            counter.form = None;
            return self.order_file(ending, now, book);
        }
        let wanted = match wanted {
            Ok(wanted) => wanted,
            Err(slips) => {
                for (field, slip) in form.fields.iter_mut().zip(slips) {
                    field.slip = slip;
                }
                return Ok(());
            }
        };
        if let (Deed::Erase, Some(CardId::Visit(visit)), true) = (deed, &card, is_manager) {
            let said = self.erase(*visit, &by, now, book)?;
            self.form_done(said, now);
            return Ok(());
        }
        let said = match carry_out((deed, wanted, card.as_ref()), &self.config, &by, now, book)? {
            Ok(said) => said,
            Err((label, slip)) => {
                for field in &mut form.fields {
                    field.slip = (field.label == label).then_some(slip);
                }
                return Ok(());
            }
        };
        if deed == Deed::EmergencyOn {
            self.emergency = book.emergency()?;
        }
        self.form_done(said, now);
        Ok(())
    }

    fn form_done(&mut self, said: Said, now: Now) {
        if let Page::Counter(counter) = &mut self.page {
            counter.form = None;
            counter.say(said, now);
            counter.stale();
        }
    }
}

fn correct_fields(visit: &Visit, host: &str) -> Vec<FieldView> {
    let details = &visit.details;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    vec![
        field(Label::Name, FieldKind::Name, details.name.as_str(), PersonName::MAX as u32),
        field(
            Label::Company,
            FieldKind::Text,
            &text(details.company.as_ref().map(Company::as_str)),
            Company::MAX as u32,
        ),
        field(Label::Phone, FieldKind::Digits, &text(details.phone.as_ref().map(Phone::as_str)), 24),
        field(Label::Host, FieldKind::Host, host, 40),
        field(Label::Purpose, FieldKind::Text, &text(visit.purpose.as_ref().map(Note::as_str)), 80),
    ]
}

/// What somebody may come for: what stands in their visit first, then the other types of the house.
fn kinds_of<'a>(visit: &'a Visit, config: &'a Config) -> Vec<Option<&'a Kind>> {
    let now = visit.kind.as_ref();
    let house = config.visit_types.iter().filter(|kind| !kind.parcels).map(|kind| &kind.kind);
    let others = house.filter(|kind| now.is_none_or(|now| now.id != kind.id)).map(Some);
    std::iter::once(now).chain(others).collect()
}

/// A host as they are offered.
pub(super) fn offer(host: &Host, lang: Lang) -> HostOffer {
    let at = [host.department.get(lang), host.place.get(lang)];
    let at: Vec<_> = at.into_iter().filter(|part| !part.is_empty()).map(isolated).collect();
    HostOffer { id: host.id.clone(), name: host.name.get(lang).to_owned(), at: at.join(" · ") }
}

/// Until when somebody may stay who stays longer: counted from the end of the badge, or from now.
fn longer(visit: &Visit, now: Now) -> Vec<Choice> {
    let from = visit.good_until.max(now.wall);
    let hours = LONGER.iter().map(|minutes| from + Duration::minutes(*minutes));
    let hours = hours.map(|hour| now.zone.wall(hour.timestamp_millis()));
    let today = |hour: &Wall| hour.date_naive() == now.day();
    hours.map(|hour| if today(&hour) { Choice::Hour(hour) } else { Choice::When(hour) }).collect()
}

/// The visit that a card is about, if it is about one that is there.
fn visit_of(card: Option<&CardId>, book: &Book) -> Result<Option<Visit>, BookError> {
    let Some(CardId::Visit(id)) = card else { return Ok(None) };
    book.visit(*id)
}

/// The same of an invitation.
fn invitation_of(card: Option<&CardId>, book: &Book) -> Result<Option<Invitation>, BookError> {
    let Some(CardId::Invitation(id)) = card else { return Ok(None) };
    book.invitation(id)
}

/// What is to be done, read out of a form.
enum Wanted {
    Correct(Box<Correction>),
    Word(String),
    Pass(String),
    Watch(NewWatched),
    Invite(Box<NewInvitation>),
    Count(u32),
    Nothing,
}

/// A form with what was filled in.
pub(super) struct Answers<'a> {
    form: &'a Form,
    values: &'a [String],
}

pub(super) type Slips = Vec<Option<Slip>>;

impl Answers<'_> {
    /// It says what it said when the form was opened.
    pub fn is_untouched(&self, label: Label) -> bool {
        let said = self.form.fields.iter().find(|field| field.label == label);
        said.is_some_and(|field| field.text == self.text(label))
    }

    pub fn text(&self, label: Label) -> &str {
        let at = self.form.fields.iter().position(|field| field.label == label);
        at.and_then(|at| self.values.get(at)).map(String::as_str).unwrap_or_default()
    }

    pub fn chosen(&self, label: Label) -> Option<&Choice> {
        let field = self.form.fields.iter().find(|field| field.label == label)?;
        field.choices.get(self.place(label)?)
    }

    /// Which of a field's choices it is.
    pub fn place(&self, label: Label) -> Option<usize> {
        self.text(label).parse().ok()
    }

    pub fn slips(&self, slips: &[(Label, Slip)]) -> Slips {
        let slip = |label| slips.iter().find(|(of, _)| *of == label).map(|(_, slip)| *slip);
        self.form.fields.iter().map(|field| slip(field.label)).collect()
    }

    /// The host that was chosen, or is named: exactly, or as the only one who fits.
    pub fn host(&self) -> Result<Host, Slip> {
        let named = self.text(Label::Host);
        match (self.form.host(named), &self.form.search) {
            (Some(chosen), _) => Ok(chosen.clone()),
            (None, Some(search)) => search.named(named),
            (None, None) => Err(Slip::NoHost),
        }
    }

    fn read(&self, now: Now, config: &Config, book: &Book) -> Result<Result<Wanted, Slips>, BookError> {
        let filled = |label| {
            let text = self.text(label).trim().to_owned();
            if text.is_empty() { Err(self.slips(&[(label, Slip::Missing)])) } else { Ok(Wanted::Word(text)) }
        };
        let visit = visit_of(self.form.card.as_ref(), book)?;
        Ok(match (self.form.deed, visit) {
            (Deed::Correct, Some(visit)) => {
                self.correction(&visit, config).map(|right| Wanted::Correct(Box::new(right)))
            }
            (Deed::Note, Some(visit)) => Ok(Wanted::Correct(Box::new(Correction {
                note: Note::maybe(self.text(Label::Note)),
                ..Correction::of(&visit)
            }))),
            (Deed::Extend, Some(visit)) => match self.chosen(Label::HowLong) {
                Some(Choice::Hour(until) | Choice::When(until)) if *until > now.wall => {
                    Ok(Wanted::Correct(Box::new(Correction { good_until: *until, ..Correction::of(&visit) })))
                }
                _ => Err(self.slips(&[(Label::HowLong, Slip::Missing)])),
            },
            (Deed::LendPass, _) => match self.text(Label::Pass).trim().parse::<u32>() {
                Ok(number) if (1..=config.reception.passes).contains(&number) => {
                    Ok(Wanted::Pass(number.to_string()))
                }
                Ok(_) => Err(self.slips(&[(Label::Pass, Slip::NoPass)])),
                Err(_) => Err(self.slips(&[(Label::Pass, Slip::NoNumber)])),
            },
            (Deed::Decline, _) => Ok(Wanted::Word(self.text(Label::Word).trim().to_owned())),
            (Deed::Watch, _) => self.watched(now).map(Wanted::Watch),
            (Deed::Invite | Deed::ChangeInvitation, _) => {
                let old = invitation_of(self.form.card.as_ref(), book)?;
                self.invited(config, old.as_ref(), now).map(|new| Wanted::Invite(Box::new(new)))
            }
            (Deed::Count, _) => match self.text(Label::Stock).trim().parse() {
                Ok(count) => Ok(Wanted::Count(count)),
                Err(_) => Err(self.slips(&[(Label::Stock, Slip::NoNumber)])),
            },
            (Deed::Reprint, _) => filled(Label::Reason),
            (Deed::CloseCase, _) => filled(Label::Done),
            _ => Ok(Wanted::Nothing),
        })
    }

    fn correction(&self, visit: &Visit, config: &Config) -> Result<Correction, Slips> {
        let kind = self.place(Label::Type).and_then(|at| kinds_of(visit, config).get(at).copied());
        let (name, company, phone, host) = (
            PersonName::parse(self.text(Label::Name)),
            Company::maybe(self.text(Label::Company)),
            Phone::maybe(self.text(Label::Phone)),
            self.host(),
        );
        match (name, company, phone, host) {
            (Ok(name), Ok(company), Ok(phone), Ok(host)) => Ok(Correction {
                details: Details { name, company, phone, party: visit.details.party },
                host_id: host.id,
                purpose: Note::maybe(self.text(Label::Purpose)),
                kind: kind.unwrap_or(visit.kind.as_ref()).cloned(),
                ..Correction::of(visit)
            }),
            (name, company, phone, host) => {
                let slips = [
                    name.err().map(|slip| (Label::Name, Slip::Problem(slip))),
                    company.err().map(|slip| (Label::Company, Slip::Problem(slip))),
                    phone.err().map(|slip| (Label::Phone, Slip::Problem(slip))),
                    host.err().map(|slip| (Label::Host, slip)),
                ];
                Err(self.slips(&slips.into_iter().flatten().collect::<Vec<_>>()))
            }
        }
    }
}

/// What came of it, or what is wrong with which field after all.
type Came = Result<Said, (Label, Slip)>;

fn carry_out(
    (deed, wanted, card): (Deed, Wanted, Option<&CardId>),
    config: &Config,
    by: &str,
    now: Now,
    book: &mut Book,
) -> Result<Came, BookError> {
    let done = match (deed, wanted, card) {
        (Deed::Correct | Deed::Note | Deed::Extend, Wanted::Correct(right), Some(CardId::Visit(id))) => {
            book.correct(*id, *right, by, now)?.is_some()
        }
        (Deed::Decline, Wanted::Word(word), Some(CardId::Visit(id))) => book.decline(*id, by, &word, now)?,
        (Deed::Reprint, Wanted::Word(reason), Some(CardId::Visit(id))) => {
            book.reprint(*id, &reason, by, now)?.is_some()
        }
        (Deed::LendPass, Wanted::Pass(number), Some(CardId::Visit(id))) => {
            if !book.lend_pass(*id, &number, by, now)? {
                return Ok(Err((Label::Pass, Slip::Lent)));
            }
            true
        }
        (Deed::Admit, Wanted::Nothing, Some(CardId::Visit(id))) => book.admit(*id, by, now)?,
        (Deed::CloseCase, Wanted::Word(done), Some(CardId::Case(number))) => {
            book.close_case(*number, by, &done, now)?
        }
        (Deed::Watch, Wanted::Watch(new), None) => book.watch(new, by, now)?.is_some(),
        (Deed::Unwatch, Wanted::Nothing, Some(CardId::Watched(id))) => book.unwatch(*id, by, now)?,
        (Deed::Invite, Wanted::Invite(new), None) => !book.invite(*new, by, now)?.is_empty(),
        (Deed::ChangeInvitation, Wanted::Invite(new), Some(CardId::Invitation(id))) => {
            match book.invitation(id)?.and_then(|old| changed(old, *new)) {
                Some(changed) => book.change_invitation(changed, by, now)?.is_some(),
                None => false,
            }
        }
        (Deed::CancelInvitation, Wanted::Nothing, Some(CardId::Invitation(id))) => {
            book.cancel_invitation(id, by, now)?
        }
        (Deed::Count, Wanted::Count(stock), Some(CardId::Supply(id))) => {
            let supply = config.supplies.iter().find(|known| known.id == *id);
            supply.map(|supply| book.count_supply(supply, stock, by, now)).transpose()?.is_some()
        }
        (Deed::CallRoll | Deed::CallDrill, Wanted::Nothing, None) => {
            let (drill, before) = (deed == Deed::CallDrill, book.open_roll()?.map(|open| open.id));
            let roll = book.call_roll(drill, &config.roll.to, by, now)?;
            // It was called a moment ago, perhaps in the lobby and without names.
            if before == Some(roll.id) && !drill {
                book.issue_roll(Lobby::Print, &config.roll.to, by, now)?;
            }
            roll.drill == drill
        }
        (Deed::EndRoll, Wanted::Nothing, None) => {
            let roll = book.open_roll()?;
            roll.map(|roll| book.end_roll(roll.id, by, now)).transpose()?.unwrap_or(false)
        }
        (Deed::SignOutAll, Wanted::Nothing, None) => {
            return Ok(Ok(Said::SignedOut(book.sign_out_all(by, now)?)));
        }
        (Deed::EmergencyOn, Wanted::Nothing, Some(CardId::Machine(_))) => {
            book.set_emergency(Some(""), by, now)?;
            true
        }
        (deed, _, card) => offered_nowhere(deed, card),
    };
    Ok(Ok(if done { Said::Done(deed) } else { Said::TooLate }))
}
