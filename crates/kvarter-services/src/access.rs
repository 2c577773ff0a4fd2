//! Fetching a thing only if this actor may do this act to it.

use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::ids::AgreementId;
use kvarter_store::{self as store, ReadTx};

use crate::context::Ctx;
use crate::error::{Error, Result};

/// The facts of an agreement, if there is one and the actor may do this to it.
///
/// The question is asked of the *stored* parties, not of what an address or a form says.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::Denied`].
pub(crate) async fn open_agreement(ctx: &Ctx, tx: &mut ReadTx, id: &AgreementId, act: Act) -> Result<Life> {
    let life = store::agreement::life(tx, id).await?.ok_or(Error::NotFound)?;
    let thing = Thing::Shared {
        state: life.agreement.state.clone(),
        municipality: life.agreement.municipality.clone(),
    };
    ctx.require(act, &thing)?;
    Ok(life)
}
