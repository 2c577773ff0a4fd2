//! Why a document could not be set, with the typesetter's own words and the place in the template.

use std::fmt;

use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};

use crate::world::DocumentWorld;

/// A document that could not be rendered. All but the moment are faults in a template or a model.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template is wrong, or does not fit the model.
    #[error("the template could not be set: {}", listed(.0))]
    Template(Vec<Diagnostic>),
    /// The page was set, but the file would not have been archival and accessible.
    #[error("the document does not meet the archival profile: {}", listed(.0))]
    Profile(Vec<Diagnostic>),
    /// The template labels a field in a way that is not understood.
    #[error("the template labels a field that cannot be read: {0}")]
    Field(String),
    /// The model could not be written as JSON.
    #[error("the model could not be written for the template")]
    Model(#[from] serde_json::Error),
    /// The moment lies outside what a PDF can say.
    #[error("a document cannot be dated {0}")]
    Moment(jiff::Timestamp),
}

/// One thing the typesetter had to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub message: String,
    /// What might help.
    pub hints: Vec<String>,
    /// Where, when it is somewhere.
    pub place: Option<Place>,
    /// Whether it only warns.
    pub warning: bool,
}

/// A place in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The template's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl Diagnostic {
    pub(crate) fn read(world: &DocumentWorld, found: &SourceDiagnostic) -> Self {
        Self {
            message: found.message.to_string(),
            hints: found.hints.iter().map(|hint| hint.v.to_string()).collect(),
            place: place(world, found),
            warning: found.severity == Severity::Warning,
        }
    }
}

fn place(world: &DocumentWorld, found: &SourceDiagnostic) -> Option<Place> {
    use typst::World;
    let file = found.span.id()?;
    let range = world.range(found.span)?;
    let source = world.source(file).ok()?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    Some(Place {
        file: file.get().vpath().get_without_slash().to_owned(),
        line: line + 1,
        column: column + 1,
    })
}

fn listed(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(Diagnostic::to_string).collect::<Vec<_>>().join("; ")
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { file, line, column }) = &self.place {
            write!(f, "{file}:{line}:{column}: ")?;
        }
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}
