//! Files damaged in ways that a seed decides: flipped, cut, doubled, moved, with numbers and names put in
//! each other's place.

/// A row of numbers that looks random and is the same every time (xorshift64*).
pub(crate) struct Seed(u64);

impl Seed {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap();
        usize::try_from(self.next() % limit).unwrap()
    }
}

/// Words that mean something to a reader of PDF.
const WORDS: &[&str] = &[
    "/Length ",
    "/Filter/FlateDecode",
    "/Prev ",
    "/Root ",
    "/Size ",
    "/Type/ObjStm",
    "/Type/XRef",
    "/XRefStm ",
    "/Kids[",
    "/Parent ",
    "/AcroForm ",
    "/ByteRange [",
    "/Contents <",
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "xref\n",
    "trailer",
    "startxref\n",
    "%%EOF\n",
    " 0 R",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "99999999999",
    "-1",
    "0",
    "null",
    "/W[1 4 2]",
    "/Index[0 99999]",
    "/N 99999",
    "/First 0",
    "/V ",
    "/AP ",
    "/Fields[",
    "%",
];

/// The file, damaged once or a few times.
pub(crate) fn mutated(pdf: &[u8], seed: &mut Seed) -> Vec<u8> {
    let mut pdf = pdf.to_vec();
    for _ in 0..=seed.below(3) {
        damage(&mut pdf, seed);
    }
    pdf
}

fn damage(pdf: &mut Vec<u8>, seed: &mut Seed) {
    let at = seed.below(pdf.len());
    let near = |seed: &mut Seed, most: usize| 1 + seed.below(most);
    match seed.below(12) {
        0..=2 => {
            if let Some(byte) = pdf.get_mut(at) {
                *byte ^= 1 << seed.below(8);
            }
        }
        3 => {
            if let Some(byte) = pdf.get_mut(at) {
                *byte = u8::try_from(seed.below(256)).unwrap();
            }
        }
        4 => {
            let end = (at + near(seed, 64)).min(pdf.len());
            pdf.drain(at..end);
        }
        5 => {
            let end = (at + near(seed, 400)).min(pdf.len());
            let piece = pdf[at..end].to_vec();
            let to = seed.below(pdf.len() + 1);
            pdf.splice(to..to, piece);
        }
        6 => {
            let end = (at + near(seed, 200)).min(pdf.len());
            let from = seed.below(pdf.len());
            let piece: Vec<u8> = pdf[from..].iter().copied().take(end - at).collect();
            pdf.splice(at..end, piece);
        }
        7 => {
            let word = WORDS[seed.below(WORDS.len())];
            pdf.splice(at..at, word.bytes());
        }
        8 => {
            let word = WORDS[seed.below(WORDS.len())].as_bytes();
            let end = (at + word.len()).min(pdf.len());
            pdf.splice(at..end, word.iter().copied());
        }
        9 => number(pdf, at, seed),
        10 => {
            let from = seed.below(pdf.len());
            let piece = pdf[from..].to_vec();
            pdf.extend(piece.into_iter().take(20_000));
        }
        _ => pdf.truncate(at),
    }
}

/// Puts another number where the next one stands.
fn number(pdf: &mut Vec<u8>, at: usize, seed: &mut Seed) {
    let Some(start) = pdf[at..].iter().position(u8::is_ascii_digit).map(|by| at + by) else { return };
    let length = pdf[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let limit = [10, 200, pdf.len() + 10, usize::MAX >> 1][seed.below(4)];
    let text = seed.below(limit).to_string();
    pdf.splice(start..start + length, text.bytes());
}
