//! A plan as a document for Word: headings, paragraphs, and fields with their words in bold.
//!
//! The document is written as it is laid down in ECMA-376, with nothing in it that we do not use.

use std::io::{Cursor, Write};

use kvarter_domain::plan::Plan;
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::Terms;
use super::outline::{Block, outline};
use crate::error::{Error, Result};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// The styles by the names that Word knows them by in every language, so that its navigation and its lists of
/// contents work.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="sv-SE"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="360"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="480" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="1D4F73"/><w:sz w:val="32"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style></w:styles>"#;

const BEGINNING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

const END: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

/// The plan as a document for Word (`.docx`). The same plan gives the same bytes.
///
/// # Errors
/// When it cannot be packed, which means that there is no memory.
pub fn write_docx(plan: &Plan, terms: &Terms<'_>) -> Result<Vec<u8>> {
    let mut body = String::from(BEGINNING);
    for block in outline(plan, terms) {
        match block {
            Block::Title(words) => paragraph(&mut body, Some("Title"), None, &words),
            Block::Part(words) => paragraph(&mut body, Some("Heading1"), None, &words),
            Block::Item(words) => paragraph(&mut body, Some("Heading2"), None, &words),
            Block::Text(text) => text.split("\n\n").for_each(|words| paragraph(&mut body, None, None, words)),
            Block::Field { label, value, .. } => paragraph(&mut body, None, Some(&label), &value),
        }
    }
    body.push_str(END);
    pack(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/document.xml", &body),
    ])
    .map_err(|error| Error::Internal(error.to_string()))
}

/// A paragraph; what stands on several lines is kept in it with line breaks.
fn paragraph(body: &mut String, style: Option<&str>, label: Option<&str>, words: &str) {
    body.push_str("<w:p>");
    if let Some(style) = style {
        body.push_str(&format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#));
    }
    if let Some(label) = label {
        let label = escape(label);
        body.push_str(&format!(
            r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{label}:</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>"#
        ));
    }
    if !words.is_empty() {
        body.push_str("<w:r>");
        for (place, line) in words.split('\n').enumerate() {
            if place > 0 {
                body.push_str("<w:br/>");
            }
            if !line.is_empty() {
                body.push_str(&format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape(line)));
            }
        }
        body.push_str("</w:r>");
    }
    body.push_str("</w:p>");
}

fn pack(files: &[(&str, &str)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of day: the same content is the same file.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, content) in files {
        zip.start_file(*name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
