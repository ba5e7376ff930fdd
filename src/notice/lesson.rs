//! A safety instruction: some text and a few questions, each with one right answer and a word why.

use super::{Block, Notice, NoticeError, parse};
use crate::words::Lang;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::path::Path;

/// More questions than this would be an examination.
pub const QUESTIONS_MAX: usize = 5;

/// A safety instruction, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// What is read first.
    pub notice: Notice,
    /// What is asked then; may be empty.
    pub questions: Vec<Question>,
}

/// A question with one right answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// What can be answered.
    pub answers: Vec<String>,
    /// Which of the answers is right, from 0.
    pub right: usize,
    /// Why; shown after a wrong answer.
    pub why: String,
}

/// A lesson out of Markdown: a notice, then a heading `## ? …` for each question, with its answers as a list of
/// tasks whose right one is ticked, and the reason as a quotation.
pub(super) fn lesson(text: &str, lang: Lang, file: &Path) -> Result<Lesson, NoticeError> {
    let asks = |line: &str| line.trim_start_matches('#').trim_start().starts_with(['?', '？']);
    let starts: Vec<usize> = text
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .filter(|at| text[*at..].starts_with('#') && asks(text[*at..].lines().next().unwrap_or_default()))
        .collect();
    let head = &text[..starts.first().copied().unwrap_or(text.len())];
    let mut notice = parse(head, lang)?;
    // The questions belong to what was read.
    notice.sha256 = super::sha256(text);
    let wrong = |question: &Question, what| NoticeError::Question {
        file: file.to_owned(),
        question: question.text.clone(),
        what,
    };
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut questions = Vec::new();
    for (start, end) in starts.iter().zip(ends) {
        let (question, ticked) = question(&text[*start..end]);
        if question.answers.len() < 2 {
            return Err(wrong(&question, "it needs two answers or more, as a list such as \"- [ ] …\""));
        }
        if ticked != 1 {
            return Err(wrong(&question, "one answer must be ticked as the right one: \"- [x] …\""));
        }
        if question.why.is_empty() {
            return Err(wrong(&question, "a line such as \"> …\" must say why the right answer is right"));
        }
        questions.push(question);
    }
    if let Some(question) = questions.get(QUESTIONS_MAX) {
        return Err(wrong(question, "five questions are the most"));
    }
    Ok(Lesson { notice, questions })
}

/// A question, and how many of its answers are ticked.
fn question(markdown: &str) -> (Question, usize) {
    let mut question = Question::default();
    let mut ticked = 0;
    let mut words = String::new();
    let mut quoted = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TASKLISTS) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::TaskListMarker(right) => {
                words.clear();
                if right {
                    question.right = question.answers.len();
                    ticked += 1;
                }
            }
            Event::Start(Tag::BlockQuote(_)) => quoted = true,
            Event::End(TagEnd::Heading(_)) => {
                question.text = std::mem::take(&mut words).trim_start_matches(['?', '？']).trim().to_owned();
            }
            Event::End(TagEnd::Item) => question.answers.push(std::mem::take(&mut words).trim().to_owned()),
            Event::End(TagEnd::Paragraph) if quoted => {
                question.why = [question.why.as_str(), words.trim()].join(" ").trim().to_owned();
                words.clear();
            }
            Event::End(TagEnd::BlockQuote(_)) => quoted = false,
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) | Event::InlineHtml(_) => {}
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }
    (question, ticked)
}

impl Lesson {
    /// What is read first, part by part.
    pub fn blocks(&self) -> &[Block] {
        &self.notice.blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Lesson, String> {
        lesson(text, Lang::EN, Path::new("safety/en.md")).map_err(|problem| problem.to_string())
    }

    #[test]
    fn a_text_and_its_questions() {
        let text = "version: 3\n\n# Safety\n\nWear shoes.\n\n## ? Which `shoes`?\n\n- [ ] mine\n\n- [X] safety\n  shoes\n\n> They are\n> hard.\n\n## ？ And\n- [x] a\n- [ ] b\n> c\n";
        let lesson = read(text).unwrap();
        assert_eq!(lesson.notice.version, "3");
        assert_eq!(lesson.blocks().len(), 2);
        let [first, second] = lesson.questions.as_slice() else { panic!("{:?}", lesson.questions) };
        assert_eq!(
            (first.text.as_str(), first.right, first.why.as_str()),
            ("Which shoes?", 1, "They are hard.")
        );
        assert_eq!(first.answers, ["mine", "safety shoes"]);
        assert_eq!((second.text.as_str(), second.answers.len(), second.right), ("And", 2, 0));
        assert_eq!(read("version: 3\n\nWear shoes.\n").unwrap().questions, []);
        let other = read(&text.replace("hard", "stiff")).unwrap();
        assert_ne!(other.notice.sha256, lesson.notice.sha256, "another question is another instruction");
    }

    #[test]
    fn a_question_that_cannot_be_asked_is_told_with_its_file() {
        let text = |question: &str| format!("version: 1\nText\n\n{question}");
        for (question, says) in [
            ("## ? A\n- [x] a\n> c", "two answers"),
            ("## ? A\n- [ ] a\n- [ ] b\n> c", "ticked"),
            ("## ? A\n- [x] a\n- [x] b\n> c", "ticked"),
            ("## ? A\n- [x] a\n- [ ] b\n", "why"),
            ("## ? A\n- a\n- b\n> c", "ticked"),
            ("## ? A\n", "two answers"),
        ] {
            let problem = read(&text(question)).unwrap_err();
            assert!(problem.contains(says) && problem.contains("safety/en.md"), "{question}: {problem}");
        }
        let one = "## ? A\n- [x] a\n- [ ] b\n> c\n";
        assert!(read(&text(&one.repeat(5))).is_ok());
        assert!(read(&text(&one.repeat(6))).unwrap_err().contains("five questions"));
        assert!(read("Text\n\n## ? A\n").unwrap_err().contains("version"));
    }
}
