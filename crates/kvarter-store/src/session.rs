//! Who is signed in: not facts, forgotten when they end.
//!
//! The store never sees a session's token, only its digest, so a copy of the database signs nobody in.

use crate::error::{Result, StoreError};
use crate::fact::Bind;
use crate::read::{Cells, instant};
use crate::store::Store;
use jiff::Timestamp;
use kvarter_domain::ids::{MandateId, PersonId};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token that the browser holds, in hexadecimal.
    pub token_digest: String,
    /// Who is signed in.
    pub person: PersonId,
    /// The mandate by which the person acts for now.
    pub mandate: MandateId,
    /// The secret that every form of the session bears.
    pub csrf: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last heard of.
    pub seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// `Conflict` if there is one with that token.
    pub async fn open_session(&self, session: &Session) -> Result<()> {
        let bound = [
            Bind::from(&session.token_digest),
            Bind::from(&session.person),
            Bind::from(&session.mandate),
            Bind::from(&session.csrf),
            Bind::from(&instant(session.created_at)),
            Bind::from(&instant(session.seen_at)),
            Bind::from(&instant(session.expires_at)),
        ];
        self.change_sessions(
            "insert into session (token_digest, person, mandate, csrf, created_at, seen_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6, $7)",
            &bound,
        )
        .await?;
        Ok(())
    }

    /// The session with that token, expired or not.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn session(&self, token_digest: &str) -> Result<Option<Session>> {
        let select = "select token_digest, person, mandate, csrf, created_at, seen_at, expires_at from session \
                      where token_digest = $1";
        let Some(row) = self.read().await?.row(select, &[Bind::from(&token_digest)]).await? else {
            return Ok(None);
        };
        Ok(Some(Session {
            token_digest: row.text("token_digest")?,
            person: PersonId::new(row.text("person")?),
            mandate: MandateId::new(row.text("mandate")?),
            csrf: row.text("csrf")?,
            created_at: row.instant("created_at")?,
            seen_at: row.instant("seen_at")?,
            expires_at: row.instant("expires_at")?,
        }))
    }

    /// Writes down that a session was heard of, and until when it lasts now. Each such write waits for the
    /// disk, so once in a minute is enough.
    ///
    /// # Errors
    /// `NotFound` if there is no such session.
    pub async fn keep_session(
        &self,
        token_digest: &str,
        seen_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        let bound =
            [Bind::from(&instant(seen_at)), Bind::from(&instant(expires_at)), Bind::from(&token_digest)];
        let update = "update session set seen_at = $1, expires_at = $2 where token_digest = $3";
        found(self.change_sessions(update, &bound).await?)
    }

    /// Chooses another mandate by which the person acts.
    ///
    /// # Errors
    /// `NotFound` if there is no such session.
    pub async fn choose_mandate(&self, token_digest: &str, mandate: &MandateId) -> Result<()> {
        let bound = [Bind::from(mandate), Bind::from(&token_digest)];
        found(self.change_sessions("update session set mandate = $1 where token_digest = $2", &bound).await?)
    }

    /// Ends a session, if it has not ended.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn close_session(&self, token_digest: &str) -> Result<()> {
        let delete = "delete from session where token_digest = $1";
        self.change_sessions(delete, &[Bind::from(&token_digest)]).await?;
        Ok(())
    }

    /// Ends every session of a person, as when the password is changed, and tells how many.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn close_sessions_of(&self, person: &PersonId) -> Result<u64> {
        self.change_sessions("delete from session where person = $1", &[Bind::from(person)]).await
    }

    /// Forgets the sessions that have expired, and tells how many.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn forget_expired_sessions(&self, now: Timestamp) -> Result<u64> {
        self.change_sessions("delete from session where expires_at <= $1", &[Bind::from(&instant(now))]).await
    }

    async fn change_sessions(&self, statement: &'static str, bound: &[Bind]) -> Result<u64> {
        let mut tx = self.write().await?;
        let touched = tx.execute(statement.to_owned(), bound).await?;
        tx.commit().await?;
        Ok(touched)
    }
}

fn found(touched: u64) -> Result<()> {
    if touched == 0 { Err(StoreError::NotFound("session".into())) } else { Ok(()) }
}
