//! `kvarter person`.

use std::io::{BufRead as _, IsTerminal as _};

use kvarter_domain::person::Role;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::identity::{self, AddPerson, Someone};
use kvarter_services::{Error, operations};

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::house::House;
use super::{registry, table};
use crate::language::Words;

/// The most that is read of a password.
const PASSWORD_BYTES_MAX: u64 = 4096;

/// People who act for an organisation, and can sign in.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Person {
    /// Adds a person with a mandate: for whom, as what, from when.
    ///
    /// With --login the person can sign in; the password is asked for, or read as the first line of
    /// standard input, and is never an argument. Without it the person can only be named in records, as a
    /// signatory is.
    #[command(
        after_help = "Examples:\n  kvarter person add --name Registrar --organisation 2180 --role registrar --login gavle\n  \
        printf '%s\\n' \"$PASSWORD\" | kvarter person add --name … --organisation 0180 --role administrator --login admin"
    )]
    Add {
        /// The name
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        name: String,
        /// The organisation, by its code or any name it goes by
        #[arg(long, value_name = "CODE|NAME", default_value = "", hide_default_value = true)]
        organisation: String,
        /// As what: officer, registrar, minister, chair, deputy-chair, coordinator, administrator, statistician or evaluator
        #[arg(long, value_name = "ROLE", default_value = "", hide_default_value = true)]
        role: String,
        /// The mandate's first day [default: today]
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// The mandate's last day, if it is known
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
        /// What shows the mandate: a decision, minutes, an order of deputies
        #[arg(long, value_name = "TEXT")]
        evidence: Option<String>,
        /// The name to sign in with
        #[arg(long, value_name = "LOGIN")]
        login: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON: the person's and the mandate's ids
        #[arg(long)]
        json: bool,
    },
    /// Lists people and their mandates, with the ids by which other verbs name them.
    #[command(
        after_help = "Examples:\n  kvarter person list\n  kvarter person list --organisation Stockholm --all --json"
    )]
    List {
        /// Only an organisation's, by its code or any name it goes by
        #[arg(long, value_name = "CODE|NAME")]
        organisation: Option<String>,
        /// Mandates that have ended or not begun as well
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        house: House,
        /// Answers with JSON: one object per mandate
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(l: Words, verb: Person) -> Answer {
    match verb {
        Person::Add { name, organisation, role, from, to, evidence, login, house, json } => {
            let said = Said { name, organisation, role, from, to, evidence, login };
            add(l, said, house, json).await
        }
        Person::List { organisation, all, house, json } => list(l, organisation, all, house, json).await,
    }
}

/// People and mandates, those of today unless all are asked for.
async fn list(l: Words, organisation: Option<String>, all: bool, house: House, json: bool) -> Answer {
    let app = house.open().await?;
    let ctx = app.system();
    let only = match organisation {
        Some(written) => Some(registry::organisation_named(&app, &written).await?),
        None => None,
    };
    let today = ctx.today();
    let held = |s: &Someone| s.mandate.from_day <= today && s.last_day.is_none_or(|last| today <= last);
    let people: Vec<Someone> = identity::people(&ctx, &app)
        .await?
        .into_iter()
        .filter(|s| only.as_ref().is_none_or(|id| s.mandate.organisation == *id) && (all || held(s)))
        .collect();
    if json {
        let told: Vec<_> = people
            .iter()
            .map(|s| {
                serde_json::json!({
                    "mandate": s.mandate.id, "person": s.person.id, "name": s.person.name,
                    "organisation": s.mandate.organisation, "role": s.mandate.role,
                    "from_day": s.mandate.from_day, "last_day": s.last_day,
                })
            })
            .collect();
        say_json(&told)?;
    } else {
        let rows: Vec<[String; 6]> = people
            .iter()
            .map(|s| {
                [
                    s.mandate.id.to_string(),
                    s.person.name.clone(),
                    l.t(&format!("role-{}", s.mandate.role.code())),
                    s.organisation.clone(),
                    s.mandate.from_day.to_string(),
                    s.last_day.map(|day| day.to_string()).unwrap_or_default(),
                ]
            })
            .collect();
        let heading = ["mandate", "name", "role", "organisation", "from", "day"]
            .map(|column| l.t(&format!("cli-column-{column}")));
        say(&table::set(heading, &rows))?;
    }
    Ok(Outcome::Yes)
}

/// What was said of a person to add.
struct Said {
    name: String,
    organisation: String,
    role: String,
    from: Option<String>,
    to: Option<String>,
    evidence: Option<String>,
    login: Option<String>,
}

async fn add(l: Words, said: Said, house: House, json: bool) -> Answer {
    let Said { name, organisation, role, from, to, evidence, login } = said;
    let mut problems = Problems::none();
    problems.add_if(name.trim().is_empty(), || Problem::new("person-without-name", "--name"));
    problems.add_if(organisation.trim().is_empty(), || {
        Problem::new("person-without-organisation", "--organisation")
    });
    let as_what = Role::from_code(role.trim());
    problems.add_if(as_what.is_none(), || {
        let code = if role.trim().is_empty() { "person-without-role" } else { "argument-not-among" };
        Problem::new(code, "--role")
            .with("written", &role)
            .with("known", Role::ALL.map(Role::code).join(", "))
    });
    let today = operations::today();
    let from_day = from.as_deref().map_or(Some(today), |day| answer::day("--from", day, &mut problems));
    let to_day = to.as_deref().and_then(|day| answer::day("--to", day, &mut problems));
    let settings = answer::gathered(house.made(), &mut problems)?;
    answer::usable(problems)?;
    let (Some(settings), Some(role), Some(from_day)) = (settings, as_what, from_day) else {
        return Ok(Outcome::No);
    };
    let sign_in = match login {
        Some(login) => {
            let password = password(l)?;
            Some((login, password))
        }
        None => None,
    };
    let app = super::house::enter(&settings).await?;
    let add = AddPerson { name, organisation, role, from_day, to_day, evidence, sign_in };
    let added = identity::add_person(&app.system(), &app, &add).await.map_err(|error| match error {
        // Whatever is to be corrected, it was asked for on the command line.
        Error::Problems(mut problems) => {
            for problem in &mut problems.0 {
                problem.place = match problem.place.as_str() {
                    "to_day" => "--to".to_owned(),
                    "password" => l.t("cli-password-place"),
                    other => format!("--{other}"),
                };
            }
            Trouble::Asked(problems)
        }
        other => other.into(),
    })?;
    let (person, mandate) = added;
    if json {
        say_json(&serde_json::json!({ "person": person, "mandate": mandate }))?;
    } else {
        let key = if add.sign_in.is_some() { "cli-person-added-with-login" } else { "cli-person-added" };
        say(&l.with(key, [("name", add.name.trim()), ("id", person.as_str())]))?;
    }
    Ok(Outcome::Yes)
}

/// The password: asked for twice where someone sits at a terminal, otherwise the first line of standard
/// input.
fn password(l: Words) -> Result<String, Trouble> {
    use std::io::Read as _;
    if std::io::stdin().is_terminal() {
        let terminal = console::Term::stderr();
        let ask = |key: &str| -> std::io::Result<String> {
            terminal.write_str(&format!("{} ", l.t(key)))?;
            terminal.read_secure_line()
        };
        let password = ask("cli-password-ask")?;
        if ask("cli-password-again")? != password {
            return Err(Trouble::Asked(Problem::new("passwords-differ", l.t("cli-password-place")).into()));
        }
        return Ok(password);
    }
    let mut line = String::new();
    let mut input = std::io::BufReader::new(std::io::stdin().lock().take(PASSWORD_BYTES_MAX));
    match input.read_line(&mut line) {
        Ok(_) => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(Trouble::Asked(Problem::new("password-not-text", l.t("cli-password-place")).into()))
        }
        Err(error) => Err(error.into()),
    }
}
