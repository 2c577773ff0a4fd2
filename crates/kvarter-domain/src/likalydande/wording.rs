//! From pages to words: what counts as a difference, and what does not.
//!
//! Kinds of space, of quotation mark and of hyphen, ligatures, composed letters, list marks and the
//! division of words at line ends are how a text is *set*. Everything else, every comma, is what
//! it *says*.

use unicode_normalization::UnicodeNormalization;

/// A word or a mark of punctuation, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// The page, from 1.
    pub(super) page: usize,
    /// The line on the page.
    pub(super) line: usize,
    /// Which word on the page it is or belongs to, from 1.
    pub(super) at: usize,
}

/// A line of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    /// Whether its last word is divided, to go on in the next line.
    divided: Divided,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Divided {
    No,
    /// By a hyphen that is there for the division alone.
    Surely,
    /// By a hyphen that may belong to the word.
    Perhaps,
    /// After a sign that is part of it: an address, a reference number, a span of years.
    Within,
}

const LIST_MARKS: [&str; 8] = ["–", "—", "-", "•", "·", "*", "○", "▪"];
const OPENING: &str = "([”’{";
const CLOSING: &str = ".,;:!?)]”’";
/// Words after which a hyphen at the line's end stays: it stands for the part that follows.
const SUSPENDING: [&str; 4] = ["och", "eller", "samt", "respektive"];

/// The lines of each page.
pub(super) fn pages<P: AsRef<str>>(pages: &[P]) -> Vec<Vec<Line>> {
    pages.iter().enumerate().map(|(place, page)| lines(page.as_ref(), place + 1)).collect()
}

fn lines(page: &str, number: usize) -> Vec<Line> {
    let page: String = page.nfc().flat_map(plain).collect();
    let mut at = 0;
    let mut lines = Vec::new();
    for (on, line) in page.lines().enumerate() {
        let line = line.trim();
        let divided = match line.chars().last() {
            Some('\u{AD}') => Divided::Surely,
            Some('-') => Divided::Perhaps,
            Some('/') => Divided::Within,
            Some('–') if ends_in_span(line) => Divided::Within,
            _ => Divided::No,
        };
        let line: String = line.chars().filter(|c| *c != '\u{AD}').collect();
        let mut words = Vec::new();
        for (place, chunk) in line.split_whitespace().enumerate() {
            at += 1;
            if place == 0 && LIST_MARKS.contains(&chunk) {
                continue;
            }
            words.extend(parts(chunk).into_iter().map(|part| Word {
                text: part.to_owned(),
                page: number,
                line: on,
                at,
            }));
        }
        if !words.is_empty() {
            lines.push(Line { words, divided });
        }
    }
    lines
}

/// Whether a line breaks off within a span of numbers: "2008–".
fn ends_in_span(line: &str) -> bool {
    line.strip_suffix('–').is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}

/// A letter as it counts.
fn plain(c: char) -> impl Iterator<Item = char> {
    let written: &str = match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        '“' | '”' | '„' | '‟' | '"' | '«' | '»' | '″' => "”",
        '‘' | '’' | '‚' | '‛' | '\'' | '′' => "’",
        '\u{2010}' | '\u{2011}' | '\u{2212}' => "-",
        '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => "",
        '\n' => "\n",
        c if c.is_whitespace() => " ",
        c => return [Some(c), None].into_iter().flatten().chain("".chars()),
    };
    [None, None].into_iter().flatten().chain(written.chars())
}

/// A chunk's marks apart from its word: `(kommunen).` is four parts.
fn parts(chunk: &str) -> Vec<&str> {
    let mut before = Vec::new();
    let mut after = Vec::new();
    let mut core = chunk;
    while let Some(c) = core.chars().next().filter(|c| OPENING.contains(*c) && *c != '{') {
        let (mark, rest) = core.split_at(c.len_utf8());
        before.push(mark);
        core = rest;
    }
    while let Some(c) = core.chars().last().filter(|c| CLOSING.contains(*c)) {
        let (rest, mark) = core.split_at(core.len() - c.len_utf8());
        after.push(mark);
        core = rest;
    }
    before.extend((!core.is_empty()).then_some(core));
    before.extend(after.into_iter().rev());
    before
}

/// The words of the lines, with those that are divided between lines or pages made whole.
pub(super) fn whole(lines: Vec<Line>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut divided = Divided::No;
    for line in lines {
        let mut line_words = line.words.into_iter();
        if divided != Divided::No
            && let Some(first) = line_words.next()
        {
            match words.last_mut() {
                Some(begun) if divided != Divided::Perhaps => begun.text.push_str(&first.text),
                Some(begun) if goes_on(&begun.text, &first.text) => {
                    begun.text.pop();
                    begun.text.push_str(&first.text);
                }
                _ => words.push(first),
            }
        }
        words.extend(line_words);
        divided = line.divided;
    }
    words
}

/// Whether a word that ends in a hyphen at a line's end goes on with the next.
fn goes_on(begun: &str, next: &str) -> bool {
    let begun = begun.trim_end_matches('-');
    next.starts_with(char::is_lowercase)
        && begun.chars().any(char::is_lowercase)
        && !SUSPENDING.contains(&next)
}

/// Words written out again.
pub(super) fn written(words: &[Word]) -> String {
    spaced(words.iter().map(|word| word.text.as_str()))
}

/// Words and marks with spaces where a reader expects them.
pub(super) fn spaced<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut opened = true;
    let mut quoted = false;
    for word in words {
        let mark = word.chars().count() == 1;
        let quote = mark && matches!(word, "”" | "’");
        let closes = mark && (if quote { quoted } else { CLOSING.contains(word) });
        if !opened && !closes {
            text.push(' ');
        }
        text.push_str(word);
        opened = mark && (if quote { !quoted } else { OPENING.contains(word) });
        if quote {
            quoted = !quoted;
        }
    }
    text
}
