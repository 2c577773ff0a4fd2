//! A house: made, filled, looked at, verified and served.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::{Ran, command, run_in};

/// Runs a verb in a folder with something on standard input.
fn fed(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = command(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // The program may end before it has read: that is for its code to tell.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    Ran::of(&child.wait_with_output().expect("the program ends")).kind()
}

const ISSUE: &[&str] = &[
    "agreement",
    "issue",
    "lua-2008",
    "--data",
    "house",
    "--reference",
    "IJ2008/1818/IU",
    "--state-signatory",
    "Nyamko Sabuni",
    "--officer",
    "Handläggaren",
    "--dated",
    "2008-09-18",
    "--json",
];

fn issue(folder: &Path, more: &[&str]) -> Ran {
    run_in(folder, &[ISSUE, more].concat())
}

#[test]
fn a_house_is_made_filled_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let go = |line: &str| {
        let mut arguments: Vec<&str> = line.split_whitespace().collect();
        arguments.extend(["--data", "house"]);
        run_in(here, &arguments)
    };

    // Made once; what is applied is listed.
    let applied = go("migrate --json").ended(0).json();
    assert!(applied["applied"].as_array().unwrap().len() >= 6);
    assert_eq!(go("migrate --json").ended(0).json()["applied"], serde_json::json!([]));
    let doctor = go("doctor --json").ended(0).json();
    assert_eq!(doctor["well"], true);
    assert_eq!(go("agreement show lua-2008/0180").ended(2).out, "");

    // Only municipalities with district codes are issued agreements; the others are told why.
    let refused = issue(here, &["--municipality", "Gävle"]).ended(1);
    assert!(refused.err.contains("§ 2"), "{}", refused.err);
    let issued = issue(here, &["--municipality", "Stockholms stad"]).ended(0).json();
    assert_eq!(issued["agreements"], serde_json::json!(["lua-2008/0180"]));
    let again = issue(here, &["--municipality", "0180"]).ended(0).json();
    assert_eq!(again["agreements"], serde_json::json!([]), "what is issued is passed over");

    // A list with a fault registers nothing and tells the line; a good one makes the agreement possible.
    std::fs::write(here.join("bad.csv"), "municipality,code,name\nGävle,21800001,Sätra\nGävle,99990001,X\n")
        .unwrap();
    let bad = issue(here, &["--municipality", "Gävle", "--districts", "bad.csv"]).ended(2);
    assert!(bad.err.contains("bad.csv:3"), "{}", bad.err);

    let shown = go("agreement show lua-2008/Stockholm --json");
    // ”Stockholm” is none of its names; the id says which there are.
    assert!(shown.code == 0 || shown.err.contains("lua-2008/0180"), "{}", shown.err);
    // It was registered today, whatever day stands on the letter: nobody knew of it in 2008.
    let then = go("agreement show lua-2008/0180 --as-of 2008-10-20 --json").ended(2);
    assert!(then.err.contains("inte registrerat den 20 oktober 2008"), "{}", then.err);
    let shown = go("agreement show lua-2008/0180 --json").ended(0).json();
    assert_eq!(shown["districts"].as_array().unwrap().len(), 5);
    assert!(shown["in_force_from"].is_null());
    assert!(go("agreement show lua-2008/0180").ended(0).out.contains("Gäller ännu inte"));
    let proof = go("agreement validity lua-2008/0180 --json").ended(1).json();
    assert_eq!(proof["in_force"], false);
    assert_eq!(proof["proofs"].as_array().unwrap().len(), 2);
    go("duty list --json").ended(0);
    assert_eq!(go("registry list --json").ended(0).json()["total"], 0);
    go("registry show nothing").ended(2);
    go("registry list --organisation Atlantis").ended(2);

    // A person with a login: the password comes on standard input and must be a good one.
    let add = [
        "person",
        "add",
        "--data",
        "house",
        "--name",
        "Registrator, Gävle",
        "--organisation",
        "gävle KOMMUN",
        "--role",
        "registrar",
        "--login",
        "gavle",
        "--json",
    ];
    let short = fed(here, &add, b"kort\n").ended(2);
    assert!(short.err.contains("12"), "{}", short.err);
    fed(here, &add, &[0xff, 0xfe, b'\n']).ended(2);
    let added = fed(here, &add, "en lång och ovanlig mening\n".as_bytes()).ended(0).json();
    assert!(added["person"].is_string() && added["mandate"].is_string());
    assert!(fed(here, &add, "en lång och ovanlig mening\n".as_bytes()).ended(2).err.contains("--login"));
    let odd = go("person add --name X --organisation Atlantis --role officer").ended(2);
    assert!(odd.err.contains("Atlantis"), "{}", odd.err);

    verified(here, &go);
}

/// The log verifies; with a checkpoint, and until something is meddled with.
fn verified(here: &Path, go: &dyn Fn(&str) -> Ran) {
    let checkpoint = go("log checkpoint").ended(0).out;
    std::fs::write(here.join("checkpoint.txt"), &checkpoint).unwrap();
    std::fs::write(here.join("checkpoint.json"), go("log checkpoint --json").ended(0).out).unwrap();
    std::fs::write(here.join("noise.txt"), "noise").unwrap();
    go("log verify").ended(0);
    for kept in ["checkpoint.txt", "checkpoint.json"] {
        let report = go(&format!("log verify --checkpoint {kept} --json")).ended(0).json();
        assert_eq!(report["sound"], true);
        assert_eq!(report["findings"], serde_json::json!([]));
    }
    go("log verify --checkpoint noise.txt").ended(2);
    let size: u64 = checkpoint.lines().nth(1).unwrap().parse().unwrap();
    assert_eq!(go("log proof 1").ended(0).json()["seq"], 1);
    assert_eq!(go("log proof --from 1").ended(0).json()["to_size"], size);
    let beyond = go(&format!("log proof {}", size + 1)).ended(2);
    assert!(beyond.err.contains(&size.to_string()), "{}", beyond.err);

    // A checkpoint of a longer log: this one has been cut short.
    let longer = checkpoint.replacen(&format!("\n{size}\n"), &format!("\n{}\n", size + 5), 1);
    std::fs::write(here.join("longer.txt"), longer).unwrap();
    let cut = go("log verify --checkpoint longer.txt --json").ended(1).json();
    assert_eq!(cut["findings"][0]["trouble"], "history-cut-short");

    // A document that is not what it was is named.
    let document = files(&here.join("house/blobs")).into_iter().next().expect("there are documents");
    let mut bytes = std::fs::read(&document).unwrap();
    bytes[0] ^= 1;
    let mut permissions = std::fs::metadata(&document).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a test that meddles")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&document, permissions).unwrap();
    std::fs::write(&document, bytes).unwrap();
    let digest = document.file_name().unwrap().to_str().unwrap().to_owned();
    let told = go("log verify");
    // The probe of the doctor is no document of the register; any other is missed.
    if told.code == 1 {
        assert!(told.out.contains(&digest), "{}", told.out);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    // Largest first: agreements rather than probes.
    found.sort_by_key(|file| std::cmp::Reverse(std::fs::metadata(file).map_or(0, |data| data.len())));
    found
}

/// A server that is ended when the test is.
pub(crate) struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    /// Starts a verb and waits until it says where it is.
    pub(crate) fn start(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = command(folder, arguments);
        command.envs(environment.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let at = line.find("http://127.0.0.1:")?;
                Some(
                    line[at + 7..]
                        .chars()
                        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ':'))
                        .collect(),
                )
            })
            .expect("it says where it listens");
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn page(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks it to end, as a system does, and gives its exit code.
    pub(crate) fn end(mut self) -> Option<i32> {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(asked.unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_house_is_served_and_ends_gently() {
    let folder = tempfile::tempdir().unwrap();
    let server =
        Serving::start(folder.path(), &["serve", "--data", "house"], &[("KVARTER_LISTEN", "127.0.0.1:0")]);
    assert!(server.page("/").starts_with("HTTP/1.1 200"));
    assert!(server.page("/finns-inte").starts_with("HTTP/1.1 404"));
    assert_eq!(server.end(), Some(0));
}

#[test]
fn the_demonstration_shows_the_agreement_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = folder.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let demo =
        Serving::start(folder.path(), &["demo", "--port", "0"], &[("TMPDIR", temporary.to_str().unwrap())]);
    assert!(demo.page("/avtal/lua-2008/0180").starts_with("HTTP/1.1 200"));
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 1);
    assert_eq!(demo.end(), Some(0));
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0);
}

#[test]
fn a_port_that_is_taken_is_told_of() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    let ran = run_in(folder.path(), &["demo", "--port", &port]).ended(2);
    assert!(ran.err.contains(&port) && ran.err.contains("ett annat program"), "{}", ran.err);
}

#[test]
fn copies_that_cannot_be_read_are_asked_wrongly_both_at_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), "not a PDF").unwrap();
    std::fs::write(folder.path().join("b.pdf"), "").unwrap();
    let ran = run_in(folder.path(), &["agreement", "compare", "a.pdf", "b.pdf", "--json"]).ended(2);
    assert!(ran.err.contains("a.pdf") && ran.err.contains("b.pdf") && ran.out.is_empty(), "{}", ran.err);
}

#[test]
fn a_house_is_closed_to_other_accounts_and_the_doctor_tells_when_it_is_not() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    run_in(here, &["migrate", "--data", "house"]).ended(0);
    run_in(here, &["doctor", "--data", "house"]).ended(0);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let house = here.join("house");
    let mut waiting = vec![house.clone()];
    while let Some(path) = waiting.pop() {
        assert_eq!(mode(&path) & 0o077, 0, "{} is open: {:o}", path.display(), mode(&path));
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    std::fs::set_permissions(&house, std::fs::Permissions::from_mode(0o755)).unwrap();
    let told = run_in(here, &["doctor", "--data", "house"]).ended(1).out;
    assert!(told.contains("house (755)") && told.contains("chmod 700"), "{told}");
}

#[test]
fn a_file_that_is_no_database_is_told_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    run_in(here, &["migrate", "--data", "house"]).ended(0);
    let database = only_database(&here.join("house"));
    std::fs::write(&database, vec![b'x'; 8192]).unwrap();
    let ran = run_in(here, &["log", "verify", "--data", "house"]).ended(1);
    assert!(ran.err.contains("inte en hel databas"), "{}", ran.err);
    assert!(!ran.err.contains("Felet är vårt"), "{}", ran.err);
}

/// The database in a house, whatever it is called.
fn only_database(house: &Path) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(house).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.is_file()).expect("a house has a database")
}

#[test]
fn a_file_where_a_folder_should_be_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("house"), "no folder").unwrap();
    let told = run_in(folder.path(), &["migrate", "--data", "house"]).ended(2).err;
    assert!(told.contains("det är en fil") && !told.contains("os error"), "{told}");
}
