//! What an attacker has: a way to append anything to a file, and a way to build one from nothing.

use kvarter_signatures::authority::TestSigner;
use kvarter_signatures::begun::Begun;
use kvarter_signatures::sign::prepare_signature;
use kvarter_signatures::signer::Signer;

/// Where the last occurrence of a text begins.
pub(crate) fn last(pdf: &[u8], text: &str) -> usize {
    pdf.windows(text.len()).rposition(|window| window == text.as_bytes()).unwrap()
}

/// Where the first occurrence of a text begins.
pub(crate) fn first(pdf: &[u8], text: &str) -> usize {
    pdf.windows(text.len()).position(|window| window == text.as_bytes()).unwrap()
}

/// The file with the first occurrence of a text replaced by another of the same length.
pub(crate) fn replaced(pdf: &[u8], text: &str, by: &str) -> Vec<u8> {
    assert_eq!(text.len(), by.len());
    let at = first(pdf, text);
    let mut pdf = pdf.to_vec();
    pdf[at..at + by.len()].copy_from_slice(by.as_bytes());
    pdf
}

fn word_after(pdf: &[u8], at: usize) -> String {
    let rest = pdf[at..].iter().skip_while(|byte| byte.is_ascii_whitespace());
    rest.take_while(|byte| byte.is_ascii_digit()).map(|&byte| char::from(byte)).collect()
}

/// The text of an object as it stands last in the file.
pub(crate) fn object(pdf: &[u8], number: u32) -> String {
    let head = format!("\n{number} 0 obj\n");
    let from = last(pdf, &head) + head.len();
    let to = from + first(&pdf[from..], "endobj");
    String::from_utf8_lossy(&pdf[from..to]).trim().to_owned()
}

/// The number in `/Key 12 0 R`, where it stands last.
pub(crate) fn reference(pdf: &[u8], key: &str) -> u32 {
    let key = format!("/{key} ");
    word_after(pdf, last(pdf, &key) + key.len()).parse().unwrap()
}

/// A file with one more revision that holds these objects; a well-formed one.
pub(crate) fn appended(pdf: &[u8], objects: &[(u32, String)], more: &str) -> Vec<u8> {
    let previous = word_after(pdf, last(pdf, "startxref") + 9);
    let root = reference(pdf, "Root");
    let trailer = String::from_utf8_lossy(&pdf[last(pdf, "trailer")..]).into_owned();
    let id = trailer.find("/ID [").map(|from| {
        let to = from + trailer[from..].find(']').unwrap();
        trailer[from..=to].to_owned()
    });
    let mut out = pdf.to_vec();
    let mut offsets = Vec::new();
    for (number, body) in objects {
        offsets.push((*number, out.len()));
        out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let at = out.len();
    out.extend(b"xref\n");
    for (number, offset) in offsets {
        out.extend(format!("{number} 1\n{offset:010} 00000 n \n").bytes());
    }
    let id = id.unwrap_or_default();
    out.extend(
        format!(
            "trailer\n<</Root {root} 0 R/Size 9999/Prev {previous}{id}{more}>>\nstartxref\n{at}\n%%EOF\n"
        )
        .bytes(),
    );
    out
}

/// A stream's text.
pub(crate) fn stream(dictionary: &str, data: &str) -> String {
    format!("<<{dictionary}/Length {}>>\nstream\n{data}\nendstream", data.len())
}

/// A file of one page from nothing, with a signature; what stands between its objects, and what its
/// section and trailer say, is the attacker's to choose.
pub(crate) struct Small {
    pub(crate) objects: Vec<(u32, String)>,
    /// Bytes before the section that no section lists.
    pub(crate) between: String,
    /// Lines added to the section.
    pub(crate) lines: String,
    pub(crate) trailer: String,
}

const RESERVE: usize = 9_000;

impl Small {
    pub(crate) fn new() -> Self {
        let range = "/ByteRange [0 0000000000 0000000000 0000000000]";
        let signature = format!(
            "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached{range}/Contents <{}>>>",
            "0".repeat(2 * RESERVE)
        );
        let objects = [
            "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 7 0 R]/SigFlags 3>>>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 144]>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>/Annots[5 0 R 7 0 R]>>".to_owned(),
            stream("", "0 0 100 100 re f"),
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig1)/F 132/Rect[0 0 0 0]/P 3 0 R/V 6 0 R>>".to_owned(),
            signature,
            "<</Type/Annot/Subtype/Widget/FT/Tx/T(Text1)/F 4/Rect[10 10 90 30]/P 3 0 R/DA(0 g)>>".to_owned(),
        ];
        let objects = (1..).zip(objects).collect();
        Self { objects, between: String::new(), lines: String::new(), trailer: String::new() }
    }

    /// The file, signed as it stands.
    pub(crate) fn signed(&self, signer: &TestSigner) -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        let mut lines = String::new();
        for (number, body) in &self.objects {
            lines.push_str(&format!("{number} 1\n{:010} 00000 n \n", pdf.len()));
            pdf.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        pdf.extend(self.between.bytes());
        let at = pdf.len();
        let (more, trailer) = (&self.lines, &self.trailer);
        pdf.extend(
            format!("xref\n{lines}{more}trailer\n<</Root 1 0 R/Size 20{trailer}>>\nstartxref\n{at}\n%%EOF\n")
                .bytes(),
        );
        finish(pdf, signer)
    }
}

/// Fills in the last `/ByteRange` and `/Contents` of a file and signs it.
pub(crate) fn finish(mut pdf: Vec<u8>, signer: &TestSigner) -> Vec<u8> {
    let start = last(&pdf, "/Contents <0000") + "/Contents ".len();
    let end = start + first(&pdf[start..], ">") + 1;
    let range = format!("[0 {start:010} {end:010} {:010}]", pdf.len() - end);
    let at = last(&pdf[..start], "/ByteRange [0 ") + "/ByteRange ".len();
    pdf[at..at + range.len()].copy_from_slice(range.as_bytes());
    sign_hole(pdf, start..end, signer)
}

/// Signs all of a file but a hole, whatever the file says of it.
pub(crate) fn sign_hole(pdf: Vec<u8>, hole: std::ops::Range<usize>, signer: &TestSigner) -> Vec<u8> {
    use base64::Engine;
    let pdf = base64::engine::general_purpose::STANDARD.encode(pdf);
    let begun = serde_json::json!({"pdf": pdf, "hole": {"start": hole.start, "end": hole.end}});
    let begun: Begun = serde_json::from_value(begun).unwrap();
    let prepared = prepare_signature(&begun, signer);
    let signature = signer.sign(prepared.to_be_signed()).unwrap();
    begun.finish(&prepared.finish(&signature, None).unwrap()).unwrap()
}
