//! A form that is sent twice acts once.
//!
//! Every form that is shown bears a token of its own. The act that the form asks for spends the token in the
//! same transaction as it writes, so of two sendings one acts, and the other is led to where the first one led.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kvarter_store::{WriteTx, form_token};

use crate::App;
use crate::context::Ctx;
use crate::error::Result;

/// A form on its way: its token, and where the act leads.
#[derive(Debug)]
pub struct Sending {
    token: String,
    leads_to: String,
    spent: AtomicBool,
}

/// Where the act led that this token was spent on, if it has been spent.
///
/// # Errors
/// When the store cannot be read.
pub async fn led_to(app: &App, token: &str) -> Result<Option<String>> {
    Ok(form_token::led_to(&mut app.store.read().await?, token).await?)
}

impl Ctx {
    /// The same context, acting for a form: the first thing that it writes spends the form's token. In the
    /// address that it leads to, `{}` stands for what the act is about.
    #[must_use]
    pub fn sending(mut self, token: Option<String>, leads_to: &str) -> Self {
        self.form = token.map(|token| {
            Arc::new(Sending { token, leads_to: leads_to.to_owned(), spent: AtomicBool::new(false) })
        });
        self
    }

    /// Spends the form's token, if this context acts for one and it is not spent by it already.
    pub(crate) async fn spend(&self, tx: &mut WriteTx, about: &str) -> Result<()> {
        if let Some(form) = &self.form
            && !form.spent.swap(true, Ordering::Relaxed)
        {
            let leads_to = form.leads_to.replace("{}", about);
            form_token::spend(tx, &form.token, &leads_to, self.now).await?;
        }
        Ok(())
    }
}
