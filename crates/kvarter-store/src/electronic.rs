//! Versions of electronic originals, read as part of an agreement's life ([`crate::agreement`]); and pages
//! initialled in the signing room, which are remembered until a key seals them.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, text};
use crate::read::{Cells, ReadTx, instant};
use crate::store::Store;
use crate::write::WriteTx;
use kvarter_domain::electronic::{PageMark, SignedVersion};
use kvarter_domain::ids::{AgreementId, Digest, PersonId};

impl Fact for SignedVersion {
    const TABLE: &'static Table = &Table {
        name: "signed_version",
        key: &["agreement", "serial"],
        columns: &[
            text("agreement"),
            integer("serial"),
            text("party").or_null(),
            text("document"),
            text("person").or_null(),
            text("mandate").or_null(),
            text("signed_on"),
        ],
    };
}

/// The pages that a person has initialled in the signing room and not yet sealed, in their order.
///
/// # Errors
/// Whatever the engine reports.
pub async fn page_marks(
    tx: &mut ReadTx,
    agreement: &AgreementId,
    person: &PersonId,
) -> Result<Vec<PageMark>> {
    let select = "select page, marked_at from page_mark where agreement = $1 and person = $2 order by page";
    let rows = tx.rows(select.to_owned(), &[Bind::from(agreement), Bind::from(person)]).await?;
    rows.iter()
        .map(|row| Ok(PageMark { page: row.integer("page")?, at: row.instant("marked_at")? }))
        .collect()
}

/// The agreement that has a file with that digest, issued or signed.
///
/// # Errors
/// Whatever the engine reports.
pub async fn agreement_of(tx: &mut ReadTx, document: &Digest) -> Result<Option<AgreementId>> {
    let select = "select agreement from original where document = $1 \
                  union select agreement from signed_version where document = $1 order by agreement";
    let row = tx.row(select, &[Bind::from(document)]).await?;
    row.map(|row| Ok(AgreementId::new(row.text("agreement")?))).transpose()
}

/// Forgets the pages that a person had initialled: a key has sealed them.
///
/// # Errors
/// Whatever the engine reports.
pub async fn forget_page_marks(tx: &mut WriteTx, agreement: &AgreementId, person: &PersonId) -> Result<()> {
    let delete = "delete from page_mark where agreement = $1 and person = $2";
    tx.execute(delete.to_owned(), &[Bind::from(agreement), Bind::from(person)]).await?;
    Ok(())
}

impl Store {
    /// Remembers that a person has initialled a page; the first time counts.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn mark_page(&self, agreement: &AgreementId, person: &PersonId, mark: &PageMark) -> Result<()> {
        let mut tx = self.write().await?;
        let insert = "insert into page_mark (agreement, person, page, marked_at) values ($1, $2, $3, $4) \
                      on conflict do nothing";
        let bound =
            [Bind::from(agreement), Bind::from(person), Bind::from(mark.page), Bind::from(&instant(mark.at))];
        tx.execute(insert.to_owned(), &bound).await?;
        tx.commit().await
    }
}
