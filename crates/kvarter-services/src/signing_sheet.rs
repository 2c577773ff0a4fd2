//! The sheet on which a registrar marks, by hand, which pages of which original bear whose initials.

use kvarter_documents::{Document as Paper, Pdf, model, render};
use kvarter_domain::access::Act;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::signing::{Mark, Party};
use kvarter_domain::text::Language;

use crate::App;
use crate::access::open_agreement;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::Result;

/// The words of the sheet, in the reader's language.
#[derive(Debug, Clone)]
pub struct SheetWords {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// How the sheet is used, a paragraph each.
    pub introduction: Vec<String>,
    /// Over the row labels.
    pub page: String,
    /// What comes before the number of the page that is signed.
    pub signature: String,
    /// The originals, A and B.
    pub originals: [String; 2],
    /// The parties, the state first.
    pub parties: [String; 2],
    /// What the registrar attests.
    pub attests: String,
    /// Under the lines to fill in.
    pub lines: Vec<String>,
}

/// The matrix of page × party × original, with what is registered already ticked.
///
/// # Errors
/// [`Error::NotFound`](crate::Error::NotFound) for anyone but the parties.
pub async fn sheet(ctx: &Ctx, app: &App, id: &AgreementId, words: SheetWords) -> Result<Pdf> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::ViewOriginal).await?;
    drop(tx);
    let columns: Vec<(Mark, Party)> =
        Mark::BOTH.into_iter().flat_map(|mark| Party::BOTH.map(|party| (mark, party))).collect();
    let pages = life.originals.iter().map(|original| original.pages).max().unwrap_or(0);
    let cell = |day: Option<jiff::civil::Date>| model::MatrixCell {
        done: day.is_some(),
        note: day.map(|day| day.to_string()),
    };
    let mut rows: Vec<model::MatrixRow> = (1..=pages)
        .map(|page| model::MatrixRow {
            label: page.to_string(),
            cells: columns
                .iter()
                .map(|(mark, party)| cell(life.initials_on(*party, *mark, page).map(|i| i.initialled_on)))
                .collect(),
        })
        .collect();
    rows.push(model::MatrixRow {
        label: format!("{} {pages}", words.signature),
        cells: columns
            .iter()
            .map(|(mark, party)| cell(life.signature(*party, *mark).map(|s| s.signed_on)))
            .collect(),
    });
    let nth = |second: bool, both: &[String; 2]| both[usize::from(second)].clone();
    let model = model::SigningMatrix {
        language: match words.language {
            Language::Sv => model::Language::Sv,
            Language::En => model::Language::En,
        },
        title: words.title,
        subtitle: life.agreement.party_name.clone(),
        reference: life.letter.as_ref().map(|(dispatch, _)| dispatch.reference.clone()).unwrap_or_default(),
        introduction: words.introduction,
        row_head: words.page,
        columns: columns
            .iter()
            .map(|(mark, party)| model::MatrixColumn {
                original: nth(*mark == Mark::B, &words.originals),
                party: nth(*party == Party::Municipality, &words.parties),
            })
            .collect(),
        rows,
        attestation: model::Attestation { text: words.attests, lines: words.lines },
    };
    let moment = ctx.now;
    Ok(aside(move || render(Paper::SigningMatrix(&model), moment)).await??)
}
