//! Who is asking, when, and in which request.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kvarter_domain::access::{Act, Actor, May, Thing, may};
use kvarter_domain::event::Happened;
use kvarter_domain::time::stockholm_day;
use kvarter_store::{NewEvent, WriteTx};

use crate::App;
use crate::error::{Error, Result};
use crate::form::Sending;

/// The context of one use case. First argument everywhere.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Who asks.
    pub actor: Actor,
    /// When.
    pub now: Timestamp,
    /// The request's id, which the person sees when something goes wrong on our side.
    pub request: String,
    /// The form that asks for the act, if one does.
    pub form: Option<Arc<Sending>>,
}

impl Ctx {
    /// Today in Sweden.
    pub fn today(&self) -> Date {
        stockholm_day(self.now)
    }

    /// Goes on only if the actor may do this act to this thing.
    ///
    /// # Errors
    /// [`Error::Denied`], or [`Error::NotFound`] where the thing is not for this actor to know.
    pub fn require(&self, act: Act, thing: &Thing) -> Result<()> {
        match may(&self.actor, act, thing) {
            May::Yes => Ok(()),
            May::No => Err(Error::Denied),
            May::NoSuchThing => Err(Error::NotFound),
        }
    }

    /// Whether the actor may do this act to this thing.
    pub fn may(&self, act: Act, thing: &Thing) -> bool {
        may(&self.actor, act, thing) == May::Yes
    }
}

impl Ctx {
    /// Appends an event of this context to the log: it covers every fact inserted since the last one.
    pub(crate) async fn append(
        &self,
        tx: &mut WriteTx,
        what: Happened,
        subject: &str,
        summary: serde_json::Value,
    ) -> Result<i64> {
        self.spend(tx, subject).await?;
        let event = NewEvent {
            recorded_at: self.now,
            actor: self.actor.code(),
            act: what,
            subject: subject.to_owned(),
            summary,
        };
        Ok(tx.append(event).await?)
    }
}

impl App {
    /// The context in which the system itself acts: a start, a scheduled job, the terminal.
    pub fn system(&self) -> Ctx {
        Ctx { actor: Actor::System, now: self.clock.now(), request: "system".to_owned(), form: None }
    }
}
