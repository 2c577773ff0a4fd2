//! Initials and signatures as they are seen: type drawn as outlines.
//!
//! Outlines need no font in the file, so a page that is signed stays PDF/A whatever it was set in,
//! and looks the same everywhere. The typeface is given by the caller; so are the words, in NFC.

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

/// More characters than this no name has.
const CHARACTERS_MAX: usize = 200;
/// The main line is never larger than this, in points.
const SIZE_MAX: f64 = 20.0;
/// Small lines are never larger than this, in points.
const SMALL_MAX: f64 = 6.5;
/// Room at the edges, in points.
const MARGIN: f64 = 2.5;

/// What is written in a field, and how.
#[derive(Debug, Clone, Copy)]
pub struct Ink<'a> {
    /// The typeface of the main line, as an OpenType or TrueType file.
    pub font: &'a [u8],
    /// The main line: initials or a name.
    pub text: &'a str,
    /// The typeface of the small lines.
    pub small_font: &'a [u8],
    /// Small lines beneath, such as the day.
    pub lines: &'a [&'a str],
    /// Red, green and blue from 0 to 1 (sRGB).
    pub colour: [f64; 3],
    /// Whether lines stand in the middle, as initials do, or begin at the left.
    pub centred: bool,
}

/// Why something cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppearanceError {
    /// The typeface cannot be read.
    #[error("the font cannot be read")]
    Font,
    /// The typeface lacks a character.
    #[error("the font has no glyph for {character:?}")]
    Glyph {
        /// The character.
        character: char,
    },
    /// There is nothing to write, or too much.
    #[error("nothing to write, or too much")]
    Text,
}

/// The operators that draw `ink` in a box of this size, in points.
pub(crate) fn draw(ink: &Ink<'_>, w: f64, h: f64) -> Result<Vec<u8>, AppearanceError> {
    let face = Face::parse(ink.font, 0).map_err(|_| AppearanceError::Font)?;
    let small = Face::parse(ink.small_font, 0).map_err(|_| AppearanceError::Font)?;
    let main = Line::set(&face, ink.text)?;
    let lines = ink.lines.iter().map(|line| Line::set(&small, line)).collect::<Result<Vec<_>, _>>()?;
    let [red, green, blue] = ink.colour.map(|part| part.clamp(0.0, 1.0));
    let mut pen = Pen::new(format!("q\n{red:.3} {green:.3} {blue:.3} rg\n"));
    let room = w - 2.0 * MARGIN;
    let left = |width: f64| if ink.centred { (w - width) / 2.0 } else { MARGIN };

    // Small lines from below, all of one size, and at most half of the height together.
    let widest = lines.iter().map(|line| line.width).fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let count = lines.len() as f64;
    let mut bottom = MARGIN;
    if widest > 0.0 {
        let size = SMALL_MAX.min(room / widest).min(h / 2.0 / (count * 1.25));
        for line in lines.iter().rev() {
            pen.place(left(line.width * size), bottom + 0.28 * size, size);
            line.draw(&small, &mut pen);
            bottom += 1.25 * size;
        }
    }

    // The main line in what is left: capitals in the middle, nothing outside.
    let (low, high) = (bottom, h - MARGIN);
    let size = SIZE_MAX.min(room / main.width).min((high - low) / (main.top - main.bottom));
    let middle = low + (high - low - main.capital * size) / 2.0;
    let baseline = middle.min(high - main.top * size).max(low - main.bottom * size);
    pen.place(left(main.width * size), baseline, size);
    main.draw(&face, &mut pen);
    pen.operators.push('Q');
    Ok(pen.operators.into_bytes())
}

/// A line of glyphs at size 1.
struct Line {
    glyphs: Vec<(GlyphId, f64)>,
    width: f64,
    top: f64,
    bottom: f64,
    capital: f64,
}

impl Line {
    fn set(face: &Face<'_>, text: &str) -> Result<Self, AppearanceError> {
        let count = text.chars().count();
        if text.trim().is_empty() || count > CHARACTERS_MAX {
            return Err(AppearanceError::Text);
        }
        let em = f64::from(face.units_per_em());
        let mut line = Self { glyphs: Vec::new(), width: 0.0, top: 0.0, bottom: 0.0, capital: 0.0 };
        let mut before: Option<GlyphId> = None;
        for character in text.chars() {
            let glyph = face.glyph_index(character).ok_or(AppearanceError::Glyph { character })?;
            if let Some(before) = before {
                line.width += f64::from(kerning(face, before, glyph)) / em;
            }
            line.glyphs.push((glyph, line.width));
            line.width += f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / em;
            if let Some(bounds) = face.glyph_bounding_box(glyph) {
                line.top = line.top.max(f64::from(bounds.y_max) / em);
                line.bottom = line.bottom.min(f64::from(bounds.y_min) / em);
            }
            before = Some(glyph);
        }
        line.capital = face.capital_height().map_or(line.top, |height| f64::from(height) / em);
        if line.width <= 0.0 || line.top <= line.bottom {
            return Err(AppearanceError::Text);
        }
        Ok(line)
    }

    fn draw(&self, face: &Face<'_>, pen: &mut Pen) {
        let (origin, size) = (pen.origin, pen.scale);
        pen.scale = size / f64::from(face.units_per_em());
        for &(glyph, at) in &self.glyphs {
            pen.origin.0 = origin.0 + at * size;
            if face.outline_glyph(glyph, pen).is_some() {
                pen.operators.push_str("f\n");
            }
        }
    }
}

/// How much closer two glyphs stand than their widths say, in font units; negative is closer.
fn kerning(face: &Face<'_>, left: GlyphId, right: GlyphId) -> i16 {
    pair_positioning(face, left, right).unwrap_or(0)
}

fn pair_positioning(face: &Face<'_>, left: GlyphId, right: GlyphId) -> Option<i16> {
    let table = face.tables().gpos?;
    let kern = Tag::from_bytes(b"kern");
    let feature = table.features.into_iter().find(|feature| feature.tag == kern)?;
    for lookup in feature.lookup_indices.into_iter().filter_map(|index| table.lookups.get(index)) {
        for subtable in lookup.subtables.into_iter::<PositioningSubtable<'_>>() {
            let PositioningSubtable::Pair(pair) = subtable else { continue };
            let Some(index) = pair.coverage().get(left) else { continue };
            let found = match pair {
                PairAdjustment::Format1 { sets, .. } => {
                    sets.get(index).and_then(|set| set.get(right)).map(|(first, _)| first.x_advance)
                }
                PairAdjustment::Format2 { classes, matrix, .. } => {
                    let classes = (classes.0.get(left), classes.1.get(right));
                    matrix.get(classes).map(|(first, _)| first.x_advance)
                }
            };
            // The first subtable that covers the pair decides.
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// Turns outlines into path operators (ISO 32000-2 § 8.5.2).
struct Pen {
    operators: String,
    origin: (f64, f64),
    scale: f64,
    at: (f64, f64),
}

impl Pen {
    fn new(operators: String) -> Self {
        Self { operators, origin: (0.0, 0.0), scale: 1.0, at: (0.0, 0.0) }
    }

    fn place(&mut self, x: f64, y: f64, size: f64) {
        self.origin = (x, y);
        self.scale = size;
    }

    fn point(&self, x: f32, y: f32) -> (f64, f64) {
        (self.origin.0 + f64::from(x) * self.scale, self.origin.1 + f64::from(y) * self.scale)
    }

    fn write(&mut self, points: &[(f64, f64)], operator: &str) {
        for &(x, y) in points {
            self.operators.push_str(&format!("{} {} ", short(x), short(y)));
        }
        self.operators.push_str(operator);
        self.operators.push('\n');
        self.at = points.last().copied().unwrap_or(self.at);
    }
}

/// Three decimals are finer than any printer; trailing zeros say nothing.
fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write(&[self.point(x, y)], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write(&[self.point(x, y)], "l");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // PDF has cubic curves only; a quadratic one is raised.
        let (from, control, to) = (self.at, self.point(x1, y1), self.point(x, y));
        let toward = |end: (f64, f64)| {
            (end.0 + 2.0 / 3.0 * (control.0 - end.0), end.1 + 2.0 / 3.0 * (control.1 - end.1))
        };
        self.write(&[toward(from), toward(to), to], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.write(&[self.point(x1, y1), self.point(x2, y2), self.point(x, y)], "c");
    }

    fn close(&mut self) {
        self.operators.push_str("h\n");
    }
}
