//! `kvarter migrate`.

use kvarter_services::operations;

use super::answer::{Answer, Outcome, say, say_json};
use super::house::House;
use crate::language::Words;

/// Brings a database to this version, and lists what was applied.
///
/// Makes the house if it is not there. Migrations go forward only, and each is safe while the
/// version before still runs.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kvarter migrate --data /var/lib/kvarter\n  kvarter migrate --settings /etc/kvarter/kvarter.toml --json"
)]
pub(super) struct Migrate {
    #[command(flatten)]
    house: House,
    /// Answers with JSON: `{"applied": [names]}`
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(l: Words, verb: Migrate) -> Answer {
    let settings = verb.house.made()?;
    let applied = operations::migrate(&settings.store).await?;
    if verb.json {
        say_json(&serde_json::json!({ "applied": applied }))?;
    } else if applied.is_empty() {
        say(&l.t("cli-migrate-nothing"))?;
    } else {
        say(&format!("{}\n  {}", l.t("cli-migrate-applied"), applied.join("\n  ")))?;
    }
    Ok(Outcome::Yes)
}
