//! From glyphs with places to lines of words.

use super::content::Glyph;

/// A gap between glyphs that reads as a space, as a part of the font's size. A word space is a
/// fifth to a third; kerning and letter spacing stay below a seventh.
const SPACE: f64 = 0.16;
/// How far a glyph may stand off the line and still belong to it: an index, a raised figure.
const OFF_LINE: f64 = 0.45;
/// How far back a glyph may stand and still follow on: overlapping and kerning.
const BACK: f64 = 0.6;
/// How far down the next line of the same paragraph may stand.
const NEXT_LINE: f64 = 2.4;

/// Words after which a hyphen at the line's end stays: it stands for the part that follows.
const SUSPENDING: [&str; 6] = ["och", "eller", "samt", "respektive", "till", "men"];

struct Line {
    text: String,
    /// The direction of writing, a unit vector.
    along: (f64, f64),
    start: (f64, f64),
    end: (f64, f64),
    size: f64,
}

/// The text of a page: a line for each line, with words divided at line ends made whole.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    let mut lines: Vec<Line> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if line.takes(glyph) => line.push(glyph),
            _ => lines.push(Line::begin(glyph)),
        }
    }
    lines.retain(|line| !line.text.trim().is_empty());

    let mut text = String::new();
    for (place, line) in lines.iter().enumerate() {
        let words = line.text.trim();
        match place.checked_sub(1).map(|before| &lines[before]) {
            Some(before) if before.continues_on(line) => join(&mut text, words),
            Some(_) => {
                text.push('\n');
                text.push_str(words);
            }
            None => text.push_str(words),
        }
    }
    // A hyphen that is painted within a line is a hyphen, whatever the font calls it.
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let line_end = rest.peek().is_none_or(|next| *next == '\n');
        plain.push(if c == '\u{AD}' && !line_end { '-' } else { c });
    }
    plain
}

/// Ligatures written out, and spaces of every kind as a space.
pub(super) fn without_ligatures(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            c if c.is_whitespace() => plain.push(' '),
            c if c.is_control() || c == '\u{200B}' || c == '\u{FEFF}' => {}
            c => plain.push(c),
        }
    }
    plain
}

impl Line {
    fn begin(glyph: &Glyph) -> Self {
        let (x, y) = (glyph.end.0 - glyph.at.0, glyph.end.1 - glyph.at.1);
        let length = x.hypot(y);
        let along = if length > 0.0 { (x / length, y / length) } else { (1.0, 0.0) };
        Self {
            text: without_ligatures(&glyph.text),
            along,
            start: glyph.at,
            end: glyph.end,
            size: glyph.size,
        }
    }

    /// Along the line and across it (downwards), from one point to another.
    fn distance(&self, from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        (x * self.along.0 + y * self.along.1, x * self.along.1 - y * self.along.0)
    }

    fn takes(&self, glyph: &Glyph) -> bool {
        let (gap, down) = self.distance(self.end, glyph.at);
        let (turned, _) = self.distance(glyph.at, glyph.end);
        let size = self.size.max(glyph.size);
        down.abs() <= OFF_LINE * size && gap >= -BACK * size && turned >= -BACK * size
    }

    fn push(&mut self, glyph: &Glyph) {
        let (gap, _) = self.distance(self.end, glyph.at);
        if gap > SPACE * self.size.min(glyph.size) && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        for c in without_ligatures(&glyph.text).chars() {
            if c != ' ' || !self.text.ends_with(' ') {
                self.text.push(c);
            }
        }
        self.end = glyph.end;
        // A raised figure does not make the line small.
        self.size = self.size.max(glyph.size);
    }

    /// Whether a word divided at the end of this line goes on in the next: it is painted next, it
    /// stands just below, and it is of the same size. The foot of a page is none of that.
    fn continues_on(&self, next: &Line) -> bool {
        let divided =
            self.text.trim_end().ends_with(['\u{AD}', '-', '\u{2010}', '/']) || ends_in_span(&self.text);
        let (_, down) = self.distance(self.start, next.start);
        let alike = (self.size / next.size - 1.0).abs() < 0.25;
        divided && alike && down > 0.0 && down < NEXT_LINE * self.size
    }
}

/// Whether a line breaks off within a span of numbers: "2008–".
fn ends_in_span(text: &str) -> bool {
    let number = text.trim_end().strip_suffix('–');
    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}

/// Make a divided word whole: the hyphen goes where it was put for the division alone. Addresses,
/// reference numbers and spans of years are divided without one.
fn join(text: &mut String, next: &str) {
    let hyphen = text.pop();
    match hyphen {
        Some('\u{AD}') => return text.push_str(next),
        Some(mark @ ('/' | '–')) => {
            text.push(mark);
            return text.push_str(next);
        }
        _ => {}
    }
    let begun: String = text.chars().rev().take_while(|c| c.is_alphanumeric()).collect();
    let following: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
    let lower = following.chars().next().is_some_and(char::is_lowercase);
    let abbreviation = begun.chars().count() > 1 && !begun.chars().any(char::is_lowercase);
    if begun.is_empty() || SUSPENDING.contains(&following.as_str()) {
        text.push_str("-\n");
    } else if !lower || abbreviation {
        text.push('-');
    }
    text.push_str(next);
}
