//! A study of effect as it is printed: the verdict first, then drawings worked out to their places, then what it
//! all rests on.

use super::{Fact, Language, Tone};
use serde::{Deserialize, Serialize};

/// A study of whether a programme had an effect.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Study {
    /// The language of all the words below.
    pub language: Language,
    /// What kind of document it is, over the title.
    pub sender: String,
    /// The question, which is also the document's title.
    pub title: String,
    /// Lines at the foot of every page.
    pub lines: Vec<String>,
    /// The grade as a letter.
    pub letter: String,
    /// The grade as it is called: “Omdöme C”.
    pub grade: String,
    /// How it stands, for the colour.
    pub tone: Tone,
    /// What the grade means.
    pub meaning: String,
    /// What was found.
    pub finding: String,
    /// Figures that are shown large: the estimate and what it is read with.
    pub figures: Vec<Fact>,
    /// The heading over the reasons.
    pub reasons_heading: String,
    /// Why, the gravest first.
    pub reasons: Vec<StudyReason>,
    /// That attainment is another question.
    pub note: String,
    /// The drawings.
    pub charts: Vec<StudyChart>,
    /// What follows, each under its heading.
    pub parts: Vec<StudyPart>,
}

/// A reason for the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StudyReason {
    /// How much it weighs, as a sign.
    pub tone: Tone,
    /// The same in a word.
    pub weight: String,
    /// The reason, in a sentence.
    pub words: String,
}

/// A part of a study.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StudyPart {
    /// Its heading.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// A list after them.
    pub list: Vec<String>,
    /// Labelled facts.
    pub facts: Vec<Fact>,
    /// The head of a table.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Whether all but the first column are numbers.
    pub numbers: bool,
}

/// A drawing. Places go from 0 to 10,000, from the left and from below.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StudyChart {
    /// Its heading.
    pub heading: String,
    /// The drawing in words, for who cannot see it.
    pub alternative: String,
    /// What the lines are, under it.
    pub caption: String,
    /// The lines; the last is drawn on top.
    pub lines: Vec<StudyLine>,
    /// Points with intervals.
    pub points: Vec<StudyPoint>,
    /// Along the foot.
    pub along: Vec<StudyTick>,
    /// Along the side.
    pub up: Vec<StudyTick>,
    /// Where the start is.
    pub start: Option<StudyTick>,
    /// Where no difference is.
    pub zero: Option<u16>,
}

/// A line of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StudyLine {
    /// How it is drawn.
    pub kind: StudyLineKind,
    /// What it is, at its end.
    pub label: Option<StudyTick>,
    /// Its points: along and up.
    pub points: Vec<(u16, u16)>,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StudyLineKind {
    /// Thick.
    #[default]
    Treated,
    /// Dashed.
    Comparison,
    /// Thin and grey.
    Placebo,
}

/// A point with its interval.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StudyPoint {
    /// Where it is along.
    pub along: u16,
    /// Where it is up.
    pub up: u16,
    /// The interval's ends.
    pub interval: Option<(u16, u16)>,
}

/// A place with its words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StudyTick {
    /// The place.
    pub at: u16,
    /// The words.
    pub words: String,
}
