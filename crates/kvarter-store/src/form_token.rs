//! One token for each form that is shown, so that a form posted twice acts once.
//!
//! The token is spent in the same write as the act itself. Writers queue, so the second post finds it
//! spent, and where the first one led.

use crate::error::Result;
use crate::fact::Bind;
use crate::read::{Cells, ReadTx, instant};
use crate::write::WriteTx;
use jiff::Timestamp;

/// Where the act led for which the token was spent, if it has been spent.
///
/// # Errors
/// Whatever the engine reports.
pub async fn led_to(tx: &mut ReadTx, token: &str) -> Result<Option<String>> {
    let row = tx.row("select result from form_token where token = $1", &[Bind::from(&token)]).await?;
    row.map(|row| row.text("result")).transpose()
}

/// Spends a token for an act that leads to an address.
///
/// # Errors
/// `Conflict` if it has been spent.
pub async fn spend(tx: &mut WriteTx, token: &str, result: &str, now: Timestamp) -> Result<()> {
    let bound = [Bind::from(&token), Bind::from(&result), Bind::from(&instant(now))];
    let insert = "insert into form_token (token, result, spent_at) values ($1, $2, $3)".to_owned();
    tx.execute(insert, &bound).await?;
    Ok(())
}

/// Forgets the tokens spent before an instant, and tells how many.
///
/// # Errors
/// Whatever the engine reports.
pub async fn forget_before(tx: &mut WriteTx, at: Timestamp) -> Result<u64> {
    let bound = [Bind::from(&instant(at))];
    tx.execute("delete from form_token where spent_at < $1".to_owned(), &bound).await
}
