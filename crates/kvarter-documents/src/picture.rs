//! A page as a picture, drawn from the file itself: what is initialled is what is seen.

use std::sync::Arc;

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};

/// A page of a PDF that was made here as SVG, with what has been filled in in its fields. Pages are counted
/// from 1; there is none where the file cannot be read or has no such page.
///
/// Not for what strangers send: nothing here bounds what a file may ask for.
pub fn page(bytes: &[u8], page: usize) -> Option<String> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).ok()?;
    let page = pdf.pages().get(page.checked_sub(1)?)?;
    let settings = InterpreterSettings::default();
    let paper = SvgRenderSettings { bg_color: [255, 255, 255, 255] };
    Some(convert(page, &RenderCache::new(), &settings, &paper))
}
