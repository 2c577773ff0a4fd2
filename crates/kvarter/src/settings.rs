//! How an installation is set up: one file, its overrides in the environment, everything wrong at once.
//!
//! Every key stands in [`KEYS`]. A key that nobody knows is an error with the nearest that exists. Each key
//! can be given in the environment instead, as `KVARTER_` and the key in capitals with `_` for the dot
//! (`KVARTER_DOCUMENTS_S3_SECRET_KEY`); the environment goes before the file, and `--data` before both.
//! `docs/operations/settings.toml` shows every key, and a test reads it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};

use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::keys::KeySettings;
use kvarter_services::operations::{Bucket, Place, StoreSettings};
use kvarter_services::registry::UPLOAD_BYTES_MAX;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::cause;

/// Where the server listens when nothing else is said.
pub(crate) const PORT: u16 = 8008;
/// The log's name when the installation has no public address.
const ORIGIN: &str = "kvarter";
/// The most that a settings file may hold.
const FILE_BYTES_MAX: u64 = 256 * 1024;

/// What kind of value a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Texts,
    Truth,
}

impl Kind {
    /// A key among `settings-kind-…`.
    fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Texts => "texts",
            Self::Truth => "truth",
        }
    }
}

/// Every key there is.
const KEYS: &[(&str, Kind)] = &[
    ("listen", Kind::Text),
    ("public_address", Kind::Text),
    ("data", Kind::Text),
    ("database", Kind::Text),
    ("programmes", Kind::Texts),
    ("log_origin", Kind::Text),
    ("secure_cookies", Kind::Truth),
    ("signing.keys", Kind::Text),
    ("signing.anchors", Kind::Text),
    ("signing.timestamps", Kind::Text),
    ("documents.folder", Kind::Text),
    ("documents.s3.endpoint", Kind::Text),
    ("documents.s3.bucket", Kind::Text),
    ("documents.s3.region", Kind::Text),
    ("documents.s3.prefix", Kind::Text),
    ("documents.s3.access_key", Kind::Text),
    ("documents.s3.secret_key", Kind::Text),
];

/// An installation's settings, read and checked.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The address to listen on.
    pub(crate) listen: SocketAddr,
    /// The address that others know the installation by, without a last slash.
    pub(crate) public_address: String,
    /// Where facts and documents are kept.
    pub(crate) store: StoreSettings,
    /// Folders with programmes of one's own.
    pub(crate) programmes: Vec<String>,
    /// Where keys, time and trust come from.
    pub(crate) keys: KeySettings,
    /// Whether cookies are kept to https.
    pub(crate) secure_cookies: bool,
    /// The SQLite database's file, if that is the engine.
    pub(crate) database_file: Option<PathBuf>,
    /// The folder with the documents, if they are in one.
    pub(crate) documents_folder: Option<PathBuf>,
    /// The settings file, if one was read.
    pub(crate) file: Option<PathBuf>,
}

impl Settings {
    /// The settings of a house whose data is all in one folder.
    pub(crate) fn of_folder(data: &Path) -> Self {
        let database = data.join("kvarter.sqlite3");
        let documents = data.join("blobs");
        let listen = SocketAddr::from(([127, 0, 0, 1], PORT));
        Self {
            listen,
            public_address: format!("http://{listen}"),
            store: StoreSettings {
                database: sqlite_url(&database),
                documents: Place::Folder(documents.clone()),
                document_bytes_max: UPLOAD_BYTES_MAX as u64,
                origin: ORIGIN.to_owned(),
            },
            programmes: Vec::new(),
            keys: KeySettings::default(),
            secure_cookies: false,
            database_file: Some(database),
            documents_folder: Some(documents),
            file: None,
        }
    }

    /// Reads the settings: `--data` goes before the environment, which goes before the file.
    ///
    /// # Errors
    /// Everything that is wrong, with its place.
    pub(crate) fn read(
        file: Option<&Path>,
        data: Option<&Path>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Problems> {
        let mut written = Written::default();
        if let Some(path) = file {
            written.take_file(path);
        }
        written.take_environment(environment);
        if let Some(folder) = data {
            written.put("data", "--data", Value::Text(folder.to_string_lossy().into_owned()));
        }
        let mut settings = checked(&mut written);
        settings.file = file.map(Path::to_path_buf);
        written.problems.or(settings)
    }
}

/// The environment variable that goes before a key of the file.
pub(crate) fn variable(key: &str) -> String {
    format!("KVARTER_{}", key.replace('.', "_").to_uppercase())
}

#[derive(Debug, Clone)]
enum Value {
    Text(String),
    Texts(Vec<String>),
    Truth(bool),
}

/// What was written, by key, with the place where it stands.
#[derive(Debug, Default)]
struct Written {
    values: BTreeMap<&'static str, (Value, String)>,
    problems: Problems,
}

impl Written {
    fn put(&mut self, key: &'static str, place: &str, value: Value) {
        self.values.insert(key, (value, place.to_owned()));
    }

    fn take_file(&mut self, path: &Path) {
        let name = path.display().to_string();
        match std::fs::metadata(path) {
            Err(error) => {
                self.problems.add(Problem::new("settings-unreadable", name).with("cause", cause(&error)));
                return;
            }
            Ok(found) if found.is_dir() => {
                self.problems.add(Problem::new("settings-is-a-folder", name));
                return;
            }
            Ok(found) if found.len() > FILE_BYTES_MAX => {
                self.problems.add(Problem::new("settings-too-large", name).with("bytes_max", FILE_BYTES_MAX));
                return;
            }
            Ok(_) => {}
        }
        match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => self.take_toml(&name, &text),
            Ok(Err(_)) => self.problems.add(Problem::new("settings-not-text", name)),
            Err(error) => {
                self.problems.add(Problem::new("settings-unreadable", name).with("cause", cause(&error)))
            }
        }
    }

    fn take_toml(&mut self, name: &str, text: &str) {
        let line = |span: Range<usize>| 1 + text[..span.start.min(text.len())].matches('\n').count();
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut lines = Vec::new();
        for error in &errors {
            let at = line(error.span().unwrap_or(0..0));
            // One mistake of syntax often shows as several errors on its line.
            if !lines.contains(&at) {
                lines.push(at);
                let place = format!("{name}:{at}");
                self.problems.add(Problem::new("toml-syntax", place).with("detail", error.message()));
            }
        }
        self.take_table(name, "", root.get_ref(), &line);
    }

    fn take_table(
        &mut self,
        name: &str,
        above: &str,
        table: &DeTable<'_>,
        line: &dyn Fn(Range<usize>) -> usize,
    ) {
        // A table is sorted by name or not as other crates ask; the file's own order is the reader's.
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in rows {
            let path = if above.is_empty() {
                key.get_ref().to_string()
            } else {
                format!("{above}.{}", key.get_ref())
            };
            let place = format!("{name}:{} {path}", line(key.span()));
            let inside = format!("{path}.");
            if let Some((known, kind)) = KEYS.iter().find(|(known, _)| *known == path) {
                match read_value(*kind, value) {
                    Some(value) => self.put(known, &place, value),
                    None => self.problems.add(wrong_kind(&place, *kind)),
                }
            } else if let (true, DeValue::Table(table)) =
                (KEYS.iter().any(|(known, _)| known.starts_with(&inside)), value.get_ref())
            {
                self.take_table(name, &path, table, line);
            } else {
                let known: Vec<&str> = KEYS.iter().map(|(known, _)| *known).collect();
                let problem = Problem::new("settings-key-unknown", place)
                    .with("key", &path)
                    .with("nearest", nearest(&known, &path).unwrap_or("none"))
                    .with("known", known.join(", "));
                self.problems.add(problem);
            }
        }
    }

    fn take_environment(&mut self, environment: &dyn Fn(&str) -> Option<String>) {
        for (key, kind) in KEYS {
            let variable = variable(key);
            let Some(text) = environment(&variable).filter(|text| !text.is_empty()) else { continue };
            let value = match kind {
                Kind::Text => Some(Value::Text(text)),
                Kind::Texts => {
                    let each = std::env::split_paths(&text).map(|p| p.to_string_lossy().into_owned());
                    Some(Value::Texts(each.collect()))
                }
                Kind::Truth => text.parse().ok().map(Value::Truth),
            };
            match value {
                Some(value) => self.put(key, &variable, value),
                None => self.problems.add(wrong_kind(&variable, *kind)),
            }
        }
    }

    fn text(&self, key: &str) -> Option<(&str, &str)> {
        match self.values.get(key) {
            Some((Value::Text(text), place)) => Some((text.trim(), place)),
            _ => None,
        }
    }
}

fn wrong_kind(place: &str, kind: Kind) -> Problem {
    Problem::new("settings-wrong-kind", place).with("kind", kind.code())
}

fn read_value(kind: Kind, value: &Spanned<DeValue<'_>>) -> Option<Value> {
    match (kind, value.get_ref()) {
        (Kind::Text, DeValue::String(text)) => Some(Value::Text(text.to_string())),
        (Kind::Truth, DeValue::Boolean(truth)) => Some(Value::Truth(*truth)),
        (Kind::Texts, DeValue::Array(each)) => {
            let texts = each.iter().map(|one| match one.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            });
            texts.collect::<Option<Vec<_>>>().map(Value::Texts)
        }
        _ => None,
    }
}

fn checked(written: &mut Written) -> Settings {
    let mut problems = Problems::none();
    let data = written.text("data").map(|(folder, place)| {
        problems.add_if(folder.is_empty(), || Problem::new("settings-empty", place));
        PathBuf::from(folder)
    });
    let mut settings = Settings::of_folder(data.as_deref().unwrap_or(Path::new("")));

    if let Some((text, place)) = written.text("listen") {
        match text.parse() {
            Ok(listen) => {
                settings.listen = listen;
                settings.public_address = format!("http://{listen}");
            }
            Err(_) => problems.add(Problem::new("settings-not-an-address", place).with("written", text)),
        }
    }
    let public = written.text("public_address");
    if let Some((text, place)) = public {
        let bare = text.trim_end_matches('/');
        let host = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
        match host.filter(|host| !host.is_empty() && !host.contains(['/', ' ', '?', '#', '@'])) {
            Some(_) => bare.clone_into(&mut settings.public_address),
            None => problems.add(Problem::new("settings-not-a-web-address", place).with("written", text)),
        }
    }
    let https = settings.public_address.starts_with("https://");
    settings.secure_cookies = https;
    if let Some((Value::Truth(secure), place)) = written.values.get("secure_cookies") {
        settings.secure_cookies = *secure;
        problems.add_if(*secure && !https, || Problem::new("settings-secure-without-https", place));
    }
    match written.text("log_origin") {
        Some((origin, place)) => {
            let shape = !origin.is_empty() && !origin.chars().any(char::is_whitespace);
            problems.add_if(!shape, || Problem::new("settings-not-an-origin", place).with("written", origin));
            origin.clone_into(&mut settings.store.origin);
        }
        // Whoever others know by an address shows them checkpoints, and those must not be taken for another's.
        None => problems.add_if(public.is_some(), || Problem::new("settings-origin-missing", "log_origin")),
    }
    if let Some((Value::Texts(folders), place)) = written.values.get("programmes") {
        for folder in folders {
            problems.add_if(!Path::new(folder).is_dir(), || {
                Problem::new("settings-no-such-folder", place).with("folder", folder)
            });
        }
        settings.programmes.clone_from(folders);
    }
    signing(written, &mut settings, &mut problems);
    database(written, data.as_deref(), &mut settings, &mut problems);
    documents(written, data.as_deref(), &mut settings, &mut problems);
    written.problems.0.extend(problems.0);
    settings
}

fn signing(written: &Written, settings: &mut Settings, problems: &mut Problems) {
    let mut folder = |key: &str| {
        let (text, place) = written.text(key)?;
        problems.add_if(!Path::new(text).is_dir(), || {
            Problem::new("settings-no-such-folder", place).with("folder", text)
        });
        Some(PathBuf::from(text))
    };
    let (keys, anchors) = (folder("signing.keys"), folder("signing.anchors"));
    let timestamps = written.text("signing.timestamps").map(|(text, place)| {
        let web = text.starts_with("https://") || text.starts_with("http://");
        problems.add_if(!web, || Problem::new("settings-not-a-web-address", place).with("written", text));
        text.to_owned()
    });
    settings.keys = KeySettings { keys, anchors, timestamps, test_authority: None };
}

fn database(written: &Written, data: Option<&Path>, settings: &mut Settings, problems: &mut Problems) {
    let Some((url, place)) = written.text("database") else {
        problems.add_if(data.is_none(), || {
            Problem::new("settings-no-database", "database").with("variable", variable("database"))
        });
        return;
    };
    let sqlite = url.strip_prefix("sqlite:");
    let postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
    problems.add_if(sqlite.is_none() && !postgres, || Problem::new("settings-not-a-database", place));
    problems.add_if(sqlite.is_some_and(|rest| rest.contains(":memory:")), || {
        Problem::new("settings-database-in-memory", place)
    });
    url.clone_into(&mut settings.store.database);
    settings.database_file = sqlite.map(|rest| {
        let path = rest.strip_prefix("//").unwrap_or(rest);
        PathBuf::from(path.split('?').next().unwrap_or_default())
    });
}

fn documents(written: &Written, data: Option<&Path>, settings: &mut Settings, problems: &mut Problems) {
    let in_s3 = |key: &str| written.text(&format!("documents.s3.{key}"));
    let parts = ["endpoint", "bucket", "region", "prefix", "access_key", "secret_key"];
    let any = parts.iter().find_map(|part| in_s3(part).map(|(_, place)| place.to_owned()));
    match (written.text("documents.folder"), any) {
        (Some((_, place)), Some(other)) => {
            problems.add(Problem::new("settings-documents-in-two-places", place).with("other", other));
        }
        (Some((folder, place)), None) => {
            problems.add_if(folder.is_empty(), || Problem::new("settings-empty", place));
            settings.documents_folder = Some(PathBuf::from(folder));
            settings.store.documents = Place::Folder(PathBuf::from(folder));
        }
        (None, Some(_)) => {
            for part in ["endpoint", "bucket", "region", "access_key", "secret_key"] {
                let key = format!("documents.s3.{part}");
                problems.add_if(in_s3(part).is_none_or(|(text, _)| text.is_empty()), || {
                    Problem::new("settings-bucket-lacks", &key)
                        .with("key", &key)
                        .with("variable", variable(&key))
                });
            }
            let part = |key: &str| in_s3(key).map(|(text, _)| text.to_owned()).unwrap_or_default();
            settings.documents_folder = None;
            settings.store.documents = Place::Bucket(Bucket {
                endpoint: part("endpoint"),
                name: part("bucket"),
                region: part("region"),
                prefix: part("prefix"),
                access_key: part("access_key"),
                secret_key: part("secret_key"),
            });
        }
        (None, None) => problems.add_if(data.is_none(), || {
            Problem::new("settings-no-documents", "documents.folder")
                .with("variable", variable("documents.folder"))
        }),
    }
}

/// The address of an SQLite database in a file. What a URL would read otherwise is written out.
fn sqlite_url(file: &Path) -> String {
    let mut url = "sqlite://".to_owned();
    for character in file.to_string_lossy().chars() {
        match character {
            '%' | '?' | '#' | ' ' => url.push_str(&format!("%{:02X}", u32::from(character))),
            _ => url.push(character),
        }
    }
    url
}

/// The same database, made if it is not there.
pub(crate) fn made_if_missing(database: &str) -> String {
    let in_file = database.starts_with("sqlite:") && !database.contains("mode=");
    let joint = if database.contains('?') { '&' } else { '?' };
    if in_file { format!("{database}{joint}mode=rwc") } else { database.to_owned() }
}

/// The known word that was probably meant, if one is near enough.
fn nearest<'a>(known: &[&'a str], written: &str) -> Option<&'a str> {
    let written = written.to_lowercase();
    let far = |word: &str| {
        // `bucket` outside its table is as near as can be to `documents.s3.bucket`.
        let last = word.rsplit('.').next().unwrap_or(word);
        distance(word, &written).min(1 + distance(last, &written))
    };
    let near = known.iter().map(|word| (far(word), *word)).min()?;
    (near.0 <= 2.max(near.1.len() / 3)).then_some(near.1)
}

/// How many characters must be added, removed or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../docs/operations/settings.toml");

    fn nothing(_: &str) -> Option<String> {
        None
    }

    fn read(text: &str) -> Result<Settings, Problems> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kvarter.toml");
        std::fs::write(&file, text).unwrap();
        Settings::read(Some(&file), None, &nothing)
    }

    fn codes(problems: &Problems) -> Vec<&str> {
        problems.0.iter().map(|p| p.code.as_str()).collect()
    }

    #[test]
    fn the_example_reads_as_it_stands() {
        let settings = read(EXAMPLE).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(settings.listen.port(), PORT);
        assert!(settings.secure_cookies);
    }

    #[test]
    fn the_example_shows_every_key_and_its_variable_can_be_worked_out() {
        for (key, _) in KEYS {
            let last = key.rsplit('.').next().unwrap();
            let shown = EXAMPLE
                .lines()
                .any(|line| line.trim_start_matches(['#', ' ']).starts_with(&format!("{last} =")));
            assert!(shown, "{key} is not in the example");
        }
        assert_eq!(variable("documents.s3.secret_key"), "KVARTER_DOCUMENTS_S3_SECRET_KEY");
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line_and_the_nearest_and_so_is_everything_else() {
        let found = read("data = \"x\"\nlissen = \"y\"\nlisten = \"nowhere\"\nsecure_cookies = 1\n[documents]\nfoldr = \"z\"\n")
            .unwrap_err();
        assert_eq!(
            codes(&found),
            [
                "settings-key-unknown",
                "settings-wrong-kind",
                "settings-key-unknown",
                "settings-not-an-address"
            ]
        );
        assert!(found.0[0].place.ends_with("kvarter.toml:2 lissen"), "{}", found.0[0].place);
        assert_eq!(found.0[0].args["nearest"], "listen");
        assert_eq!(found.0[2].args["nearest"], "documents.folder");
    }

    #[test]
    fn syntax_that_is_broken_is_told_by_line() {
        let found = read("data = \"x\"\nlisten = = 3\n").unwrap_err();
        assert!(found.0[0].place.ends_with("kvarter.toml:2"), "{found:?}");
    }

    #[test]
    fn the_environment_goes_before_the_file_and_an_argument_before_both() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kvarter.toml");
        std::fs::write(&file, "data = \"file\"\nlisten = \"127.0.0.1:1\"").unwrap();
        let environment = |name: &str| match name {
            "KVARTER_DATA" => Some("environment".to_owned()),
            "KVARTER_LISTEN" => Some("127.0.0.1:2".to_owned()),
            _ => None,
        };
        let settings = Settings::read(Some(&file), None, &environment).unwrap();
        assert_eq!(settings.listen.port(), 2);
        assert_eq!(settings.documents_folder, Some(PathBuf::from("environment/blobs")));
        let settings = Settings::read(Some(&file), Some(Path::new("argument")), &environment).unwrap();
        assert_eq!(settings.database_file, Some(PathBuf::from("argument/kvarter.sqlite3")));
    }

    #[test]
    fn a_bucket_that_lacks_parts_is_told_all_that_it_lacks() {
        let found = read("database = \"postgres://x\"\n[documents.s3]\nbucket = \"b\"\n").unwrap_err();
        assert_eq!(codes(&found), ["settings-bucket-lacks"; 4]);
        let both =
            read("data = \"x\"\n[documents]\nfolder = \"f\"\n[documents.s3]\nbucket = \"b\"\n").unwrap_err();
        assert_eq!(codes(&both), ["settings-documents-in-two-places"]);
    }

    #[test]
    fn cookies_kept_to_https_need_an_address_with_https() {
        let found = read("data = \"x\"\nsecure_cookies = true\n").unwrap_err();
        assert_eq!(codes(&found), ["settings-secure-without-https"]);
        let found = read("data = \"x\"\npublic_address = \"https://k.example\"\n").unwrap_err();
        assert_eq!(codes(&found), ["settings-origin-missing"]);
    }

    #[test]
    fn odd_signs_in_a_folders_name_survive_in_the_databases_address() {
        assert_eq!(sqlite_url(Path::new("/a b/50%?.db")), "sqlite:///a%20b/50%25%3F.db");
        assert_eq!(made_if_missing("sqlite://x"), "sqlite://x?mode=rwc");
        assert_eq!(made_if_missing("postgres://x"), "postgres://x");
    }
}
