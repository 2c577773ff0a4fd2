//! Following a page's painting instructions, far enough to know which glyph stands where.

use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use super::font::{Font, Fonts, is_subtype, number};
use super::lines::without_ligatures;
use super::{Allowance, ReadError};

/// How deep forms may contain forms, and graphics states be saved.
const FORM_DEPTH: usize = 8;
const STATE_DEPTH: usize = 64;

/// A painted glyph (or a tagged stretch of them) and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// The origin on the page.
    pub(super) at: (f64, f64),
    /// Where the next glyph would stand.
    pub(super) end: (f64, f64),
    /// The height of the font as it is painted.
    pub(super) size: f64,
}

/// The glyphs of a page, in the order they are painted.
pub(super) fn glyphs<'a>(
    document: &'a Document,
    page: ObjectId,
    fonts: &mut Fonts<'a>,
    allowance: &mut Allowance,
) -> Result<Vec<Glyph>, ReadError> {
    let content = document
        .get_page_content_with_limit(page, allowance.stream())
        .map_err(|error| allowance.explain(&error))?;
    allowance.take_unpacked(content.len())?;
    let mut painter = Painter { document, fonts, allowance, glyphs: Vec::new(), spans: Vec::new() };
    painter.paint(&content, &page_resources(document, page), State::default(), 0)?;
    Ok(painter.glyphs)
}

/// The page's resources, nearest first: its own, then its ancestors'.
fn page_resources(document: &Document, page: ObjectId) -> Vec<&Dictionary> {
    let Ok((own, inherited)) = document.get_page_resources(page) else { return Vec::new() };
    own.into_iter().chain(inherited.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect()
}

/// `[a b c d e f]`, as in the file.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this, then the other.
    fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, other.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long an upright unit becomes.
    fn height(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }
}

#[derive(Clone)]
struct State<'a> {
    page: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Rc<Font<'a>>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            page: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// A marked stretch, and the text the file says it stands for.
struct Span {
    said: Option<String>,
    first: usize,
}

struct Painter<'a, 'p> {
    document: &'a Document,
    fonts: &'p mut Fonts<'a>,
    allowance: &'p mut Allowance,
    glyphs: Vec<Glyph>,
    spans: Vec<Span>,
}

impl<'a> Painter<'a, '_> {
    fn paint(
        &mut self,
        content: &[u8],
        resources: &[&'a Dictionary],
        mut state: State<'a>,
        depth: usize,
    ) -> Result<(), ReadError> {
        let mut saved: Vec<State<'a>> = Vec::new();
        let open_spans = self.spans.len();
        for operation in Content::decode_iter(content) {
            self.allowance.take_operation()?;
            // A page that cannot be parsed to its end is read as far as it goes, as viewers show it.
            let Ok(Operation { operator, operands }) = operation else { break };
            let operand = |place: usize| operands.get(place).and_then(number).unwrap_or(0.0);
            match operator.as_str() {
                "q" if saved.len() < STATE_DEPTH => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.page = matrix(&operands).then(state.page),
                "BT" => (state.text, state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
                "Tf" => {
                    state.size = operand(1);
                    let font = operands.first().and_then(|name| name.as_name().ok());
                    let font = font.and_then(|name| self.resource(resources, b"Font", name)?.as_dict().ok());
                    state.font = font.map(|font| self.fonts.prepare(font, self.allowance)).transpose()?;
                }
                "Tc" => state.character_space = operand(0),
                "Tw" => state.word_space = operand(0),
                "Tz" => state.stretch = operand(0) / 100.0,
                "TL" => state.leading = operand(0),
                "Ts" => state.rise = operand(0),
                "Tm" => {
                    state.line = matrix(&operands);
                    state.text = state.line;
                }
                "Td" => state.next_line(operand(0), operand(1)),
                "TD" => {
                    state.leading = -operand(1);
                    state.next_line(operand(0), operand(1));
                }
                "T*" => state.next_line(0.0, -state.leading),
                "Tj" => self.show(&mut state, operands.first())?,
                "'" => {
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, operands.first())?;
                }
                "\"" => {
                    (state.word_space, state.character_space) = (operand(0), operand(1));
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, operands.get(2))?;
                }
                "TJ" => {
                    for item in operands.first().and_then(|list| list.as_array().ok()).into_iter().flatten() {
                        match number(item) {
                            Some(back) => state.advance(-back / 1000.0 * state.size * state.stretch),
                            None => self.show(&mut state, Some(item))?,
                        }
                    }
                }
                "BDC" => {
                    let said = operands.get(1).and_then(|list| self.said(resources, list));
                    self.spans.push(Span { said, first: self.glyphs.len() });
                }
                "BMC" => self.spans.push(Span { said: None, first: self.glyphs.len() }),
                "EMC" if self.spans.len() > open_spans => self.close_span(),
                "Do" if depth < FORM_DEPTH => {
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    let form =
                        name.and_then(|name| self.resource(resources, b"XObject", name)?.as_stream().ok());
                    if let Some(form) = form {
                        self.form(form, resources, &state, depth)?;
                    }
                }
                _ => {}
            }
        }
        while self.spans.len() > open_spans {
            self.close_span();
        }
        Ok(())
    }

    fn form(
        &mut self,
        form: &'a lopdf::Stream,
        resources: &[&'a Dictionary],
        state: &State<'a>,
        depth: usize,
    ) -> Result<(), ReadError> {
        if !is_subtype(&form.dict, b"Form", self.document) {
            return Ok(());
        }
        let content = match form.get_plain_content_with_limit(self.allowance.stream()) {
            Ok(content) => content,
            Err(error) => match self.allowance.explain(&error) {
                error @ ReadError::TooMuch { .. } => return Err(error),
                _ => return Ok(()),
            },
        };
        self.allowance.take_unpacked(content.len())?;
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let resources: Vec<_> = own.into_iter().chain(resources.iter().copied().take(FORM_DEPTH)).collect();
        let mut state = state.clone();
        if let Ok(own) = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array) {
            state.page = matrix(own).then(state.page);
        }
        self.paint(&content, &resources, state, depth + 1)
    }

    fn resource(&self, resources: &[&'a Dictionary], kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        resources.iter().find_map(|resources| {
            let list = resources.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            list.get_deref(name, self.document).ok()
        })
    }

    fn show(&mut self, state: &mut State<'a>, shown: Option<&Object>) -> Result<(), ReadError> {
        let (Some(font), Some(Ok(shown))) = (state.font.clone(), shown.map(Object::as_str)) else {
            return Ok(());
        };
        for code in font.codes(shown) {
            let word_space = if code.word_space { state.word_space } else { 0.0 };
            let advance =
                (code.width / 1000.0 * state.size + state.character_space + word_space) * state.stretch;
            let placed = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise])
                .then(state.text)
                .then(state.page);
            let at = placed.apply(0.0, 0.0);
            state.advance(advance);
            let end = Matrix::shift(0.0, state.rise).then(state.text).then(state.page).apply(0.0, 0.0);
            self.allowance.take_characters(code.text.len())?;
            if [at.0, at.1, end.0, end.1].iter().all(|n| n.is_finite() && n.abs() < 1e7) {
                self.glyphs.push(Glyph { text: code.text, at, end, size: placed.height() });
            }
        }
        Ok(())
    }

    /// What a marked stretch says that its text is: `/Span << /ActualText (…) >> BDC`.
    fn said(&self, resources: &[&'a Dictionary], properties: &Object) -> Option<String> {
        let properties = match properties {
            Object::Name(name) => self.resource(resources, b"Properties", name)?.as_dict().ok()?,
            properties => properties.as_dict().ok()?,
        };
        decode_text_string(properties.get_deref(b"ActualText", self.document).ok()?).ok()
    }

    /// The said text replaces the painted one where the two agree, or where the glyphs are mute.
    fn close_span(&mut self) {
        let Some(Span { said: Some(said), first }) = self.spans.pop() else { return };
        let Some(painted) = self.glyphs.get(first..).filter(|painted| !painted.is_empty()) else { return };
        let text: String = painted.iter().map(|glyph| glyph.text.as_str()).collect();
        let mute = text.chars().all(|c| c == char::REPLACEMENT_CHARACTER || c.is_control());
        if !mute && !agree(&said, &text) {
            return;
        }
        let (at, size) = (painted[0].at, painted[0].size);
        let end = painted[painted.len() - 1].end;
        self.glyphs.truncate(first);
        self.glyphs.push(Glyph { text: said, at, end, size });
    }
}

/// Whether two texts differ only in what looks alike: kinds of hyphen, spaces, and ligatures.
fn agree(said: &str, painted: &str) -> bool {
    let plain = |text: &str| -> String {
        let joined = without_ligatures(text);
        joined
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if matches!(c, '\u{AD}' | '\u{2010}' | '\u{2011}') { '-' } else { c })
            .collect()
    };
    plain(said) == plain(painted)
}

impl State<'_> {
    fn advance(&mut self, by: f64) {
        self.text = Matrix::shift(by, 0.0).then(self.text);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }
}

fn matrix(operands: &[Object]) -> Matrix {
    let mut values = Matrix::IDENTITY.0;
    for (value, operand) in values.iter_mut().zip(operands) {
        *value = number(operand).unwrap_or(*value);
    }
    Matrix(values)
}
