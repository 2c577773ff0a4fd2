//! The words: Fluent bundles in Swedish and English, embedded in the binary.
//!
//! Nothing else in the code holds a sentence that a user reads. A key that a bundle lacks is shown as the
//! key itself, in brackets, and fails the tests; Swedish never falls back to English or the reverse.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Date;
use kvarter_domain::problem::Problem;
pub use kvarter_domain::text::Language;
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "language/"]
struct Messages;

static SV: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::Sv));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::En));

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.tag().parse().expect("sv and en are language tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would show in the terminal and in JSON; our values carry no right-to-left text.
    bundle.set_use_isolating(false);
    let mut files: Vec<_> = Messages::iter().filter(|path| path.starts_with(language.tag())).collect();
    files.sort();
    for path in files {
        let file = Messages::get(&path).expect("a path that was just listed");
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let resource = match FluentResource::try_new(text) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                debug_assert!(errors.is_empty(), "{path}: {errors:?}");
                resource
            }
        };
        let added = bundle.add_resource(resource);
        debug_assert!(added.is_ok(), "{path}: {added:?}");
    }
    bundle
}

/// Names with values: a short list in place, or what a template lends.
pub trait Values {
    /// Tells each name with its value.
    fn each(&self, tell: &mut dyn FnMut(&str, &str));
}

impl<V: AsRef<str>, const N: usize> Values for [(&str, V); N] {
    fn each(&self, tell: &mut dyn FnMut(&str, &str)) {
        for (name, value) in self {
            tell(name, value.as_ref());
        }
    }
}

impl<V: Values> Values for &V {
    fn each(&self, tell: &mut dyn FnMut(&str, &str)) {
        (*self).each(tell);
    }
}

/// The words in one language. Small and copied freely; every page and every verb carries one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Language);

impl Words {
    /// The language's tag, for `lang`.
    pub fn tag(self) -> &'static str {
        self.0.tag()
    }

    /// Whether a message exists; for keys made from codes, where a general one can stand in.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// A message without values.
    pub fn t(self, key: &str) -> String {
        self.format(key, None)
    }

    /// A message with values.
    pub fn with(self, key: &str, values: impl Values) -> String {
        let mut args = FluentArgs::new();
        values.each(&mut |name, value| args.set(name.to_owned(), fluent(value)));
        self.format(key, Some(&args))
    }

    /// A message with the values of a problem, a note or a standing. Days among them are written out; a value
    /// that is empty is given as `none`, so that a message can choose.
    pub fn args(self, key: &str, values: &BTreeMap<String, String>) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            match value.parse::<Date>() {
                Ok(day) => args.set(name.clone(), FluentValue::from(self.day(day))),
                Err(_) => args.set(name.clone(), fluent(value)),
            }
        }
        self.format(key, Some(&args))
    }

    /// A problem as a sentence: what, why, and what to do.
    pub fn problem(self, problem: &Problem) -> String {
        self.args(&format!("problem-{}", problem.code), &problem.args)
    }

    /// A clause as it is cited: `§ 4`, `följebrevet`, `OSL 5 kap. 2 §`.
    pub fn clause(self, clause: &str) -> String {
        if clause.chars().all(|c| c.is_ascii_digit()) && !clause.is_empty() {
            return self.with("clause-numbered", [("number", clause)]);
        }
        if clause == "L" {
            return self.t("clause-letter");
        }
        if let Some((chapter, section)) = clause.strip_prefix("OSL ").and_then(|c| c.split_once(':')) {
            return self.with("clause-osl", [("chapter", chapter), ("section", section)]);
        }
        clause.to_owned()
    }

    /// A day in words: `1 oktober 2009`, `1 October 2009`.
    pub fn day(self, day: Date) -> String {
        let month = self.t(&format!("month-{}", day.month()));
        format!("{} {} {}", day.day(), month, day.year())
    }

    /// A number as it is typed: a decimal comma in Swedish, no more decimals than it has.
    pub fn number(self, value: f64) -> String {
        self.figures(&value.to_string())
    }

    /// A text with numbers as data, as a reader has them: decimal commas in Swedish, a true minus sign.
    pub fn figures(self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let shown = chars.iter().enumerate().map(|(at, c)| match c {
            '.' if self.0 == Language::Sv && at > 0 && digit(at - 1) && digit(at + 1) => ',',
            '-' if digit(at + 1) && (at == 0 || !chars[at - 1].is_alphanumeric()) => '−',
            c => *c,
        });
        shown.collect()
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self.0 {
            Language::Sv => &SV,
            Language::En => &EN,
        }
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle().get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.tag(), "a message is missing");
            return format!("[{key}]");
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = self.bundle().format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, language = self.tag(), ?errors, "a message lacks a value");
        }
        text.into_owned()
    }
}

/// Counts are numbers, so that a message can choose between one and several; a code such as `0180` is text.
fn fluent(value: &str) -> FluentValue<'static> {
    match value.parse::<u32>() {
        Err(_) if value.is_empty() => FluentValue::from("none"),
        Ok(count) if value.len() <= 3 => FluentValue::from(count),
        _ => FluentValue::from(value.to_owned()),
    }
}
