//! The page of one act: what it rests on, fields with their hints and faults, one button. Every act uses it.
//!
//! The words are found by the act's code: `act-<code>`, `act-<code>-lede`, `act-<code>-button`; a field's by
//! `field-<code>-<name>` if there is such a message, or else `field-<name>`, with `…-hint` for its hint.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::{Error, form};

use super::Served;
use super::error::{OrPage, Result};
use super::form::{Form, Sent};
use super::page::{Frame, on_to, show_with};
use super::request::Visit;
use crate::language::Words;

/// What a field is filled in with.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A line of text.
    Line,
    /// A short line: a number, a paragraph.
    Short,
    /// A day.
    Day,
    /// Several lines.
    Long,
    /// A password.
    Secret,
    /// A file of these types.
    File(&'static str),
    /// One of several, all seen.
    One(Vec<Choice>),
    /// One of many, in a list.
    List(Vec<Choice>),
    /// Any of several.
    Any(Vec<Choice>),
    /// One box.
    Tick,
}

impl Kind {
    /// The kind's code, for the template.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Short => "short",
            Self::Day => "day",
            Self::Long => "long",
            Self::Secret => "secret",
            Self::File(_) => "file",
            Self::One(_) => "one",
            Self::List(_) => "list",
            Self::Any(_) => "any",
            Self::Tick => "tick",
        }
    }

    /// What there is to choose among.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::One(choices) | Self::List(choices) | Self::Any(choices) => choices,
            _ => &[],
        }
    }

    /// The types of file that are taken.
    pub fn accepts(&self) -> &'static str {
        if let Self::File(types) = self { types } else { "" }
    }
}

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// What else there is to say of it.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice without more to say.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: None }
    }
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name, which problems name as their place.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What it is filled in with.
    pub kind: Kind,
}

impl Field {
    /// The field with its words: its own for this act, or else those that every act shares.
    pub fn of(l: Words, act: &str, name: &'static str, kind: Kind) -> Self {
        let own = format!("field-{act}-{name}");
        let key = if l.has(&own) { own } else { format!("field-{name}") };
        let hint = format!("{key}-hint");
        let hint = if l.has(&hint) {
            Some(l.t(&hint))
        } else {
            matches!(kind, Kind::Day).then(|| l.t("field-day-hint"))
        };
        Self { name, label: l.t(&key), hint, kind }
    }

    /// The attributes that lead from the control to its hint and to what is wrong with it.
    pub fn described(&self, wrong: bool) -> String {
        let name = self.name;
        match (self.hint.is_some(), wrong) {
            (false, false) => String::new(),
            (true, false) => format!(r#" aria-describedby="{name}-tips""#),
            (false, true) => format!(r#" aria-invalid="true" aria-describedby="{name}-fel""#),
            (true, true) => format!(r#" aria-invalid="true" aria-describedby="{name}-tips {name}-fel""#),
        }
    }
}

/// A fact shown above the form.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What it is.
    pub term: String,
    /// What it says.
    pub value: String,
    /// Where more of it stands.
    pub address: Option<String>,
}

/// A fault in the summary.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The field to go to, if it has one.
    pub field: Option<String>,
    /// What is wrong.
    pub sentence: String,
    /// The clause that it rests on.
    pub clause: Option<String>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "act/act.html")]
pub struct Act {
    frame: Frame,
    code: &'static str,
    lede: Option<String>,
    quotation: Option<(String, String)>,
    facts: Vec<Fact>,
    fields: Vec<Field>,
    form: Form,
    faults: Vec<Fault>,
    action: String,
    seen: Option<i64>,
    content: Option<String>,
    button: String,
    back: String,
    stale: bool,
}

impl Act {
    /// The page of an act, sent to `action`, left for `back`.
    pub fn new(visit: &Visit, room: &'static str, code: &'static str, action: String, back: String) -> Self {
        let l = visit.l;
        let lede = format!("act-{code}-lede");
        Self {
            frame: Frame::new(visit, room, l.t(&format!("act-{code}"))),
            code,
            lede: l.has(&lede).then(|| l.t(&lede)),
            quotation: None,
            facts: Vec::new(),
            fields: Vec::new(),
            form: Form::default(),
            faults: Vec::new(),
            action,
            seen: None,
            content: None,
            button: l.t(&format!("act-{code}-button")),
            back,
            stale: false,
        }
    }

    /// Names a page above this one.
    #[must_use]
    pub fn under(mut self, title: impl Into<String>, address: impl Into<String>) -> Self {
        self.frame = self.frame.under(title.into(), address);
        self
    }

    /// Quotes the words that the act rests on, with their clause.
    #[must_use]
    pub fn resting_on(mut self, clause: &str, says: &str) -> Self {
        self.quotation = Some((self.frame.l.clause(clause), says.to_owned()));
        self
    }

    /// Shows a fact above the form.
    #[must_use]
    pub fn fact(mut self, key: &str, value: impl Into<String>, address: Option<String>) -> Self {
        self.facts.push(Fact { term: self.frame.l.t(key), value: value.into(), address });
        self
    }

    /// What the form hands back to show that nothing has happened since.
    #[must_use]
    pub fn seen(mut self, event: i64) -> Self {
        self.seen = Some(event);
        self
    }

    /// What the form hands back to show which content was seen.
    #[must_use]
    pub fn digest(mut self, content: &kvarter_domain::ids::Digest) -> Self {
        self.content = Some(content.to_string());
        self
    }

    /// Adds a field with what stands in it from the start.
    #[must_use]
    pub fn field(mut self, name: &'static str, kind: Kind, value: impl ToString) -> Self {
        self.form.typed.insert(name.to_owned(), value.to_string());
        self.fields.push(Field::of(self.frame.l, self.code, name, kind));
        self
    }

    /// The page as it is first shown.
    pub fn show(mut self, served: &Served) -> Response {
        self.form.token = served.app.form_token();
        show_with(StatusCode::OK, &self)
    }

    /// What becomes of the act: on to where it leads with a receipt, or the form again with what was typed
    /// and everything that is wrong.
    ///
    /// # Errors
    /// Whatever cannot be corrected in the form.
    pub async fn conclude(
        self,
        served: &Served,
        visit: &Visit,
        sent: &Sent,
        done: kvarter_services::Result<Receipt>,
    ) -> Result {
        match done {
            Ok(receipt) => Ok(on_to(served, &receipt.to, &receipt.flash())),
            Err(error) => {
                // The same form may have been sent at the same moment, and have been first.
                if let Some(answer) = done_before(served, visit, sent).await? {
                    return Ok(answer);
                }
                match error {
                    Error::Problems(problems) => {
                        Ok(self.again(served, visit.l, sent, &problems, StatusCode::UNPROCESSABLE_ENTITY))
                    }
                    Error::Stale => {
                        let mut page = self;
                        page.stale = true;
                        Ok(page.again(served, visit.l, sent, &Problems::none(), StatusCode::CONFLICT))
                    }
                    error => Err(error).or_page(visit),
                }
            }
        }
    }

    fn again(
        mut self,
        served: &Served,
        l: Words,
        sent: &Sent,
        problems: &Problems,
        status: StatusCode,
    ) -> Response {
        self.frame = self.frame.failed();
        self.form = Form::again(sent, problems, l, served.app.form_token());
        self.faults = problems.0.iter().map(|problem| self.fault(l, problem)).collect();
        show_with(status, &self)
    }

    fn fault(&self, l: Words, problem: &Problem) -> Fault {
        let (place, line) = match problem.place.split_once(':') {
            Some((place, line)) => (place, Some(line)),
            None => (problem.place.as_str(), None),
        };
        let sentence = l.problem(problem);
        Fault {
            field: self.fields.iter().find(|field| field.name == place).map(|field| field.name.to_owned()),
            sentence: match line {
                Some(line) => l.with("fault-at-line", [("line", line), ("fault", sentence.as_str())]),
                None => sentence,
            },
            clause: problem.clause.as_deref().map(|clause| l.clause(clause)),
        }
    }
}

/// What is told when an act is done.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Where the act leads.
    pub to: String,
    /// The message's code.
    pub code: &'static str,
    /// The number that the act was registered under, or how many there were.
    pub number: Option<String>,
}

impl Receipt {
    /// A receipt without a number.
    pub fn new(to: impl Into<String>, code: &'static str) -> Self {
        Self { to: to.into(), code, number: None }
    }

    /// A receipt with the number that the act was registered under.
    pub fn numbered(to: impl Into<String>, code: &'static str, number: impl Into<String>) -> Self {
        Self { to: to.into(), code, number: Some(number.into()) }
    }

    /// How the message travels to the next page.
    pub fn flash(&self) -> String {
        match &self.number {
            Some(number) => format!("{}~{}", self.code, super::paths::encoded(number)),
            None => self.code.to_owned(),
        }
    }
}

/// Where this very form has led already, if it has been sent before.
///
/// # Errors
/// When the store cannot be read.
pub async fn done_before(served: &Served, visit: &Visit, sent: &Sent) -> Result<Option<Response>> {
    let Some(token) = sent.token() else { return Ok(None) };
    let led_to = form::led_to(&served.app, &token).await.or_page(visit)?;
    Ok(led_to.map(|address| on_to(served, super::paths::local(&address), "sent-twice")))
}

/// The chosen code's meaning; a problem when nothing, or nothing that exists, was chosen.
pub fn chosen<T>(
    sent: &Sent,
    name: &str,
    from_code: impl FnOnce(&str) -> Option<T>,
    problems: &mut Problems,
) -> Option<T> {
    let code = sent.text(name);
    let found = from_code(code);
    problems.add_if(found.is_none(), || {
        Problem::new(if code.is_empty() { "choice-missing" } else { "choice-impossible" }, name)
    });
    found
}
