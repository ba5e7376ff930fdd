//! The safety instruction and its questions.

use super::Ears;
use crate::desk::{AgreeView, Event, QuestionView, Registration};
use crate::front::values::{self, rows};
use frontdesk_ui as ui;
use slint::ComponentHandle;

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Safety>();
    page.on_read(ears.plain(Event::Registration(Registration::InductionRead)));
    page.on_answer(
        ears.of(|at: i32| {
            Event::Registration(Registration::Answer(usize::try_from(at).unwrap_or(usize::MAX)))
        }),
    );
}

pub(super) fn show_lesson(window: &ui::Kiosk, lesson: &AgreeView) {
    let page = window.global::<ui::Safety>();
    let view = page.get_view();
    page.set_view(ui::SafetyView {
        version: lesson.notice.version.as_str().into(),
        blocks: rows(&view.blocks, values::blocks(&lesson.notice)),
        others: lesson.others as i32,
        of: lesson.questions as i32,
        ..view
    });
}

pub(super) fn show_question(window: &ui::Kiosk, question: &QuestionView) {
    let page = window.global::<ui::Safety>();
    let view = page.get_view();
    page.set_view(ui::SafetyView {
        question: question.text.as_str().into(),
        answers: rows(&view.answers, question.answers.iter().map(|text| text.as_str().into())),
        wrong: question.why.is_some(),
        why: question.why.as_deref().unwrap_or_default().into(),
        number: question.number as i32,
        of: question.of as i32,
        ..view
    });
}
